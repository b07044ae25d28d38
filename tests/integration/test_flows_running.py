"""Flows on the running stack: real time, people who step in, and all that starts a flow.

The shop is a new one, so that no worker remembers what was live before. What is said is read from
the log; the sender rests, since Meta's stand-in knows one number.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from local.stack import LocalStack
from shared.events import CAMPAIGN_SENT, Event, LaneEvents, entry
from shared.json_types import JsonObject
from shared.queues import send_all
from shared.schedules import Due, entry_of
from shared.store.flows import FlowStore
from tests.api_side import Api
from tests.deployed import SENDER, WORKER, Deployed
from tests.meta_side import Meta
from tests.people import newcomer
from tests.published import publish
from tests.running import eventually
from tests.shops import Shop, open_shop
from tests.unit.flow.test_conversations import ask, flow, node, text
from tests.visitor import call

NUMBER = "78000000"
SCHEDULED_AT = datetime.now(UTC).replace(second=0, microsecond=0)


def _word(word: str) -> list[JsonObject]:
    return [{"type": "keyword", "words": [word]}]


def _flows(segment: str) -> dict[str, JsonObject]:
    wait = node("w", "wait", **{"for": {"amount": 3, "unit": "seconds"}})
    at = SCHEDULED_AT.strftime("%Y-%m-%dT%H:%M")
    clock = {"type": "schedule", "id": "s1", "at": at, "segment_id": segment, "zone": "UTC"}
    missed = {"type": "campaign_no_reply", "after": {"amount": 1, "unit": "seconds"}}
    return {
        "waiting": flow(text("a", "One moment"), wait, text("b", "Here"), triggers=_word("tunggu")),
        "merging": flow(
            ask("q", "Tell me"),
            text("t", "<{{vars.q}}>"),
            triggers=_word("cerita"),
            settings={"merge_seconds": 2},
        ),
        "tagged": flow(
            text("t", "For {{vars.trigger.tag}}"), triggers=[{"type": "tag_added", "tag": "vip"}]
        ),
        "entered": flow(
            text("t", "Welcome to the club"),
            triggers=[{"type": "segment_entered", "segment_id": segment}],
        ),
        "clock": flow(text("t", "It is time"), triggers=[clock]),
        "missed": flow(text("t", "Did you see it?"), triggers=[missed]),
        "called": flow(text("t", "You were called"), triggers=[{"type": "api"}]),
    }


@pytest.fixture(scope="module")
def shop(stack: LocalStack) -> Iterator[Shop]:
    deployed = Deployed(stack)
    made = open_shop(stack, NUMBER)
    club = {"conditions": [{"on": "tag", "op": "has", "value": "club"}]}
    answer = call(stack, made.key, "POST", "segments", {"name": "Club", "filter": club})
    assert answer.status_code == 201, answer.text
    store = FlowStore(made.tenant, made.tables.workspaces, stack.aws("dynamodb"))
    for name, definition in _flows(answer.json()["id"]).items():
        publish(store, name, definition)
    with deployed.paused(SENDER):
        yield made
        deployed.purge(deployed.environment(WORKER)["OUTBOUND_QUEUE_URL"])


class Talk:
    """One customer's conversation with the shop."""

    def __init__(self, stack: LocalStack, meta: Meta, shop: Shop, api: Api) -> None:
        self.stack, self.shop, self.person = stack, shop, newcomer()
        self._meta, self._api = meta, api

    def says(self, words: str) -> None:
        message = self.person.message(words)
        assert self._meta.post(self.person.sends(NUMBER, message)).status_code == 200

    def log(self) -> list[JsonObject]:
        return self._api.log_of(self.person)

    def hears(self, *texts: str) -> list[JsonObject]:
        """Exactly this, from us, in the end; answers the lines."""

        def ours() -> list[JsonObject]:
            return [line for line in self.log() if line["direction"] == "out"]

        return eventually(ours, lambda lines: [line["text"] for line in lines] == list(texts))

    def asks(self, method: str, path: str, body: JsonObject | None = None, **headers: str) -> Any:
        answer = call(self.stack, self.shop.key, method, path, body, **headers)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else {}

    @property
    def conversation(self) -> str:
        found = eventually(lambda: self._api.conversation_of(self.person))
        assert found is not None
        return str(found["id"])

    def contact(self) -> JsonObject:
        """The person's record, as soon as there is one."""
        path = f"contacts?search={self.person.wa_id}"
        (found,) = eventually(lambda: self.asks("GET", path)["items"])
        record: JsonObject = found
        return record

    def tag(self, tag: str) -> None:
        contact = self.contact()
        revision = f'"{contact["revision"]}"'
        self.asks("PATCH", f"contacts/{contact['id']}", {"tags": [tag]}, if_match=revision)


