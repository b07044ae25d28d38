"""How often callers may call."""

from __future__ import annotations

from typing import Any

import pytest

from shared.api import rate_limits
from shared.permissions import Permission
from tests.api_events import authorized
from tests.unit.shared.api.frame import Frame

PROGRAM = authorized(permissions=[Permission.READ_MEMBERS], user_id="", key_id="key-1")
BUDI = authorized(user_id="user-budi")


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, limit in {"PERSON": 3, "PROGRAM": 4, "WORKSPACE": 5}.items():
        monkeypatch.setattr(rate_limits, name, limit)


def statuses(frame: Frame, times: int, caller: Any = None) -> list[int]:
    return [frame.call("GET", "/v1/things", caller=caller)[0] for _ in range(times)]


def test_a_person_has_so_many_requests_a_minute(frame: Frame) -> None:
    assert statuses(frame, 4) == [200, 200, 200, 429]
    answer = frame.answer("GET", "/v1/things")
    assert answer["headers"]["Retry-After"] == answer["headers"]["RateLimit-Reset"]
    frame.clock.advance(int(answer["headers"]["Retry-After"]))
    assert statuses(frame, 1) == [200]


def test_programs_and_people_are_counted_apart_and_together(frame: Frame) -> None:
    assert statuses(frame, 3, BUDI) == [200] * 3
    assert statuses(frame, 3, PROGRAM) == [200, 200, 429]
    elsewhere = authorized(workspace_id="ws_other")
    assert statuses(frame, 1, elsewhere) == [200]


def test_every_answer_says_what_is_left(frame: Frame) -> None:
    headers = frame.headers("GET", "/v1/things")
    assert (headers["RateLimit-Limit"], headers["RateLimit-Remaining"]) == ("3", "2")
    assert 0 < int(headers["RateLimit-Reset"]) <= 60
    assert frame.headers("GET", "/v1/nothing")["RateLimit-Remaining"] == "1"
    assert frame.headers("POST", "/v1/things", raw="{")["RateLimit-Remaining"] == "0"


def test_a_person_in_no_workspace_is_counted_too(frame: Frame) -> None:
    nobody = authorized(workspace_id="", permissions=(), role="")
    answers = [frame.call("GET", "/v1/self", caller=nobody)[0] for _ in range(4)]
    assert answers == [200, 200, 200, 429]


def test_nobody_is_refused_when_the_table_does_not_answer(frame: Frame, dynamodb: Any) -> None:
    dynamodb.delete_table(TableName="requests")
    answer = frame.answer("GET", "/v1/things")
    assert answer["statusCode"] == 200
    assert "RateLimit-Limit" not in answer["headers"]


def test_counters_are_forgotten_by_the_table(frame: Frame, dynamodb: Any) -> None:
    frame.call("GET", "/v1/things")
    items = dynamodb.scan(TableName="requests")["Items"]
    assert {item["pk"]["S"] for item in items} == {"ws_tests#RATE", "ws_tests#RATE#USER#user-ana"}
    assert all(int(item["expires_at"]["N"]) * 1000 > frame.clock() for item in items)
