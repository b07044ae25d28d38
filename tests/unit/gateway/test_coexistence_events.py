"""What the app on a phone tells of itself: its phone book, and how far its history has come."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from gateway.account_events import APPLIERS
from shared.channels.inbound.account import AccountEvent, OtherAccountEvent
from shared.contacts.record import ContactRecord
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.store.audit import Actor
from shared.store.channels import Channel, Channels, Secrets
from shared.store.contacts import Contacts
from shared.tenancy import Tenant
from tests.unit.gateway.gateway_parts import connect_number
from tests.unit.gateway.test_account_events import kept, record, worker

ANA = Identity("wa_id", "16505550123")


def told(dynamodb: Any, number: str, field: str, value: JsonObject) -> None:
    worker(dynamodb).run(record({"channel": number, "field": field, "value": value}))


def book(*changes: JsonObject) -> JsonObject:
    return {"state_sync": [{"type": "contact", "action": "add", **one} for one in changes]}


def named(phone: str, name: str = "", user_id: str = "") -> JsonObject:
    contact = {"phone_number": phone, "full_name": name, "user_id": user_id}
    return {"contact": {key: one for key, one in contact.items() if one}}


def contacts_of(tenant: Tenant, dynamodb: Any) -> Contacts:
    return Contacts(tenant, "contacts", dynamodb)


def test_whom_the_phone_book_names_becomes_a_contact_once(dynamodb: Any) -> None:
    number = connect_number(dynamodb)
    ana = named("+1 650-555-0123", "Ana Example", "US.1")
    for _ in range(2):
        told(dynamodb, number.phone_number_id, "smb_app_state_sync", book(ana))
    contacts = contacts_of(number.tenant, dynamodb)
    found = contacts.known_by([ANA, Identity("bsuid", "US.1")])
    assert len(set(found.values())) == 1
    made = contacts.get(found[ANA])
    assert (made.name, made.phone) == ("Ana Example", "+16505550123")
    assert kept(number.tenant, dynamodb) == []


def test_a_name_that_people_gave_stays_and_one_that_is_missing_comes(dynamodb: Any) -> None:
    number = connect_number(dynamodb)
    contacts = contacts_of(number.tenant, dynamodb)
    known = contacts.create(ContactRecord("", name="Bu Ana").with_phone("+16505550123"), 1)
    nameless = contacts.create(ContactRecord("").with_phone("+16505550199"), 1)
    changes = book(named("16505550123", "Ana"), named("16505550199", "Bo Sample"))
    told(dynamodb, number.phone_number_id, "smb_app_state_sync", changes)
    assert contacts.get(known.id).name == "Bu Ana"
    assert contacts.get(nameless.id).name == "Bo Sample"


@pytest.mark.parametrize("phone", ["", "none", "12", "0" * 12])
def test_what_names_nobody_makes_nobody(dynamodb: Any, phone: str) -> None:
    number = connect_number(dynamodb)
    told(dynamodb, number.phone_number_id, "smb_app_state_sync", book(named(phone, "Ana")))
    assert contacts_of(number.tenant, dynamodb).known_by([ANA]) == {}


def test_who_is_taken_out_of_the_phone_book_stays(dynamodb: Any) -> None:
    number = connect_number(dynamodb)
    told(dynamodb, number.phone_number_id, "smb_app_state_sync", book(named("16505550123", "Ana")))
    gone = book({**named("16505550123"), "action": "remove"})
    told(dynamodb, number.phone_number_id, "smb_app_state_sync", gone)
    assert len(contacts_of(number.tenant, dynamodb).known_by([ANA])) == 1


@pytest.mark.parametrize(
    ("value", "history"),
    [
        ({"metadata": {"phase": 0, "chunk_order": 1, "progress": 55}}, "55"),
        ({"metadata": {"progress": 100}}, "100"),
        ({"errors": [{"code": 2593109, "title": "History sharing is turned off"}]}, "declined"),
    ],
)
def test_how_far_the_history_has_come_is_kept_with_the_number(
    dynamodb: Any, value: JsonObject, history: str
) -> None:
    number = connect_number(dynamodb)
    store = Channels(number.tenant, "workspaces", "directory", dynamodb)
    shared = Channel(number.phone_number_id, "platform", "", "+62 811", "Toko", "menu")
    store.connect(shared, Secrets(token=b"sealed"), by=Actor("a", "a@kabar.test"), at=1)
    told(dynamodb, number.phone_number_id, "history", value)
    assert store.get(number.phone_number_id).health.history == history


def test_every_kind_of_account_event_is_applied_or_shown_as_it_is() -> None:
    kinds = set(get_args(AccountEvent))
    assert kinds - APPLIERS.keys() == {OtherAccountEvent}
