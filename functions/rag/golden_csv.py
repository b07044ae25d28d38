"""Golden questions as a table: what people bring as CSV, and what they get back. Pure."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rag.golden_shapes import LONGEST, GoldenQuestionChange
from shared.csv_files import HEAD_BYTES, NotCsvError, dialect_of, rows, written
from shared.field_error import FieldError
from shared.store.golden_questions import MOST, GoldenQuestion

UNANSWERABLE: Final = "unanswerable"
COLUMNS: Final = ("question", "document", "passage", "answer")
_NAMES: Final[Mapping[str, str]] = {
    **{name: name for name in COLUMNS},
    "expected document": "document",
    "expected passage": "passage",
    "expected answer": "answer",
    "pertanyaan": "question",
    "dokumen": "document",
    "kutipan": "passage",
    "jawaban": "answer",
}
_UNANSWERABLE: Final = frozenset({UNANSWERABLE, "tidak terjawab", "tidak bisa dijawab"})


class GoldenCsvError(Exception):
    """Some rows are not as they must be; `errors` say which, and why."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__(f"{len(errors)} errors")
        self.errors = tuple(errors)


@dataclass(frozen=True, slots=True)
class Known:
    """What a base has already: the names of its documents, and its questions."""

    documents: Iterable[str]
    questions: Iterable[str] = ()


def read(text: str, known: Known) -> list[GoldenQuestionChange]:
    """The questions of a file whose first line names its columns. Either all rows are right or
    none counts. Raises GoldenCsvError."""
    content = text.encode()
    try:
        dialect = dialect_of(content[:HEAD_BYTES])
        columns = [_NAMES.get(name.strip().lower()) for name in dialect.columns]
        if "question" not in columns or not dialect.has_header:
            raise GoldenCsvError([_error(1, "", f"must name the columns: {', '.join(COLUMNS)}")])
        lines = list(rows(io.BytesIO(content), dialect))
    except NotCsvError as error:
        raise GoldenCsvError([FieldError("csv", str(error))]) from error
    if not lines:
        raise GoldenCsvError([FieldError("csv", "There is no row below the names of the columns.")])
    if len(lines) > MOST:
        raise GoldenCsvError([FieldError("csv", f"has more than {MOST:,} rows")])
    seen = {normal(one) for one in known.questions}
    documents = {normal(one) for one in known.documents}
    found: list[GoldenQuestionChange] = []
    errors: list[FieldError] = []
    for number, cells in lines:
        row = {name: cell for name, cell in zip(columns, cells, strict=True) if name}
        wrong = list(_wrong(number, row, documents, seen))
        errors += wrong
        seen.add(normal(row["question"]))
        if not wrong:
            found.append(_made(row))
    if errors:
        raise GoldenCsvError(errors)
    return found


def as_csv(questions: Iterable[GoldenQuestion]) -> str:
    """With the columns that `read` knows."""
    lines = (
        (
            one.question,
            one.document,
            one.passage,
            UNANSWERABLE if one.is_unanswerable else one.answer,
        )
        for one in questions
    )
    return written([COLUMNS, *lines])


def normal(text: str) -> str:
    """As texts are compared that people type: without regard to capitals and blanks."""
    return " ".join(text.lower().split())


def _wrong(
    number: int, row: Mapping[str, str], documents: set[str], seen: set[str]
) -> Iterator[FieldError]:
    question = row["question"]
    if not question:
        yield _error(number, "question", "is needed")
    elif normal(question) in seen:
        yield _error(number, "question", "is there already")
    for name, cell in row.items():
        if len(cell) > LONGEST[name]:
            yield _error(number, name, f"has more than {LONGEST[name]:,} characters")
    document = row.get("document", "")
    if document and normal(document) not in documents:
        yield _error(number, "document", f'there is no document named "{document[:100]}"')
    if not _says_something(row):
        yield _error(number, "answer", f'write the answer, or "{UNANSWERABLE}"')
    if _is_unanswerable(row) and (document or row.get("passage")):
        yield _error(number, "answer", "what cannot be answered has no document and no passage")


def _made(row: Mapping[str, str]) -> GoldenQuestionChange:
    is_unanswerable = _is_unanswerable(row)
    return GoldenQuestionChange(
        question=row["question"],
        document=row.get("document", ""),
        passage=row.get("passage", ""),
        answer="" if is_unanswerable else row.get("answer", ""),
        is_unanswerable=is_unanswerable,
    )


def _says_something(row: Mapping[str, str]) -> bool:
    return any(row.get(name) for name in ("document", "passage", "answer"))


def _is_unanswerable(row: Mapping[str, str]) -> bool:
    return normal(row.get("answer", "")) in _UNANSWERABLE


def _error(number: int, column: str, words: str) -> FieldError:
    return FieldError(f"row {number}{f', {column}' if column else ''}", words)
