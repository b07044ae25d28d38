"""What Meta refuses for good is set aside with its reason, shown, and can be sent again."""

from __future__ import annotations

import json

import pytest

from shared.json_types import JsonObject
from tests.api_side import Api
from tests.deployed import SENDER, Deployed
from tests.meta_side import Meta
from tests.people import Person, newcomer
from tests.running import eventually

GREETING = "Halo! Apa kabar?"
QUESTION = "Baik, atau kurang baik?"

PERMANENT = {
    131047: "More than 24 hours since the person's last message",
    131026: "The message cannot be delivered to this person",
}


@pytest.fixture(autouse=True)
def no_old_dead_letters(deployed: Deployed) -> None:
    deployed.purge(dead_letters(deployed))


def dead_letters(deployed: Deployed) -> str:
    return deployed.environment(SENDER)["OUTBOUND_DLQ_URL"]


def given_up(deployed: Deployed, meta: Meta, person: Person, code: int) -> JsonObject:
    """The person's greeting among the dead letters."""
    meta.misbehaves({"mode": "error", "code": code, "times": 1})
    meta.hears(person, "halo")
    eventually(lambda: meta.texts(person), lambda texts: texts == [QUESTION])
    (record,) = eventually(lambda: deployed.receive(dead_letters(deployed), hidden_for=5))
    return record


def redrive(deployed: Deployed, record: JsonObject) -> None:
    """As StartMessageMoveTask does, which the local AWS does not know."""
    deployed.send_again(deployed.environment(SENDER)["OUTBOUND_QUEUE_URL"], record)
    deployed.delete(dead_letters(deployed), record)


@pytest.mark.parametrize("code", PERMANENT)
def test_refused_for_good(deployed: Deployed, meta: Meta, api: Api, code: int) -> None:
    person = newcomer()

    record = given_up(deployed, meta, person, code)

    log = eventually(
        lambda: api.log_of(person),
        lambda lines: [line["status"] for line in lines[1:]] == ["failed", "delivered"],
    )
    reason = log[1]["reason"]
    assert reason.startswith(PERMANENT[code])
    assert reason.endswith(f"({code})")
    body = json.loads(record["body"])
    assert body["reason"] == reason
    (effect,) = body["effects"]
    assert effect["message"] == {"type": "text", "text": {"body": GREETING}}
    assert len(meta.tries(person)) == 2, "a permanent refusal is not tried again"


def test_redriven(deployed: Deployed, meta: Meta, api: Api) -> None:
    person = newcomer()
    record = given_up(deployed, meta, person, 131047)

    redrive(deployed, record)

    eventually(lambda: api.statuses_of(person), lambda seen: seen == ["delivered"] * 2)
    assert meta.texts(person) == [QUESTION, GREETING]
    assert deployed.messages_in(dead_letters(deployed)) == 0


def test_redriven_in_vain_and_redriven_again(deployed: Deployed, meta: Meta, api: Api) -> None:
    person = newcomer()
    record = given_up(deployed, meta, person, 131047)
    meta.misbehaves({"mode": "error", "code": 131026, "times": 1})

    redrive(deployed, record)

    (again,) = eventually(lambda: deployed.receive(dead_letters(deployed), hidden_for=5))
    log = eventually(lambda: api.log_of(person), lambda lines: "131026" in str(lines[1]["reason"]))
    assert log[1]["status"] == "failed"
    redrive(deployed, again)
    eventually(lambda: api.statuses_of(person), lambda seen: seen == ["delivered"] * 2)
    assert meta.texts(person) == [QUESTION, GREETING]
