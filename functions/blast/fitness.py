"""Whether a person may be sent a campaign's message, and what it says to them. Pure.

Asked when the audience is frozen, and again before each send: people opt out meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from shared.campaigns.outcomes import CLASSES
from shared.campaigns.prices import MARKETING
from shared.channels.messages import validate
from shared.contacts.record import ContactRecord
from shared.conversation import Conversation
from shared.json_types import JsonObject
from shared.wording import VariableMissingError, filled

_DAY_MS: Final = 24 * 3_600_000
CONTACT_PARTS: Final = ("name", "phone", "email", "language", "username")
_LONGEST_VALUE: Final = 1024


class UnfitError(Exception):
    """Nothing is sent to this person; `class_` is one of `shared.campaigns.outcomes.CLASSES`."""

    def __init__(self, class_: str, words: str = "") -> None:
        super().__init__(words or f"{CLASSES[class_].words}.")
        self.class_ = class_


@dataclass(frozen=True, slots=True)
class Terms:
    """`category` is the template's, None of a message that is none; `cap` {"messages", "days"} or
    None."""

    campaign: str
    category: str | None
    cap: Mapping[str, int] | None = None

    @property
    def opt_in(self) -> str:
        """Whoever wants no promotions wants no text to many either."""
        return self.category or MARKETING


def check(terms: Terms, record: ContactRecord | None, state: Conversation | None, now: int) -> None:
    """Raises UnfitError. A person who is no contact and never wrote is not known to object."""
    profile = (state.profile if state else None) or {}
    if record.blocked if record else bool(profile.get("blocked")):
        raise UnfitError("blocked")
    opted = record.opt(terms.opt_in) if record else _told(profile, terms.opt_in)
    if opted == "out":
        raise UnfitError("opted_out")
    if terms.category is None and (state is None or now >= state.window.open_until):
        raise UnfitError("no_window")
    if terms.cap and state is not None:
        since = now - terms.cap["days"] * _DAY_MS
        had = [
            one
            for one in state.handling.campaigns
            if one["at"] > since and one["campaign"] != terms.campaign
        ]
        if len(had) >= terms.cap["messages"]:
            raise UnfitError("cap_reached")


def _told(profile: Mapping[str, Any], kind: str) -> str:
    return str(profile.get("opt_ins", {}).get(kind, "unknown"))


def message_for(message: JsonObject, values: Mapping[str, str]) -> JsonObject:
    """The message with the person's values. Raises UnfitError."""
    try:
        done = filled(message, values)
    except VariableMissingError as error:
        raise UnfitError("variable_missing", f"There is no value for {error}.") from error
    if wrong := validate(done):
        raise UnfitError("message_invalid", f"{wrong[0].field} {wrong[0].message}.")
    return done


def values_of(
    variables: Mapping[str, Mapping[str, Any]],
    record: ContactRecord | None,
    columns: Mapping[str, str],
    *,
    phone: str | None = None,
) -> dict[str, str]:
    """What fills the places for one person, as far as there is something."""
    found = {}
    for name, variable in variables.items():
        value = _value(variable, record, columns, phone) or variable.get("otherwise") or ""
        if value:
            found[name] = value[:_LONGEST_VALUE]
    return found


def _value(
    variable: Mapping[str, Any],
    record: ContactRecord | None,
    columns: Mapping[str, str],
    phone: str | None,
) -> str:
    name = variable["name"]
    match variable["source"]:
        case "constant":
            return str(name)
        case "column":
            return columns.get(name, "").strip()
        case "field":
            return _text(record.fields.get(name)) if record else ""
    if name == "phone":
        return (record.phone if record else None) or phone or ""
    if name not in CONTACT_PARTS:
        return ""
    return _text(getattr(record, name, None)) if record else ""


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
