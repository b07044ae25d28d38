"""A filter over contacts: conditions of which all or any must hold. Pure.

    parse({"match": "all", "conditions": [{"on": "tag", "op": "has", "value": "vip"}]})

A condition is about one thing (`on`), compares it (`op`) with a `value`, and some say of which
custom field, kind of message or campaign (or the last one). `RULES` is the grammar. A filter
without conditions means everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from shared.contacts.record import OPT_STATES
from shared.field_error import FieldError
from shared.json_types import JsonObject

MOST_CONDITIONS: Final = 30
MOST_DAYS: Final = 3650
LAST: Final = "last"  # in the place of a campaign's id: the newest that the person was sent
_LONGEST: Final = 200


class FilterError(ValueError):
    """The filter is not as it must be; `errors` say where and why."""

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__("; ".join(f"{one.field}: {one.message}" for one in errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Condition:
    """`name` is the custom field's key, the kind of message or the campaign's id (or LAST), where
    `on` needs one; `value` is None where `op` compares with nothing."""

    on: str
    op: str
    value: Any = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """`match` is "all" or "any"."""

    match: str = "all"
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which operations there are, each with the check of its value; the name of what names."""

    ops: Mapping[str, Callable[[Any], str | None]]
    names: str | None = None


def _nothing(value: Any) -> str | None:
    return None if value is None else "Takes no value"


def _text(value: Any) -> str | None:
    if isinstance(value, str) and 0 < len(value) <= _LONGEST:
        return None
    return f"Should be a text of at most {_LONGEST} letters"


def _plain(value: Any) -> str | None:
    if isinstance(value, bool | int | float):
        return None
    return _text(value) and "Should be a text, a number, or true or false"


def _yes_or_no(value: Any) -> str | None:
    return None if isinstance(value, bool) else "Should be true or false"


def _days(value: Any) -> str | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and 1 <= value <= MOST_DAYS and value == int(value):
        return None
    return f"Should be a number of days from 1 to {MOST_DAYS}"


def _opt_state(value: Any) -> str | None:
    return None if value in OPT_STATES else "Should be one of: " + ", ".join(OPT_STATES)


_TEXTS: Final = {
    "is": _text,
    "is_not": _text,
    "contains": _text,
    "begins_with": _text,
    "set": _nothing,
    "not_set": _nothing,
}
_AGES: Final = {"within_days": _days, "not_within_days": _days}
RULES: Final[Mapping[str, _Rule]] = {
    "tag": _Rule({"has": _text, "has_not": _text}),
    "field": _Rule(
        {
            "is": _plain,
            "is_not": _plain,
            "contains": _text,
            "gt": _plain,
            "lt": _plain,
            "set": _nothing,
            "not_set": _nothing,
        },
        names="field",
    ),
    "opt_in": _Rule({"is": _opt_state, "is_not": _opt_state}, names="kind"),
    "last_seen": _Rule(_AGES),
    "created": _Rule(_AGES),
    "blocked": _Rule({"is": _yes_or_no}),
    "name": _Rule(_TEXTS),
    "phone": _Rule(_TEXTS),
    "email": _Rule(_TEXTS),
    "language": _Rule(_TEXTS),
    "campaign": _Rule(
        {
            "received": _nothing,
            "not_received": _nothing,
            "read": _nothing,
            "not_read": _nothing,
            "replied": _nothing,
            "not_replied": _nothing,
            "failed": _nothing,
            "not_failed": _nothing,
        },
        names="campaign_id",
    ),
}


def parse(raw: JsonObject) -> Filter:
    """Raises FilterError that names every part that is wrong."""
    errors: list[FieldError] = []
    match = raw.get("match", "all")
    if match not in ("all", "any"):
        errors.append(FieldError("match", 'Should be "all" or "any"'))
    given = raw.get("conditions", [])
    if not isinstance(given, list) or len(given) > MOST_CONDITIONS:
        errors.append(FieldError("conditions", f"Should be a list of at most {MOST_CONDITIONS}"))
        given = []
    conditions = []
    for place, one in enumerate(given):
        condition, wrong = _condition(one)
        errors += [FieldError(f"conditions.{place}.{field}", why) for field, why in wrong.items()]
        if condition is not None:
            conditions.append(condition)
    if errors:
        raise FilterError(errors)
    return Filter(match, tuple(conditions))


def to_json(filter_: Filter) -> JsonObject:
    """What `parse` makes the same filter of."""
    return {"match": filter_.match, "conditions": [_json(one) for one in filter_.conditions]}


def _json(condition: Condition) -> JsonObject:
    names = RULES[condition.on].names
    shown: JsonObject = {"on": condition.on, "op": condition.op}
    if names:
        shown[names] = condition.name
    return shown if condition.value is None else {**shown, "value": condition.value}


def _condition(raw: Any) -> tuple[Condition | None, dict[str, str]]:
    if not isinstance(raw, dict):
        return None, {"on": "Should be an object"}
    rule = RULES.get(str(raw.get("on")))
    if rule is None:
        return None, {"on": "Should be one of: " + ", ".join(RULES)}
    wrong: dict[str, str] = {}
    op, value = str(raw.get("op")), raw.get("value")
    check = rule.ops.get(op)
    if check is None:
        wrong["op"] = "Should be one of: " + ", ".join(rule.ops)
    elif problem := check(value):
        wrong["value"] = problem
    name = raw.get(rule.names) if rule.names else None
    if rule.names and _text(name):
        wrong[rule.names] = "Should say which one is meant"
    allowed = {"on", "op", "value", rule.names}
    wrong |= {key[:60]: "Is not known here" for key in raw if key not in allowed}
    return (None if wrong else Condition(str(raw["on"]), op, value, name)), wrong
