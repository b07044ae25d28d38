"""What conversations and flows tell is applied once, whatever is killed or delivered twice."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.contacts.handing_over import Change, announcement
from shared.contacts.record import REMEMBERED_EFFECTS
from shared.store.contacts import Contacts
from tests.unit.contacts.people_world import CHANNEL, People

TAG = {"op": "add_tag", "tag": "vip"}


def test_somebody_new_becomes_a_contact_and_the_conversation_is_told(people: People) -> None:
    assert people.work(people.entry(people.seen("Ana"), wa_id="628111", bsuid="ID.1"))
    (ana,) = people.everybody()
    assert (ana.name, ana.phone) == ("Ana", "+628111")
    assert ana.conversations == (f"{CHANNEL}.lane",)
    assert ana.last_seen_at is not None
    (told,) = people.told()
    assert told["lane"] == "lane"
    assert (told["id"], told["revision"], told["phone"]) == (ana.id, 1, "+628111")


def test_somebody_who_was_entered_before_is_linked(people: People) -> None:
    entered = people.add("Ana Wijaya", "+628112")
    people.work(people.entry(people.seen("ana ❤", "ana.w"), wa_id="628112", bsuid="ID.2"))
    (ana,) = people.everybody()
    assert (ana.id, ana.name, ana.username) == (entered.id, "Ana Wijaya", "ana.w")
    assert ana.conversations == (f"{CHANNEL}.lane",)
    assert people.told()[-1]["name"] == "Ana Wijaya"


def test_a_new_conversation_of_somebody_known_is_told_though_nothing_else_is_new(
    people: People,
) -> None:
    people.add("Ana", "+628119", blocked=True, tags=("vip",))
    people.work(people.entry(people.seen("Ana"), wa_id="628119", lane="first"))
    people.work(people.entry(people.seen("Ana"), wa_id="628119", lane="second"))
    told = {one["lane"]: one for one in people.told()}
    assert set(told) == {"first", "second"}
    assert all(one["blocked"] and one["tags"] == ["vip"] for one in told.values())


def test_being_seen_again_is_no_new_revision_and_tells_nobody(people: People) -> None:
    people.work(people.entry(people.seen(), wa_id="628113"))
    (before,) = people.everybody()
    people.clock.advance(7200)
    people.work(people.entry(people.seen(), wa_id="628113"))
    (after,) = people.everybody()
    assert after.revision == before.revision
    assert after.last_seen_at is not None and before.last_seen_at is not None
    assert after.last_seen_at > before.last_seen_at
    assert len(people.told()) == 1


def test_two_records_that_prove_one_person_become_one(people: People) -> None:
    people.work(people.entry(people.seen("Ana"), bsuid="ID.4"))
    people.add("Ana Wijaya", "+628114", tags=("imported",))
    people.work(people.entry(people.seen("Ana"), wa_id="628114", bsuid="ID.4"))
    (ana,) = people.everybody()
    assert ana.tags == ("imported",)
    assert ana.phone == "+628114"
    assert people.told()[-1]["tags"] == ["imported"]


@pytest.mark.parametrize("operation", ["get_item", "transact_write_items"])
def test_killed_anywhere_it_is_finished_by_the_redelivery(people: People, operation: str) -> None:
    entry = people.entry(people.seen(), people.change(TAG), wa_id="628115")
    killed = _KilledAfter(people.dynamodb, operation)
    object.__setattr__(people.changes, "dynamodb", killed)
    assert not people.work(entry)
    object.__setattr__(people.changes, "dynamodb", people.dynamodb)
    assert people.work(entry, receives=2)
    (ana,) = people.everybody()
    assert ana.tags == ("vip",)
    assert people.told()[-1]["tags"] == ["vip"]


def test_killed_before_the_lanes_were_told_it_tells_them_again(people: People) -> None:
    entry = people.entry(people.seen(), wa_id="628116")
    people.sqs.refuse = {0}
    assert not people.work(entry)
    people.sqs.refuse = set()
    assert people.work(entry, receives=2)
    assert [told["lane"] for told in people.told()] == ["lane"]


def test_a_change_that_comes_late_again_does_not_undo_a_newer_one(people: People) -> None:
    first = people.entry(
        people.seen(),
        people.change({"op": "set_field", "field": "city", "value": "Bandung"}),
        wa_id="628117",
    )
    second = people.entry(
        people.change({"op": "set_field", "field": "city", "value": "Medan"}), wa_id="628117"
    )
    for entry in (first, second, first):
        people.work(entry)
    assert people.everybody()[0].fields == {"city": "Medan"}


def test_more_changes_at_once_than_are_remembered_are_all_applied(people: People) -> None:
    many = [people.change({"op": "add_tag", "tag": f"t{n}"}) for n in range(REMEMBERED_EFFECTS + 8)]
    entry = people.entry(people.seen(), *many, wa_id="628118")
    people.work(entry)
    people.work(entry, receives=2)
    assert len(people.everybody()[0].tags) == len(many)


def test_what_cannot_be_applied_blocks_nothing(people: People) -> None:
    people.work(
        people.entry(
            people.seen(),
            people.change({"op": "opt", "kind": "marketing", "state": "maybe", "source": "x"}),
            people.change({"op": "dance"}),
            people.change(TAG),
            wa_id="628119",
        )
    )
    assert people.everybody()[0].tags == ("vip",)


def test_flows_leave_notes_and_agreements_once(people: People) -> None:
    opted = people.change({"op": "opt", "kind": "marketing", "state": "in", "source": "keyword"})
    note = people.change({"op": "note", "text": "Likes tea"})
    entry = people.entry(people.seen(), note, opted, wa_id="6281110")
    people.work(entry)
    people.work(entry, receives=2)
    (ana,) = people.everybody()
    sides = people.sides(ana.id)
    assert [one.text for one in sides.notes(10, None)[0]] == ["Likes tea"]
    (line,) = sides.opt_history(10, None)[0]
    assert (line.kind, line.state, line.source) == ("marketing", "in", "keyword")
    assert ana.opt("marketing") == "in"


def test_an_edit_is_announced_when_it_is_there(people: People) -> None:
    people.work(people.entry(people.seen(), wa_id="6281111"))
    (before,) = people.everybody()
    ahead = announcement(people.tenant, before.id, before.revision + 1, people.clock())
    assert not people.work(ahead)
    people.contacts.change(before.id, lambda one: _named(one, "Ani"), people.clock())
    assert people.work(ahead, receives=2)
    assert people.told()[-1]["name"] == "Ani"


def test_an_edit_that_never_came_ends_after_some_receives(people: People) -> None:
    people.work(people.entry(people.seen(), wa_id="6281112"))
    (before,) = people.everybody()
    ahead = announcement(people.tenant, before.id, before.revision + 1, people.clock())
    assert people.work(ahead, receives=4)
    assert people.work(announcement(people.tenant, "nobody", 2, people.clock()))


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_redelivery_leaves_what_one_delivery_leaves(people: People, data: Any) -> None:
    """Entries of a conversation come in order; each may come again before the next one."""
    number = f"62822{people.clock()}"
    people.clock.advance(1)
    ops = data.draw(st.lists(st.sampled_from(["a", "b", "c", "-a", "-b"]), min_size=1, max_size=8))
    expected: list[str] = []
    for op in ops:
        tag = op.removeprefix("-")
        expected = [one for one in expected if one != tag or not op.startswith("-")]
        if not op.startswith("-") and tag not in expected:
            expected.append(tag)
        kind = "remove_tag" if op.startswith("-") else "add_tag"
        entry = people.entry(people.change({"op": kind, "tag": tag}), wa_id=number)
        for receive in range(data.draw(st.integers(1, 3))):
            people.work(entry, receives=receive + 1)
    found = Contacts(people.tenant, "contacts", people.dynamodb)
    (contact_id,) = found.known_by([_wa(number)]).values()
    assert list(found.get(contact_id).tags) == expected


def _wa(number: str) -> Any:
    from shared.lanes import Identity

    return Identity("wa_id", number)


def _named(record: Any, name: str) -> Any:
    from dataclasses import replace

    return replace(record, name=name)


class _KilledAfter:
    """A client that does one operation and then dies."""

    def __init__(self, client: Any, operation: str) -> None:
        self._client = client
        self._operation = operation

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._client, name)
        if name != self._operation:
            return real

        def call(**request: Any) -> Any:
            real(**request)
            raise RuntimeError("killed")

        return call


MOVED = [["bsuid", "ID.1"], ["wa_id", "6281120"]]


def _moved(people: People) -> Change:
    """WhatsApp tells of a new number, and with it comes a new id."""
    return people.change({**people.seen("Ana").body, "left": MOVED})


def test_a_changed_number_and_id_are_of_the_same_contact(people: People) -> None:
    opted = people.change({"op": "opt", "kind": "marketing", "state": "out", "source": "message"})
    people.work(people.entry(people.seen(), opted, wa_id="6281120", bsuid="ID.1"))
    entry = people.entry(_moved(people), wa_id="6281121", bsuid="ID.2")
    people.work(entry)
    people.work(entry, receives=2)
    (ana,) = people.everybody()
    assert (ana.phone, ana.opt("marketing")) == ("+6281121", "out")
    assert {one.value for one in ana.identities} == {"6281121", "ID.2"}
    assert {one.value for one in ana.former} == {"6281120", "ID.1"}
    assert people.told()[-1]["phone"] == "+6281121"


def test_whoever_gets_the_number_next_is_somebody_else(people: People) -> None:
    people.work(people.entry(people.seen(), people.change(TAG), wa_id="6281120", bsuid="ID.1"))
    move = people.entry(_moved(people), wa_id="6281121", bsuid="ID.2")
    people.work(move)
    people.work(people.entry(people.seen("Budi"), wa_id="6281120", bsuid="ID.3", lane="other"))
    people.work(move, receives=2)
    budi, ana = people.everybody()
    assert (ana.name, ana.tags) == ("Ana", ("vip",))
    assert (budi.name, budi.phone, budi.tags) == ("Budi", "+6281120", ())


def test_a_number_that_people_gave_themselves_stays(people: People) -> None:
    people.work(people.entry(people.seen(), wa_id="6281120", bsuid="ID.1"))
    (ana,) = people.everybody()
    people.contacts.change(ana.id, lambda one: one.with_phone("+6281129"), people.clock())
    people.work(people.entry(_moved(people), wa_id="6281121", bsuid="ID.2"))
    (ana,) = people.everybody()
    assert ana.phone == "+6281129"
