"""Promise 3: sent once while Meta may have it; again only after the stated silence; never lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from local.stack import LocalStack
from shared.json_types import JsonObject
from tests.api_side import Api
from tests.deployed import SENDER, Deployed
from tests.integration.power_cut import power_cut
from tests.meta_side import Meta
from tests.people import Person, newcomer
from tests.running import eventually

GREETING = "Halo! Apa kabar?"
QUESTION = "Baik, atau kurang baik?"

ACCEPTED_AND_SAID_SO_LATER = {
    "dropped": {"mode": "drop_answer"},
    "server error": {"mode": "error", "code": 131000, "statuses": True},
    "unavailable": {"mode": "error", "code": 2, "http_status": 503, "statuses": True},
}


@pytest.mark.parametrize(
    "fault", ACCEPTED_AND_SAID_SO_LATER.values(), ids=ACCEPTED_AND_SAID_SO_LATER
)
def test_a_status_settles_what_the_answer_did_not(meta: Meta, api: Api, fault: JsonObject) -> None:
    person = newcomer()
    meta.misbehaves({**fault, "times": 1})

    meta.hears(person, "halo")

    eventually(lambda: api.statuses_of(person), lambda seen: seen == ["delivered"] * 2)
    # The question waited for the greeting to be settled, so it would be here.
    assert meta.texts(person) == [GREETING, QUESTION]
    assert len(meta.tries(person)) == 2
    assert meta.faults_left() == []


@pytest.mark.parametrize(("code", "pause"), [(130429, 2.0), (131056, 1.0)])
def test_throttled_sends_are_tried_again(meta: Meta, api: Api, code: int, pause: float) -> None:
    """Surely not accepted, so that the next try needs no long silence."""
    person = newcomer()
    meta.misbehaves({"mode": "error", "code": code, "times": 1})

    meta.hears(person, "halo")

    eventually(lambda: api.statuses_of(person), lambda seen: seen == ["delivered"] * 2)
    assert meta.texts(person) == [GREETING, QUESTION]
    refused, *accepted = meta.tries(person)
    assert [request["status"] for request in accepted] == [200, 200]
    assert refused["error_code"] == code
    assert pause - 0.1 <= (accepted[0]["at"] - refused["at"]) / 1000 < pause + 5


@dataclass(frozen=True)
class Silences:
    """People whose greeting met a silence. They wait for its end together, as it is long."""

    accepted: Person
    """Meta took the greeting, and neither answered nor told."""
    failed: Person
    """Meta failed, and had not taken it."""
    killed: Person
    """The sender died before it asked Meta."""


@pytest.fixture(scope="module")
def window(stack: LocalStack) -> float:
    return float(Deployed(stack).environment(SENDER)["UNSETTLED_WINDOW_SECONDS"])


@pytest.fixture(scope="module")
def silences(stack: LocalStack) -> Iterator[Silences]:
    deployed = Deployed(stack)
    people = Silences(newcomer(), newcomer(), newcomer())
    with Meta(stack.addresses) as meta:
        with deployed.paused(SENDER):
            meta.hears(people.killed, "halo")
            outbound = deployed.environment(SENDER)["OUTBOUND_QUEUE_URL"]
            records = eventually(lambda: deployed.receive(outbound))
            power_cut(deployed, SENDER, "before_calling_meta", records)
            assert meta.tries(people.killed) == []
        for person, fault in (
            (people.accepted, {"mode": "drop_answer", "statuses": False}),
            (people.failed, {"mode": "error", "code": 131016}),
        ):
            meta.misbehaves({**fault, "times": 1})
            meta.hears(person, "halo")
            eventually(lambda who=person: meta.tries(who))  # type: ignore[misc]
            assert meta.faults_left() == []
        yield people


def test_silence_shows_as_such(silences: Silences, api: Api) -> None:
    log = eventually(
        lambda: api.log_of(silences.accepted), lambda lines: lines[1]["status"] == "unsettled"
    )
    assert log[1]["reason"].startswith("No answer from WhatsApp")
    assert log[2]["status"] == "queued"


def test_accepted_in_silence(silences: Silences, meta: Meta, api: Api, window: float) -> None:
    """The one case in which Meta gets it twice, and only after the window."""
    person = silences.accepted
    eventually(
        lambda: api.statuses_of(person), lambda seen: seen == ["delivered"] * 2, seconds=window + 15
    )

    assert meta.texts(person) == [GREETING, GREETING, QUESTION]
    first, second, _ = meta.accepted(person)
    assert window <= (second["at"] - first["at"]) / 1000 < window + 10
    assert first["biz_opaque_callback_data"] == second["biz_opaque_callback_data"]


@pytest.mark.parametrize("who", ["failed", "killed"])
def test_not_accepted(silences: Silences, meta: Meta, api: Api, window: float, who: str) -> None:
    person: Person = getattr(silences, who)
    eventually(
        lambda: api.statuses_of(person), lambda seen: seen == ["delivered"] * 2, seconds=window + 15
    )

    assert meta.texts(person) == [GREETING, QUESTION]


def test_a_failed_try_is_not_repeated_before_the_window_ends(
    silences: Silences, meta: Meta, window: float
) -> None:
    failed, sent, _ = eventually(
        lambda: meta.tries(silences.failed), lambda tries: len(tries) == 3, seconds=window + 15
    )
    assert failed["error_code"] == 131016
    assert (sent["at"] - failed["at"]) / 1000 >= window
