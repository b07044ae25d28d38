"""What Meta tells of accounts: to the records of whose account it is, or kept."""

from __future__ import annotations

from typing import Any

import pytest

from gateway import account_events as module
from gateway.account_events import APPLIERS, AccountEvents, Place, Settings
from gateway.attention import Attention
from gateway.template_events import TemplateEvents
from shared.channels.inbound.account import TemplateQuality
from shared.json_types import JsonObject
from shared.numbers import Numbers
from shared.store.directory import Directory
from shared.store.inspection import Inspection, Kept
from shared.store.tables import Tables
from shared.tenancy import Tenant
from tests.builders import http_post, meta_bytes, sqs_record, webhook_body
from tests.fakes import FakeClock, FakeS3, FakeSqs
from tests.unit.gateway.gateway_parts import Stage, connect_number

QUALITY = {"new_quality_score": "RED", "message_template_id": 7}
FIELD = "message_template_quality_update"


def worker(dynamodb: Any, mail: Any = None, sqs: Any = None) -> AccountEvents:
    settings = Settings(
        directory_table="directory",
        workspaces_table="workspaces",
        usage_table="usage",
        inspection_table="inspection",
        contacts_table="contacts",
        account_events_queue_url="account",
        template_syncs_queue_url="syncs",
        overflow_bucket="bucket",
        mail_sender="",
        dashboard_url="https://kabar",
    )
    directory = Directory("directory", dynamodb)
    tables = Tables("workspaces", "directory", "usage")
    attention = Attention(tables, dynamodb, mail, "https://kabar")
    templates = TemplateEvents("workspaces", dynamodb, sqs or FakeSqs(), "syncs", FakeClock())
    numbers = Numbers(directory, FakeClock())
    return AccountEvents(settings, directory, numbers, dynamodb, FakeS3, attention, templates)


def record(change: JsonObject) -> JsonObject:
    whole = {"waba_id": None, "channel": None, "field": FIELD, "time": 1_795_430_400, **change}
    return sqs_record({"v": 1, "at": 5, "value": QUALITY, **whole})


def kept(tenant: Tenant | None, dynamodb: Any) -> list[Kept]:
    return [one for _, one in Inspection(tenant, "inspection", dynamodb).newest(50, None)[0]]


@pytest.fixture
def applied(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Place, Any]]:
    seen: list[tuple[Place, Any]] = []

    def apply(_: AccountEvents, place: Place, event: Any) -> bool:
        seen.append((place, event))
        return True

    monkeypatch.setitem(APPLIERS, TemplateQuality, apply)
    return seen


@pytest.mark.parametrize("by", ["account", "number"])
def test_an_event_is_applied_for_whom_it_belongs_to(
    by: str, applied: list[tuple[Place, Any]], dynamodb: Any
) -> None:
    number = connect_number(dynamodb)
    waba_id = number.phone_number_id + "9"
    Directory("directory", dynamodb).put_account(waba_id, number.tenant)
    change = {"waba_id": waba_id} if by == "account" else {"channel": number.phone_number_id}
    worker(dynamodb).run(record(change))
    ((place, event),) = applied
    assert (place.tenant, place.at) == (number.tenant, 1_795_430_400_000)
    assert (place.waba_id, place.channel) == (change.get("waba_id"), change.get("channel"))
    assert (event.score, event.template.id) == ("RED", "7")
    assert kept(number.tenant, dynamodb) == []


def test_what_nothing_applies_is_kept_for_its_workspace(dynamodb: Any) -> None:
    number = connect_number(dynamodb)
    change = {"channel": number.phone_number_id, "field": "flows", "value": {"event": "ENDPOINT"}}
    worker(dynamodb).run(record(change))
    (one,) = kept(number.tenant, dynamodb)
    assert (one.reason, one.field, one.body["value"]) == (
        "account_event",
        "flows",
        {"event": "ENDPOINT"},
    )


def test_what_belongs_to_nobody_is_kept_for_the_platform(
    applied: list[tuple[Place, Any]], dynamodb: Any
) -> None:
    worker(dynamodb).run(record({"waba_id": "404", "time": None}))
    mine = [one for one in kept(None, dynamodb) if one.body["waba_id"] == "404"]
    assert [(one.reason, one.at) for one in mine] == [("unknown_account", 5)]
    assert applied == []


def test_the_handler_holds_an_accounts_events_in_order(
    dynamodb: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_account_events", lambda: (worker(dynamodb), FakeSqs()))
    good = record({"waba_id": "404"})["body"]
    records = [
        sqs_record("{", id_="bad", group="1"),
        sqs_record(good, id_="behind", group="1"),
        sqs_record(good, id_="beside", group="2"),
    ]
    answer = module.handler({"Records": records}, None)
    failed = [one["itemIdentifier"] for one in answer["batchItemFailures"]]
    assert failed == ["bad", "behind"]


def test_the_webhook_queues_changes_by_account_each_once() -> None:
    stage = Stage()
    body = webhook_body(QUALITY, field=FIELD)
    for _ in range(2):
        post_body(stage, body)
    stage.clock.advance(60)
    post_body(stage, webhook_body({**QUALITY, "new_quality_score": "GREEN"}, field=FIELD))
    entries = stage.sqs.sent["account"]
    assert {entry["MessageGroupId"] for entry in entries} == {"100200300400500"}
    scores = [change.value["new_quality_score"] for change in stage.account()]
    assert scores == ["RED", "GREEN"], "what came twice was recognised by the queue"


@pytest.mark.parametrize("odd", ["", "1#2", "9" * 200, "\u0662", 5, None])
def test_an_account_of_an_odd_name_has_a_group_all_the_same(odd: Any) -> None:
    stage = Stage()
    body = webhook_body(QUALITY, field=FIELD)
    body["entry"][0]["id"] = odd
    post_body(stage, body)
    assert [entry["MessageGroupId"] for entry in stage.sqs.sent["account"]] == ["unknown"]


def post_body(stage: Stage, body: JsonObject) -> None:
    assert stage.webhook.receive(http_post(meta_bytes(body)))["statusCode"] == 200
