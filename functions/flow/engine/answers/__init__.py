"""What a question accepts: one model per kind of answer, each reading what the customer said.

`read(said, run)` answers the value to keep, or None when what was said cannot be it.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from flow.engine.answers.choice import ChoiceAnswer
from flow.engine.answers.dates import DateAnswer
from flow.engine.answers.received import FormAnswer, LocationAnswer, MediaAnswer
from flow.engine.answers.typed import (
    EmailAnswer,
    NumberAnswer,
    PhoneAnswer,
    TextAnswer,
    UrlAnswer,
)

Answer: TypeAlias = Annotated[
    TextAnswer
    | NumberAnswer
    | EmailAnswer
    | PhoneAnswer
    | UrlAnswer
    | DateAnswer
    | ChoiceAnswer
    | LocationAnswer
    | MediaAnswer
    | FormAnswer,
    Field(discriminator="kind"),
]
__all__ = ["Answer", "ChoiceAnswer"]
