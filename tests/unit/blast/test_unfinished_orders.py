"""What people order is handed over and written: whoever dies in between, and whoever orders the
same twice, loses nobody, sends to nobody twice, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from unittest import mock

import pytest

from blast.workbench import EXPORT
from shared.fifo_batch import NotYetError
from shared.job_queue import MAX_RECEIVES
from shared.json_types import JsonObject
from shared.store.campaigns import CANCELLED, DRAFT, FINISHED, PREPARING, RUNNING, Campaigns
from shared.store.imports import Jobs
from shared.store.recipients import Recipients
from tests.builders import sqs_record
from tests.unit.blast.campaign_desk import Desk


class DiedError(Exception):
    """Somebody died here."""


@contextmanager
def nothing_is_handed_over(desk: Desk) -> Iterator[None]:
    with mock.patch.object(desk.world.sqs, "send_message_batch", side_effect=DiedError):
        yield


@contextmanager
def nothing_is_written(what: str) -> Iterator[None]:
    with mock.patch.object(Campaigns, what, side_effect=DiedError):
        yield


def ordered(desk: Desk, method: str, path: str) -> None:
    """Whether it is answered or not."""
    with suppress(DiedError):
        desk.call(method, path)


def jobs(desk: Desk) -> list[JsonObject]:
    found = desk.world.sqs.sent.pop("jobs", [])
    return [sqs_record(one["MessageBody"]) for one in found]


def started(desk: Desk) -> tuple[str, list[JsonObject]]:
    """A campaign to three people of one block, and the jobs that are to freeze it."""
    desk.world.add_contacts(3, in_one_block=True)
    path = f"campaigns/{desk.draft()['id']}"
    desk.ok("POST", f"{path}/start", {})
    return path, jobs(desk)


def running(desk: Desk, people: int) -> str:
    desk.world.add_contacts(people, in_one_block=True)
    path = f"campaigns/{desk.draft()['id']}"
    desk.ok("POST", f"{path}/start", {})
    desk.world.do_jobs()
    assert desk.ok("GET", path)["status"] == RUNNING
    return path


def waits(desk: Desk) -> None:
    """The work that was handed over for what was never written: it waits, and lapses."""
    for record in jobs(desk):
        with pytest.raises(NotYetError):
            desk.world.work.run(record)
        record["attributes"]["ApproximateReceiveCount"] = "5"
        desk.world.work.run(record)


def test_a_cancelled_campaign_has_nobody_who_waits_whoever_dies(desk: Desk) -> None:
    path = running(desk, 2)
    with nothing_is_handed_over(desk):
        ordered(desk, "POST", f"{path}/cancel")
    assert desk.ok("GET", path)["status"] == RUNNING
    assert desk.ok("POST", f"{path}/cancel")["status"] == CANCELLED
    desk.world.do_jobs()
    assert desk.ok("GET", f"{path}/report")["outcomes"]["cancelled"] == 2


def test_a_cancel_that_was_never_written_cancels_nobody(desk: Desk) -> None:
    path = running(desk, 2)
    with nothing_is_written("move"):
        ordered(desk, "POST", f"{path}/cancel")
    waits(desk)
    desk.world.run_for(2)
    assert desk.ok("GET", f"{path}/report")["outcomes"]["sent"] == 2


def test_a_deleted_campaign_leaves_no_people_behind(desk: Desk) -> None:
    path = running(desk, 2)
    desk.world.run_for(2)
    id_ = path.partition("/")[2]
    with nothing_is_written("remove"):
        ordered(desk, "DELETE", path)
    waits(desk)
    assert len(desk.world.recipients(id_)) == 2
    with nothing_is_handed_over(desk):
        ordered(desk, "DELETE", path)
    assert desk.ok("GET", path)["status"] == FINISHED
    desk.ok("DELETE", path)
    desk.world.do_jobs()
    assert desk.world.recipients(id_) == []


def in_the_middle_of_freezing(
    desk: Desk, record: JsonObject, happens: Callable[[], None]
) -> Callable[[], None]:
    """Runs a record, and something else once, before its first block is written."""
    add, first = Recipients.add, iter([True])

    def slow(self: Recipients, *block: Any) -> None:
        if next(first, False):
            happens()
        add(self, *block)

    def run() -> None:
        with mock.patch.object(Recipients, "add", slow), suppress(NotYetError):
            desk.world.work.run(record)

    return run


def started_twice(desk: Desk, path: str) -> tuple[list[JsonObject], list[JsonObject]]:
    """The work of two starts that were asked for at once, of which one is refused."""
    with nothing_is_written("move"):
        ordered(desk, "POST", f"{path}/start")
    second = jobs(desk)
    desk.ok("POST", f"{path}/start", {})
    return jobs(desk), second


def test_two_starts_at_once_send_to_nobody_twice(desk: Desk) -> None:
    world = desk.world
    world.add_contacts(3, in_one_block=True)
    path = f"campaigns/{desk.draft()['id']}"
    first, second = started_twice(desk, path)

    def everything_else() -> None:
        for record in first:
            with suppress(NotYetError):
                world.work.run(record)
        world.run_for(1)

    in_the_middle_of_freezing(desk, second[0], everything_else)()
    everything_else()
    world.run_for(1)
    world.clock.advance(1500)  # whatever stalled is looked at again
    world.run_for(2)
    assert (len(world.meta.accepted), world.meta.twice()) == (3, [])
    assert desk.ok("GET", f"{path}/report")["outcomes"]["sent"] == 3


def test_a_part_that_is_handed_over_twice_is_written_by_one(desk: Desk) -> None:
    world = desk.world
    path, parts = started(desk)

    def everything_else() -> None:
        for record in parts:
            with suppress(NotYetError):
                world.work.run(record)
        assert desk.ok("GET", path)["status"] == PREPARING

    in_the_middle_of_freezing(desk, parts[0], everything_else)()
    assert desk.ok("GET", path)["status"] == RUNNING
    world.run_for(1)
    world.clock.advance(1500)  # whatever stalled is looked at again
    world.run_for(2)
    assert (len(world.meta.accepted), world.meta.twice()) == (3, [])


def test_a_part_whose_worker_died_is_anothers_in_time(desk: Desk) -> None:
    world = desk.world
    path, parts = started(desk)
    with mock.patch.object(Recipients, "add", side_effect=DiedError), suppress(DiedError):
        world.work.run(parts[0])
    world.clock.advance(6 * 900)  # the queue's visibility timeout
    for record in parts:
        world.work.run(record)
    assert desk.ok("GET", path)["people"] == 3


def test_one_that_is_deleted_while_it_is_frozen_leaves_no_people_behind(desk: Desk) -> None:
    world = desk.world
    path, parts = started(desk)

    def deleted() -> None:
        desk.ok("POST", f"{path}/cancel")
        desk.ok("DELETE", path)
        world.do_jobs()

    in_the_middle_of_freezing(desk, parts[0], deleted)()
    assert world.recipients(path.partition("/")[2]) == []


def test_who_gave_up_freezing_may_start_again(desk: Desk) -> None:
    """At once: nobody has its parts in hand any more."""
    world = desk.world
    path = f"campaigns/{desk.draft()['id']}"
    desk.ok("POST", f"{path}/start", {})
    world.do_jobs()
    assert desk.ok("GET", path)["status"] == DRAFT
    world.add_contacts(1)
    desk.ok("POST", f"{path}/start", {})
    world.do_jobs()
    assert desk.ok("GET", path)["people"] == 1


def test_an_export_that_is_ordered_has_its_work_or_is_none(desk: Desk) -> None:
    """Whoever dies while it is ordered: it is there and will be done, or it is not there."""
    world = desk.world
    path = running(desk, 2)
    with nothing_is_handed_over(desk):
        ordered(desk, "POST", f"{path}/exports")
    assert world.bench.jobs(EXPORT).page(10, None) == ([], None)
    with mock.patch.object(Jobs, "create", side_effect=DiedError):
        ordered(desk, "POST", f"{path}/exports")
    (work,) = jobs(desk)
    with pytest.raises(NotYetError):
        world.work.run(work)
    work["attributes"]["ApproximateReceiveCount"] = str(MAX_RECEIVES)
    world.work.run(work)
    made = desk.ok("POST", f"{path}/exports")
    world.do_jobs()
    assert desk.ok("GET", f"{path}/exports/{made['id']}")["status"] == "done"
