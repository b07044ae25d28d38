"""The queue `CampaignJobs`: the background work on campaigns, a piece at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any, Final

from blast import closing, exporting, freezing, reading
from blast.starting import fire, miss
from blast.workbench import EXPORT, UPLOAD, JobSettings, Workbench
from shared.aws import client
from shared.campaigns.halts import because
from shared.clock import Clock, now_ms
from shared.job_queue import OURS, JobQueue, Piece
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.queues import retry_after
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.campaigns import CampaignNotFoundError, CampaignStateError
from shared.store.imports import JobNotFoundError, JobStateError
from shared.tenancy import Tenant

Settings = JobSettings


def _start(bench: Workbench, body: JsonObject) -> None:
    fire(bench, bench.campaigns.get(body["id"]), body["token"])


def _freeze(bench: Workbench, body: JsonObject) -> None:
    freezing.freeze(bench, bench.campaigns.get(body["id"]), body["part"], body.get("start", ""))


def _give_up_freezing(bench: Workbench, body: JsonObject) -> None:
    freezing.give_up(bench, bench.campaigns.get(body["id"]), because("ours"))


def _give_up_start(bench: Workbench, body: JsonObject) -> None:
    miss(bench, bench.campaigns.get(body["id"]), body["token"])


def _cancel(bench: Workbench, body: JsonObject) -> None:
    closing.cancel_soon(bench, bench.campaigns.get(body["id"]))


def _retry(bench: Workbench, body: JsonObject) -> None:
    closing.retry(bench, bench.campaigns.get(body["id"]), frozenset(body["classes"]))


def _erase(bench: Workbench, body: JsonObject) -> None:
    closing.erase(bench, body["id"])


def _failing(kind: str) -> Callable[[Workbench, JsonObject], None]:
    return lambda bench, body: bench.jobs(kind).give_up(body["id"], OURS, bench.clock())


_PIECES: Final[Mapping[str, Piece[Workbench]]] = {
    "start": Piece(_start, _give_up_start),
    "freeze": Piece(_freeze, _give_up_freezing),
    "cancel": Piece(_cancel),
    "retry": Piece(_retry),
    "erase": Piece(_erase),
    "read": Piece(reading.read, _failing(UPLOAD)),
    "export": Piece(exporting.export, _failing(EXPORT), unwritten=(JobNotFoundError,)),
}
_OVER: Final = (CampaignNotFoundError, CampaignStateError, JobNotFoundError, JobStateError)


def job_queue(
    settings: JobSettings, dynamodb: Any, sqs: Any, s3: Any, clock: Clock = now_ms
) -> JobQueue[Workbench]:
    def workbench(tenant: Tenant) -> Workbench:
        return Workbench(settings, tenant, dynamodb, sqs, s3, clock)

    return JobQueue(_PIECES, workbench, _OVER)


@lru_cache(maxsize=1)
def _queue() -> JobQueue[Workbench]:
    return job_queue(load(Settings), client("dynamodb"), client("sqs"), client("s3"))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    count("CampaignJobRecords", len(event["Records"]))
    come_back = partial(retry_after, client("sqs"), load(Settings).campaign_jobs_queue_url)
    return run_each(event["Records"], _queue().run, come_back)
