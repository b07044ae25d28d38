"""Promise 2: an event is applied once, however often and late it is delivered."""

from __future__ import annotations

import json

from shared.conversation import REMEMBERED_IDS
from shared.json_types import JsonObject
from tests.api_side import Api
from tests.deployed import SENDER, WORKER, Deployed
from tests.meta_side import Meta
from tests.people import Person, newcomer
from tests.running import eventually

GREETING = "Halo! Apa kabar?"
QUESTION = "Baik, atau kurang baik?"
GLAD = "Syukurlah, senang mendengarnya! 😊"


def copied(
    deployed: Deployed, handler: str, queue_url: str, meta: Meta, person: Person
) -> list[JsonObject]:
    """The queue's records of the person's first message, each also left to its function."""
    with deployed.paused(handler):
        meta.hears(person, "halo")
        return eventually(lambda: deployed.receive(queue_url))


def test_an_event_that_comes_again_after_an_hour(deployed: Deployed, meta: Meta, api: Api) -> None:
    """SQS forgets after five minutes; another id stands for its having forgotten."""
    person = newcomer()
    inbound = deployed.environment(WORKER)["INBOUND_QUEUE_URL"]
    (record,) = copied(deployed, WORKER, inbound, meta, person)
    eventually(lambda: meta.texts(person), lambda texts: len(texts) == 2)

    deployed.send_again(inbound, record)
    deployed.send_again(inbound, record)
    meta.hears(person, "baik")
    eventually(lambda: meta.texts(person), lambda texts: len(texts) >= 3)
    deployed.send_again(inbound, record)
    eventually(lambda: deployed.messages_in(inbound), lambda number: number == 0)

    assert meta.texts(person) == [GREETING, QUESTION, GLAD]
    log = eventually(lambda: api.log_of(person), lambda lines: len(lines) >= 5)
    assert [line["text"] for line in log] == ["halo", GREETING, QUESTION, "baik", GLAD]


def test_an_event_that_the_conversation_no_longer_remembers(
    deployed: Deployed, meta: Meta, api: Api
) -> None:
    """More messages have come since than it keeps ids of: the log knows."""
    person = newcomer()
    inbound = deployed.environment(WORKER)["INBOUND_QUEUE_URL"]
    (record,) = copied(deployed, WORKER, inbound, meta, person)
    eventually(lambda: meta.texts(person), lambda texts: len(texts) == 2)
    thumbs = [
        {**person.message(""), "type": "reaction", "reaction": {"emoji": "👍"}}
        for _ in range(REMEMBERED_IDS + 1)
    ]
    assert meta.post(person.sends(meta.number, *thumbs)).status_code == 200
    eventually(lambda: api.log_of(person), lambda lines: len(lines) == 3 + len(thumbs))

    deployed.send_again(inbound, record)
    eventually(lambda: deployed.messages_in(inbound), lambda number: number == 0)
    meta.hears(person, "baik")

    eventually(lambda: meta.texts(person), lambda texts: len(texts) >= 3)
    assert meta.texts(person) == [GREETING, QUESTION, GLAD]
    log = eventually(lambda: api.log_of(person), lambda lines: len(lines) >= 5 + len(thumbs))
    assert [line["text"] for line in log if line["direction"] == "in"].count("halo") == 1


def test_effects_that_are_handed_over_again(deployed: Deployed, meta: Meta, api: Api) -> None:
    person = newcomer()
    outbound = deployed.environment(SENDER)["OUTBOUND_QUEUE_URL"]
    records = copied(deployed, SENDER, outbound, meta, person)
    (record,) = records
    effects = json.loads(record["body"])["effects"]
    assert [effect["kind"] for effect in effects] == ["mark_read", "send", "send"]
    eventually(lambda: api.statuses_of(person), lambda seen: seen == ["delivered"] * 2)

    for record in (*records, *records):
        deployed.send_again(outbound, record)
    eventually(lambda: deployed.messages_in(outbound), lambda number: number == 0)

    assert len(meta.tries(person)) == 2
    assert api.statuses_of(person) == ["delivered"] * 2
