"""What the columns of a file probably are. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from shared.contacts.fields import FieldDefinition
from shared.contacts.search import folded

PHONE, NAME, EMAIL, LANGUAGE, USERNAME, TAGS = (
    "phone",
    "name",
    "email",
    "language",
    "username",
    "tags",
)
TARGETS: Final = (PHONE, NAME, EMAIL, LANGUAGE, USERNAME, TAGS)
FIELD: Final = "field:"
# Without spaces, signs and capitals.
_CALLED: Final[Mapping[str, str]] = {
    PHONE: "phone phonenumber mobile mobilephone mobilenumber cell whatsapp whatsappnumber wa"
    " nomorwa nowa nomor nohp nomorhp hp handphone telepon telp notelp notelepon ponsel"
    " nomortelepon nomorponsel msisdn number tel telephone contactnumber nomorwhatsapp",
    NAME: "name fullname nama namalengkap contactname customername namapelanggan customer pelanggan"
    " firstname namadepan",
    EMAIL: "email mail emailaddress surel alamatemail",
    LANGUAGE: "language lang locale bahasa",
    USERNAME: "username handle namapengguna",
    TAGS: "tag tags label labels kategori category group groups grup",
}
_PHONE: Final = re.compile(r"\+?[\d\s().-]{8,20}")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def suggested(
    columns: Sequence[str],
    sample: Sequence[Sequence[str]],
    definitions: Mapping[str, FieldDefinition],
) -> dict[str, str | None]:
    """A target for each column, None for those that say nothing; each target once."""
    found: dict[str, str | None] = dict.fromkeys(columns)
    for column in columns:
        target = _by_name(column, definitions)
        if target and target not in found.values():
            found[column] = target
    for place, column in enumerate(columns):
        cells = [row[place] for row in sample if row[place]]
        target = _by_content(cells)
        if found[column] is None and target and target not in found.values():
            found[column] = target
    return found


def _by_name(column: str, definitions: Mapping[str, FieldDefinition]) -> str | None:
    called = _plain(column)
    for target, names in _CALLED.items():
        if called in names.split():
            return target
    for key, definition in definitions.items():
        if called in (_plain(key), _plain(definition.name)):
            return f"{FIELD}{key}"
    return None


def _by_content(cells: Sequence[str]) -> str | None:
    for target, pattern in ((PHONE, _PHONE), (EMAIL, _EMAIL)):
        if cells and sum(1 for cell in cells if pattern.fullmatch(cell)) > len(cells) * 0.7:
            return target
    return None


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", folded(name))
