"""Rows become contacts, or say why not."""

from __future__ import annotations

import pytest

from contacts.rows import Row, RowReader, RowRefusedError
from shared.contacts.fields import FieldDefinition, FieldValueError, read
from shared.phone_numbers import HOME, country_of, e164, searched

FIELDS = {
    "born": FieldDefinition("born", "Born", "date"),
    "points": FieldDefinition("points", "Points", "number"),
    "size": FieldDefinition("size", "Size", "choice", ("S", "M")),
    "member": FieldDefinition("member", "Member", "boolean"),
}
COLUMNS = ["Phone", "Name", "Mail", "Labels", "Born", "Points", "Size", "Member"]
MAPPING = {
    "Phone": "phone",
    "Name": "name",
    "Mail": "email",
    "Labels": "tags",
    "Born": "field:born",
    "Points": "field:points",
    "Size": "field:size",
    "Member": "field:member",
}


def row(*cells: str) -> Row:
    filled = [*cells, *[""] * (len(COLUMNS) - len(cells))]
    return RowReader(COLUMNS, MAPPING, FIELDS, "ID").read(filled)


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("0812-3456-7890", "ID", "+6281234567890"),
        ("+62 812 3456 7890", "ID", "+6281234567890"),
        ("6281234567890", "ID", "+6281234567890"),
        ("81234567890", "ID", "+6281234567890"),
        ("(415) 555-2671", "US", "+14155552671"),
        ("14155552671", "ID", "+14155552671"),
        ("12345", "ID", None),
        ("call me", "ID", None),
        ("", "ID", None),
    ],
)
def test_numbers_are_normalised(text: str, country: str, expected: str | None) -> None:
    assert e164(text, country) == expected


@pytest.mark.parametrize(
    ("text", "found_by"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("81234567890", "+6281234567890"),
        ("+62 812-34", "+62 812-34"),
        ("0812-34", "+6281234"),
        ("0062 812", "+62812"),
        ("62812", "62812"),
        ("+44 20", "+44 20"),
        ("0", "+62"),
        ("Siti 2", "Siti 2"),
        ("siti@toko.id", "siti@toko.id"),
    ],
)
def test_a_number_is_searched_as_it_is_dialled(text: str, found_by: str) -> None:
    assert searched(text) == found_by


def test_numbers_are_at_home_where_the_workspace_is() -> None:
    assert searched("020 7946", lambda: country_of("44")) == "+44207946"
    assert [country_of(code) for code in ("62", None, "999")] == ["ID", HOME, HOME]


def test_a_whole_row() -> None:
    assert row(
        "0812-3456-7890",
        "Ana\tW",
        "Ana@Toko.id",
        "vip; new,vip",
        "2001-02-03",
        "1.250,5",
        "m",
        "ya",
    ) == Row(
        "+6281234567890",
        {"name": "Ana W", "email": "ana@toko.id"},
        ("vip", "new"),
        {"born": "2001-02-03", "points": 1250.5, "size": "M", "member": True},
    )


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("",), "no phone number"),
        (("12",), "Phone: 12 is no phone number"),
        (("0812-3456-7890", "", "ana@"), "Mail: ana@ is no e-mail"),
        (("0812-3456-7890", "", "", "", "3/2/2001"), "Born: Should be a date"),
        (("0812-3456-7890", "", "", "", "", "many"), "Points: Should be a number"),
        (("0812-3456-7890", "", "", "", "", "", "XL"), "Size: Should be one of: S, M"),
        (("0812-3456-7890", "", "", "", "", "", "", "maybe"), "Member: Should be yes or no"),
    ],
)
def test_a_refused_row_names_its_column(cells: tuple[str, ...], words: str) -> None:
    with pytest.raises(RowRefusedError, match=words):
        row(*cells)


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("1,5", 1.5), ("1.5", 1.5), ("1,250.5", 1250.5), ("1.250.000", 1250000)],
)
def test_numbers_in_files_may_be_written_in_either_way(text: str, number: float) -> None:
    assert read(FIELDS["points"], text) == number


def test_a_number_that_is_none_is_refused() -> None:
    for text in ("", "1e999", "NaN", "0x10", "--1"):
        with pytest.raises(FieldValueError):
            read(FIELDS["points"], text)
