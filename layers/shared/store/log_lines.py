"""A line of a conversation's log, and how it is kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from shared.events import BEFORE_US, CAMPAIGN_SENT, MESSAGE
from shared.json_types import JsonObject
from shared.store import keys

_ASKED_SECONDS: Final = 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class LogLine:
    """One message in the log. `direction` is "in" or "out"; `at` milliseconds; `message` in
    Meta's shape; `event` the id of the event that brought or caused it; `kind` that event's kind
    where it is not an ordinary message (an echo, history, a call); `asked` the id by which a
    program finds it again."""

    seq: int
    direction: str
    at: int
    event: str
    message: JsonObject
    kind: str = MESSAGE
    asked: str = ""


def log_item(pk: str, line: LogLine) -> JsonObject:
    """`history` marks what was said before the number was connected: it is never counted. A
    campaign's message was sent before it is logged, and has no delivery beside it that would be
    counted."""
    marks: JsonObject = {}
    if line.kind == CAMPAIGN_SENT:
        marks["sent_at"] = {"N": str(line.at)}
    if line.kind != MESSAGE:
        marks["kind"] = {"S": line.kind}
    if line.kind in BEFORE_US:
        marks["history"] = {"BOOL": True}
    return {
        **marks,
        **keys.key(pk, keys.message(line.seq)),
        "direction": {"S": line.direction},
        "at": {"N": str(line.at)},
        "event": {"S": line.event},
        "message": {"S": json.dumps(line.message, separators=(",", ":"))},
    }


def asked_item(pk: str, line: LogLine) -> JsonObject:
    return {
        **keys.key(pk, keys.asked(line.asked)),
        "seq": {"N": str(line.seq)},
        "expires_at": {"N": str(line.at // 1000 + _ASKED_SECONDS)},
    }


def log_line(item: JsonObject) -> LogLine:
    return LogLine(
        seq=int(item["sk"]["S"].removeprefix(keys.MESSAGES)),
        direction=item["direction"]["S"],
        at=int(item["at"]["N"]),
        event=item["event"]["S"],
        message=json.loads(item["message"]["S"]),
        kind=item["kind"]["S"] if "kind" in item else MESSAGE,
    )
