"""What a body of `baileys-api` holds: events by lane, what is known by our sends' ids alone, and
what is said of the connection. Nothing here raises, whatever the JSON holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from shared.channels.baileys.contents import content_of, quoted_id
from shared.channels.baileys.jids import identities, is_group
from shared.channels.found import NotUnderstood
from shared.channels.inbound.fields import obj, objs, text, whole
from shared.events import ECHO, HISTORY, HISTORY_ECHO, MESSAGE, Event, LaneEvents, Sender
from shared.json_types import JsonObject
from shared.lanes import contact_id

RESTRICTED: Final = 463
STATUSES: Final = {0: "failed", 2: "sent", 3: "delivered", 4: "read", 5: "played"}
_LATE_MS: Final = 3600_000
_NOT_PEOPLE: Final = ("@broadcast", "@newsletter", "@bot")
_SIDES: Final = frozenset({"connection.update", "message-capping.update"})
_OF_NO_USE: Final = frozenset(
    {
        *("message-receipt.update", "messaging-history.set", "presence.update"),
        *("groups.activity", "groups.update", "group-participants.update"),
    }
)
"""Events that the service sends and that tell us nothing which others do not."""
_RESTRICTED_WORDS: Final = "WhatsApp has restricted the account: it may not write to new people"


@dataclass(slots=True)
class Heard:
    """`echoes` and `statuses` (in Meta's shape) are of messages of ours, or of some that were
    written on the phone: only the id that the answer to a send tells can say which. `sides` are
    events about the number itself, whole."""

    said: list[LaneEvents] = field(default_factory=list)
    echoes: list[LaneEvents] = field(default_factory=list)
    statuses: list[JsonObject] = field(default_factory=list)
    sides: list[JsonObject] = field(default_factory=list)
    kept: list[NotUnderstood] = field(default_factory=list)


def hear(channel: str, body: JsonObject, arrived_at: int) -> Heard:
    """`arrived_at` (milliseconds) stands in for times that are not told."""
    heard = Heard()
    name = text(body, "event")
    if name == "messages.upsert":
        _hear_messages(heard, channel, obj(body, "data"), arrived_at)
    elif name == "messages.update":
        heard.statuses += _statuses(body.get("data"), arrived_at)
        if any(_is_restriction(one) for one in heard.statuses):
            heard.sides.append({"event": name, "data": {"restricted": True}})
    elif name in _SIDES:
        heard.sides.append({"event": name, "data": obj(body, "data")})
    elif name not in _OF_NO_USE:
        heard.kept.append(NotUnderstood(channel, "unknown_field", name, _unsecret(body)))
    return heard


def _unsecret(body: JsonObject) -> JsonObject:
    return {name: one for name, one in body.items() if name != "webhookVerifyToken"}


def _hear_messages(heard: Heard, channel: str, data: JsonObject, arrived_at: int) -> None:
    late = text(data, "type") == "append"
    for message in objs(data, "messages"):
        key = obj(message, "key")
        jid = key.get("remoteJid")
        if is_group(jid):
            heard.kept.append(NotUnderstood(channel, "group_message", "messages.upsert", message))
            continue
        if isinstance(jid, str) and jid.endswith(_NOT_PEOPLE):
            continue
        who = identities(jid, key.get("remoteJidAlt"))
        id_ = text(key, "id")
        content = content_of(message.get("message"), id_)
        if content is None:
            continue
        if not who or not (id_ and id_.isascii()):
            heard.kept.append(NotUnderstood(channel, "no_sender_or_id", "messages.upsert", message))
            continue
        ours = key.get("fromMe") is True
        at = _milliseconds(message.get("messageTimestamp")) or arrived_at
        before_us = late and at < arrived_at - _LATE_MS
        kinds = (HISTORY_ECHO, ECHO) if ours else (HISTORY, MESSAGE)
        side = {"to" if ours else "from": one.value for one in who if one.kind == "wa_id"}
        shaped: JsonObject = {"id": id_, "timestamp": str(at // 1000), **side, **content}
        if quoted := quoted_id(message.get("message")):
            shaped["context"] = {"id": quoted}
        name = None if ours else text(message, "pushName") or text(message, "verifiedBizName")
        kind = kinds[0 if before_us else 1]
        event = Event(id_, kind, at, shaped, Sender(who, name or None))
        lane = LaneEvents(channel, contact_id(channel, who[0].kind, who[0].value), (event,))
        (heard.echoes if ours else heard.said).append(lane)


def _statuses(data: object, arrived_at: int) -> Iterator[JsonObject]:
    for one in objs({"data": data}, "data"):
        key, update = obj(one, "key"), obj(one, "update")
        name = STATUSES.get(update.get("status", -1)) if _is_whole(update.get("status")) else None
        if name is None or key.get("fromMe") is False or not text(key, "id"):
            continue
        status: JsonObject = {
            "id": text(key, "id"),
            "status": name,
            "timestamp": str(arrived_at // 1000),
        }
        if name == "failed":
            status["errors"] = [_error(update.get("messageStubParameters"))]
        yield status


def _error(parameters: object) -> JsonObject:
    told = parameters[0] if isinstance(parameters, list) and parameters else None
    code = int(told) if isinstance(told, str) and told.isdecimal() and len(told) < 10 else None
    words = _RESTRICTED_WORDS if code == RESTRICTED else "WhatsApp did not take the message"
    return {**({"code": code} if code is not None else {}), "error_data": {"details": words}}


def _is_restriction(status: JsonObject) -> bool:
    return any(error.get("code") == RESTRICTED for error in status.get("errors", ()))


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _milliseconds(value: object) -> int:
    """Seconds as a number, as text, or as the halves of a long; 0 where it is none of these."""
    if isinstance(value, dict):
        low, high = whole(value, "low") or 0, whole(value, "high") or 0
        value = (high << 32) + (low & 0xFFFFFFFF)
    seconds = whole({"value": value}, "value") or 0
    return seconds * 1000 if 0 < seconds < 10**11 else 0
