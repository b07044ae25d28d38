"""The API of webhooks through its handler."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from moto import mock_aws

from hooks import api
from shared.json_types import JsonObject
from shared.notices import MESSAGE_RECEIVED, TYPES
from shared.store.webhook_deliveries import FAILED, WebhookDeliveries
from shared.store.webhooks import MOST
from shared.tenancy import Tenant
from tests.api_events import api_event, authorized
from tests.builders import create_tables

CONTEXT = SimpleNamespace(
    function_name="hooks", memory_limit_in_mb=512, invoked_function_arn="arn", aws_request_id="1"
)
URL = "https://crm.example/hook"


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    with mock_aws():
        dynamodb = boto3.client("dynamodb")
        create_tables(dynamodb)
        key = boto3.client("kms").create_key()["KeyMetadata"]["Arn"]
        queue = boto3.client("sqs").create_queue(QueueName="deliveries")["QueueUrl"]
        for name, text in {
            "REQUESTS_TABLE": "requests",
            "DATA_ROLE_ARN": "arn:aws:iam::123456789012:role/data",
            "WORKSPACES_TABLE": "workspaces",
            "WEBHOOK_DELIVERIES_TABLE": "webhook_deliveries",
            "WEBHOOK_DELIVERIES_QUEUE_URL": queue,
            "SECRETS_KEY_ARN": key,
        }.items():
            monkeypatch.setenv(name, text)
        api.settings.cache_clear()
        yield SimpleNamespace(dynamodb=dynamodb, queue=queue)
        api.settings.cache_clear()


def ask(
    method: str, path: str, body: object = None, revision: int | None = None, **query: str
) -> tuple[int, JsonObject]:
    headers = {"if-match": f'"{revision}"'} if revision is not None else {}
    event = api_event(
        method,
        f"/v1/webhooks{path}",
        body=body,
        query=query,
        headers=headers,
        caller=authorized(),
    )
    answer = api.handler(event, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"] or "{}")


def make(**fields: object) -> JsonObject:
    code, made = ask("POST", "", {"url": URL, "types": [MESSAGE_RECEIVED], **fields})
    assert code == 201, made
    return made


def queued(aws: Any) -> list[str]:
    answer = boto3.client("sqs").receive_message(QueueUrl=aws.queue, MaxNumberOfMessages=10)
    return [json.loads(one["Body"])["delivery"] for one in answer.get("Messages", [])]


def test_a_secret_is_shown_once(aws: Any) -> None:
    made = make(description="CRM")
    assert made["secret"].startswith("whsec_")
    _, got = ask("GET", f"/{made['id']}")
    assert "secret" not in got
    assert ask("GET", "")[1]["items"] == [got]
    assert (got["state"], got["types"], got["revision"]) == ("active", [MESSAGE_RECEIVED], 1)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        *[
            ({"url": url}, "url")
            for url in ("", "x", "ftp://a/", "http://crm.example/", "https://")
        ],
        *[({"url": url}, "url") for url in ("https://u@a/", "https://a/é", "https://a/ b")],
        *[({"types": types}, "types") for types in ([], ["message.received"] * (len(TYPES) + 1))],
        ({"types": ["message.eaten"]}, "types.0"),
        ({"types": ["ping"]}, "types.0"),
        ({"description": "a\nb"}, "description"),
        ({"more": 1}, "more"),
    ],
)
def test_bad_input_is_told_by_the_field(aws: Any, fields: JsonObject, field: str) -> None:
    code, body = ask("POST", "", {"url": URL, "types": [MESSAGE_RECEIVED], **fields})
    assert (code, [error["field"] for error in body["errors"]]) == (400, [field])


def test_a_change_needs_what_was_read_last(aws: Any) -> None:
    made = make()
    path = f"/{made['id']}"
    code, changed = ask("PATCH", path, {"active": False, "description": "x"}, revision=1)
    assert (code, changed["state"], changed["revision"]) == (200, "paused", 2)
    assert changed["url"] == URL
    assert ask("PATCH", path, {"active": True}, revision=1)[0] == 412
    assert ask("PATCH", path, {"active": True})[0] == 428
    assert ask("PATCH", path, {"active": True}, revision=2)[1]["state"] == "active"


def test_a_secret_is_replaced(aws: Any) -> None:
    made = make()
    code, replaced = ask("POST", f"/{made['id']}/secret")
    assert code == 200
    assert replaced["secret"] != made["secret"]


def test_there_are_only_so_many(aws: Any) -> None:
    for _ in range(MOST):
        make()
    code, body = ask("POST", "", {"url": URL, "types": [MESSAGE_RECEIVED]})
    assert (code, body["type"]) == (409, "urn:kabar:problem:too-many-webhooks")


def test_a_ping_is_queued_and_listed(aws: Any) -> None:
    made = make()
    code, delivery = ask("POST", f"/{made['id']}/ping")
    assert (code, delivery["type"], delivery["state"]) == (202, "ping", "pending")
    assert queued(aws) == [delivery["id"]]
    path = f"/{made['id']}/deliveries"
    assert ask("GET", path)[1]["items"] == [delivery]
    assert ask("GET", path, state="failed")[1]["items"] == []
    assert ask("GET", path, state="eaten")[0] == 400
    body = json.loads(ask("GET", f"{path}/{delivery['id']}")[1]["body"])
    assert body["type"] == "ping"
    assert ask("POST", f"{path}/{delivery['id']}/replay")[0] == 409, "it is still being tried"


def test_what_was_missed_is_told_again(aws: Any) -> None:
    made = make()
    store = WebhookDeliveries(Tenant("ws_tests"), made["id"], "webhook_deliveries", aws.dynamodb)
    ids = [ask("POST", f"/{made['id']}/ping")[1]["id"] for _ in range(3)]
    assert len(queued(aws)) == 3
    for id_ in ids:
        store.settle(id_, None, state=FAILED, reason="down")
    code, one = ask("POST", f"/{made['id']}/deliveries/{ids[0]}/replay")
    assert (code, one["state"]) == (202, "pending")
    code, rest = ask("POST", f"/{made['id']}/replay", {"since": 0})
    assert (code, rest) == (202, {"replayed": 2, "more": False})
    assert sorted(queued(aws)) == sorted(ids)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/gone", None),
        ("DELETE", "/gone", None),
        ("POST", "/gone/ping", None),
        ("POST", "/gone/secret", None),
        ("POST", "/gone/replay", {"since": 0}),
        ("GET", "/gone/deliveries", None),
        ("GET", "/gone/deliveries/x", None),
        ("POST", "/gone/deliveries/x/replay", None),
    ],
)
def test_what_is_not_there_is_not_found(
    aws: Any, method: str, path: str, body: JsonObject | None
) -> None:
    assert ask(method, path, body)[0] == 404
    made = make()
    if "deliveries/" in path:
        assert ask(method, path.replace("gone", made["id"]), body)[0] == 404


def test_a_webhook_is_deleted(aws: Any) -> None:
    made = make()
    assert ask("DELETE", f"/{made['id']}")[0] == 204
    assert ask("GET", f"/{made['id']}")[0] == 404
