"""The queue `CampaignJobs`: the background work on campaigns, a piece at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final

from blast import closing, exporting, freezing, reading
from blast.starting import fire
from blast.workbench import JobSettings, Workbench
from shared.aws import client
from shared.clock import Clock, now_ms
from shared.fifo_batch import NotYetError
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.queues import retry_after
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.campaigns import CampaignNotFoundError, CampaignStateError
from shared.store.imports import JobNotFoundError, JobStateError
from shared.tenancy import Tenant

Settings = JobSettings
MAX_RECEIVES: Final = 5  # of the queue: the last one must end what waits for it
_OURS: Final = "Something went wrong on our side. Please try again."


def _start(bench: Workbench, body: JsonObject) -> None:
    fire(bench, bench.campaigns.get(body["id"]), body["token"])


def _freeze(bench: Workbench, body: JsonObject) -> None:
    freezing.freeze(bench, bench.campaigns.get(body["id"]), body["part"])


def _cancel(bench: Workbench, body: JsonObject) -> None:
    closing.cancel(bench, bench.campaigns.get(body["id"]))


def _retry(bench: Workbench, body: JsonObject) -> None:
    closing.retry(bench, bench.campaigns.get(body["id"]), frozenset(body["classes"]))


def _erase(bench: Workbench, body: JsonObject) -> None:
    closing.erase(bench, body["id"])


_WORK: Final[Mapping[str, Callable[[Workbench, JsonObject], None]]] = {
    "start": _start,
    "freeze": _freeze,
    "cancel": _cancel,
    "retry": _retry,
    "erase": _erase,
    "read": reading.read,
    "export": exporting.export,
}


@dataclass(frozen=True, slots=True)
class Work:
    settings: JobSettings
    dynamodb: Any
    sqs: Any
    s3: Any
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: one piece of work. Raises NotYetError when it is to come back."""
        body = json.loads(record["body"])
        tenant = Tenant(body["tenant"])
        bench = Workbench(self.settings, tenant, self.dynamodb, self.sqs, self.s3, self.clock)
        is_last = int(record["attributes"]["ApproximateReceiveCount"]) >= MAX_RECEIVES
        try:
            _WORK[body["work"]](bench, body)
        except (CampaignNotFoundError, CampaignStateError, JobNotFoundError, JobStateError):
            return  # cancelled or removed meanwhile
        except NotYetError:
            if is_last:
                return  # what it waits for was never written
            raise
        except Exception:
            if is_last:
                self._end(bench, body)
            raise

    def _end(self, bench: Workbench, body: JsonObject) -> None:
        """Nobody tries again: whoever waits is told."""
        if body["work"] == "freeze":
            freezing.give_up(bench, bench.campaigns.get(body["id"]), _OURS)
        elif body["work"] in ("read", "export"):
            jobs = bench.jobs(reading.KIND if body["work"] == "read" else exporting.KIND)
            jobs.move(
                body["id"],
                ("waiting", "reading", "running"),
                "failed",
                reason=_OURS,
                finished_at=self.clock(),
            )


@lru_cache(maxsize=1)
def _work() -> Work:
    return Work(load(Settings), client("dynamodb"), client("sqs"), client("s3"))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    count("CampaignJobRecords", len(event["Records"]))
    work = _work()
    come_back = partial(retry_after, work.sqs, work.settings.campaign_jobs_queue_url)
    return run_each(event["Records"], work.run, come_back)
