"""What goes in and out of the API of dead letters. Times are milliseconds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from shared.api import Input, Output
from shared.store.dead_letters import ID, Selection

FASTEST = 20  # letters a second, which one run can do
_DEFAULT_PACE = 5
_MOST_IDS = 500

Cause = Literal["raised", "waited", "behind", "refused", "undelivered", "silent"]
QueueName = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]
CampaignId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z_-]{1,64}$")]
LetterId = Annotated[str, StringConstraints(pattern=f"^{ID}$")]


class LetterSelection(Input):
    """All letters that fit; what is left out fits all."""

    queue: QueueName | None = None
    cause: Cause | None = None
    campaign: CampaignId | None = None

    def as_kept(self) -> Selection:
        return Selection(self.queue, self.cause, self.campaign)


class LetterOrder(Input):
    """Of the letters named by `ids`, or of all that `selection` fits and that lie there now."""

    ids: Annotated[list[LetterId], Field(min_length=1, max_length=_MOST_IDS)] | None = None
    selection: LetterSelection | None = None
    per_second: Annotated[int, Field(ge=1, le=FASTEST)] = _DEFAULT_PACE

    @model_validator(mode="after")
    def _names_one(self) -> LetterOrder:
        if (self.ids is None) == (self.selection is None):
            raise ValueError("must have exactly one of ids and selection")
        return self


class LetterShape(Output):
    """`queue` says which work it was; `cause` why it was given up: "raised" (its worker failed with
    `error`), "waited" (it was put off too often), "behind" (an earlier message of its conversation
    failed), "refused" (set aside with its `reason`), "undelivered" (a schedule could not hand it
    over) or "silent" (its worker was stopped, or ran out of time). `in_hand` says that it is being
    put back or dropped."""

    id: str
    queue: str
    sent_at: int
    filed_at: int
    receives: int
    cause: Cause
    error: str | None
    reason: str | None
    channel: str | None
    contact: str | None
    campaign: str | None
    in_hand: bool


class LetterWithBody(LetterShape):
    """`body` is the message as it was in the queue, JSON as a rule."""

    body: str


class LetterPage(Output):
    items: list[LetterShape]
    next_cursor: str | None


class LetterJobShape(Output):
    """`kind` is "redrive" or "drop"; `state` "waiting", "running", "done" or "stopped". `total` is
    null until the letters are counted; `skipped` were gone already, or in another job's hand."""

    id: str
    kind: Literal["redrive", "drop"]
    state: Literal["waiting", "running", "done", "stopped"]
    per_second: int
    total: int | None
    done: int
    skipped: int
    created_at: int
    finished_at: int | None


class LetterJobList(Output):
    items: list[LetterJobShape]
