"""Golden questions as CSV: what is taken, what is refused, and what comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.golden_csv import GoldenCsvError, Known, as_csv, read
from shared.store.golden_questions import MOST, GoldenQuestion

KNOWN = Known(["Returns.pdf"], ["Known already?"])
HEAD = "question,document,passage,answer\n"


def errors_of(text: str, known: Known = KNOWN) -> dict[str, str]:
    with pytest.raises(GoldenCsvError) as refused:
        read(text, known)
    return {one.field: one.message for one in refused.value.errors}


def test_rows_become_questions() -> None:
    text = HEAD + "When?,returns.pdf,,Sixty days\nMars?,,,Unanswerable\nWhere?,,in the shop,\n"
    one, other, third = read(text, KNOWN)
    assert (one.question, one.document, one.answer) == ("When?", "returns.pdf", "Sixty days")
    assert (other.is_unanswerable, other.answer) == (True, "")
    assert third.passage == "in the shop"


def test_columns_may_be_in_any_order_with_any_delimiter_and_in_indonesian() -> None:
    (one,) = read("Jawaban;Pertanyaan;Catatan\nEnam puluh hari;Berapa lama?;x\n", KNOWN)
    assert (one.question, one.answer) == ("Berapa lama?", "Enam puluh hari")
    (other,) = read("question\tanswer\nKe Mars?\ttidak terjawab\n", KNOWN)
    assert other.is_unanswerable


def test_every_wrong_row_is_named_with_what_is_wrong() -> None:
    rows = [
        ",,,Yes",
        "Known already?,,,Yes",
        "Twice?,,,Yes",
        "twice?,,,Yes",
        "Where?,Missing.pdf,,Yes",
        "Nothing said?,,,",
        "Mars?,Returns.pdf,,unanswerable",
        f"{'long ' * 250},,,Yes",
    ]
    found = errors_of(HEAD + "\n".join(rows))
    assert found == {
        "row 2, question": "is needed",
        "row 3, question": "is there already",
        "row 5, question": "is there already",
        "row 6, document": 'there is no document named "Missing.pdf"',
        "row 7, answer": 'write the answer, or "unanswerable"',
        "row 8, answer": "what cannot be answered has no document and no passage",
        "row 9, question": "has more than 1,000 characters",
    }


def test_what_is_no_table_of_questions_is_refused() -> None:
    assert "row 1" in errors_of("When?,Sixty days\n")
    assert "csv" in errors_of(HEAD)
    assert "csv" in errors_of("PK\x03\x04 a spreadsheet")
    many = "".join(f"Question {number}?,,,Yes\n" for number in range(MOST + 1))
    assert "500" in errors_of(HEAD + many)["csv"]


TEXT = st.text(
    st.characters(categories=("L", "N", "P", "Zs"), exclude_characters="'"), min_size=1, max_size=60
).filter(lambda text: text == text.strip() and text[0] not in "=+-@\uff1d\uff0b\uff0d\uff20")


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=8, unique_by=lambda one: one[0]))
def test_what_is_written_is_read_again(pairs: list[tuple[str, str]]) -> None:
    made = [
        GoldenQuestion(str(place), question, answer=answer)
        for place, (question, answer) in enumerate(pairs)
        if " ".join(question.lower().split())
    ]
    if len({" ".join(one.question.lower().split()) for one in made}) < len(made):
        return
    text = as_csv(made)
    found = read(text, Known([]))
    assert [one.question for one in found] == [one.question for one in made]
