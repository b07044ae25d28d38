"""Dead letters of a workspace: which there are and why, and what is to become of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Final

from aws_lambda_powertools.event_handler.openapi.params import Query

from letters.orders import job_entry
from letters.refusals import REFUSALS
from letters.shapes import (
    Cause,
    LetterJobList,
    LetterJobShape,
    LetterOrder,
    LetterPage,
    LetterShape,
    LetterWithBody,
)
from shared.api import Api, ApiSettings, Cursor, Limit
from shared.aws import client
from shared.clock import now_ms
from shared.ids import new_id
from shared.permissions import Permission
from shared.queues import send_all
from shared.settings import load
from shared.store.dead_letters import DeadLetters, Letter, Selection
from shared.store.letter_jobs import DROP, REDRIVE, LetterJob, LetterJobs, named
from shared.tenant_session import client_for

_JOBS_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class Settings(ApiSettings):
    dead_letters_table: str
    workspaces_table: str
    letter_jobs_queue_url: str


@lru_cache(maxsize=1)
def settings() -> Settings:
    return load(Settings)


api = Api("Dead letters", settings=settings, refusals=REFUSALS)
handler = api.handler

OfQueue = Annotated[
    str | None, Query(pattern=r"^[a-z_]{1,40}$", description="Only those of this queue")
]
OfCause = Annotated[Cause | None, Query(description="Only those given up for this")]
OfCampaign = Annotated[
    str | None, Query(pattern=r"^[0-9A-Za-z_-]{1,64}$", description="Only this campaign's")
]


@api.endpoint("GET", "/v1/dead-letters", permission=Permission.READ_DEAD_LETTERS)
def list_dead_letters(
    queue: OfQueue = None,
    cause: OfCause = None,
    campaign: OfCampaign = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> LetterPage:
    """List the messages that could not be worked on, newest first. They are kept fourteen days.

    With a filter, a page may hold fewer than asked for and still have a next one.
    """
    found, next_cursor = _letters().newest(limit, cursor, Selection(queue, cause, campaign))
    return LetterPage(items=[LetterShape(**_shown(one)) for one in found], next_cursor=next_cursor)


@api.endpoint("GET", "/v1/dead-letters/{letter_id}", permission=Permission.READ_DEAD_LETTERS)
def get_dead_letter(letter_id: str) -> LetterWithBody:
    """Get one with its body, as it was in the queue."""
    letters = _letters()
    found = letters.get(letter_id)
    return LetterWithBody(**_shown(found), body=letters.body(letter_id))


@api.endpoint(
    "POST",
    "/v1/dead-letters/redrive",
    permission=Permission.REDRIVE_DEAD_LETTERS,
    status=202,
)
def redrive_dead_letters(body: LetterOrder) -> LetterJobShape:
    """Put letters back into their queues, so many a second, oldest first.

    What fails again comes back as a new letter.
    """
    return _order(REDRIVE, body)


@api.endpoint(
    "POST", "/v1/dead-letters/drop", permission=Permission.REDRIVE_DEAD_LETTERS, status=202
)
def drop_dead_letters(body: LetterOrder) -> LetterJobShape:
    """Remove letters for good, so many a second."""
    return _order(DROP, body)


@api.endpoint("GET", "/v1/dead-letter-jobs", permission=Permission.READ_DEAD_LETTERS)
def list_dead_letter_jobs() -> LetterJobList:
    """List the newest orders to put letters back or to drop them, with how far they are."""
    return LetterJobList(items=[_job(job) for job in _jobs().newest(_JOBS_SHOWN)])


@api.endpoint("GET", "/v1/dead-letter-jobs/{job_id}", permission=Permission.READ_DEAD_LETTERS)
def get_dead_letter_job(job_id: str) -> LetterJobShape:
    """Get one order, with how far it is."""
    return _job(_jobs().get(job_id))


@api.endpoint(
    "POST",
    "/v1/dead-letter-jobs/{job_id}/stop",
    permission=Permission.REDRIVE_DEAD_LETTERS,
)
def stop_dead_letter_job(job_id: str) -> LetterJobShape:
    """Stop an order: what has not been put back or dropped stays a dead letter."""
    return _job(_jobs().stop(job_id, now_ms()))


def _order(kind: str, order: LetterOrder) -> LetterJobShape:
    tenant, now = api.caller.workspace, now_ms()
    job = LetterJob(
        id=f"{now:013d}{new_id()}",
        kind=kind,
        per_second=order.per_second,
        ids=named(order.ids) if order.ids else None,
        selection=order.selection.as_kept() if order.selection else Selection(),
        created_at=now,
    )
    jobs = _jobs()
    # Handed over before it is written: the work waits for that, and no crash leaves it without.
    send_all(client("sqs"), settings().letter_jobs_queue_url, [job_entry(tenant, job.id)])
    jobs.order(job, api.actor, settings().workspaces_table)
    return _job(jobs.get(job.id))


def _letters() -> DeadLetters:
    tenant = api.caller.workspace
    return DeadLetters(tenant, settings().dead_letters_table, client_for(tenant, "dynamodb"))


def _jobs() -> LetterJobs:
    tenant = api.caller.workspace
    return LetterJobs(tenant, settings().dead_letters_table, client_for(tenant, "dynamodb"))


def _shown(letter: Letter) -> dict[str, object]:
    return {
        "id": letter.id,
        "queue": letter.queue,
        "sent_at": letter.sent_at,
        "filed_at": letter.filed_at,
        "receives": letter.receives,
        "cause": letter.cause,
        "error": letter.error or None,
        "reason": letter.reason or None,
        "channel": letter.about.channel,
        "contact": letter.about.contact,
        "campaign": letter.about.campaign,
        "in_hand": letter.job is not None,
    }


def _job(job: LetterJob) -> LetterJobShape:
    return LetterJobShape(
        id=job.id,
        kind=job.kind,
        state=job.state,
        per_second=job.per_second,
        total=job.total,
        done=job.done,
        skipped=job.skipped,
        created_at=job.created_at,
        finished_at=job.finished_at,
    )
