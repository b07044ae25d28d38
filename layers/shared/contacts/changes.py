"""What can happen to a contact, as JSON that travels in queues, and what it makes of the record.

| op | with | who asks |
|---|---|---|
| add_tag, remove_tag | tag | flows |
| set_field | field, value (None clears it) | flows |
| opt | kind, state, source | flows, a customer's own preference |
| set_language | language | flows |
| note | text | flows; it is no part of the record |
| campaign | campaign_id, state | conversations, and statuses that change a segment's answer |
| seen | identities, name, username, channel, conversation; left: former ids | the flow worker |
| announce | contact, revision | whoever is about to write the record: tell the conversations |
| merged | contact, into | whoever is about to merge: move the rest |
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from shared.campaigns.outcomes import RANKS
from shared.contacts.record import (
    MOST_CAMPAIGNS,
    MOST_CONVERSATIONS,
    MOST_FIELDS,
    MOST_IDENTITIES,
    MOST_TAGS,
    OPT_STATES,
    ContactRecord,
    OptIn,
    TooManyError,
    with_new,
)
from shared.json_types import JsonObject
from shared.lanes import Identity

LONGEST_TAG: Final = 60
LONGEST_VALUE: Final = 1000


class ChangeRefusedError(Exception):
    """The change cannot be made of this record; trying again changes nothing."""


def changed(record: ContactRecord, change: JsonObject, at: int) -> ContactRecord:
    """The record after the change; the same object when there is nothing to it.

    Raises ChangeRefusedError.
    """
    apply = _OPS.get(change["op"])
    if apply is None:
        raise ChangeRefusedError(f"unknown change {change['op']!r}")
    try:
        after = apply(record, change, at)
    except TooManyError as error:
        raise ChangeRefusedError(f"too many {error}") from error
    return record if after == record else after


def seen(record: ContactRecord, change: JsonObject) -> ContactRecord:
    """What a conversation tells of its person. A name that people gave stays; WhatsApp's own is
    the username's and the first one's. What they are known by no longer leads here no longer."""
    told = tuple(Identity(*one) for one in change["identities"])
    left = {Identity(*one) for one in change.get("left", ())} - set(told)
    kept = tuple(one for one in record.identities if one not in left)
    gone = tuple(one for one in record.identities if one in left)
    number = next((one.value for one in told if one.kind == "wa_id"), None)
    has_left = any(one.kind == "wa_id" and record.phone == f"+{one.value}" for one in left)
    place = f"{change['channel']}.{change['conversation']}"
    return replace(
        record,
        identities=_newest((*kept, *told), MOST_IDENTITIES),
        former=_newest((*record.former, *gone), MOST_IDENTITIES),
        conversations=_newest((*record.conversations, place), MOST_CONVERSATIONS),
        phone=(None if has_left else record.phone) or (f"+{number}" if number else None),
        name=record.name or change.get("name"),
        username=change.get("username") or record.username,
    )


def _newest(both: tuple[object, ...], most: int) -> tuple:  # type: ignore[type-arg]
    return tuple(dict.fromkeys(both))[-most:]


def _add_tag(record: ContactRecord, change: JsonObject, at: int) -> ContactRecord:
    del at
    tag = str(change["tag"]).strip()[:LONGEST_TAG]
    if not tag:
        raise ChangeRefusedError("an empty tag")
    return replace(record, tags=with_new(record.tags, (tag,), MOST_TAGS, "tags"))


def _remove_tag(record: ContactRecord, change: JsonObject, at: int) -> ContactRecord:
    del at
    return replace(record, tags=tuple(tag for tag in record.tags if tag != change["tag"]))


def _set_field(record: ContactRecord, change: JsonObject, at: int) -> ContactRecord:
    del at
    fields, name, value = dict(record.fields), str(change["field"]), change["value"]
    if value is None or value == "":
        fields.pop(name, None)
        return replace(record, fields=fields)
    if not isinstance(value, str | int | float):
        raise ChangeRefusedError("a field holds a text, a number, or yes or no")
    fields[name] = value[:LONGEST_VALUE] if isinstance(value, str) else value
    if len(fields) > MOST_FIELDS:
        raise TooManyError("fields")
    return replace(record, fields=fields)


def _opt(record: ContactRecord, change: JsonObject, at: int) -> ContactRecord:
    kind, state = str(change["kind"]), str(change["state"])
    if state not in OPT_STATES:
        raise ChangeRefusedError(f"no such state: {state!r}")
    known = record.opt_ins.get(kind)
    if known is not None and known.at > at:
        return record  # what came later holds
    opted = OptIn(state, str(change.get("source") or "flow"), at)
    return replace(record, opt_ins={**record.opt_ins, kind: opted})


def _set_language(record: ContactRecord, change: JsonObject, at: int) -> ContactRecord:
    del at
    return replace(record, language=str(change["language"])[:20] or None)


def _note(record: ContactRecord, change: JsonObject, at: int) -> ContactRecord:
    del change, at
    return record


def _campaign(record: ContactRecord, change: JsonObject, at: int) -> ContactRecord:
    """States come from conversations and from WhatsApp's statuses, in any order: the furthest
    stays, at the place in which the campaign came."""
    del at
    campaign, state = str(change["campaign_id"]), str(change["state"])
    known = record.campaigns.get(campaign)
    if known is not None and RANKS[known] >= RANKS[state]:
        return record
    both = {**record.campaigns, campaign: state}
    return replace(record, campaigns=dict(list(both.items())[-MOST_CAMPAIGNS:]))


_OPS: Final[dict[str, Callable[[ContactRecord, JsonObject, int], ContactRecord]]] = {
    "add_tag": _add_tag,
    "remove_tag": _remove_tag,
    "set_field": _set_field,
    "opt": _opt,
    "set_language": _set_language,
    "note": _note,
    "campaign": _campaign,
}
