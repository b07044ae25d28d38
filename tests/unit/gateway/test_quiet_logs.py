"""Promise 8: no text, token, secret or phone number in any log or metric, failures included."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from aws_lambda_powertools import Metrics
from botocore.exceptions import EndpointConnectionError

from gateway import receipts as receipts_module
from gateway import sender as sender_module
from gateway import webhook as webhook_module
from shared import observability
from shared.channels.cloud_api import GraphCloudApi, Refused
from shared.channels.errors import Action
from shared.json_types import JsonObject
from tests.builders import (
    APP_SECRET,
    http_post,
    meta_bytes,
    sqs_record,
    status,
    text_message,
    value,
    webhook_body,
)
from tests.fakes import FakeClock, FakeCloudApi, FakeSqs
from tests.unit.gateway.gateway_parts import (
    CONTACT,
    VERIFY_TOKEN,
    Stage,
    connect_number,
    outbound,
    receipts_with,
    sender_with,
)

TEXT = "confidential-diagnosis"
TOKEN = "EAAG-very-secret-token"
PHONE = "6281299887766"
SECRETS = [TEXT, TOKEN, PHONE, APP_SECRET, VERIFY_TOKEN]


class Context:
    def get_remaining_time_in_millis(self) -> int:
        return 30_000


@pytest.fixture
def logs(monkeypatch: pytest.MonkeyPatch) -> StringIO:
    """All that the logger writes, at its most talkative."""
    written = StringIO()
    handler = observability.logger.registered_handler
    monkeypatch.setattr(handler, "stream", written)
    monkeypatch.setattr(observability.logger._logger, "level", 10)
    return written


@pytest.fixture
def metrics(monkeypatch: pytest.MonkeyPatch) -> Metrics:
    monkeypatch.setenv("POWERTOOLS_METRICS_DISABLED", "false")
    made = Metrics(namespace="Kabar")
    monkeypatch.setattr(observability, "metrics", made)
    return made


class Broken:
    """A service that cannot be reached."""

    exceptions: Any = None

    def __init__(self, target: Any) -> None:
        self.exceptions = target.exceptions if hasattr(target, "exceptions") else None

    def __getattr__(self, name: str) -> Any:
        def fail(**arguments: Any) -> Any:
            raise EndpointConnectionError(endpoint_url="http://aws")

        return fail


class ReadOnly:
    """Keeps things, but no state moves."""

    def __init__(self, target: Any) -> None:
        self._target = target

    def __getattr__(self, name: str) -> Any:
        if name == "update_item":
            return Broken(self._target).update_item
        return getattr(self._target, name)


def message() -> JsonObject:
    return text_message(TEXT, wa_id=PHONE, bsuid=None)


def everything_once(dynamodb: Any) -> None:
    stage = Stage()
    number = connect_number(dynamodb)
    clock = FakeClock()
    post = http_post(meta_bytes(webhook_body(value(messages=[message()], statuses=[status()]))))
    odd = webhook_body(value(messages=[{**message(), "type": "hologram"}]))
    errors = [{"code": 131026, "error_data": {"details": f"{PHONE} {TEXT}"}}]
    failed = status("failed", callback=f"kabar:1:{CONTACT}:1", recipient_id=PHONE, errors=errors)
    hologram = http_post(meta_bytes(odd))
    malformed = http_post(b'{"' + TEXT.encode())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(webhook_module, "_webhook", lambda: stage.webhook)
        for event in (post, hologram, malformed, {**post, "headers": {}}, {**post, "body": TEXT}):
            webhook_module.handler(event, None)
        wrong = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN + "x"}
        get = {"requestContext": {"http": {"method": "GET"}}, "queryStringParameters": wrong}
        webhook_module.handler(get, None)
        stage.sqs.refuse = set(range(100))
        webhook_module.handler(post, None)
        stage.sqs = Broken(None)  # type: ignore[assignment]
        webhook_module.handler(post, None)

        body = outbound(number)
        body["effects"][0]["message"]["text"]["body"] = TEXT
        body["effects"][0]["to"] = {"wa_id": PHONE}
        mark = {**body, "effects": [{"kind": "mark_read", "wamid": "w", "typing": True}]}
        refused = Refused(Action.PERMANENT, f"{PHONE}: {TEXT}")
        unknown = Refused(Action.UNSETTLED, f"{PHONE}: {TEXT}")
        good = sender_with(
            dynamodb,
            FakeSqs(),
            FakeCloudApi(script=[unknown, refused], refuse_read=True),
            clock,
            TOKEN,
        )
        graph = GraphCloudApi("http://127.0.0.1:1", "v1")
        for sender in (
            good,
            replace(good, dynamodb=Broken(dynamodb)),
            replace(good, sqs=Broken(None)),
            replace(good, cloud_api=graph, open_token=lambda number: TOKEN + "\n"),
        ):
            patch.setattr(sender_module, "_sender", lambda sender=sender: sender)
            bodies = [{**body, "seq": n} for n in (1, 2, 3)] + [mark]
            records = [sqs_record(one, id_=str(n), group=str(n)) for n, one in enumerate(bodies)]
            records.append(sqs_record({**body, "tenant": "ws_other"}, id_="9", group="9"))
            records.append(sqs_record({**body, "message": TEXT, "seq": 7}, id_="8", group="8"))
            sender_module.handler({"Records": records}, Context())  # type: ignore[arg-type]

        found = {
            "v": 1,
            "at": 5,
            "statuses": [[number.phone_number_id, failed], ["404404", failed]],
            "kept": [[number.phone_number_id, "unknown_type", "messages", message()]],
        }
        for table in (dynamodb, Broken(dynamodb), ReadOnly(dynamodb)):
            worker = replace(receipts_with(dynamodb), dynamodb=table)
            patch.setattr(receipts_module, "_receipts", lambda worker=worker: worker)
            unreadable = sqs_record({"v": 1, "at": 5, "statuses": [[TEXT, TEXT]], "kept": []})
            records = [sqs_record(found), unreadable, sqs_record(f'{{"{TEXT}": "{TOKEN}"')]
            receipts_module.handler({"Records": records}, None)


def test_no_log_and_no_metric_tells_what_is_confidential(
    dynamodb: Any, logs: StringIO, metrics: Metrics, capsys: pytest.CaptureFixture[str]
) -> None:
    everything_once(dynamodb)
    captured = capsys.readouterr()
    written = logs.getvalue() + captured.out + captured.err
    assert "record failed" in written
    assert "webhook failed" in written
    assert "receipts record failed" in written
    assert '"receipt failed"' in written
    counters = [json.loads(text) for text in captured.out.splitlines() if '"_aws"' in text]
    names = {name for counter in counters for name in counter}
    assert {"WebhookUnsigned", "WebhookMalformed", "SendFailed", "Kept", "Unsettled"} <= names
    for secret in SECRETS:
        place = written.find(secret)
        assert place < 0, written[max(0, place - 300) : place + 100]
