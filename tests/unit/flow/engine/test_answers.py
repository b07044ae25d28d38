"""What a typed answer is taken for, and that none is taken for what it is not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from flow.engine.answers import Answer
from flow.engine.answers.dates import date_in
from flow.engine.answers.typed import number_in
from flow.engine.events import Said
from flow.engine.limits import DEFAULT_LIMITS
from flow.engine.run import Run
from shared.json_types import JsonObject

ANSWER: TypeAdapter[Answer] = TypeAdapter(Answer)
TODAY = date(2026, 11, 25)


def read(answer: JsonObject, text: str, **workspace: str) -> object:
    run = Run(
        session="s",
        event=Said("e", text),
        now=1_795_600_000_000,
        limits=DEFAULT_LIMITS,
        seed="",
        contact={},
        workspace=workspace,
        scope={"vars": {}},
        languages=("en",),
    )
    return ANSWER.validate_python(answer).read(Said("e", text), run)


@pytest.mark.parametrize(
    ("text", "comma", "number"),
    [
        *(("5", False, 5), ("-3", True, -3), ("+7", False, 7), ("0", True, 0), ("007", False, 7)),
        *(("1.5", False, 1.5), ("1,5", False, 1.5), ("1,5", True, 1.5), ("1.5", True, 1.5)),
        *(("1.000", True, 1000), ("1.000", False, 1), ("1,000", False, 1000), ("1,000", True, 1)),
        *(("1.000.000", True, 1000000), ("1,000,000.25", True, 1000000.25)),
        *(("1.250.000,5", False, 1250000.5), ("12 500", False, 12500), ("1.000.000", False, 10**6)),
        *(("five", False, None), ("1.2.3", False, None), ("", False, None), ("1e5", False, None)),
        *(
            ("1_000", False, None),
            ("NaN", False, None),
            ("9" * 19, False, None),
            ("--1", False, None),
        ),
    ],
)
def test_numbers(text: str, comma: bool, number: float | None) -> None:
    assert number_in(text, comma) == number


@given(st.integers(-(10**15), 10**15), st.booleans())
def test_any_whole_number_is_read_as_it_is_written(number: int, comma: bool) -> None:
    assert number_in(str(number), comma) == number
    mark = "." if comma else ","
    assert number_in(f"{number:,}".replace(",", mark), comma) == number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *(("today", "2026-11-25"), ("Besok", "2026-11-26"), ("lusa", "2026-11-27")),
        *(("2026-12-24", "2026-12-24"), ("24/12/2026", "2026-12-24"), ("24-12-26", "2026-12-24")),
        *(("24/12", "2026-12-24"), ("3/4", "2027-04-03"), ("1 Mei", "2027-05-01")),
        *(
            ("24 desember 2026", "2026-12-24"),
            ("Dec 24th, 2026", "2026-12-24"),
            ("24 Okt", "2027-10-24"),
        ),
        *(
            ("31/2", None),
            ("2026-02-30", None),
            ("99/99/9999", None),
            ("soon", None),
            ("24 foo", None),
        ),
        *(("0/0", None), ("29/2/2028", "2028-02-29"), ("29/2/2027", None)),
    ],
)
def test_dates(text: str, found: str | None) -> None:
    expected = date.fromisoformat(found) if found else None
    assert date_in(text, TODAY) == expected


def test_the_month_may_come_first() -> None:
    assert date_in("12/24/2026", TODAY, month_first=True) == date(2026, 12, 24)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_any_date_is_read_in_each_form(day: date) -> None:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%y", "%d %B %Y", "%B %d, %Y"):
        assert date_in(day.strftime(form), TODAY) == day


@pytest.mark.parametrize(
    ("answer", "text", "kept"),
    [
        ({"kind": "email"}, " Ana.B+x@mail.example.co.id ", "ana.b+x@mail.example.co.id"),
        ({"kind": "email"}, "a@b", None),
        ({"kind": "email"}, "a@-b.com", None),
        ({"kind": "email"}, "a b@c.com", None),
        ({"kind": "email"}, "@c.com", None),
        ({"kind": "phone"}, "+62 812 3456 7890", "+6281234567890"),
        ({"kind": "phone"}, "0062 812 3456 7890", "+6281234567890"),
        ({"kind": "phone"}, "081234567890", None),
        ({"kind": "phone", "country_code": "62"}, "(0812) 3456-7890", "+6281234567890"),
        ({"kind": "phone", "country_code": "62"}, "6281234567890", "+6281234567890"),
        ({"kind": "phone", "country_code": "62"}, "812345678", "+62812345678"),
        ({"kind": "phone"}, "call me", None),
        ({"kind": "phone"}, "+0123456789", None),
        ({"kind": "url"}, "https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
        ({"kind": "url"}, "kabar.id", "https://kabar.id"),
        ({"kind": "url"}, "javascript:alert(1)", None),
        ({"kind": "url"}, "https://exa mple.com", None),
        ({"kind": "number", "whole": True}, "1.5", None),
        ({"kind": "number", "minimum": 1, "maximum": 9}, "9", 9),
        ({"kind": "number", "minimum": 1, "maximum": 9}, "10", None),
        ({"kind": "text", "max_length": 3}, "four", None),
        ({"kind": "text"}, "  ", None),
    ],
)
def test_kinds(answer: JsonObject, text: str, kept: object) -> None:
    assert read(answer, text) == kept


def test_a_phone_takes_the_workspaces_country() -> None:
    assert read({"kind": "phone"}, "0812 3456 7890", country_code="62") == "+6281234567890"


@given(
    kind=st.sampled_from(
        ["text", "number", "email", "phone", "url", "date", "location", "media", "form"]
    ),
    text=st.text(max_size=60),
)
def test_any_text_is_read_or_not(kind: str, text: str) -> None:
    found = read({"kind": kind}, text, country_code="62")
    assert found is None or isinstance(found, str | int | float)


@given(text=st.text(max_size=40))
def test_a_choice_is_one_of_its_options(text: str) -> None:
    options = [{"id": "a", "title": "Tea"}, {"id": "b", "title": "🙂"}]
    assert read({"kind": "choice", "options": options}, text) in {None, "a", "b"}


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("tea", "a"),
        (" TEA! ", "a"),
        ("1", "a"),
        ("(2)", "b"),
        ("🙂", "b"),
        ("3", None),
        ("teas", None),
    ],
)
def test_choices_are_understood_when_typed(text: str, id_: str | None) -> None:
    options = [{"id": "a", "title": "Tea"}, {"id": "b", "title": "🙂"}]
    assert read({"kind": "choice", "options": options}, text) == id_
