"""The queue `ContactJobs`: the background work of imports and exports, a piece at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final

from contacts import exporting, importing
from contacts.workbench import JobSettings, Workbench
from shared.aws import client
from shared.clock import Clock, now_ms
from shared.fifo_batch import NotYetError
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.queues import retry_after
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.imports import Job, JobNotFoundError, JobStateError
from shared.tenancy import Tenant

Settings = JobSettings
MAX_RECEIVES: Final = 5  # of the queue: the last one must end what waits for it

_WORK: Final[Mapping[str, Callable[[Workbench, Job, int], None]]] = {
    "read": importing.read_head,
    "cut": importing.cut,
    "part": importing.part,
    "report": importing.report,
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
        bench = Workbench(
            self.settings, Tenant(body["tenant"]), self.dynamodb, self.sqs, self.s3, self.clock
        )
        jobs = bench.exports if body["work"] == "export" else bench.imports
        try:
            job = jobs.get(body["id"])
            _WORK[body["work"]](bench, job, body["number"])
        except (JobNotFoundError, JobStateError):
            return  # cancelled or erased meanwhile
        except NotYetError:
            is_last = int(record["attributes"]["ApproximateReceiveCount"]) >= MAX_RECEIVES
            if is_last and body["work"] != "part":
                return  # what it waits for was never written
            raise
        except Exception:
            if int(record["attributes"]["ApproximateReceiveCount"]) >= MAX_RECEIVES:
                self._end(bench, body)
            raise

    def _end(self, bench: Workbench, body: JsonObject) -> None:
        """Nobody tries again: whoever waits is told."""
        if body["work"] == "part":
            importing.give_up(bench, bench.imports.get(body["id"]), body["number"])
            return
        jobs = bench.exports if body["work"] == "export" else bench.imports
        reason = "Something went wrong on our side. Please try again."
        jobs.move(
            body["id"],
            ("reading", "running"),
            "failed",
            reason=reason,
            finished_at=self.clock(),
        )


@lru_cache(maxsize=1)
def _work() -> Work:
    return Work(load(Settings), client("dynamodb"), client("sqs"), client("s3"))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    count("ContactJobRecords", len(event["Records"]))
    work = _work()
    come_back = partial(retry_after, work.sqs, work.settings.contact_jobs_queue_url)
    return run_each(event["Records"], work.run, come_back)
