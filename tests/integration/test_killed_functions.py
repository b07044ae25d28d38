"""Promise 2 and 3: whatever is killed, an event is applied once and a message sent once."""

from __future__ import annotations

import pytest

from shared.conversation import REMEMBERED_IDS
from shared.json_types import JsonObject
from shared.lanes import contact_id
from shared.store.conversations import Conversations
from shared.tenancy import Tenant
from tests.api_side import Api
from tests.deployed import SENDER, WORKER, Deployed
from tests.integration.power_cut import power_cut
from tests.meta_side import Meta
from tests.people import Person, newcomer
from tests.running import eventually

GREETING = "Halo! Apa kabar?"
QUESTION = "Baik, atau kurang baik?"
GLAD = "Syukurlah, senang mendengarnya! 😊"

WORKER_DEATHS = {
    # place: (events applied, messages with Meta) while the worker is dead
    "before_the_commit": (0, []),
    "before_handing_over": (1, []),
    "before_the_log": (1, [GREETING, QUESTION]),
}


def records_in(deployed: Deployed, queue_url: str) -> list[JsonObject]:
    return eventually(lambda: deployed.receive(queue_url))


def version(deployed: Deployed, meta: Meta, person: Person) -> int:
    """How many events were applied to the conversation, by the store itself."""
    stack = deployed.stack
    store = Conversations(
        Tenant(stack.addresses.workspace_id),
        stack.outputs["ConversationsTableName"],
        stack.aws("dynamodb"),
    )
    lane = contact_id(meta.number, "bsuid", person.bsuid or "")
    return store.open(meta.number, lane).conversation.version


def assert_one_complete_conversation(meta: Meta, api: Api, person: Person) -> None:
    """The conversation goes on, and every message was sent and logged once."""
    meta.hears(person, "baik")
    eventually(lambda: meta.texts(person), lambda texts: len(texts) >= 3)
    log = eventually(
        lambda: api.log_of(person),
        lambda lines: [line["status"] for line in lines].count("delivered") == 3,
    )
    assert meta.texts(person) == [GREETING, QUESTION, GLAD]
    assert len(meta.tries(person)) == 3
    assert [line["text"] for line in log] == ["halo", GREETING, QUESTION, "baik", GLAD]


@pytest.mark.parametrize("place", WORKER_DEATHS)
def test_worker_killed(deployed: Deployed, meta: Meta, api: Api, place: str) -> None:
    applied, sent = WORKER_DEATHS[place]
    person = newcomer()
    inbound = deployed.environment(WORKER)["INBOUND_QUEUE_URL"]
    with deployed.paused(WORKER):
        meta.hears(person, "halo")
        power_cut(deployed, WORKER, place, records_in(deployed, inbound))
        assert version(deployed, meta, person) == applied
        eventually(lambda: meta.texts(person), lambda texts: texts == sent)
        assert api.log_of(person) == []

    eventually(lambda: meta.texts(person), lambda texts: texts == [GREETING, QUESTION])
    eventually(lambda: api.statuses_of(person), lambda seen: seen == ["delivered"] * 2)
    assert_one_complete_conversation(meta, api, person)


def test_worker_killed_and_its_event_set_aside(deployed: Deployed, meta: Meta, api: Api) -> None:
    """The killed event never comes back: the next one hands over what it has left behind."""
    person = newcomer()
    inbound = deployed.environment(WORKER)["INBOUND_QUEUE_URL"]
    with deployed.paused(WORKER):
        meta.hears(person, "halo")
        (record,) = records_in(deployed, inbound)
        power_cut(deployed, WORKER, "before_handing_over", [record])
        deployed.delete(inbound, record)

    meta.hears(person, "baik")

    eventually(lambda: meta.texts(person), lambda texts: len(texts) >= 3)
    assert meta.texts(person) == [GREETING, QUESTION, GLAD]
    log = eventually(lambda: api.log_of(person), lambda lines: len(lines) >= 4)
    assert [line["text"] for line in log if line["direction"] == "out"] == meta.texts(person)


def test_sender_killed_after_meta_accepted(deployed: Deployed, meta: Meta, api: Api) -> None:
    """Nobody was told that the message is with Meta, until its status comes."""
    person = newcomer()
    outbound = deployed.environment(SENDER)["OUTBOUND_QUEUE_URL"]
    with deployed.paused(SENDER):
        meta.hears(person, "halo")
        power_cut(deployed, SENDER, "after_meta_accepted", records_in(deployed, outbound))
        assert meta.texts(person) == [GREETING]

    eventually(lambda: meta.texts(person), lambda texts: len(texts) >= 2)
    assert_one_complete_conversation(meta, api, person)


@pytest.mark.parametrize("place", ["before_handing_over", "before_the_log"])
def test_worker_killed_with_more_than_it_remembers(
    deployed: Deployed, meta: Meta, api: Api, place: str
) -> None:
    """More messages in one webhook than a conversation keeps ids of."""
    person = newcomer()
    said = [person.message(f"halo {number}") for number in range(REMEMBERED_IDS + 8)]
    inbound = deployed.environment(WORKER)["INBOUND_QUEUE_URL"]
    with deployed.paused(WORKER):
        assert meta.post(person.sends(meta.number, *said)).status_code == 200
        power_cut(deployed, WORKER, place, records_in(deployed, inbound))

    answers = len(said) // 2 * 3  # greeting and question, then what follows from the answer
    eventually(lambda: len(meta.texts(person)), lambda number: number >= answers)
    eventually(lambda: deployed.messages_in(inbound), lambda number: number == 0)
    # What comes next is answered after whatever was done twice.
    meta.hears(person, "halo")
    eventually(lambda: len(meta.texts(person)), lambda number: number >= answers + 2)
    assert len(meta.texts(person)) == answers + 2
    log = eventually(lambda: api.log_of(person), lambda lines: lines[-2]["text"] == GREETING)
    texts = [line["text"] for line in log if line["direction"] == "in"]
    expected = [message["text"]["body"] for message in said] + ["halo"]
    assert texts == expected[-len(texts) :]
