"""What goes in and out of the routes of golden questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import StringConstraints, model_validator

from shared.api import Input, Output

LONGEST: Final[Mapping[str, int]] = {
    "question": 1000,
    "document": 200,
    "passage": 2000,
    "answer": 2000,
}
_LONGEST_CSV: Final = 2_000_000


class GoldenQuestionChange(Input):
    """A question and what is right: the name of the `document` that has the answer, text of the
    `passage` that has it, the `answer` itself; one of them at least. None where the documents
    cannot answer (`is_unanswerable`)."""

    question: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST["question"])]
    document: Annotated[str, StringConstraints(max_length=LONGEST["document"])] = ""
    passage: Annotated[str, StringConstraints(max_length=LONGEST["passage"])] = ""
    answer: Annotated[str, StringConstraints(max_length=LONGEST["answer"])] = ""
    is_unanswerable: bool = False

    @model_validator(mode="after")
    def _says_what_is_right(self) -> GoldenQuestionChange:
        expected = self.document or self.passage or self.answer
        if self.is_unanswerable and expected:
            raise ValueError("what cannot be answered has no document, passage or answer")
        if not self.is_unanswerable and not expected:
            raise ValueError("say which document, passage or answer is right")
        return self


class GoldenQuestionShown(Output):
    id: str
    question: str
    document: str
    passage: str
    answer: str
    is_unanswerable: bool
    revision: int


class GoldenQuestionPage(Output):
    items: list[GoldenQuestionShown]
    next_cursor: str | None


class GoldenCsv(Input):
    """A file's text. Its first line names its columns: question, document, passage, answer; an
    answer may be "unanswerable". With `replace` the questions that are there go."""

    csv: Annotated[str, StringConstraints(min_length=1, max_length=_LONGEST_CSV)]
    replace: bool = False


class GoldenImported(Output):
    imported: int


class GoldenCsvShown(Output):
    csv: str
