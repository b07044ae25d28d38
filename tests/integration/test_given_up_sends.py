"""What Meta refuses for good is set aside with its reason, shown, and can be sent again."""

from __future__ import annotations

import pytest

from shared.json_types import JsonObject
from tests.api_side import Api
from tests.letters_side import body_of, letters_of, redrive
from tests.meta_side import Meta
from tests.people import Person, newcomer
from tests.running import eventually

GREETING = "Halo! Apa kabar?"
QUESTION = "Baik, atau kurang baik?"

PERMANENT = {
    131047: "More than 24 hours since the person's last message",
    131026: "The message cannot be delivered to this person",
}


def given_up(meta: Meta, api: Api, person: Person, code: int) -> JsonObject:
    """The person's greeting among the dead letters."""
    meta.misbehaves({"mode": "error", "code": code, "times": 1})
    meta.hears(person, "halo")
    eventually(lambda: meta.texts(person), lambda texts: texts == [QUESTION])
    (letter,) = eventually(lambda: letters_of(api, person))
    return letter


@pytest.mark.parametrize("code", PERMANENT)
def test_refused_for_good(meta: Meta, api: Api, code: int) -> None:
    person = newcomer()

    letter = given_up(meta, api, person, code)

    log = eventually(
        lambda: api.log_of(person),
        lambda lines: [line["status"] for line in lines[1:]] == ["failed", "delivered"],
    )
    reason = log[1]["reason"]
    assert reason.startswith(PERMANENT[code])
    assert reason.endswith(f"({code})")
    assert (letter["queue"], letter["cause"], letter["reason"]) == ("outbound", "refused", reason)
    (effect,) = body_of(letter)["effects"]
    assert effect["message"] == {"type": "text", "text": {"body": GREETING}}
    assert len(meta.tries(person)) == 2, "a permanent refusal is not tried again"


def test_redriven(meta: Meta, api: Api) -> None:
    person = newcomer()
    letter = given_up(meta, api, person, 131047)

    job = redrive(api, letter)

    assert (job["total"], job["done"], job["skipped"]) == (1, 1, 0)
    eventually(lambda: api.statuses_of(person), lambda seen: seen == ["delivered"] * 2)
    assert meta.texts(person) == [QUESTION, GREETING]
    assert letters_of(api, person) == []


def test_redriven_in_vain_and_redriven_again(meta: Meta, api: Api) -> None:
    person = newcomer()
    letter = given_up(meta, api, person, 131047)
    meta.misbehaves({"mode": "error", "code": 131026, "times": 1})

    redrive(api, letter)

    (again,) = eventually(lambda: letters_of(api, person))
    assert again["id"] != letter["id"]
    log = eventually(lambda: api.log_of(person), lambda lines: "131026" in str(lines[1]["reason"]))
    assert log[1]["status"] == "failed"
    redrive(api, again)
    eventually(lambda: api.statuses_of(person), lambda seen: seen == ["delivered"] * 2)
    assert meta.texts(person) == [QUESTION, GREETING]


def test_dropped(meta: Meta, api: Api) -> None:
    person = newcomer()
    letter = given_up(meta, api, person, 131047)

    answer = api.post("dead-letters/drop", {"ids": [letter["id"]], "per_second": 20})

    assert answer.status_code == 202
    eventually(lambda: letters_of(api, person), lambda left: left == [])
    assert api.get(f"dead-letters/{letter['id']}").status_code == 404
    assert meta.texts(person) == [QUESTION]
