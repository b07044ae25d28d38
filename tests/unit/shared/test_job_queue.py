"""What becomes of a piece of background work that waits, that is over, or that cannot be done."""

from __future__ import annotations

import pytest

from shared.fifo_batch import NotYetError
from shared.job_queue import MAX_RECEIVES, JobQueue, Piece, work_entry
from shared.json_types import JsonObject
from shared.tenancy import Tenant
from tests.builders import sqs_record

TENANT = Tenant("ws_jobs00000000000000000")


class OverError(Exception):
    """Nobody needs the piece any more."""


class UnwrittenError(OverError):
    """What the piece is for is not there."""


class Told:
    """A workbench whose pieces raise `error`, and who was told of what."""

    def __init__(self, error: Exception | None = None, on_giving_up: bool = True) -> None:
        self.error = error
        self.over_when_given_up = not on_giving_up
        self.done: list[str] = []
        self.given_up: list[str] = []

    def do(self, body: JsonObject) -> None:
        if self.error is not None:
            raise self.error
        self.done.append(body["id"])

    def give_up(self, body: JsonObject) -> None:
        if self.over_when_given_up:
            raise OverError
        self.given_up.append(body["id"])


def run(
    told: Told,
    *,
    receives: int = 1,
    may_lapse: bool = True,
    unwritten: tuple[type[Exception], ...] = (),
) -> None:
    piece = Piece(Told.do, Told.give_up, may_lapse, unwritten)
    queue = JobQueue({"piece": piece}, {TENANT: told}.__getitem__, (OverError,))
    queue.run(sqs_record(work_entry(TENANT, "piece", "one").body, receives=receives))


def test_a_piece_is_done_with_the_workbench_of_its_tenant() -> None:
    told = Told()
    run(told)
    assert (told.done, told.given_up) == (["one"], [])


def test_a_piece_that_nobody_needs_is_let_go() -> None:
    told = Told(OverError())
    run(told)
    run(told, receives=MAX_RECEIVES)
    assert (told.done, told.given_up) == ([], [])


def test_a_piece_that_is_handed_over_before_its_job_is_written_waits_for_that() -> None:
    told = Told(UnwrittenError())
    for receives in range(1, MAX_RECEIVES):
        with pytest.raises(NotYetError):
            run(told, receives=receives, unwritten=(UnwrittenError,))
    run(told, receives=MAX_RECEIVES, unwritten=(UnwrittenError,))
    assert (told.done, told.given_up) == ([], [])
    told.error = None
    run(told, receives=2, unwritten=(UnwrittenError,))
    assert told.done == ["one"]


def test_a_piece_that_failed_comes_back_and_is_given_up_at_the_last() -> None:
    told = Told(RuntimeError("broken"))
    for receives in range(1, MAX_RECEIVES + 1):
        assert told.given_up == []
        with pytest.raises(RuntimeError, match="broken"):
            run(told, receives=receives)
    assert told.given_up == ["one"]


def test_why_a_piece_failed_is_told_also_where_nobody_waits_for_it() -> None:
    told = Told(RuntimeError("broken"), on_giving_up=False)
    with pytest.raises(RuntimeError, match="broken"):
        run(told, receives=MAX_RECEIVES)


@pytest.mark.parametrize(("may_lapse", "receives"), [(True, MAX_RECEIVES - 1), (False, 99)])
def test_a_piece_that_waits_comes_back(may_lapse: bool, receives: int) -> None:
    told = Told(NotYetError("soon", 1.0))
    with pytest.raises(NotYetError):
        run(told, receives=receives, may_lapse=may_lapse)
    assert told.given_up == []


def test_what_a_piece_waits_for_may_never_come() -> None:
    told = Told(NotYetError("soon", 1.0))
    run(told, receives=MAX_RECEIVES)
    assert told.given_up == []
