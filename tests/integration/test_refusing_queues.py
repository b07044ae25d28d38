"""Promise 2: a queue that refuses delays, and neither loses, doubles nor reorders."""

from __future__ import annotations

from shared.json_types import JsonObject
from tests import builders
from tests.api_side import Api
from tests.deployed import WEBHOOK, WORKER, Deployed
from tests.meta_side import Meta
from tests.people import Person, newcomer
from tests.running import eventually

GREETING = "Halo! Apa kabar?"
QUESTION = "Baik, atau kurang baik?"
GLAD = "Syukurlah, senang mendengarnya! 😊"
SEND = "sqs:SendMessage"


def assert_all_arrived_once(meta: Meta, api: Api, person: Person) -> None:
    eventually(lambda: meta.texts(person), lambda texts: len(texts) >= 3)
    log = eventually(
        lambda: api.log_of(person),
        lambda lines: [line["status"] for line in lines].count("delivered") == 3,
    )
    assert meta.texts(person) == [GREETING, QUESTION, GLAD]
    assert [line["text"] for line in log] == ["halo", GREETING, QUESTION, "baik", GLAD]


def failures_logged(deployed: Deployed) -> int:
    return deployed.stack.log("aws").read_text(errors="replace").count("record failed")


def test_the_worker_may_not_hand_over(deployed: Deployed, meta: Meta, api: Api) -> None:
    person = newcomer()
    queues = deployed.environment(WORKER)
    inbound, outbound = queues["INBOUND_QUEUE_URL"], queues["OUTBOUND_QUEUE_URL"]
    with deployed.denied(WORKER, SEND, outbound):
        before = failures_logged(deployed)
        meta.hears(person, "halo")
        meta.hears(person, "baik")
        eventually(lambda: failures_logged(deployed), lambda number: number > before)
        assert deployed.messages_in(inbound) >= 1
        assert meta.tries(person) == []

    assert_all_arrived_once(meta, api, person)


def test_the_webhook_may_not_queue(deployed: Deployed, meta: Meta, api: Api) -> None:
    """Not queued is not taken: 500, and Meta's own retry brings it."""
    person = newcomer()
    halo, baik = (person.sends(meta.number, person.message(text)) for text in ("halo", "baik"))
    with deployed.denied(WEBHOOK, SEND, deployed.environment(WEBHOOK)["INBOUND_QUEUE_URL"]):
        assert meta.post(halo).status_code == 500
        assert meta.post(halo).status_code == 500

    assert meta.post(halo).status_code == 200
    assert meta.post(halo).status_code == 200
    assert meta.post(baik).status_code == 200
    assert_all_arrived_once(meta, api, person)


def test_the_webhook_may_queue_only_half(deployed: Deployed, meta: Meta, api: Api) -> None:
    """A message and a status in one body: the message is taken, the status is not, so that Meta
    sends both again."""
    person = newcomer()
    meta.misbehaves({"mode": "ok", "statuses": False})
    meta.hears(person, "halo")
    eventually(lambda: api.statuses_of(person), lambda seen: seen == ["sent", "sent"])
    greeting = meta.accepted(person)[0]["biz_opaque_callback_data"]
    status: JsonObject = builders.status("read", callback=greeting)
    both = {**person.value(meta.number, person.message("baik")), "statuses": [status]}
    body = builders.webhook_body(both)

    with deployed.denied(WEBHOOK, SEND, deployed.environment(WEBHOOK)["RECEIPTS_QUEUE_URL"]):
        assert meta.post(body).status_code == 500
        eventually(lambda: meta.texts(person), lambda texts: len(texts) == 3)
        assert api.statuses_of(person)[0] == "sent"

    assert meta.post(body).status_code == 200
    eventually(lambda: api.statuses_of(person)[0], lambda seen: seen == "read")
    eventually(
        lambda: deployed.messages_in(deployed.environment(WORKER)["INBOUND_QUEUE_URL"]),
        lambda number: number == 0,
    )
    assert meta.texts(person) == [GREETING, QUESTION, GLAD]
