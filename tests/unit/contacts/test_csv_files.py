"""Files as people have them, and files as we write them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.columns import suggested
from shared.contacts.fields import FieldDefinition
from shared.csv_files import (
    Dialect,
    NotCsvError,
    as_it_was,
    dialect_of,
    neutral,
    rows,
    written,
)

TABLE = "Nama;No HP\nSiti Nurhaliza;0812-3456-7890\n\nJosé;0812-3456-7891\n"


def read(content: bytes) -> tuple[Dialect, list[tuple[int, list[str]]]]:
    dialect = dialect_of(content)
    return dialect, list(rows(io.BytesIO(content), dialect))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_encodings_are_found_out(encoding: str) -> None:
    dialect, found = read(TABLE.encode(encoding))
    assert dialect.columns == ("Nama", "No HP")
    assert found == [(2, ["Siti Nurhaliza", "0812-3456-7890"]), (4, ["José", "0812-3456-7891"])]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found_out(delimiter: str) -> None:
    dialect, found = read(TABLE.replace(";", delimiter).encode())
    assert dialect.delimiter == delimiter
    assert len(found) == 2


def test_a_file_without_names_has_columns_all_the_same() -> None:
    dialect, found = read(b"081234567890,Ana\n081234567891,Budi\n")
    assert dialect.columns == ("Column 1", "Column 2")
    assert [number for number, _ in found] == [1, 2]


def test_names_are_told_apart_and_ragged_rows_filled() -> None:
    dialect, found = read(b"Name,Name,\nAna\nBudi,B,C,D\n")
    assert dialect.columns == ("Name", "Name (2)", "Column 3")
    assert found == [(2, ["Ana", "", ""]), (3, ["Budi", "B", "C"])]


def test_a_cell_may_hold_lines_and_delimiters() -> None:
    _, found = read(b'Name,Note\n"Ana, Ani","two\nlines"\n')
    assert found == [(2, ["Ana, Ani", "two\nlines"])]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest"])
def test_what_is_no_csv_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(NotCsvError):
        dialect_of(content)


def test_columns_are_guessed_by_name_and_by_content() -> None:
    fields = {"city": FieldDefinition("city", "Kota", "text")}
    found = suggested(
        ["Nama Lengkap", "No. HP", "Surel", "kota", "Label", "x"],
        [["Ana", "0812", "a@b.co", "Medan", "vip", "?"]],
        fields,
    )
    assert found == {
        "Nama Lengkap": "name",
        "No. HP": "phone",
        "Surel": "email",
        "kota": "field:city",
        "Label": "tags",
        "x": None,
    }
    nameless = suggested(["Column 1", "Column 2"], [["a@b.co", "+62 812 345 678"]] * 3, {})
    assert nameless == {"Column 1": "email", "Column 2": "phone"}


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-1+1", "'-1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("+628123456789", "+628123456789"),
        ("-12.5", "-12.5"),
        ("Ana", "Ana"),
        ("", ""),
    ],
)
def test_formulas_are_neutralised(cell: str, shown: str) -> None:
    assert neutral(cell) == shown


@given(
    st.sampled_from(["", "=", "+", "-", "@", "\t", "\uff1d", "\uff0b", "\uff0d", "\uff20"]),
    st.text(),
)
def test_what_we_have_neutralised_is_read_as_it_was(sign: str, rest: str) -> None:
    cell = sign + rest
    if not cell.startswith("'"):
        assert as_it_was(neutral(cell)) == cell


@given(
    st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1), max_size=5)
)
def test_no_written_cell_begins_like_a_formula(lines: list[list[str]]) -> None:
    for line in csv.reader(io.StringIO(written(lines), newline="")):
        for cell in line:
            assert not cell.startswith(("=", "@", "\t", "\r"))
            if cell.startswith(("+", "-")):
                float(cell.replace(",", "."))


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reading(content: bytes) -> None:
    try:
        dialect, found = read(content)
    except NotCsvError:
        return
    assert all(len(cells) == len(dialect.columns) for _, cells in found)
