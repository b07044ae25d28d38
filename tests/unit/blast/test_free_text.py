"""A campaign whose message is no template: only to those whose conversation is open, and not to
whoever wants no promotions."""

from __future__ import annotations

import pytest

from shared.contacts.record import ContactRecord, OptIn
from tests.unit.blast.campaign_desk import Desk

TEXT = {"type": "text", "text": {"body": "Hai {{name}}, toko buka lagi."}}
OUT = {"marketing": OptIn("out", "import", 2)}


@pytest.fixture
def people(desk: Desk) -> list[ContactRecord]:
    """Two who wrote just now, of whom the second wants no promotions, and one who never wrote."""
    world = desk.world
    (open_,), (out,), (silent,) = (
        world.add_contacts(1),
        world.add_contacts(1, opt_ins=OUT),
        world.add_contacts(1),
    )
    for one in (open_, out):
        world.writes(one)
    return [open_, out, silent]


def test_those_are_counted_who_will_get_it(desk: Desk, people: list[ContactRecord]) -> None:
    path = f"campaigns/{desk.draft(message=TEXT)['id']}"
    told = desk.ok("POST", f"{path}/estimate")
    assert (told["people"], told["exact"]) == (1, True)
    assert told["cost"]["category"] == "service"
    shown = desk.ok("POST", f"{path}/preview", {"contact_ids": [one.id for one in people]})
    assert [one["class"] for one in shown["items"]] == [None, "opted_out", "no_window"]
    assert shown["items"][0]["message"]["text"]["body"] == f"Hai {people[0].name}, toko buka lagi."


def test_it_reaches_nobody_else(desk: Desk, people: list[ContactRecord]) -> None:
    world = desk.world
    path = f"campaigns/{desk.draft(message=TEXT)['id']}"
    desk.ok("POST", f"{path}/start", {})
    world.do_jobs()
    world.run_for(2)
    assert len(world.meta.accepted) == 1
    report = desk.ok("GET", f"{path}/report")
    assert {one["class"]: one["count"] for one in report["skips"]} == {
        "opted_out": 1,
        "no_window": 1,
    }
    assert report["people"] == len(people)


def test_a_conversation_that_closed_since_it_was_frozen_gets_nothing(
    desk: Desk, people: list[ContactRecord]
) -> None:
    del people
    world = desk.world
    path = f"campaigns/{desk.draft(message=TEXT)['id']}"
    desk.ok("POST", f"{path}/start", {})
    world.do_jobs()
    world.clock.advance(24 * 3600)
    world.run_for(2)
    assert world.meta.accepted == []
    assert desk.ok("GET", f"{path}/report")["outcomes"]["skipped"] == 3


def test_when_nobodys_conversation_is_open_that_is_said(desk: Desk) -> None:
    desk.world.add_contacts(2)
    path = f"campaigns/{desk.draft(message=TEXT)['id']}"
    told = desk.ok("POST", f"{path}/estimate")
    assert (told["people"], [one["code"] for one in told["warnings"]]) == (0, ["nobody_open"])


def test_of_a_file_those_are_counted_whose_conversation_is_open(
    desk: Desk, people: list[ContactRecord]
) -> None:
    rows = "".join(f"{one.phone}\n" for one in people)
    upload = desk.upload(f"Nomor\n{rows}".encode())
    audience = {"upload_id": upload["id"], "phone_column": "Nomor"}
    message = {"type": "text", "text": {"body": "Toko buka lagi."}}
    made = desk.draft(message=message, variables={}, audience=audience)
    # Who wants no promotions is known when it starts: here only conversations are looked at.
    assert desk.ok("POST", f"campaigns/{made['id']}/estimate")["people"] == 2


def test_counting_stops_in_the_middle_of_a_part_and_guesses_the_rest(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in desk.world.add_contacts(40):
        desk.world.writes(one)
    monkeypatch.setattr("blast.ahead._COUNT_SECONDS", -1.0)
    path = f"campaigns/{desk.draft(message=TEXT)['id']}"
    told = desk.ok("POST", f"{path}/estimate")
    assert told["exact"] is False
    assert 10 <= told["people"] <= 160
