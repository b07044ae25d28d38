"""The queue `LetterJobs`: letters are put back into their queues or dropped, at a pace.

A letter is claimed before it is sent and gone, with the count of it, in one write afterwards. A
run that dies between the two leaves it claimed: the next one sends it under the same
deduplication id, and what it asks for was made to be asked for twice.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final

from aws_lambda_powertools.utilities.typing import LambdaContext

from letters.orders import job_entry
from letters.pace import Pace
from shared.aws import client
from shared.clock import Clock, now_ms
from shared.fifo_batch import NotYetError
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.overflow import park_if_large
from shared.queues import Entry, retry_after, send_all
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.dead_letters import Letter, LetterNotFoundError
from shared.store.letter_jobs import (
    REDRIVE,
    LetterJob,
    LetterJobEndedError,
    LetterJobNotFoundError,
    LetterJobs,
    LetterJobTakenError,
)
from shared.tenancy import Tenant

_MS_PER_LETTER: Final = 10_000  # one second's wait, and the slowest answers
_TAKEN_SECONDS: Final = 60.0
_SOON_SECONDS: Final = 5.0
_TRIES_UNWRITTEN: Final = 3


@dataclass(frozen=True, slots=True)
class Settings:
    """`queues` is JSON: the queues' own names, by those that letters have of them."""

    dead_letters_table: str
    overflow_bucket: str
    letter_jobs_queue_url: str
    queues: str


@dataclass(frozen=True, slots=True)
class Work:
    """`urls` of the queues, by the names that letters have of them."""

    settings: Settings
    urls: Mapping[str, str]
    dynamodb: Any
    sqs: Any
    s3: Callable[[], Any]
    clock: Clock = now_ms
    sleep: Callable[[float], None] = time.sleep

    def run(self, record: JsonObject, remaining: Callable[[], int]) -> None:
        """One queue record: one job, as far as there is time. `remaining` in milliseconds. Raises
        NotYetError while it is not written yet, or another run has it in hand."""
        body = json.loads(record["body"])
        tenant, now = Tenant(body["tenant"]), self.clock()
        jobs = LetterJobs(tenant, self.settings.dead_letters_table, self.dynamodb)
        try:
            job = jobs.take(body["job"], now, now + remaining())
            self._work(tenant, jobs, job, remaining)
        except LetterJobTakenError as error:
            raise NotYetError("Another run has the job in hand", _TAKEN_SECONDS) from error
        except LetterJobNotFoundError as error:
            if int(record["attributes"]["ApproximateReceiveCount"]) < _TRIES_UNWRITTEN:
                raise NotYetError("The order is not written yet", _SOON_SECONDS) from error
        except LetterJobEndedError:
            return

    def _work(
        self, tenant: Tenant, jobs: LetterJobs, job: LetterJob, remaining: Callable[[], int]
    ) -> None:
        if job.total is None:
            total = jobs.number(job.selection, filed_by=job.created_at)
            jobs.counted(job.id, total)
        pace = Pace(job.per_second, self.clock, self.sleep)
        for letter in jobs.letters(job):
            if remaining() < _MS_PER_LETTER:
                jobs.lay_down(job.id)
                again = job_entry(tenant, job.id)
                send_all(self.sqs, self.settings.letter_jobs_queue_url, [again])
                return
            pace.wait()
            self._answer(jobs, job, letter)
        jobs.finish(job.id, self.clock())

    def _answer(self, jobs: LetterJobs, job: LetterJob, letter: Letter | str) -> None:
        if isinstance(letter, str):
            jobs.skip(job, letter)
            return
        try:
            jobs.claim(job, letter, self.clock())
            if job.kind == REDRIVE:
                self._put_back(letter, jobs.body(letter))
            jobs.answer(job, letter, self.clock())
        except LetterNotFoundError:
            jobs.skip(job, letter.id)
            return
        count("LettersRedriven" if job.kind == REDRIVE else "LettersDropped")

    def _put_back(self, letter: Letter, body: str) -> None:
        url = self.urls[letter.queue]
        dedup = letter.id if url.endswith(".fifo") else None
        parked = park_if_large(body, self.s3, self.settings.overflow_bucket)
        send_all(self.sqs, url, [Entry(parked, letter.group, dedup)])


@lru_cache(maxsize=1)
def _work() -> Work:
    settings = load(Settings)
    # Queues of one account and region differ in their names only.
    place, _, _ = settings.letter_jobs_queue_url.rpartition("/")
    names: dict[str, str] = json.loads(settings.queues)
    urls = {queue: f"{place}/{name}" for queue, name in names.items()}
    return Work(settings, urls, client("dynamodb"), client("sqs"), lambda: client("s3"))


@counted
def handler(event: JsonObject, context: LambdaContext) -> JsonObject:
    """SQS batch of one with partial failures."""
    work = _work()
    come_back = partial(retry_after, work.sqs, work.settings.letter_jobs_queue_url)
    remaining = context.get_remaining_time_in_millis
    return run_each(event["Records"], lambda record: work.run(record, remaining), come_back)
