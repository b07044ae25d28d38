"""Echoes and receipts of linked phones: of our messages, or of what was written on the phone?

Only the id that the answer to a send tells can say, and that answer may still be under way. So they
wait in the queue; a receipt that is still nobody's waits longer, and is then of the phone's own.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from shared.aws import client
from shared.channels.found import Found
from shared.channels.webhook_bodies import split_receipts
from shared.clock import Clock, now_ms
from shared.events import entry, from_body
from shared.json_types import JsonObject
from shared.numbers import Numbers
from shared.observability import count, counted
from shared.queues import Entry, encode, send_all
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.directory import Directory, Number
from shared.store.sent_ids import SentIds

_LATER: Final = (60, 600)
"""Seconds until a receipt of nobody's is looked at again."""


@dataclass(frozen=True, slots=True)
class Settings:
    directory_table: str
    requests_table: str
    inbound_queue_url: str
    receipts_queue_url: str
    linked_receipts_queue_url: str


def late_entry(channel: str, delay: int, tries: int = 0, **what: JsonObject) -> Entry:
    """`what` is `echo` (a body of `inbound.fifo`) or `status` (in Meta's shape)."""
    body = encode({"v": 1, "channel": channel, "tries": tries, **what})
    return Entry(body, group=channel, delay=delay)


@dataclass(frozen=True, slots=True)
class LinkedReceipts:
    settings: Settings
    numbers: Numbers
    sent_ids: SentIds
    sqs: Any
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        body = json.loads(record["body"])
        number = self.numbers.get(body["channel"])
        if number is None:
            count("UnknownNumber")
        elif "echo" in body:
            self._echo(number, body["echo"])
        else:
            self._status(number, body["status"], body["tries"])

    def _echo(self, number: Number, echo: JsonObject) -> None:
        """Whatever was written on the phone is logged, and the bot is silent then."""
        lane = from_body(echo)
        (event,) = lane.events
        if self._callback(number, event.id) is None:
            send_all(self.sqs, self.settings.inbound_queue_url, [entry(lane)])
        else:
            count("EchoesOfOurs")

    def _status(self, number: Number, status: JsonObject, tries: int) -> None:
        channel = number.phone_number_id
        callback = self._callback(number, status["id"])
        if callback is not None:
            told = {**status, "biz_opaque_callback_data": callback}
            found = Found(statuses=[(channel, told)])
            body = split_receipts(found, self.clock())
            send_all(self.sqs, self.settings.receipts_queue_url, [Entry(body)])
        elif tries < len(_LATER):
            again = late_entry(channel, _LATER[tries], tries + 1, status=status)
            send_all(self.sqs, self.settings.linked_receipts_queue_url, [again])
        else:
            count("ReceiptsOfThePhone")

    def _callback(self, number: Number, message_id: str) -> str | None:
        return self.sent_ids.callback(number.tenant, number.phone_number_id, message_id)


@lru_cache(maxsize=1)
def _linked_receipts() -> LinkedReceipts:
    settings = load(Settings)
    dynamodb = client("dynamodb")
    numbers = Numbers(Directory(settings.directory_table, dynamodb))
    sent_ids = SentIds(settings.requests_table, dynamodb)
    return LinkedReceipts(settings, numbers, sent_ids, client("sqs"))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    return run_each(event["Records"], _linked_receipts().run)
