"""What `baileys-api` posts about linked phones: one address per channel.

A body is told by the token that was given when the phone was connected: connecting again gives
another, and what an older connection still says is refused. 200 means that everything is in a
queue; the service tries again otherwise, and every event is deduplicated.
"""

from __future__ import annotations

import hmac
import json
import uuid
from base64 import b64decode
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from gateway.linked_events import linked_phone
from gateway.linked_receipts import late_entry
from gateway.webhook import answer
from shared.aws import client
from shared.channels.baileys.reading import Heard, hear
from shared.channels.found import Found
from shared.channels.kinds import BAILEYS
from shared.channels.webhook_bodies import account_body, account_group, split_receipts
from shared.clock import Clock, now_ms
from shared.events import lane_entry, to_body
from shared.json_types import JsonObject
from shared.numbers import Numbers
from shared.observability import count, counted, logger
from shared.overflow import park_if_large
from shared.queues import Entry, QueueRefusedError, encode, send_all
from shared.settings import load
from shared.store.directory import Directory, Number

ECHO_SECONDS: Final = 30
"""An echo may come before the answer to the send that it is of: longer than a send and its next try
take."""
STATUS_SECONDS: Final = 3


@dataclass(frozen=True, slots=True)
class Settings:
    inbound_queue_url: str
    receipts_queue_url: str
    account_events_queue_url: str
    linked_receipts_queue_url: str
    overflow_bucket: str
    directory_table: str


@dataclass(frozen=True, slots=True)
class LinkedWebhook:
    settings: Settings
    directory: Directory
    numbers: Numbers
    sqs: Any
    s3: Any
    clock: Clock = now_ms

    def handle(self, event: JsonObject) -> JsonObject:
        channel = event["pathParameters"]["channel_id"]
        number = self.numbers.get(channel)
        try:
            body = json.loads(_raw(event))
        except (ValueError, RecursionError):
            return answer(400, "The body is not JSON.")
        if not isinstance(body, dict):
            return answer(400, "The body is no object.")
        known = self._of_token(channel, number, body.get("webhookVerifyToken"))
        if known is None:
            count("LinkedPhoneUnknown")
            return answer(401, "The token is not that of this channel.")
        now = self.clock()
        try:
            self._queue(known, hear(channel, body, now), now)
        except QueueRefusedError as error:
            logger.warning("webhook not queued", reason=str(error))
            return answer(500, "Not every event could be queued.")
        return answer(200, "")

    def _of_token(self, channel: str, number: Number | None, token: object) -> Number | None:
        """What is remembered may be older than the newest connecting."""
        if _fits(number, token):
            return number
        renewed = self.directory.number(channel)
        return renewed if _fits(renewed, token) else None

    def _queue(self, number: Number, heard: Heard, now: int) -> None:
        settings, channel = self.settings, number.phone_number_id
        said = [
            lane_entry(
                lane.channel,
                lane.contact,
                [event.id for event in lane.events],
                self._park(encode(to_body(lane))),
            )
            for lane in heard.said
        ]
        send_all(self.sqs, settings.inbound_queue_url, said)
        late = [
            *(late_entry(channel, ECHO_SECONDS, echo=to_body(echo)) for echo in heard.echoes),
            *(late_entry(channel, STATUS_SECONDS, status=one) for one in heard.statuses),
        ]
        send_all(self.sqs, settings.linked_receipts_queue_url, late)
        sides = [self._side(number, side, now) for side in heard.sides]
        send_all(self.sqs, settings.account_events_queue_url, sides)
        if heard.kept:
            count("WebhookKept", len(heard.kept))
            body = split_receipts(Found(kept=heard.kept), now)
            send_all(self.sqs, settings.receipts_queue_url, [Entry(self._park(body))])

    def _side(self, number: Number, side: JsonObject, now: int) -> Entry:
        """The same may be said twice and mean it: a connection is opened again and again."""
        change = linked_phone(number, side)
        return Entry(account_body(change, now), account_group(change), uuid.uuid4().hex)

    def _park(self, body: str) -> str:
        return park_if_large(body, self.s3, self.settings.overflow_bucket)


def _fits(number: Number | None, token: object) -> bool:
    if number is None or number.kind != BAILEYS or not isinstance(token, str):
        return False
    given = sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
    return hmac.compare_digest(given, number.webhook_hash)


def _raw(event: JsonObject) -> bytes:
    body: str = event.get("body") or ""
    return b64decode(body) if event.get("isBase64Encoded") else body.encode()


@lru_cache(maxsize=1)
def _webhook() -> LinkedWebhook:
    settings = load(Settings)
    directory = Directory(settings.directory_table, client("dynamodb"))
    return LinkedWebhook(
        settings, directory, Numbers(directory), client("sqs"), lambda: client("s3")
    )


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """API Gateway HTTP API, payload 2.0, at /webhook/linked/{channel_id}."""
    try:
        return _webhook().handle(event)
    except Exception:
        logger.exception("webhook failed")
        return answer(500, "The body could not be taken; send it again.")
