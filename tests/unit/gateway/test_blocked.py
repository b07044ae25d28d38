"""A blocked contact is heard and not answered, whatever was under way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from moto import mock_aws

from shared.contacts.record import ContactRecord
from shared.events import (
    AGENT_MESSAGE,
    CONTACT_CHANGED,
    START,
    Event,
    LaneEvents,
    entry,
)
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.queues import send_all
from shared.standing import BLOCKED
from shared.store.contacts import Contacts
from tests.builders import AT, BSUID, text_message, value, webhook_body
from tests.house import TENANT, House

HI: JsonObject = {"type": "text", "text": {"body": "Hi"}}


@pytest.fixture
def house() -> Iterator[House]:
    with mock_aws():
        yield House()


class Talk:
    """With one customer, of whom the house has heard."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.revision = 0
        self.says("Halo")
        (summary,), _ = house.conversations.inbox(1, None)
        self.channel, self.contact = summary.channel, summary.contact.id

    def says(self, text: str) -> None:
        id_ = f"wamid.{self.house.clock()}"
        message = text_message(text, id_=id_, at=AT)
        self.house.post(webhook_body(value(messages=[message])))
        self.house.clock.advance(1)
        self.house.work()

    def block(self, *, blocked: bool = True) -> None:
        self.revision += 1
        profile = {
            "id": "c1",
            "revision": self.revision,
            "tags": [],
            "fields": {},
            "opt_ins": {},
            "blocked": blocked,
        }
        self.happens(CONTACT_CHANGED, profile)

    def happens(self, kind: str, body: JsonObject) -> None:
        event = Event(f"{kind}:{self.house.clock()}", kind, self.house.clock(), body)
        batch = LaneEvents(self.channel, self.contact, (event,))
        send_all(self.house.sqs, "inbound", [entry(batch)])
        self.house.clock.advance(1)
        self.house.work()

    def said(self) -> list[str]:
        """The texts in the log, oldest first."""
        logged, _ = self.house.conversations.messages(self.channel, self.contact, 50, None)
        return [one.line.message["text"]["body"] for one in reversed(logged)]

    def is_silent(self) -> bool:
        opened = self.house.conversations.open(self.channel, self.contact)
        return opened.conversation.session is None


@pytest.fixture
def talk(house: House) -> Talk:
    return Talk(house)


def test_a_blocked_contacts_messages_are_kept_and_not_answered(talk: Talk) -> None:
    talk.house.send()
    answered = talk.house.texts()
    talk.block()
    talk.says("baik")
    talk.says("Halo?")
    talk.house.send()
    assert talk.house.texts() == answered
    assert talk.house.meta.read == talk.house.meta.read[:1]  # nor do they see that it was read
    assert talk.said()[-2:] == ["baik", "Halo?"]
    summary = talk.house.conversations.summary(talk.channel, talk.contact)
    assert summary is not None
    assert (summary.blocked, summary.person) == (True, "c1")


def test_blocking_ends_what_was_under_way_at_once(talk: Talk) -> None:
    assert not talk.is_silent()
    talk.block()
    assert talk.is_silent()
    talk.happens(START, {"trigger": "api", "flow": "apa_kabar", "tenant": TENANT.id})
    assert talk.is_silent()
    talk.house.clock.advance(11)  # what waited to be sent is asked about once more
    talk.house.send()
    assert talk.house.texts() == []


def test_somebody_blocked_is_not_answered_either_where_they_write_for_the_first_time(
    house: House,
) -> None:
    record = ContactRecord(id="", blocked=True, identities=(Identity("bsuid", BSUID),))
    Contacts(TENANT, "contacts", house.dynamodb).create(record, house.clock())
    talk = Talk(house)
    assert talk.is_silent()
    house.send()
    assert (house.texts(), talk.said()) == ([], ["Halo"])
    summary = house.conversations.summary(talk.channel, talk.contact)
    assert summary is not None and summary.blocked


def test_an_unblocked_contact_begins_anew(talk: Talk) -> None:
    talk.block()
    talk.block(blocked=False)
    talk.says("Halo")
    talk.house.send()
    assert talk.house.texts()[-2:] == ["Halo! Apa kabar?", "Ceritakan."]


def test_tidings_that_come_late_do_not_unblock(talk: Talk) -> None:
    talk.block()
    talk.revision = 0
    talk.block(blocked=False)
    talk.says("Halo")
    assert talk.is_silent()


def test_what_a_person_wrote_while_they_were_blocked_fails_with_the_reason(talk: Talk) -> None:
    talk.house.send()
    answered = talk.house.texts()
    talk.block()
    talk.happens(AGENT_MESSAGE, {"message": HI, "by": "ana", "tenant": TENANT.id})
    talk.house.send()
    assert talk.house.texts() == answered
    logged, _ = talk.house.conversations.messages(talk.channel, talk.contact, 1, None)
    assert logged[0].delivery is not None
    assert logged[0].delivery["state"]["S"] == "failed"
    assert logged[0].delivery["reason"]["S"] == BLOCKED
