"""Meta's webhook: verify the signature, split, queue, answer 200.

200 means that every event of the body is in a queue. Anything else makes Meta send the whole body
again, which is harmless: every event is deduplicated behind the queues.
"""

from __future__ import annotations

import hmac
import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from gateway.meta_secrets import MetaSecretsCache
from gateway.signature import is_signed
from shared.aws import client
from shared.channels.attribution import find
from shared.channels.found import Found
from shared.channels.webhook_bodies import (
    account_body,
    account_group,
    event_ids_by_lane,
    may_travel_verbatim,
    split_lanes,
    split_receipts,
    verbatim_lanes,
    verbatim_receipts,
)
from shared.clock import Clock, now_ms
from shared.events import lane_entry
from shared.json_types import JsonObject
from shared.observability import count, counted, logger
from shared.overflow import park_if_large
from shared.queues import Entry, QueueRefusedError, send_all
from shared.settings import load

_TEXT = {"content-type": "text/plain; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Settings:
    inbound_queue_url: str
    receipts_queue_url: str
    account_events_queue_url: str
    overflow_bucket: str
    meta_secret_arn: str


@dataclass(frozen=True, slots=True)
class Queues:
    """Where events go. `s3` is a function: most bodies never need the client."""

    inbound: str
    receipts: str
    account_events: str
    overflow_bucket: str
    sqs: Any
    s3: Any


@dataclass(frozen=True, slots=True)
class Webhook:
    """One address with the secrets of its app. `only` leaves of a body what the app may speak of;
    None where it may speak of everything."""

    queues: Queues
    secrets: MetaSecretsCache
    only: Callable[[Found], Found] | None = None
    clock: Clock = now_ms

    def handle(self, event: JsonObject) -> JsonObject:
        if event["requestContext"]["http"]["method"] == "GET":
            return self.verify(event.get("queryStringParameters") or {})
        return self.receive(event)

    def verify(self, query: dict[str, str]) -> JsonObject:
        """Meta's handshake when a callback address is saved: echo the challenge."""
        token = query.get("hub.verify_token", "")
        expected = self.secrets.get().verify_token
        known = hmac.compare_digest(token.encode(), expected.encode())
        if query.get("hub.mode") != "subscribe" or not known or not expected:
            return answer(403, "The verify token is not ours.")
        return answer(200, query.get("hub.challenge", ""))

    def receive(self, event: JsonObject) -> JsonObject:
        raw = _raw_body(event)
        if not self._is_genuine(raw, event["headers"].get("x-hub-signature-256")):
            count("WebhookUnsigned")
            return answer(401, "The signature does not fit the body.")
        try:
            text = raw.decode() if raw.isascii() else None
            found = find(json.loads(raw if text is None else text))
        except (ValueError, RecursionError):
            count("WebhookMalformed")
            return answer(400, "The body is not JSON.")
        if self.only is not None:
            # What travels verbatim is read again behind the queue, and then as a whole.
            found, text = self.only(found), None
        try:
            self._queue(text, found)
        except QueueRefusedError as error:
            logger.warning("webhook not queued", reason=str(error))
            return answer(500, "Not every event could be queued.")
        return answer(200, "")

    def _is_genuine(self, raw: bytes, header: str | None) -> bool:
        if is_signed(raw, header, self.secrets.get().app_secrets):
            return True
        renewed = self.secrets.renewed()
        return renewed is not None and is_signed(raw, header, renewed.app_secrets)

    def _queue(self, text: str | None, found: Found) -> None:
        """`text` is the body when it is in ASCII, as Meta writes it."""
        if found.kept:
            count("WebhookKept", len(found.kept))
        now = self.clock()
        ids = event_ids_by_lane(found.messages)
        receipts = bool(found.statuses or found.kept)
        if text is not None and not may_travel_verbatim(text, copies=len(ids) + receipts):
            text = None
        if ids:
            bodies = verbatim_lanes(ids, now, text) if text else split_lanes(found, now)
            entries = [
                lane_entry(*place, ids[place], self._park(body)) for place, body in bodies.items()
            ]
            send_all(self.queues.sqs, self.queues.inbound, entries)
        if receipts:
            body = verbatim_receipts(now, text) if text else split_receipts(found, now)
            send_all(self.queues.sqs, self.queues.receipts, [Entry(self._park(body))])

        if found.account:
            send_all(self.queues.sqs, self.queues.account_events, self._account(found, now))

    def _account(self, found: Found, now: int) -> list[Entry]:
        """Without ids of Meta's, a change that comes again is told by its content."""
        return [
            Entry(
                body=self._park(account_body(change, now)),
                group=account_group(change),
                dedup=sha256(account_body(change, 0).encode()).hexdigest(),
            )
            for change in found.account
        ]

    def _park(self, body: str) -> str:
        return park_if_large(body, self.queues.s3, self.queues.overflow_bucket)


@lru_cache(maxsize=1)
def _webhook() -> Webhook:
    settings = load(Settings)

    def fetch() -> str:
        answer = client("secretsmanager").get_secret_value(SecretId=settings.meta_secret_arn)
        return str(answer["SecretString"])

    queues = Queues(
        settings.inbound_queue_url,
        settings.receipts_queue_url,
        settings.account_events_queue_url,
        settings.overflow_bucket,
        client("sqs"),
        lambda: client("s3"),
    )
    return Webhook(queues, MetaSecretsCache(fetch))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """API Gateway HTTP API, payload 2.0."""
    try:
        return _webhook().handle(event)
    except Exception:
        # API Gateway must answer 500 and nothing else, so that Meta sends the body again.
        logger.exception("webhook failed")
        return answer(500, "The body could not be taken; send it again.")


def _raw_body(event: JsonObject) -> bytes:
    """The bytes as they were signed; what is not what it says to be fits no signature."""
    body: str = event.get("body") or ""
    if not event.get("isBase64Encoded"):
        return body.encode("utf-8", "surrogatepass")
    try:
        return b64decode(body, validate=True)
    except ValueError:
        return b""


def answer(status: int, body: str) -> JsonObject:
    return {"statusCode": status, "headers": _TEXT, "body": body}
