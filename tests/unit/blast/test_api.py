"""The campaigns API through its handler: what is asked, what is answered, what is refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shared.fifo_batch import NotYetError
from shared.json_types import JsonObject
from shared.store import campaign_keys, keys
from shared.store.campaigns import DRAFT, FINISHED, PAUSED, PREPARING, RUNNING, SCHEDULED
from tests.unit.blast.campaign_desk import Desk
from tests.unit.blast.campaign_world import TEMPLATE, CampaignWorld

_DAY = 24 * 3600  # seconds


def test_a_draft_is_written_changed_and_deleted(desk: Desk) -> None:
    made = desk.draft()
    path = f"campaigns/{made['id']}"
    assert (made["status"], made["audience"]["everybody"]) == (DRAFT, True)
    assert desk.ok("GET", path) == made
    assert [one["id"] for one in desk.ok("GET", "campaigns")["items"]] == [made["id"]]
    quiet = {"begin": "21:00", "end": "08:00"}
    changed = desk.ok(
        "PATCH", path, {"name": "Harvest", "quiet_hours": quiet, "weight": 3}, revision=1
    )
    assert (changed["name"], changed["weight"], changed["revision"]) == ("Harvest", 3, 2)
    assert changed["quiet_hours"] == quiet
    cleared = desk.ok("PATCH", path, {"clear": ["quiet_hours"]}, revision=2)
    assert cleared["quiet_hours"] is None
    assert desk.kind("PATCH", path, {"name": "Old"}, revision=1) == "changed-meanwhile"
    assert desk.call("DELETE", path)[0] == 204
    assert desk.kind("GET", path) == "campaign-not-found"
    assert {"campaign.created", "campaign.deleted"} <= set(desk.audit())


def test_it_is_estimated_and_shown_before_it_starts(desk: Desk) -> None:
    people = desk.world.add_contacts(3)
    desk.world.add_contacts(1, blocked=True)
    path = f"campaigns/{desk.draft()['id']}"
    told = desk.ok("POST", f"{path}/estimate")
    assert (told["people"], told["exact"], told["days"]) == (3, True, 1)
    line = {"category": "marketing", "country": "ID", "messages": 3, "price": None, "amount": None}
    unknown: JsonObject = {"category": "marketing", "price": None, "amount": None}
    unknown |= {"currency": None, "lines": [line]}
    assert told["cost"] == unknown
    desk.ok("PUT", "rate-card", {"currency": "IDR", "utility": 350}, revision=1)
    assert desk.ok("POST", f"{path}/estimate")["cost"] == unknown
    card = {"currency": "IDR", "marketing": 586.33}
    assert desk.kind("PUT", "rate-card", card, revision=1) == "changed-meanwhile"
    desk.ok("PUT", "rate-card", card, revision=2)
    assert desk.ok("GET", "rate-card")["utility"] is None
    cost = desk.ok("POST", f"{path}/estimate")["cost"]
    assert (cost["price"], cost["amount"], cost["currency"]) == (586.33, 1758.99, "IDR")
    assert "rate_card.changed" in desk.audit()
    assert told["tier"] == {"limit": 100_000, "left": 100_000}
    shown = desk.ok("POST", f"{path}/preview", {"contact_ids": [people[0].id]})["items"][0]
    parameters = shown["message"]["template"]["components"][0]["parameters"]
    assert parameters == [{"type": "text", "text": people[0].name}]
    assert len(desk.ok("POST", f"{path}/preview", {})["items"]) == 4


def test_whoever_got_an_earlier_campaign_may_be_left_out_and_who_could_not_be_sent_it_stays(
    desk: Desk,
) -> None:
    for outcome in ("sent", "read", "failed"):
        desk.world.add_contacts(1, campaigns={"earlier": outcome})
    desk.world.add_contacts(1)
    audience = {"everybody": True, "exclude": {"campaign_ids": ["earlier"]}}
    path = f"campaigns/{desk.draft(audience=audience)['id']}"
    assert desk.ok("POST", f"{path}/estimate")["people"] == 2


PRICED = {"billable": True, "pricing_model": "PMP", "category": "marketing"}


def test_a_shop_with_customers_abroad_is_told_each_countrys_price(desk: Desk) -> None:
    world = desk.world
    world.add_contacts(3)
    for phone in ("+60123456789", "+60123456780", "+6581234567"):
        (one,) = world.add_contacts(1)
        world.change(one.id, phone=phone)
    card = {"currency": "IDR", "marketing": 586.33, "countries": {"MY": {"marketing": 1239.5}}}
    shown = desk.ok("PUT", "rate-card", card, revision=1)
    assert shown == desk.ok("GET", "rate-card")
    assert shown["countries"]["MY"]["marketing"] == 1239.5
    path = f"campaigns/{desk.draft()['id']}"
    cost = desk.ok("POST", f"{path}/estimate")["cost"]
    assert [(one["country"], one["messages"], one["price"]) for one in cost["lines"]] == [
        ("ID", 3, 586.33),
        ("MY", 2, 1239.5),
        ("SG", 1, 586.33),
    ]
    assert (cost["price"], cost["amount"]) == (None, 4 * 586.33 + 2 * 1239.5)
    desk.ok("POST", f"{path}/start", {})
    world.do_jobs()
    world.run_for(2)
    for callback, _ in list(world.meta.accepted):
        world.tell(callback, "delivered", pricing=PRICED)
    cost = desk.ok("GET", f"{path}/report")["cost"]
    assert (cost["billable"], cost["amount"]) == ({"marketing": 6}, 4 * 586.33 + 2 * 1239.5)
    assert [one["country"] for one in cost["lines"]] == ["ID", "MY", "SG"]
    assert desk.ok("GET", "campaign-comparison", ids=path.split("/")[1])["items"][0]["cost"] == cost
    desk.ok("PUT", "rate-card", {**card, "countries": {}}, revision=2)
    assert desk.ok("GET", f"{path}/report")["cost"]["amount"] == round(6 * 586.33, 2)


def test_a_card_and_a_campaign_from_before_countries_stay_right(desk: Desk) -> None:
    world = desk.world
    world.add_contacts(2)
    desk.ok("PUT", "rate-card", {"currency": "IDR", "marketing": 500}, revision=1)
    id_ = desk.draft()["id"]
    path = f"campaigns/{id_}"
    desk.ok("POST", f"{path}/start", {})
    world.do_jobs()
    _forget(world, campaign_keys.rate_card(world.tenant), "countries")
    for one in world.recipients(id_):
        block = campaign_keys.recipients(world.tenant, id_, one.block)
        _forget(world, keys.key(block, campaign_keys.recipient(one.number)), "country")
    assert desk.ok("GET", "rate-card")["countries"] == {}
    world.run_for(2)
    for callback, _ in list(world.meta.accepted):
        world.tell(callback, "delivered", pricing=PRICED)
    cost = desk.ok("GET", f"{path}/report")["cost"]
    assert (cost["amount"], cost["lines"][0]["country"]) == (1000, None)


def _forget(world: CampaignWorld, key: JsonObject, attribute: str) -> None:
    remove = f"REMOVE {attribute}"
    world.dynamodb.update_item(TableName="campaigns", Key=key, UpdateExpression=remove)


def test_a_test_goes_into_the_lanes_of_those_who_are_named(desk: Desk) -> None:
    (ana,) = desk.world.add_contacts(1)
    path = f"campaigns/{desk.draft()['id']}"
    body = {"contact_ids": [ana.id, "nobody"], "phones": ["+6281299990000"]}
    told = desk.ok("POST", f"{path}/test", body)["items"]
    assert [one["class"] for one in told] == [None, "no_number", None]
    assert len(desk.world.sqs.sent["inbound"]) == 2


def test_a_campaign_lives_from_start_to_report(desk: Desk) -> None:
    world = desk.world
    world.add_contacts(5)
    id_ = desk.draft()["id"]
    path = f"campaigns/{id_}"
    assert desk.ok("POST", f"{path}/start", {})["status"] == PREPARING
    assert desk.kind("POST", f"{path}/start", {}) == "campaign-state"
    world.do_jobs()
    assert desk.ok("GET", path)["status"] == RUNNING
    assert desk.ok("POST", f"{path}/pause")["status"] == PAUSED
    assert desk.ok("POST", f"{path}/resume")["reason"] is None
    world.run_for(2)
    callback = world.meta.accepted[0][0]
    world.tell(callback, "failed", errors=[{"code": 131053}])
    report = desk.ok("GET", f"{path}/report")
    assert report["campaign"]["status"] == FINISHED
    assert report["outcomes"]["sent"] == 4
    assert [(one["class"], one["count"]) for one in report["failures"]] == [("file", 1)]
    failed = desk.ok("GET", f"{path}/recipients", outcome="failed")["items"]
    assert [one["class"] for one in failed] == ["file"]
    first = desk.ok("GET", f"{path}/recipients", limit="2")
    second = desk.ok("GET", f"{path}/recipients", limit="3", cursor=first["next_cursor"])
    assert len({one["id"] for one in first["items"] + second["items"]}) == 5
    assert desk.ok("POST", f"{path}/retry", {"classes": ["file"]})["recipients"] == 1
    world.do_jobs()
    world.run_for(2)
    assert desk.ok("GET", f"{path}/report")["outcomes"]["sent"] == 5
    assert desk.ok("GET", "campaign-comparison", ids=id_)["items"][0]["people"] == 5
    export = desk.ok("POST", f"{path}/exports")
    world.do_jobs()
    done = desk.ok("GET", f"{path}/exports/{export['id']}")
    assert (done["status"], done["done"]) == ("done", 5)
    assert done["url"]


def test_a_campaign_is_cancelled(desk: Desk) -> None:
    desk.world.add_contacts(2)
    path = f"campaigns/{desk.draft()['id']}"
    desk.ok("POST", f"{path}/start", {})
    assert desk.ok("POST", f"{path}/cancel")["status"] == "cancelled"
    desk.world.do_jobs()
    desk.world.run_for(1)
    assert desk.world.meta.accepted == []
    assert desk.kind("POST", f"{path}/resume") == "campaign-state"


def test_who_waits_in_a_finished_campaign_is_spared_when_it_is_cancelled(desk: Desk) -> None:
    """WhatsApp held a message back after everything was sent: it would be tried again in a day."""
    world = desk.world
    world.add_contacts(2)
    path = f"campaigns/{desk.draft()['id']}"
    desk.ok("POST", f"{path}/start", {})
    world.do_jobs()
    world.run_for(2)
    assert desk.kind("POST", f"{path}/cancel") == "campaign-state"
    world.tell(world.meta.accepted[0][0], "failed", errors=[{"code": 131049}])
    assert desk.ok("GET", path)["status"] == FINISHED
    assert desk.ok("POST", f"{path}/cancel")["status"] == "cancelled"
    world.do_jobs()
    world.clock.advance(_DAY)
    world.run_for(3)
    outcomes = desk.ok("GET", f"{path}/report")["outcomes"]
    assert (outcomes["sent"], outcomes["cancelled"]) == (1, 1)
    assert len(world.meta.accepted) == 2


def _of_a_file(desk: Desk) -> tuple[str, str]:
    """An upload that was read, and the path of a draft for its people."""
    content = b"Nomor,Promo\n0812-1111-2222,A1\n+6281211113333,B2\nnobody,C3\n081211112222,D4\n"
    read = desk.upload(content)
    assert (read["status"], read["phone_column"], read["total"]) == ("ready", "Nomor", 4)
    made = desk.draft(
        variables={"name": {"source": "column", "name": "Promo"}},
        audience={"upload_id": read["id"], "phone_column": "Nomor"},
    )
    return read["id"], f"campaigns/{made['id']}"


def test_a_file_is_an_audience(desk: Desk) -> None:
    world = desk.world
    _, path = _of_a_file(desk)
    previews = desk.ok("POST", f"{path}/preview", {})["items"]
    assert [one["class"] for one in previews] == [None, None, "no_number", None]
    estimate = desk.ok("POST", f"{path}/estimate")
    assert (estimate["people"], estimate["exact"]) == (2, False)
    assert [one["country"] for one in estimate["cost"]["lines"]] == ["ID"]
    desk.ok("POST", f"{path}/start", {})
    world.do_jobs()
    world.run_for(2)
    assert sorted(world.meta.phones) == ["6281211112222", "6281211113333"]
    skips = desk.ok("GET", f"{path}/report")["skips"]
    assert {one["class"] for one in skips} == {"no_number", "repeated"}


def test_a_large_files_countries_are_those_of_its_first_rows(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, path = _of_a_file(desk)
    monkeypatch.setattr("blast.ahead._HEAD_BYTES", 44)  # two rows, and a piece of the third
    estimate = desk.ok("POST", f"{path}/estimate")
    assert estimate["people"] == 4
    assert [(one["country"], one["messages"]) for one in estimate["cost"]["lines"]] == [("ID", 4)]


def test_a_file_that_is_not_kept_any_more_is_told_before_it_starts(desk: Desk) -> None:
    upload, path = _of_a_file(desk)
    desk.world.clock.advance(8 * _DAY)
    assert desk.kind("GET", f"campaign-uploads/{upload}") == "job-not-found"
    for call in ("estimate", "preview", "start"):
        assert desk.kind("POST", f"{path}/{call}", {}) == "audience-file-gone"
    assert desk.ok("GET", path)["status"] == DRAFT


def test_a_file_is_kept_until_the_campaign_starts(desk: Desk) -> None:
    _, path = _of_a_file(desk)
    now = datetime.fromtimestamp(desk.world.clock() / 1000, ZoneInfo("Asia/Jakarta"))
    desk.ok("PATCH", path, {"time_zone": "Asia/Jakarta"}, revision=1)
    late, early = (f"{now + timedelta(days=days):%Y-%m-%dT%H:%M}" for days in (9, 7))
    assert desk.kind("POST", f"{path}/start", {"at": late}) == "file-gone-by-then"
    assert desk.ok("POST", f"{path}/start", {"at": early})["status"] == SCHEDULED


def test_a_file_that_is_gone_when_it_starts_makes_it_a_draft_again(desk: Desk) -> None:
    upload, path = _of_a_file(desk)
    desk.ok("POST", f"{path}/start", {})
    pk = f"{desk.world.tenant.id}#CAMPAIGN_UPLOADS"
    desk.world.dynamodb.delete_item(
        TableName="campaigns", Key={"pk": {"S": pk}, "sk": {"S": upload}}
    )
    with pytest.raises(NotYetError):  # the other parts wait for it to start
        desk.world.do_jobs()
    draft = desk.ok("GET", path)
    assert draft["status"] == DRAFT
    assert draft["reason"]["code"] == "audience_file_gone"
    assert "not there any more" in draft["reason"]["words"]


def test_what_is_wrong_is_told_all_at_once(desk: Desk) -> None:
    made = desk.draft(variables={}, audience={})
    status, told = desk.call("POST", f"campaigns/{made['id']}/start", {})
    assert status == 409
    assert [one["field"] for one in told["errors"]] == ["variables.name", "audience"]
    assert desk.kind("POST", "campaigns", {**_new(desk), "channel_id": "404"}) == (
        "channel-not-found"
    )


def _new(desk: Desk) -> JsonObject:
    return {"name": "Sale", "channel_id": desk.world.channel, "message": TEMPLATE}
