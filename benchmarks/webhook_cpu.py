"""CPU per webhook in our handler, side by side with pywa's on the same signed bytes.

Both verify the signature and read the body whole. Ours also builds and encodes the queue entries;
pywa also builds its update objects and calls its handlers. The call to the queue itself is left out
of the first column, since pywa makes none, and shown beside it with botocore up to the socket.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from benchmarks.timing import cpu_microseconds
from shared.channels.attribution import find
from tests.builders import (
    APP_SECRET,
    BSUID,
    PHONE_NUMBER_ID,
    WA_ID,
    http_post,
    meta_bytes,
    signature,
    status,
    text_message,
    value,
    webhook_body,
)


@dataclass(frozen=True, slots=True)
class Row:
    """Microseconds of CPU per POST, and how many of its events each side handled (pywa calls its
    handlers for the first event of a body only). `ratio` is ours to pywa's; the target is at most
    0.5."""

    case: str
    kabar: float
    kabar_with_queue_call: float
    pywa: float
    kabar_events: int
    pywa_events: int

    @property
    def ratio(self) -> float:
        return self.kabar / self.pywa

    @property
    def ratio_per_event(self) -> float:
        return (self.kabar / self.kabar_events) / (self.pywa / self.pywa_events)


def bodies() -> dict[str, bytes]:
    """One text message; ten of five people in one POST; ten statuses in one POST."""
    messages = [
        text_message(
            f"Apa kabar? 😀 {i}", id_=f"wamid.{i:032d}", wa_id=f"1650555012{i % 5}", bsuid=None
        )
        for i in range(10)
    ]
    statuses = [status("delivered", id=f"wamid.{i:032d}", recipient_id=WA_ID) for i in range(10)]
    return {
        "single message": meta_bytes(webhook_body(value(messages=messages[:1]))),
        "batch of ten": meta_bytes(webhook_body(value(messages=messages))),
        "ten statuses": meta_bytes(
            webhook_body({**value(statuses=statuses), "contacts": _CONTACTS})
        ),
    }


_CONTACTS = [{"profile": {"name": "Ana"}, "wa_id": WA_ID, "user_id": BSUID}]


def run() -> list[Row]:
    quiet, real, theirs = _kabar(_NoQueue()), _kabar(_botocore_queue()), _pywa()
    rows = []
    for case, raw in bodies().items():
        with contextlib.redirect_stdout(io.StringIO()):
            call, events = theirs(raw)
            rows.append(
                Row(
                    case,
                    kabar=cpu_microseconds(quiet(raw)),
                    kabar_with_queue_call=cpu_microseconds(real(raw)),
                    pywa=cpu_microseconds(call),
                    kabar_events=_events(raw),
                    pywa_events=events,
                )
            )
    return rows


def _events(raw: bytes) -> int:
    """What our handler queues of a body."""
    found = find(json.loads(raw))
    return len(found.messages) + len(found.statuses)


class _NoQueue:
    def send_message_batch(self, **_: Any) -> dict[str, Any]:
        return {}


class _Answered(io.BytesIO):
    """A response body as urllib3 hands it out."""

    def stream(self) -> Iterator[bytes]:
        yield self.getvalue()


def _botocore_queue() -> Any:
    """The real client, answered before the socket."""
    import boto3
    from botocore.awsrequest import AWSResponse
    from botocore.compat import HTTPHeaders

    client = boto3.client("sqs", region_name="ap-southeast-1")

    def answer(request: Any, **_: Any) -> Any:
        body = b'{"Successful": [], "Failed": []}'
        return AWSResponse(request.url, 200, HTTPHeaders(), _Answered(body))

    client.meta.events.register("before-send.sqs", answer)
    return client


def _kabar(sqs: Any) -> Callable[[bytes], Callable[[], object]]:
    os.environ.update(POWERTOOLS_SERVICE_NAME="bench", AWS_DEFAULT_REGION="ap-southeast-1")
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "bench")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "bench")
    from gateway import webhook
    from gateway.meta_secrets import MetaSecretsCache

    secret = json.dumps({"app_secrets": [APP_SECRET], "verify_token": "token"})
    queues = webhook.Queues("inbound", "receipts", "account", "bucket", sqs, lambda: None)
    ours = webhook.Webhook(queues, MetaSecretsCache(lambda: secret))
    composed = lru_cache(maxsize=1)(lambda: ours)

    def prepare(raw: bytes) -> Callable[[], object]:
        event = http_post(raw)

        webhook._webhook = composed

        def call() -> object:
            return webhook.handler(event, None)

        answer = call()
        assert isinstance(answer, dict) and answer["statusCode"] == 200, answer
        return call

    return prepare


def _pywa() -> Callable[[bytes], tuple[Callable[[], object], int]]:
    from pywa.client import WhatsApp

    whatsapp: Any = WhatsApp(
        phone_id=PHONE_NUMBER_ID,
        token="token",
        server=None,
        app_secret=APP_SECRET,
        verify_token="token",
        skip_duplicate_updates=False,
    )
    seen: list[str] = []
    whatsapp.on_message()(lambda _, message: seen.append(message.id))
    whatsapp.on_message_status()(lambda _, update: seen.append(update.id))

    def prepare(raw: bytes) -> tuple[Callable[[], object], int]:
        header = signature(raw)

        def call() -> object:
            refused = whatsapp.webhook_update_validator(raw, header)
            assert not refused, refused
            seen.clear()
            return whatsapp.webhook_update_handler(raw)

        assert call() == ("ok", 200)
        assert seen, "pywa called no handler"
        return call, len(seen)

    return prepare
