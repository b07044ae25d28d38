"""The filters of `{{value | filter: operand}}`.

Where MiniJinja has the filter, it is MiniJinja's. Our own are those that could grow a text, which
must know how far, and those for people: numbers and dates as they are written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import quote

GROWTH: Final = 50_000  # characters that a filter makes at most


@dataclass(frozen=True, slots=True)
class Filter:
    """`source` is MiniJinja's spelling, `{}` standing for the operands; `own` our function behind
    it. `operands` says how many it takes, at least and at most."""

    source: str
    operands: tuple[int, int] = (0, 0)
    own: Callable[..., Any] | None = None

    def applied(self, operands: list[str]) -> str:
        return self.source.format(", ".join(operands))


def shown(value: Any) -> str:
    """A value as it stands in a text. Objects and lists have no text of their own."""
    match value:
        case None | dict():
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case list():
            return ", ".join(shown(part) for part in value if not isinstance(part, dict | list))
    return str(value)


def _bounded(text: str) -> str:
    return text[:GROWTH]


def _default(value: Any = None, otherwise: Any = None) -> Any:
    """For what is missing or empty; a zero is a value."""
    return otherwise if value is None or value in ("", [], {}) else value


def _append(value: Any = None, more: Any = None) -> str:
    return _bounded(shown(value) + shown(more))


def _prepend(value: Any = None, more: Any = None) -> str:
    return _bounded(shown(more) + shown(value))


def _replace(value: Any = None, old: Any = None, new: Any = None) -> str:
    text, old, new = shown(value), shown(old), shown(new)
    if not old or len(text) + text.count(old) * len(new) > GROWTH:
        return _bounded(text)
    return text.replace(old, new)


def _truncate(value: Any = None, length: Any = 50) -> str:
    text, most = shown(value), max(int(length), 1)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _slice(value: Any = None, start: Any = 0, length: Any = 1) -> Any:
    parts = value if isinstance(value, list) else shown(value)
    start, length = int(start), max(int(length), 0)
    start = max(start + len(parts), 0) if start < 0 else start
    return parts[start : start + length]


def _join(value: Any = None, between: Any = ", ") -> str:
    parts = value if isinstance(value, list) else [value]
    if len(parts) * len(shown(between)) > GROWTH:
        return ""
    return _bounded(shown(between).join(shown(part) for part in parts))


def _url_encode(value: Any = None) -> str:
    """Slashes too: what is filled in stays within its part of the address."""
    return quote(shown(value)[:GROWTH], safe="")


def _number(value: Any = None, decimals: Any = 0, style: Any = ".") -> str:
    """1234.5 as 1.235 (Indonesian, the default), or as 1,235 with the style ","."""
    if value is None or value == "":
        return ""
    written = f"{float(value):,.{min(max(int(decimals), 0), 6)}f}"
    return written if style == "," else written.translate(str.maketrans(",.", ".,"))


_MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
}


def _date(value: Any = None, form: Any = "%d/%m/%Y", language: Any = "en") -> str:
    """An ISO date or time in the form of `%d %m %Y %H %M`; `%B` is the month's name."""
    if value is None or value == "":
        return ""
    text = shown(value)
    moment = datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)
    names = _MONTHS.get(shown(language)[:2], _MONTHS["en"]).split()
    hour, minute = (moment.hour, moment.minute) if isinstance(moment, datetime) else (0, 0)
    parts = {
        "%d": f"{moment.day:02}",
        "%e": str(moment.day),
        "%m": f"{moment.month:02}",
        "%Y": str(moment.year),
        "%H": f"{hour:02}",
        "%M": f"{minute:02}",
        "%B": names[moment.month - 1],
    }
    written = shown(form)[:200]
    for place, part in parts.items():
        written = written.replace(place, part)
    return written


FILTERS: Final = {
    "default": Filter("default({})", (1, 1), _default),
    "upcase": Filter("upper"),
    "downcase": Filter("lower"),
    "capitalize": Filter("capitalize"),
    "titlecase": Filter("title"),
    "strip": Filter("trim"),
    "size": Filter("length"),
    "first": Filter("first"),
    "last": Filter("last"),
    "round": Filter("float|round({})", (0, 1)),
    "abs": Filter("float|abs"),
    "url_encode": Filter("url_encode", (0, 0), _url_encode),
    "json": Filter("tojson"),
    "append": Filter("append({})", (1, 1), _append),
    "prepend": Filter("prepend({})", (1, 1), _prepend),
    "replace": Filter("replace({})", (2, 2), _replace),
    "truncate": Filter("truncate({})", (0, 1), _truncate),
    "slice": Filter("slice({})", (1, 2), _slice),
    "join": Filter("join({})", (0, 1), _join),
    "number": Filter("number({})", (0, 2), _number),
    "date": Filter("date({})", (0, 2), _date),
}
