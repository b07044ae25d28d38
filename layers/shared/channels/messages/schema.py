"""The parts that shapes of messages are written in, each of which finds what is wrong with a value.

A small language instead of a library of models: the sender checks every message, and its cold start
must stay cheap. Shapes are data; nothing here knows WhatsApp.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from shared.field_error import FieldError

Errors: TypeAlias = Iterator[FieldError]


class Kind(Protocol):
    def errors(self, value: object, path: str) -> Errors: ...


Rule: TypeAlias = Callable[[Any, str], Errors]
"""What holds between the fields of an object; asked when each of them is right by itself."""


def inside(path: str, part: str | int) -> str:
    return f"{path}.{part}" if path else str(part)


@dataclass(frozen=True, slots=True)
class Text:
    """Lengths in characters (code points). `most` 0: without end. Where nothing is required, text
    may be empty; where something is, blanks alone do not count."""

    most: int = 0
    least: int = 1
    pattern: str = ""
    says: str = "has the wrong form"
    rules: tuple[Rule, ...] = ()

    def errors(self, value: object, path: str) -> Errors:
        if not isinstance(value, str):
            yield FieldError(path, "must be text")
        elif self.least and not value.strip():
            yield FieldError(path, "must not be empty")
        elif self.most and len(value) > self.most:
            yield FieldError(path, f"has {len(value)} characters; {self.most} are allowed")
        elif self.pattern and not re.fullmatch(self.pattern, value):
            yield FieldError(path, self.says)
        else:
            for rule in self.rules:
                yield from rule(value, path)


@dataclass(frozen=True, slots=True)
class Number:
    """A number, or text that holds one where `as_text`."""

    least: float
    most: float
    as_text: bool = False

    def errors(self, value: object, path: str) -> Errors:
        number = value
        if self.as_text and isinstance(value, str):
            number = float(value) if re.fullmatch(r"-?\d{1,3}(\.\d{1,20})?", value) else None
        if not isinstance(number, int | float) or isinstance(number, bool):
            yield FieldError(path, "must be a number")
        elif not self.least <= number <= self.most:
            yield FieldError(path, f"must be between {self.least:g} and {self.most:g}")


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    least: int
    most: int

    def errors(self, value: object, path: str) -> Errors:
        if not isinstance(value, int) or isinstance(value, bool):
            yield FieldError(path, "must be a whole number")
        elif not self.least <= value <= self.most:
            yield FieldError(path, f"must be between {self.least} and {self.most}")


@dataclass(frozen=True, slots=True)
class Flag:
    def errors(self, value: object, path: str) -> Errors:
        if not isinstance(value, bool):
            yield FieldError(path, "must be true or false")


@dataclass(frozen=True, slots=True)
class OneOf:
    values: tuple[str, ...]

    def errors(self, value: object, path: str) -> Errors:
        if value not in self.values:
            yield FieldError(path, f"must be one of {', '.join(self.values)}")


@dataclass(frozen=True, slots=True)
class Anything:
    """An object that is passed on as it is."""

    filled: bool = False

    def errors(self, value: object, path: str) -> Errors:
        if not isinstance(value, dict):
            yield FieldError(path, "must be an object")
        elif self.filled and not value:
            yield FieldError(path, "must not be empty")


@dataclass(frozen=True, slots=True)
class Listing:
    of: Kind
    least: int
    most: int
    rules: tuple[Rule, ...] = ()

    def errors(self, value: object, path: str) -> Errors:
        if not isinstance(value, list):
            yield FieldError(path, "must be a list")
            return
        if not self.least <= len(value) <= self.most:
            yield FieldError(path, f"holds {len(value)}; {self.least} to {self.most} are allowed")
            return
        found = [
            error
            for place, one in enumerate(value)
            for error in self.of.errors(one, inside(path, place))
        ]
        yield from found or (error for rule in self.rules for error in rule(value, path))


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with these fields and no others. `one_of`: names of which exactly one is there."""

    fields: Mapping[str, Kind]
    needs: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()

    def errors(self, value: object, path: str) -> Errors:
        if not isinstance(value, dict):
            yield FieldError(path, "must be an object")
            return
        found = [*self._missing(value, path), *self._wrong(value, path)]
        yield from found or (error for rule in self.rules for error in rule(value, path))

    def _missing(self, value: Mapping[str, object], path: str) -> Errors:
        for name in self.needs:
            if name not in value:
                yield FieldError(inside(path, name), "is missing")
        if self.one_of and sum(name in value for name in self.one_of) != 1:
            yield FieldError(path, f"needs exactly one of {', '.join(self.one_of)}")

    def _wrong(self, value: Mapping[str, object], path: str) -> Errors:
        for name, one in value.items():
            kind = self.fields.get(name)
            if kind is None:
                yield FieldError(inside(path, name), "is not known here")
            else:
                yield from kind.errors(one, inside(path, name))


@dataclass(frozen=True, slots=True)
class Tagged:
    """One of several shapes; the field `tag` says which."""

    tag: str
    cases: Mapping[str, Kind]

    def errors(self, value: object, path: str) -> Errors:
        if not isinstance(value, dict):
            yield FieldError(path, "must be an object")
            return
        name = value.get(self.tag)
        case = self.cases.get(name) if isinstance(name, str) else None
        if case is None:
            yield FieldError(inside(path, self.tag), f"must be one of {', '.join(self.cases)}")
            return
        yield from case.errors(value, path)


def all_different(part: Callable[[Any], object], what: str) -> Rule:
    """The elements of a list differ in this part."""

    def rule(value: list[Any], path: str) -> Errors:
        seen: set[object] = set()
        for place, one in enumerate(value):
            if part(one) in seen:
                yield FieldError(inside(path, place), f"{what} must differ")
            seen.add(part(one))

    return rule
