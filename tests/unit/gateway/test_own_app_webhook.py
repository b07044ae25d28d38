"""A workspace's own app signs with its own secret and speaks for its own numbers only."""

from __future__ import annotations

import json
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from gateway.own_app_webhook import OwnAppWebhooks
from gateway.webhook import Webhook
from shared.json_types import JsonObject
from shared.store.directory import Directory, Number
from shared.tenancy import Tenant
from tests.builders import (
    APP_SECRET,
    create_table,
    http_post,
    meta_bytes,
    status,
    text_message,
    value,
    webhook_body,
)
from tests.unit.gateway.gateway_parts import Stage

OURS, THEIRS, PLATFORMS = "1001", "2002", "3003"
OUR_SECRET, THEIR_SECRET = "our-secret", "their-secret"


def number(id_: str, tenant: str, secret: str | None) -> Number:
    meta = {"app_secrets": [secret], "verify_token": f"verify-{id_}"}
    app = json.dumps(meta).encode() if secret else None
    return Number(id_, tenant, "+1", "Toko", "menu", b"token", waba_id=f"9{id_}", sealed_app=app)


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def webhooks(stage: Stage) -> Iterator[OwnAppWebhooks]:
    def opened(tenant: Tenant, sealed: bytes) -> str:
        assert tenant.id in ("ws_ours", "ws_theirs")
        return sealed.decode()

    with mock_aws():
        dynamodb = boto3.client("dynamodb")
        create_table(dynamodb, "directory")
        directory = Directory("directory", dynamodb)
        directory.put_number(number(OURS, "ws_ours", OUR_SECRET))
        directory.put_number(number(THEIRS, "ws_theirs", THEIR_SECRET))
        directory.put_number(number(PLATFORMS, "ws_third", None))
        directory.put_account("91001", Tenant("ws_ours"))
        directory.put_account("92002", Tenant("ws_theirs"))
        yield OwnAppWebhooks(stage.queues, directory, opened)


def at(webhooks: OwnAppWebhooks, channel_id: str) -> Webhook:
    webhook = webhooks.of(channel_id)
    assert webhook is not None
    return webhook


def post(webhook: Webhook, body: JsonObject, secret: str) -> int:
    return int(webhook.handle(http_post(meta_bytes(body), secret=secret))["statusCode"])


def said(channel: str, id_: str = "wamid.1") -> JsonObject:
    return value(messages=[text_message(id_=id_)], phone_number_id=channel)


def test_its_own_secret_opens_its_own_address_and_no_other(webhooks: OwnAppWebhooks) -> None:
    body = webhook_body(said(OURS))
    assert post(at(webhooks, OURS), body, OUR_SECRET) == 200
    for secret in (THEIR_SECRET, APP_SECRET, ""):
        assert post(at(webhooks, OURS), body, secret) == 401
    assert post(at(webhooks, THEIRS), body, OUR_SECRET) == 401


def test_a_number_without_an_own_app_has_no_address(webhooks: OwnAppWebhooks) -> None:
    assert webhooks.of(PLATFORMS) is None
    assert webhooks.of("404") is None


@pytest.mark.parametrize("foreign", [THEIRS, PLATFORMS, "404"])
def test_it_cannot_speak_for_another_number(
    webhooks: OwnAppWebhooks, stage: Stage, foreign: str
) -> None:
    body = webhook_body(
        said(OURS, "wamid.own"),
        said(foreign, "wamid.forged"),
        value(statuses=[status("failed")], phone_number_id=foreign),
        value(statuses=[status("read")], phone_number_id=OURS),
    )
    assert post(at(webhooks, OURS), body, OUR_SECRET) == 200
    assert [(channel, event.id) for channel, _, event in stage.events()] == [(OURS, "wamid.own")]
    (receipts,) = stage.sqs.sent["receipts"]
    read = json.loads(receipts["MessageBody"])
    assert [channel for channel, _ in read["statuses"]] == [OURS]
    # What is kept is filed under nobody, not under whom it names.
    assert {(channel, reason) for channel, reason, _, _ in read["kept"]} == {
        (None, "foreign_number")
    }


def test_it_cannot_speak_for_another_account(webhooks: OwnAppWebhooks, stage: Stage) -> None:
    body = webhook_body({"event": "DISABLED_UPDATE"}, field="account_update")
    for waba in ("91001", "92002", "404"):
        body["entry"][0]["id"] = waba
        assert post(at(webhooks, OURS), body, OUR_SECRET) == 200
    told = [json.loads(entry["MessageBody"]) for entry in stage.sqs.sent["account"]]
    assert [one["waba_id"] for one in told] == ["91001"]


def test_it_tells_how_far_the_history_of_its_own_phone_has_come(
    webhooks: OwnAppWebhooks, stage: Stage
) -> None:
    """Such a change names a number and no account."""
    chunk = {"metadata": {"phase": 0, "progress": 55}, "threads": []}
    for channel in (OURS, THEIRS, PLATFORMS, "404"):
        body = webhook_body({**said(channel), "history": [chunk]}, field="history")
        assert post(at(webhooks, OURS), body, OUR_SECRET) == 200
    told = [json.loads(entry["MessageBody"]) for entry in stage.sqs.sent["account"]]
    assert [(one["channel"], one["field"]) for one in told] == [(OURS, "history")]


def test_the_handshake_knows_its_own_token(webhooks: OwnAppWebhooks) -> None:
    def ask(token: str) -> JsonObject:
        query = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "42"}
        event: JsonObject = {
            "requestContext": {"http": {"method": "GET"}},
            "queryStringParameters": query,
        }
        return at(webhooks, OURS).handle(event)

    assert (ask("verify-1001")["statusCode"], ask("verify-1001")["body"]) == (200, "42")
    assert ask("verify-2002")["statusCode"] == 403
    assert ask("")["statusCode"] == 403
