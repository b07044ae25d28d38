"""The API of dead letters through its handler."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from letters import api
from shared.json_types import JsonObject
from shared.permissions import Permission, permissions_of
from shared.tenancy import Tenant
from tests.api_events import api_event, authorized
from tests.unit.letters.letters_world import THEIRS, LettersWorld

CONTEXT = SimpleNamespace(
    function_name="letters", memory_limit_in_mb=512, invoked_function_arn="arn", aws_request_id="1"
)


@pytest.fixture
def queue(world: LettersWorld, monkeypatch: pytest.MonkeyPatch) -> Any:
    url = boto3.client("sqs").create_queue(QueueName="jobs")["QueueUrl"]
    for name, text in {
        "REQUESTS_TABLE": "requests",
        "DATA_ROLE_ARN": "arn:aws:iam::123456789012:role/data",
        "WORKSPACES_TABLE": "workspaces",
        "DEAD_LETTERS_TABLE": "dead_letters",
        "LETTER_JOBS_QUEUE_URL": url,
    }.items():
        monkeypatch.setenv(name, text)
    api.settings.cache_clear()
    yield url
    api.settings.cache_clear()


def ask(method: str, path: str, body: object = None, **query: str) -> tuple[int, JsonObject]:
    event = api_event(method, f"/v1/{path}", body=body, query=query, caller=authorized())
    answer = api.handler(event, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"] or "{}")


def own(world: LettersWorld, number: int = 1) -> list[JsonObject]:
    """Letters of the caller's, newest first."""
    tenant = authorized()["workspace_id"]
    for n in range(number):
        world.dies("actions", {"tenant": tenant, "campaign": f"c{n}"}, f"m{n}")
        world.clock.advance(1)
    return list(ask("GET", "dead-letters")[1]["items"])


def test_a_list_and_a_letter(world: LettersWorld, queue: str) -> None:
    world.dies("actions", {"tenant": THEIRS.id}, "foreign")
    newest, _ = own(world, 2)
    assert (newest["queue"], newest["cause"], newest["campaign"]) == ("actions", "silent", "c1")
    assert newest["error"] is None
    assert newest["in_hand"] is False
    code, letter = ask("GET", f"dead-letters/{newest['id']}")
    assert code == 200
    assert json.loads(letter["body"])["campaign"] == "c1"
    found = ask("GET", "dead-letters", campaign="c0")[1]["items"]
    assert [one["campaign"] for one in found] == ["c0"]
    assert ask("GET", "dead-letters", queue="outbound")[1]["items"] == []
    assert ask("GET", "dead-letters", cause="boredom")[0] == 400


def test_another_tenants_letter_is_not_there(world: LettersWorld, queue: str) -> None:
    world.dies("actions", {"tenant": THEIRS.id})
    (theirs,) = world.listed(THEIRS)
    code, problem = ask("GET", f"dead-letters/{theirs.id}")
    assert (code, problem["type"].rpartition(":")[2]) == (404, "dead-letter-not-found")
    assert ask("GET", "dead-letter-jobs/nothing")[0] == 404
    assert ask("POST", "dead-letter-jobs/nothing/stop")[0] == 404


@pytest.mark.parametrize(
    ("path", "kind"), [("dead-letters/redrive", "redrive"), ("dead-letters/drop", "drop")]
)
def test_an_order_is_a_job_in_the_background(
    world: LettersWorld, queue: str, path: str, kind: str
) -> None:
    (letter,) = own(world)
    code, job = ask("POST", path, {"ids": [letter["id"]], "per_second": 2})
    assert (code, job["kind"], job["state"], job["total"]) == (202, kind, "waiting", 1)
    (message,) = boto3.client("sqs").receive_message(QueueUrl=queue)["Messages"]
    assert json.loads(message["Body"])["job"] == job["id"]
    assert ask("GET", "dead-letter-jobs")[1]["items"] == [job]
    assert ask("GET", f"dead-letter-jobs/{job['id']}")[1] == job
    stopped = ask("POST", f"dead-letter-jobs/{job['id']}/stop")[1]
    assert (stopped["state"], stopped["done"]) == ("stopped", 0)


def test_an_order_of_a_selection_is_counted_later(world: LettersWorld, queue: str) -> None:
    code, job = ask("POST", "dead-letters/redrive", {"selection": {"queue": "outbound"}})
    assert (code, job["total"]) == (202, None)
    tenant = Tenant(authorized()["workspace_id"])
    assert world.jobs(tenant).get(job["id"]).selection.queue == "outbound"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"ids": []},
        {"ids": ["1-x"]},
        {"ids": ["0000000000001-x"], "selection": {}},
        {"selection": {"queue": "A#B"}},
        {"selection": {}, "per_second": 0},
        {"selection": {}, "per_second": 21},
    ],
)
def test_bad_orders_are_refused(queue: str, body: JsonObject) -> None:
    assert ask("POST", "dead-letters/redrive", body)[0] == 400


def test_owners_and_admins_alone_may_see_and_redrive() -> None:
    ours = {Permission.READ_DEAD_LETTERS, Permission.REDRIVE_DEAD_LETTERS}
    for role in ("owner", "admin"):
        assert ours <= permissions_of(role)
    for role in ("editor", "agent", "viewer"):
        assert not ours & permissions_of(role)
