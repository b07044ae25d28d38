"""Letters go back once, all of them, in their order and at their pace, whoever dies on the way."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any, Final
from unittest import mock

import pytest

from letters.orders import job_entry
from shared.fifo_batch import NotYetError
from shared.queues import encode
from shared.store.audit import AuditLog
from shared.store.dead_letters import LetterNotFoundError
from shared.store.letter_jobs import DONE, DROP, RUNNING, STOPPED, LetterJobTakenError
from tests.builders import sqs_record
from tests.unit.flow.faults import Fault
from tests.unit.letters.letters_world import (
    BY,
    OURS,
    RUN_MS,
    THEIRS,
    URLS,
    LettersWorld,
    bodies,
)

LETTERS: Final = 4
CALLS: Final = 20  # more than a job of two letters makes


def bury(world: LettersWorld, queue: str = "outbound", number: int = LETTERS) -> None:
    for n in range(number):
        body = {"tenant": OURS.id, "channel": "111", "contact": "a", "n": n}
        world.dies(queue, body, f"m{n}", group="111#a")
        world.clock.advance(1)


def test_all_go_back_in_their_order_and_lane(world: LettersWorld) -> None:
    bury(world)
    job = world.works(world.orders())
    assert (job.state, job.total, job.done, job.skipped) == (DONE, LETTERS, LETTERS, 0)
    sent = world.queued("outbound")
    assert [body["n"] for body in bodies(sent)] == list(range(LETTERS))
    assert {entry["MessageGroupId"] for entry in sent} == {"111#a"}
    assert len({entry["MessageDeduplicationId"] for entry in sent}) == LETTERS
    assert world.listed() == []
    left = world.dynamodb.scan(TableName="dead_letters")["Items"]
    assert not [item for item in left if "text" in item], "a body was left"


def test_a_standard_queue_gets_no_deduplication_id(world: LettersWorld) -> None:
    bury(world, "actions", 1)
    world.works(world.orders())
    (sent,) = world.queued("actions")
    assert "MessageDeduplicationId" not in sent


def test_some_go_back_and_the_others_stay(world: LettersWorld) -> None:
    bury(world)
    first, _, third, _ = world.listed()
    job = world.works(world.orders(third.id, first.id, first.id))
    assert (job.total, job.done) == (2, 2)
    assert [body["n"] for body in bodies(world.queued("outbound"))] == [0, 2]
    assert len(world.listed()) == 2


def test_dropped_letters_go_nowhere(world: LettersWorld) -> None:
    bury(world)
    job = world.works(world.orders(kind=DROP))
    assert (job.state, job.done) == (DONE, LETTERS)
    assert world.listed() == []
    assert not any(world.queued(queue) for queue in URLS)


def test_what_the_queue_hands_over_again_afterwards_is_not_filed_again(
    world: LettersWorld,
) -> None:
    record = world.dies("actions", {"tenant": OURS.id})
    world.works(world.orders())
    world.filer.run(record)
    assert world.listed() == []


def test_what_fails_again_is_a_new_letter_that_the_same_order_leaves_alone(
    world: LettersWorld,
) -> None:
    bury(world, number=1)
    job = world.orders()
    world.clock.advance(1)
    world.dies("outbound", {"tenant": OURS.id, "n": 9}, "again")
    assert world.works(job).done == 1
    assert [letter.id.partition("-")[2] for letter in world.listed()] == ["again"]


def test_nothing_of_another_tenants_goes_back(world: LettersWorld) -> None:
    world.dies("outbound", {"tenant": THEIRS.id})
    (theirs,) = world.listed(THEIRS)
    assert world.works(world.orders()).total == 0
    world.clock.advance(1)
    job = world.works(world.orders(theirs.id))
    assert (job.done, job.skipped) == (0, 1)
    assert world.listed(THEIRS) == [theirs]


@pytest.mark.parametrize("fault", Fault)
def test_whoever_dies_nothing_goes_twice_and_nothing_is_lost(
    world: LettersWorld, fault: Fault
) -> None:
    """At each call in turn, of each run."""
    for place in range(CALLS):
        world.sqs.sent.clear()
        bury(world, number=2)
        world.calls.fail_next(place, fault)
        job = world.works(world.orders())
        assert (job.state, job.done + job.skipped) == (DONE, 2), place
        assert [body["n"] for body in bodies(world.queued("outbound"))] == [0, 1], place
        assert world.listed() == [], place
        world.clock.advance(3600)
        world.calls.plan = {}


def test_two_orders_at_once_send_each_letter_once(world: LettersWorld) -> None:
    bury(world)
    first = world.orders()
    world.clock.advance(1)
    second = world.orders()
    letter = world.listed()[1]
    taken = world.jobs().take(first.id, world.clock(), world.clock() + 1)
    world.jobs().claim(taken, letter, world.clock())
    world.clock.advance(1)
    world.sqs.sent["jobs"].reverse()
    done = world.works(second)
    assert [one.done for one in (done, world.jobs().get(first.id))] == [3, 1]
    assert sorted(body["n"] for body in bodies(world.queued("outbound"))) == [0, 1, 2, 3]


def test_a_job_is_in_one_hand_at_a_time(world: LettersWorld) -> None:
    job = world.orders()
    world.jobs().take(job.id, world.clock(), world.clock() + 1000)
    with pytest.raises(LetterJobTakenError):
        world.jobs().take(job.id, world.clock(), world.clock() + 1000)
    world.clock.advance(1)
    assert world.jobs().take(job.id, world.clock(), world.clock() + 1000).state == RUNNING


@pytest.mark.parametrize("per_second", [1, 3, 20])
def test_the_pace_is_kept_over_several_runs(world: LettersWorld, per_second: int) -> None:
    bury(world, number=30)
    times: list[int] = []
    send = world.sqs.send_message_batch

    def timed(QueueUrl: str, Entries: list[dict[str, object]]) -> dict[str, object]:
        if QueueUrl == URLS["outbound"]:
            times.append(world.clock())
        return send(QueueUrl, Entries)

    world.sqs.send_message_batch = timed  # type: ignore[method-assign]
    job = world.works(world.orders(per_second=per_second), run_ms=12_000)
    assert job.done == 30
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert min(gaps) >= 1000 // per_second
    assert max(gaps) <= 1000 / per_second * 2 + 2


def test_a_stopped_order_leaves_the_rest(world: LettersWorld) -> None:
    bury(world)
    job = world.orders()
    claim = world.jobs().claim
    letter = world.listed()[0]
    taken = world.jobs().take(job.id, world.clock(), world.clock())
    claim(taken, letter, world.clock())
    assert world.jobs().stop(job.id, world.clock()).state == STOPPED
    job = world.works(job)
    assert (job.state, job.done) == (STOPPED, 0)
    assert len(world.listed()) == LETTERS
    assert world.jobs().stop(job.id, world.clock()).state == STOPPED


def test_who_is_forgotten_meanwhile_is_not_sent(world: LettersWorld) -> None:
    bury(world, number=2)
    job = world.orders()
    gone = world.listed()[0]
    world.letters().forget(gone)
    with pytest.raises(LetterNotFoundError):
        world.letters().body(gone.id)
    assert world.works(job).done == 1
    assert [body["n"] for body in bodies(world.queued("outbound"))] == [1]


def test_a_large_body_goes_back_by_reference(world: LettersWorld) -> None:
    large = encode({"tenant": OURS.id, "text": "kata " * 200_000})
    world.s3.objects["overflow/1"] = large.encode()
    world.dies("actions", encode({"parked": "overflow/1"}))
    del world.s3.objects["overflow/1"]
    world.works(world.orders())
    ((body,),) = [bodies(world.queued("actions"))]
    assert world.s3.objects[body["parked"]].decode() == large


def test_an_order_waits_until_it_is_written_and_lapses_if_it_never_is(
    world: LettersWorld,
) -> None:
    record = job_entry(OURS, "unwritten").body
    for receives in (1, 2):
        with pytest.raises(NotYetError):
            world.work.run(sqs_record(record, receives=receives), lambda: RUN_MS)
    world.work.run(sqs_record(record, receives=3), lambda: RUN_MS)


def test_an_order_that_is_written_while_it_is_looked_for_comes_back_soon(
    world: LettersWorld,
) -> None:
    bury(world, number=1)
    job = replace(world.orders(), id="late")
    update, refused = world.dynamodb.update_item, world.dynamodb.exceptions

    def written_just_after(**request: Any) -> Any:
        try:
            return update(**request)
        except refused.ConditionalCheckFailedException:
            world.jobs().order(job, BY, "workspaces")
            raise

    record = sqs_record(job_entry(OURS, job.id).body)
    with (
        mock.patch.object(world.dynamodb, "update_item", written_just_after),
        pytest.raises(NotYetError) as later,
    ):
        world.work.run(record, lambda: RUN_MS)
    assert later.value.seconds < 10
    world.work.run(record, lambda: RUN_MS)
    assert world.jobs().get(job.id).state == DONE


def test_an_order_is_in_the_audit_log(world: LettersWorld) -> None:
    job = world.orders(per_second=7)
    ((_, change),), _ = AuditLog(OURS, "workspaces", world.dynamodb).newest(10, None)
    assert (change.action, change.target) == ("dead_letters.redrive", job.id)
    assert change.detail == {"per_second": 7}
