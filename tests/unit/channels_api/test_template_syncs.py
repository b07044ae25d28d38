"""The list of an account is brought in, page by page, as often as one likes."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest

from channels.template_syncs import Settings, TemplateSyncs
from shared.channels.graph import GraphUnreachableError
from shared.json_types import JsonObject
from shared.sealed import Sealer
from shared.store.audit import Actor
from shared.store.channels import Channels
from shared.store.directory import Directory
from shared.store.templates import Template, Templates
from shared.tenancy import Tenant
from tests.builders import sqs_record
from tests.fake_graph import NUMBER_ID, PORTFOLIO_ID, TOKEN, WABA_ID, FakeGraph, refusal
from tests.fakes import FakeClock
from tests.template_drafts import ORDER_UPDATE
from tests.unit.channels_api.conftest import Desk
from tests.unit.channels_api.test_connecting import SIGNUP

TENANT = Tenant("ws_tests")
LIST = f"GET {WABA_ID}/message_templates"
BY = Actor("user-ana", "ana@kabar.test")


def listed(name: str, **more: Any) -> JsonObject:
    return {
        "id": f"6{len(name)}",
        "name": name,
        "language": "en_US",
        "status": "APPROVED",
        "category": "UTILITY",
        "components": ORDER_UPDATE["components"],
        "quality_score": {"score": "GREEN"},
        **more,
    }


def page(*templates: JsonObject, after: str | None = None) -> JsonObject:
    paging = {"cursors": {"after": after or "end"}, **({"next": "https://x"} if after else {})}
    return {"data": list(templates), "paging": paging}


class Case:
    def __init__(self, desk: Desk, key: str) -> None:
        self.desk, self.clock = desk, FakeClock()
        settings = Settings("workspaces", "directory", key, "", "", "syncs")
        sealer = Sealer(boto3.client("kms"), key)
        self.worker = TemplateSyncs(
            settings, desk.dynamodb, desk.sqs, sealer, desk.meta.graph, self.clock
        )
        self.store = Templates(TENANT, "workspaces", desk.dynamodb)
        self.directory = Directory("directory", desk.dynamodb)

    def run(self, *pages: JsonObject, tenant: Tenant = TENANT) -> None:
        self.clock.advance(10)
        self.desk.meta.answers[LIST] = list(pages)
        self.worker.run(sqs_record({"v": 1, "tenant": tenant.id, "waba_id": WABA_ID}))

    def names(self) -> list[str]:
        return [one.name for one in self.store.all()]


@pytest.fixture
def case(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Case:
    desk.ask("POST", "channels/embedded-signup", SIGNUP)
    desk.meta.asked.clear()
    desk.sqs.sent.clear()
    key = boto3.client("kms").list_keys()["Keys"][0]["KeyArn"]
    return Case(desk, key)


def test_all_pages_are_brought_in_and_again_without_a_change(case: Case) -> None:
    pages = [page(listed("a"), listed("bb"), after="2"), page(listed("ccc", status="PAUSED"))]
    case.run(*pages)
    assert case.names() == ["a", "bb", "ccc"]
    first = list(case.store.all())
    assert [one.status for one in first] == ["APPROVED", "APPROVED", "PAUSED"]
    lists = [one for one in case.desk.meta.asked if f"{one.method} {one.path}" == LIST]
    assert [one.query.get("after") for one in lists] == [None, "2"]
    assert {one.token for one in case.desk.meta.asked} == {TOKEN}
    case.run(*pages)
    assert list(case.store.all()) == first
    (state,) = case.store.syncs()
    assert (state.synced_at, state.reason) == (case.clock(), "")


def test_what_meta_has_no_more_goes_and_what_changed_follows(case: Case) -> None:
    case.run(page(listed("a"), listed("bb")))
    case.run(page(listed("bb", status="REJECTED", rejected_reason="SCAM")))
    (left,) = case.store.all()
    assert (left.name, left.status, left.reason) == ("bb", "REJECTED", "SCAM")


def test_what_is_written_while_meta_is_asked_stays(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.run(page(listed("a")))
    (before,) = case.store.all()
    case.clock.advance(10)
    made = Template(WABA_ID, "new", "id", "9", "UTILITY", "PENDING", [])

    def answer(*_: Any) -> list[JsonObject]:
        """Somebody makes a template, and one is paused, while the list is on its way."""
        now = case.clock() + 1
        case.store.tell(before_with(before, "PAUSED"), told_at=now, now=now)
        case.store.synced(made, started=now, now=now)
        return [listed("a")]

    monkeypatch.setattr(FakeGraph, "_usual", lambda *_: {"data": answer()})
    case.desk.meta.answers.clear()
    case.worker.run(sqs_record({"v": 1, "tenant": TENANT.id, "waba_id": WABA_ID}))
    assert {one.name: one.status for one in case.store.all()} == {"a": "PAUSED", "new": "PENDING"}


def before_with(template: Template, status: str) -> Template:
    return Template(
        template.waba_id,
        template.name,
        template.language,
        template.meta_id,
        template.category,
        status,
        template.components,
    )


def test_words_of_a_rejection_stay_as_long_as_it_holds(case: Case) -> None:
    case.run(page(listed("a", status="REJECTED")))
    (one,) = case.store.all()
    told = Template(
        WABA_ID, "a", "en_US", one.meta_id, "UTILITY", "REJECTED", one.components, details="Why."
    )
    case.store.tell(told, told_at=case.clock(), now=case.clock())
    case.run(page(listed("a", status="REJECTED")))
    assert [one.details for one in case.store.all()] == ["Why."]
    case.run(page(listed("a")))
    assert [one.details for one in case.store.all()] == [""]


def test_a_refusal_is_told_and_keeps_what_there_is(case: Case) -> None:
    case.run(page(listed("a")))
    case.run(refusal(190, 401))  # type: ignore[arg-type]
    (state,) = case.store.syncs()
    assert "190" in state.reason
    assert case.names() == ["a"]


def test_silence_is_tried_again(case: Case) -> None:
    with pytest.raises(GraphUnreachableError):
        case.run("down")  # type: ignore[arg-type]
    assert case.store.syncs()[0].reason == "Meta did not answer."


def test_each_account_is_compared_daily_as_long_as_it_is_connected(case: Case) -> None:
    case.run(page())
    case.worker.run(sqs_record({}))
    (told,) = case.desk.sqs.sent["syncs"]
    assert json.loads(told["MessageBody"])["waba_id"] == WABA_ID
    assert case.directory.compared_daily() == [(WABA_ID, TENANT)]
    case.desk.ask("DELETE", f"channels/{SIGNUP['phone_number_id']}")
    case.run(page())
    assert case.directory.compared_daily() == []


def test_an_account_of_somebody_else_is_not_read(case: Case) -> None:
    case.run(page(listed("a")), tenant=Tenant("ws_other"))
    assert case.desk.meta.asked == []


def test_the_business_is_learnt_of_which_an_account_is(case: Case) -> None:
    channels = Channels(TENANT, "workspaces", "directory", case.desk.dynamodb)
    assert channels.get(NUMBER_ID).health.portfolio == ""
    case.run(page(listed("a")))
    known = channels.get(NUMBER_ID)
    assert known.health.portfolio == PORTFOLIO_ID
    assert known.health.messaging_limit == "TIER_2K"
    case.run(page(listed("a")))
    assert channels.get(NUMBER_ID) == known


@pytest.mark.parametrize("answer", [refusal(100), {"id": WABA_ID}, {"owner_business_info": None}])
def test_where_meta_does_not_say_what_is_known_stays(case: Case, answer: Any) -> None:
    channels = Channels(TENANT, "workspaces", "directory", case.desk.dynamodb)
    case.run(page(listed("a")))
    case.desk.meta.answers[f"GET {WABA_ID}"] = answer
    case.run(page(listed("a")))
    assert channels.get(NUMBER_ID).health.portfolio == PORTFOLIO_ID
    case.desk.ask("POST", f"channels/{NUMBER_ID}/verify", {})
    assert channels.get(NUMBER_ID).health.portfolio == PORTFOLIO_ID
