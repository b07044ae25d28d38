"""The slow work that flows ask for: done here, its answer returned to the lane as an event."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shared.aws import client
from shared.clock import Clock, now_ms
from shared.events import HTTP_ANSWERED, Event, LaneEvents, entry
from shared.json_types import JsonObject
from shared.observability import count, counted, logger
from shared.public_addresses import PublicAddressError, UnreachableError
from shared.public_http import Response, request
from shared.queues import send_all
from shared.settings import load

_MAX_VARIABLE_BYTES = 16_000  # of an answer that a flow may keep
_MAX_VARIABLE_DEPTH = 50  # of its JSON; it is written and read again, deeper inside other JSON


@dataclass(frozen=True, slots=True)
class Settings:
    """`private_hosts`: what may be called although it is not public, as "host:port", with spaces
    between."""

    inbound_queue_url: str
    private_hosts: str


@dataclass(frozen=True, slots=True)
class Actions:
    settings: Settings
    sqs: Any
    request: Callable[..., Response] = request
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: one action. Delivered twice it is done twice, and the second answer
        finds nobody waiting: the correlation decides."""
        action = json.loads(record["body"])
        answer = {"correlation": action["correlation"], **self._call(action)}
        event = Event(
            id=f"http:{action['correlation']}",
            kind=HTTP_ANSWERED,
            at=self.clock(),
            body=answer,
            hops=action["hops"],
        )
        batch = LaneEvents(action["channel"], action["contact"], (event,))
        send_all(self.sqs, self.settings.inbound_queue_url, [entry(batch)])

    def _call(self, action: JsonObject) -> JsonObject:
        try:
            response = self.request(
                action["method"],
                action["url"],
                headers=action["headers"],
                body=action["body"],
                timeout_seconds=action["timeout_seconds"],
                private_hosts=frozenset(self.settings.private_hosts.split()),
            )
        except TimeoutError:
            return {"outcome": "timeout"}
        except (PublicAddressError, UnreachableError) as error:
            count("ActionsRefused")
            return {"outcome": "failure", "body": str(error)}
        outcome = "success" if 200 <= response.status < 300 else "failure"
        return {"outcome": outcome, "status": response.status, "body": _kept(response.body)}


def _kept(body: bytes) -> Any:
    """An answer's JSON, or its text when it is none or too deep; what is too large is cut."""
    text = body[:_MAX_VARIABLE_BYTES].decode(errors="replace")
    if len(body) > _MAX_VARIABLE_BYTES:
        return text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return text if _is_deeper(value, _MAX_VARIABLE_DEPTH) else value


def _is_deeper(value: Any, levels: int) -> bool:
    parts = value.values() if isinstance(value, dict) else value
    if not isinstance(value, dict | list):
        return False
    return levels == 0 or any(_is_deeper(part, levels - 1) for part in parts)


@lru_cache(maxsize=1)
def _actions() -> Actions:
    return Actions(load(Settings), client("sqs"))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    count("ActionsRecords", len(event["Records"]))
    failed = []
    for record in event["Records"]:
        try:
            _actions().run(record)
        except Exception:
            logger.exception("action failed", record_id=record["messageId"])
            failed.append(record["messageId"])
    return {"batchItemFailures": [{"itemIdentifier": record_id} for record_id in failed]}
