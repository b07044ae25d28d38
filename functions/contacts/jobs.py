"""The queue `ContactJobs`: the background work of imports and exports, a piece at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any, Final

from contacts import exporting, importing
from contacts.workbench import JobSettings, Workbench
from shared.aws import client
from shared.clock import Clock, now_ms
from shared.job_queue import OURS, JobQueue, Piece
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.queues import retry_after
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.imports import Job, JobNotFoundError, Jobs, JobStateError
from shared.tenancy import Tenant

Settings = JobSettings


def _part(bench: Workbench, body: JsonObject) -> None:
    importing.part(bench, bench.imports.get(body["id"]), body["number"])


def _give_up_part(bench: Workbench, body: JsonObject) -> None:
    importing.give_up(bench, bench.imports.get(body["id"]), body["number"])


def _piece(
    jobs: Callable[[Workbench], Jobs],
    do: Callable[[Workbench, Job], None],
    unwritten: tuple[type[Exception], ...] = (),
) -> Piece[Workbench]:
    """Of a job that fails as a whole."""
    return Piece(
        lambda bench, body: do(bench, jobs(bench).get(body["id"])),
        lambda bench, body: jobs(bench).give_up(body["id"], OURS, bench.clock()),
        unwritten=unwritten,
    )


_import = partial(_piece, lambda bench: bench.imports)
_export = partial(_piece, lambda bench: bench.exports)

_PIECES: Final[Mapping[str, Piece[Workbench]]] = {
    "read": _import(importing.read_head),
    "cut": _import(importing.cut),
    "part": Piece(_part, _give_up_part, may_lapse=False),
    "report": _import(importing.report),
    "export": _export(exporting.export, (JobNotFoundError,)),
}


def job_queue(
    settings: JobSettings, dynamodb: Any, sqs: Any, s3: Any, clock: Clock = now_ms
) -> JobQueue[Workbench]:
    def workbench(tenant: Tenant) -> Workbench:
        return Workbench(settings, tenant, dynamodb, sqs, s3, clock)

    return JobQueue(_PIECES, workbench, over=(JobNotFoundError, JobStateError))


@lru_cache(maxsize=1)
def _queue() -> JobQueue[Workbench]:
    return job_queue(load(Settings), client("dynamodb"), client("sqs"), client("s3"))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    count("ContactJobRecords", len(event["Records"]))
    come_back = partial(retry_after, client("sqs"), load(Settings).contact_jobs_queue_url)
    return run_each(event["Records"], _queue().run, come_back)
