"""The same request is done once."""

from __future__ import annotations

from typing import Any

import pytest

from shared.store.requests import KEPT_SECONDS, RUNNING_SECONDS, Answers
from tests.api_events import api_event, authorized
from tests.unit.shared.api.frame import Frame

KEY = {"idempotency-key": "one"}
BUDI = authorized(user_id="user-budi")


def make(frame: Frame, name: str = "x", **more: Any) -> tuple[int, Any]:
    return frame.call("POST", "/v1/things", body={"name": name}, **{"headers": KEY, **more})


def test_a_repeated_request_is_answered_and_not_done(frame: Frame) -> None:
    first = make(frame)
    frame.clock.advance(KEPT_SECONDS - 1)
    again = frame.answer("POST", "/v1/things", body={"name": "x"}, headers=KEY)
    assert first == (201, {"name": "x", "made": 1})
    assert make(frame) == first
    assert again["headers"]["Idempotency-Replayed"] == "true"
    assert frame.made == 1


def test_after_a_day_the_key_is_free(frame: Frame) -> None:
    make(frame)
    frame.clock.advance(KEPT_SECONDS)
    assert make(frame) == (201, {"name": "x", "made": 2})


def test_without_a_key_every_request_counts(frame: Frame) -> None:
    make(frame, headers={})
    make(frame, headers={})
    assert frame.made == 2


def test_a_key_is_for_one_request(frame: Frame) -> None:
    make(frame)
    status, body = make(frame, "y")
    assert (status, body["type"]) == (422, "urn:kabar:problem:idempotency-key-reused")
    secret = frame.call("POST", "/v1/secrets", body={"name": "x"}, headers=KEY)
    assert secret[0] == 422
    assert frame.made == 1


def test_keys_of_others_are_others_keys(frame: Frame) -> None:
    make(frame)
    assert make(frame, caller=BUDI) == (201, {"name": "x", "made": 2})
    elsewhere = authorized(workspace_id="ws_other")
    assert make(frame, caller=elsewhere) == (201, {"name": "x", "made": 3})


def test_what_was_refused_may_be_asked_again(frame: Frame) -> None:
    assert make(frame, "dropped")[0] == 410
    assert make(frame, "")[0] == 400
    assert make(frame)[0] == 201


def test_a_request_that_is_being_worked_on_is_not_done_beside(frame: Frame, dynamodb: Any) -> None:
    event = api_event("POST", "/v1/things", body={"name": "x"}, headers=KEY)
    from shared.api.idempotency import fingerprint

    answers = Answers("ws_tests", "USER#user-ana", "requests", dynamodb)
    assert answers.begin("one", fingerprint(event), frame.clock() // 1000) is None
    status, body = make(frame)
    assert (status, body["type"]) == (409, "urn:kabar:problem:still-running")
    frame.clock.advance(RUNNING_SECONDS)  # it died
    assert make(frame)[0] == 201


def test_an_answer_with_a_secret_is_never_kept(frame: Frame, dynamodb: Any) -> None:
    sent: dict[str, Any] = {"body": {"name": "x"}, "headers": KEY}
    assert frame.call("POST", "/v1/secrets", **sent)[1]["name"] == "secret of x"
    assert "secret of" not in str(dynamodb.scan(TableName="requests")["Items"])
    status, body = frame.call("POST", "/v1/secrets", **sent)
    assert (status, body["type"]) == (409, "urn:kabar:problem:answer-not-kept")
    assert frame.made == 1


def test_an_answer_that_no_item_holds_is_given_and_not_kept(frame: Frame) -> None:
    book = {"body": {"name": "x"}, "headers": KEY}
    assert frame.call("POST", "/v1/books", **book)[0] == 201
    status, body = frame.call("POST", "/v1/books", **book)
    assert (status, body["type"]) == (409, "urn:kabar:problem:answer-not-kept")
    assert frame.made == 1


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "x" * 201, "a\n"])
def test_what_is_no_key_is_400(frame: Frame, key: str) -> None:
    status, body = make(frame, headers={"idempotency-key": key})
    assert (status, body["errors"][0]["field"]) == (400, "Idempotency-Key")
    assert frame.made == 0