@pytest.fixture
def talk(stack: LocalStack, meta: Meta, shop: Shop) -> Iterator[Talk]:
    with Api(stack.addresses.api_url, shop.key) as api:
        yield Talk(stack, meta, shop, api)


GREETING = ("Halo! Apa kabar?", "Baik, atau kurang baik?")


def test_three_seconds_by_the_real_clock(talk: Talk) -> None:
    """The second time, when no function starts cold."""
    talk.says("tunggu")
    talk.hears("One moment", "Here")
    talk.says("tunggu")
    *_, first, second = talk.hears(*("One moment", "Here") * 2)
    assert 3000 <= second["at"] - first["at"] < 10_000


def test_short_messages_are_one_answer(talk: Talk) -> None:
    talk.says("cerita")
    talk.hears("Tell me")
    talk.says("yes")
    talk.says("and no")
    talk.hears("Tell me", "<yes\nand no>")


def test_a_person_takes_over_and_hands_back(talk: Talk) -> None:
    talk.says("halo")
    talk.hears(*GREETING)
    place = f"conversations/{talk.conversation}"
    hi = {"message": {"type": "text", "text": {"body": "I am Budi"}}}
    key = str(talk.person.wa_id)
    for _ in range(2):
        talk.asks("POST", f"{place}/messages", hi, idempotency_key=key)
    talk.hears(*GREETING, "I am Budi")
    talk.says("baik")
    eventually(talk.log, lambda lines: lines[-1]["text"] == "baik")
    talk.hears(*GREETING, "I am Budi")
    talk.asks("POST", f"{place}/hand-back")
    talk.hears(*GREETING, "I am Budi", GREETING[1])


def test_a_tag_and_a_segment_start_flows(talk: Talk) -> None:
    talk.says("tunggu")
    talk.hears("One moment", "Here")
    talk.tag("vip")
    talk.hears("One moment", "Here", "For vip")
    talk.tag("club")
    talk.hears("One moment", "Here", "For vip", "Welcome to the club")
    # Those of the segment are whom the clock starts a flow for.
    queue = Deployed(talk.stack).environment("flow.schedules.handler")["SCHEDULES_QUEUE_URL"]
    due = Due(talk.shop.tenant.id, "clock", 1, "s1", int(SCHEDULED_AT.timestamp() * 1000))
    send_all(talk.stack.aws("sqs"), queue, [entry_of(due)])
    talk.hears("One moment", "Here", "For vip", "Welcome to the club", "It is time")


def test_a_program_starts_a_flow_by_the_contacts_id(talk: Talk) -> None:
    talk.says("tunggu")
    talk.hears("One moment", "Here")
    body = {"contacts": [{"contact_id": talk.contact()["id"]}, {"contact_id": "nobody"}]}
    answer = talk.asks("POST", "flows/called/start", body)
    assert (answer["started"], answer["unknown"]) == (1, 1)
    talk.hears("One moment", "Here", "You were called")


def test_a_campaign_without_a_reply_starts_a_flow(talk: Talk) -> None:
    talk.says("tunggu")
    talk.hears("One moment", "Here")
    channel, _, contact = talk.conversation.partition(".")
    body = {"tenant": talk.shop.tenant.id, "campaign": "sale"}
    sent = Event("campaign:sale:1", CAMPAIGN_SENT, time.time_ns() // 1_000_000, body)
    inbound = Deployed(talk.stack).environment(WORKER)["INBOUND_QUEUE_URL"]
    lane = LaneEvents(channel, contact, (sent,))
    send_all(talk.stack.aws("sqs"), inbound, [entry(lane)])
    talk.hears("One moment", "Here", "Did you see it?")
