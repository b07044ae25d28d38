"""A row of a file as a contact, or the reason why it is none. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from contacts.columns import EMAIL, FIELD, LANGUAGE, NAME, PHONE, TAGS, USERNAME
from shared.contacts.changes import LONGEST_TAG
from shared.contacts.fields import FieldDefinition, FieldValueError, read
from shared.contacts.record import FieldValue
from shared.csv_files import as_it_was
from shared.phone_numbers import e164
from shared.storable import storable

_LONGEST_NAME: Final = 200
_EMAIL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}([_-][A-Za-z]{2,4})?")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BETWEEN_TAGS: Final = re.compile(r"[,;|]")


class RowRefusedError(ValueError):
    """The row is no contact; the text says which cell is wrong and what would be right."""


@dataclass(frozen=True, slots=True)
class Row:
    """`texts` holds name, email, language and username where the row has them."""

    phone: str
    texts: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    fields: Mapping[str, FieldValue] = field(default_factory=dict)


class RowReader:
    """`mapping` is a target per column's name (see `contacts.columns`); `country` the two letters
    of where numbers without a country's code are at home."""

    def __init__(
        self,
        columns: Sequence[str],
        mapping: Mapping[str, str],
        definitions: Mapping[str, FieldDefinition],
        country: str,
    ) -> None:
        self._country = country
        self._definitions = definitions
        self._targets = [
            (place, column, mapping[column])
            for place, column in enumerate(columns)
            if column in mapping
        ]

    def read(self, cells: Sequence[str]) -> Row:
        """Raises RowRefusedError."""
        phone = ""
        texts: dict[str, str] = {}
        tags: tuple[str, ...] = ()
        fields: dict[str, FieldValue] = {}
        for place, column, target in self._targets:
            cell = as_it_was(cells[place])
            if not cell:
                continue
            if target == PHONE:
                phone = e164(cell, self._country) or _refuse(
                    column,
                    f"{cell[:40]} is no phone number in {self._country} or with a +",
                )
            elif target == TAGS:
                tags = _tags(cell)
            elif target.startswith(FIELD):
                key = target.removeprefix(FIELD)
                try:
                    fields[key] = read(self._definitions[key], storable(cell, 1000))
                except FieldValueError as error:
                    _refuse(column, str(error))
            else:
                texts[target] = _TEXTS[target](column, cell)
        if not phone:
            raise RowRefusedError("There is no phone number.")
        return Row(phone, texts, tags, fields)


def _name(column: str, cell: str) -> str:
    del column
    return storable(_CONTROL.sub(" ", cell), _LONGEST_NAME)


def _email(column: str, cell: str) -> str:
    if len(cell) > 254 or not _EMAIL.fullmatch(cell):
        _refuse(column, f"{cell[:60]} is no e-mail address")
    return cell.lower()


def _language(column: str, cell: str) -> str:
    if not _LANGUAGE.fullmatch(cell):
        _refuse(column, f"{cell[:20]} is no language code such as id or en_GB")
    return cell


def _tags(cell: str) -> tuple[str, ...]:
    parts = (_CONTROL.sub(" ", part).strip() for part in _BETWEEN_TAGS.split(cell))
    return tuple(dict.fromkeys(storable(part, LONGEST_TAG) for part in parts if part))


def _refuse(column: str, why: str) -> Any:
    raise RowRefusedError(f"{column}: {why}.")


_TEXTS: Final[Mapping[str, Callable[[str, str], str]]] = {
    NAME: _name,
    USERNAME: _name,
    EMAIL: _email,
    LANGUAGE: _language,
}
