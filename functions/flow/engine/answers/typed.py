"""Answers that are typed: text, number, e-mail, phone, address of a page."""

from __future__ import annotations

import re
from typing import Final, Literal

from pydantic import Field

from flow.engine.events import Said
from flow.engine.parts import Data, Regex
from flow.engine.run import Run

_EMAIL = re.compile(
    r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}"
)
_URL = re.compile(
    r"(?:https?://)?(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?::\d{1,5})?(?:[/?#]\S*)?"
)
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:[., ]\d{3}){1,5}|\d{1,18})(?:[.,]\d{1,9})?")
_WRITES_COMMAS: Final = frozenset({"id", "de", "es", "fr", "it", "nl", "pt", "tr", "vi"})
_LONGEST: Final = 100_000  # the size of the state is the bound


class TextAnswer(Data):
    """Words, of a length, and of a pattern if one is given."""

    kind: Literal["text"]
    min_length: int = Field(default=1, ge=1, le=_LONGEST)
    max_length: int = Field(default=_LONGEST, ge=1, le=_LONGEST)
    pattern: Regex | None = None

    def read(self, said: Said, run: Run) -> str | None:  # noqa: ARG002
        text = said.text.strip()
        if not self.min_length <= len(text) <= self.max_length:
            return None
        return text if self.pattern is None or self.pattern.fills(text) else None


class NumberAnswer(Data):
    """`decimal_comma` says how numbers are written; without it the contact's language does."""

    kind: Literal["number"]
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False
    decimal_comma: bool | None = None

    def read(self, said: Said, run: Run) -> int | float | None:
        comma = self.decimal_comma
        if comma is None:
            comma = run.languages[0].split("_")[0] in _WRITES_COMMAS
        found = number_in(said.text, comma)
        if found is None or (self.whole and not isinstance(found, int)):
            return None
        if self.minimum is not None and found < self.minimum:
            return None
        if self.maximum is not None and found > self.maximum:
            return None
        return found


def number_in(text: str, decimal_comma: bool) -> int | float | None:
    """`1.250,5` or `1,250.5`; a lone mark before other than three digits is a decimal one."""
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        return None
    text = text.replace(" ", "")
    marks = [mark for mark in text if mark in ".,"]
    decimal = "," if decimal_comma else "."
    if len(set(marks)) == 2:
        decimal = marks[-1]
    elif len(marks) == 1 and len(text) - text.index(marks[0]) - 1 != 3:
        decimal = marks[0]
    elif len(marks) > 1:
        decimal = "." if marks[0] == "," else ","
    grouping = "." if decimal == "," else ","
    plain = text.replace(grouping, "").replace(decimal, ".")
    found = float(plain) if "." in plain else int(plain)
    return int(found) if isinstance(found, float) and found.is_integer() else found


class EmailAnswer(Data):
    kind: Literal["email"]

    def read(self, said: Said, run: Run) -> str | None:  # noqa: ARG002
        text = said.text.strip()
        return text.lower() if _EMAIL.fullmatch(text) else None


class PhoneAnswer(Data):
    """Kept in E.164. `country_code` ("62") is put before a number that is written without one;
    without it the workspace's."""

    kind: Literal["phone"]
    country_code: str | None = Field(default=None, pattern=r"^[1-9][0-9]{0,3}$")

    def read(self, said: Said, run: Run) -> str | None:
        written = said.text.strip()
        if not re.fullmatch(r"\+?[0-9(][0-9()./ -]{4,30}", written):
            return None
        digits = re.sub(r"[^0-9]", "", written)
        if written.startswith("+"):
            pass
        elif digits.startswith("00"):
            digits = digits[2:]
        else:
            code = self.country_code or str(run.workspace.get("country_code") or "")
            if digits.startswith("0"):
                digits = code + digits[1:] if code else ""
            elif code and not digits.startswith(code):
                digits = code + digits
        return f"+{digits}" if 8 <= len(digits) <= 15 and digits[0] != "0" else None


class UrlAnswer(Data):
    """Kept with its `https://`, which people leave out."""

    kind: Literal["url"]

    def read(self, said: Said, run: Run) -> str | None:  # noqa: ARG002
        text = said.text.strip()
        if len(text) > 2000 or not _URL.fullmatch(text):
            return None
        return text if text.startswith(("http://", "https://")) else f"https://{text}"
