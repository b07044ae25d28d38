"""What routes take and give."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import BaseModel, ConfigDict

MAX_PAGE = 100
DEFAULT_PAGE = 50
_LONGEST_CURSOR = 2000


class Input(BaseModel):
    """A body that people or programs send: nothing is guessed, nothing is ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Output(BaseModel):
    """An answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Limit = Annotated[int, Query(ge=1, le=MAX_PAGE, description="How many at most")]
Cursor = Annotated[
    str | None,
    Query(min_length=1, max_length=_LONGEST_CURSOR, description="next_cursor of an earlier page"),
]
