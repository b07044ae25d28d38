"""What is shown of a workspace's use, and what a plan refuses."""

from __future__ import annotations

import pytest

from account import set_plan
from account.set_plan import Settings
from shared.clock import now_ms
from shared.permissions import permissions_of
from shared.store.transactions import commit
from shared.store.usage import added
from shared.usage.meters import MESSAGES_OUT, METERS
from shared.usage.months import after, month_of
from shared.usage.plans import PlanUnknownError
from tests.office import ANA, BUDI, CITRA, TABLES, Office, person
from tests.unit.account.test_api import FakeMail, ask, kind, mail, office

__all__ = ["mail", "office"]

SETTINGS = Settings(TABLES.workspaces, TABLES.directory, TABLES.usage)


def put_on(office: Office, plan: str) -> None:
    event = {"workspace_id": office.tenant.id, "plan": plan, "by": "ops@kabar.test"}
    set_plan.change(event, SETTINGS, office.dynamodb)


def test_use_is_shown_by_meter_with_what_the_plan_allows(office: Office) -> None:
    put_on(office, "starter")
    month = month_of(now_ms())
    commit(office.dynamodb, [added(office.tenant, TABLES.usage, month, {MESSAGES_OUT.id: 7})])
    code, shown = ask("GET", "usage")
    assert code == 200
    assert (shown["month"], shown["plan"]) == (month, {"id": "starter", "name": "Starter"})
    assert [one["meter"] for one in shown["meters"]] == list(METERS)
    by_meter = {one["meter"]: one for one in shown["meters"]}
    assert (by_meter["messages_out"]["used"], by_meter["messages_out"]["limit"]) == (7, 1000)
    assert by_meter["messages_out"]["resets_at"] > now_ms()
    assert (by_meter["messages_in"]["used"], by_meter["messages_in"]["limit"]) == (0, None)
    people = {"meter": "people", "used": 1, "unit": "people", "limit": 3, "resets_at": None}
    assert by_meter["people"] == people


def test_the_default_plan_is_unlimited(office: Office) -> None:
    shown = ask("GET", "usage")[1]
    assert shown["plan"]["id"] == "unlimited"
    assert {one["limit"] for one in shown["meters"]} == {None}


def test_history_is_twelve_months_the_newest_first(office: Office) -> None:
    this_month = month_of(now_ms())
    before = after(this_month, -1)
    commit(office.dynamodb, [added(office.tenant, TABLES.usage, before, {MESSAGES_OUT.id: 5})])
    code, shown = ask("GET", "usage/history")
    assert code == 200
    assert [one["month"] for one in shown["months"]] == [
        after(this_month, -back) for back in range(12)
    ]
    used = [
        next(meter["used"] for meter in one["meters"] if meter["meter"] == "messages_out")
        for one in shown["months"]
    ]
    assert used == [0, 5, *[0] * 10]


@pytest.mark.parametrize("month", ["2026", "2026-13", "2026-00", "26-01", "2026-1", "x"])
def test_what_is_no_month_is_named(office: Office, month: str) -> None:
    code, body = ask("GET", "usage", query={"month": month})
    assert code == 400
    assert [error["field"] for error in body["errors"]] == ["month"]


def test_agents_do_not_see_use(office: Office) -> None:
    refused = ask("GET", "usage", permissions=permissions_of("agent"), role="agent")
    assert kind(refused) == (403, "forbidden")


def test_a_full_workspace_says_so_to_who_invites_and_to_who_joins(
    office: Office, mail: FakeMail
) -> None:
    put_on(office, "starter")
    office.join(BUDI, "agent")
    late, _ = office.invites.create("dewi@kabar.test", "agent", by=ANA, at=office.clock())
    office.join(CITRA, "agent")
    code, problem = ask("POST", "invites", {"email": "eka@kabar.test", "role": "agent"})
    assert (code, problem["type"]) == (403, "urn:kabar:problem:plan-limit-reached")
    assert (problem["meter"], problem["limit"], problem["resets_at"]) == ("people", 3, None)
    assert "allows 3 people" in problem["detail"]
    assert mail.letters == []

    with pytest.raises(Exception, match="allows 3 people"):
        office.invites.accept(late.id, late.token_hash, by=person("dewi"), at=office.clock())
    assert office.people() == (3, 3)
    put_on(office, "team")
    office.invites.accept(late.id, late.token_hash, by=person("dewi"), at=office.clock())
    assert office.people() == (4, 4)


def test_a_plan_is_changed_on_record_and_told(office: Office) -> None:
    put_on(office, "team")
    record = office.directory.tenant_record(office.tenant.id)
    assert record is not None
    assert (office.lifecycle.get().plan, record.plan) == ("team", "team")
    _, change = office.audit.newest(1, None)[0][0]
    assert (change.action, change.actor.name) == ("workspace.plan_changed", "ops@kabar.test")
    assert change.detail == {"before": None, "after": "team"}


def test_only_plans_of_the_table_are_given(office: Office) -> None:
    with pytest.raises(PlanUnknownError):
        put_on(office, "gold")
