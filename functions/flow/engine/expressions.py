"""`contact.name | default: "friend" | upcase`: a value, and filters that it passes through.

The grammar is small on purpose: paths, literals and filters. No calls, no operators, no tags; so
nothing loops. Paths are looked up here, in decoded JSON alone; MiniJinja runs the filters, in Rust,
on values that have no attribute to reach, and with fuel.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from minijinja import Environment, TemplateError

from flow.engine.errors import TextInvalidError
from flow.engine.filters import FILTERS
from shared.json_types import JsonObject

_FUEL: Final = 2_000  # instructions of one expression; what the grammar admits uses fewer
_MOST_FILTERS: Final = 20
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<text>"[^"\\{}]*"|'[^'\\{}]*')
      | (?P<number>-?\d{1,15}(?:\.\d{1,15})?(?![\w.]))
      | (?P<path>[A-Za-z][A-Za-z0-9_]{0,63}(?:\.[A-Za-z0-9_]{1,64}){0,20}(?![\w.]))
      | (?P<sign>[|:,])
    )""",
    re.VERBOSE,
)
_WORDS: Final = {"true": "true", "false": "false"}


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression. Only `parse` makes one. `paths` are the values it looks at; `source`
    is MiniJinja's spelling, in which they are `p0`, `p1` …; None for a lone path."""

    paths: tuple[tuple[str, ...], ...]
    source: str | None = None
    cost: int = 1

    def value(self, scope: JsonObject) -> Any:
        """What it is worth with these values. None where there is nothing, or where a filter
        cannot use what it is given."""
        if self.source is None:
            return look_up(self.paths[0], scope)
        found = {f"p{place}": look_up(path, scope) for place, path in enumerate(self.paths)}
        there = {name: value for name, value in found.items() if value is not None}
        try:
            value = _ENVIRONMENT.eval_expr(self.source, **there)
        except (TemplateError, ArithmeticError, TypeError, ValueError):
            return None
        return str(value) if isinstance(value, str) else value  # not MiniJinja's kind of string


def look_up(path: tuple[str, ...], data: Any) -> Any:
    """What stands at a path: keys of objects, places in lists, nothing else. None: nothing."""
    for part in path:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and part.isdecimal() and int(part) < len(data):
            data = data[int(part)]
        else:
            return None
    return data


def parse(text: str) -> Expression:
    """Raises TextInvalidError saying what is not understood."""
    tokens = _tokens(text)
    paths: list[tuple[str, ...]] = []
    source = _operand(tokens, paths)
    if not tokens and paths:
        return Expression(tuple(paths))
    filters = 0
    while tokens:
        if tokens.pop(0) != ("sign", "|"):
            raise TextInvalidError(f"A | is missing in {text.strip()!r}")
        source = f"{source}|{_filter(tokens, paths)}"
        filters += 1
    if filters > _MOST_FILTERS:
        raise TextInvalidError(f"More than {_MOST_FILTERS} filters in {text.strip()[:80]!r}")
    return Expression(tuple(paths), source, 1 + filters)


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    end, text = 0, text.rstrip()
    while end < len(text):
        found = _TOKEN.match(text, end)
        if found is None:
            raise TextInvalidError(f"{text[end:].strip()[:40]!r} is not understood")
        kind = str(found.lastgroup)
        tokens.append((kind, found[kind]))
        end = found.end()
    return tokens


def _operand(tokens: list[tuple[str, str]], paths: list[tuple[str, ...]]) -> str:
    kind, token = tokens.pop(0) if tokens else ("", "")
    match kind:
        case "path" if token not in _WORDS:
            paths.append(tuple(token.split(".")))
            return f"p{len(paths) - 1}"
        case "path" | "text" | "number":
            return token
    raise TextInvalidError("A value is missing: name one, as in contact.name")


def _filter(tokens: list[tuple[str, str]], paths: list[tuple[str, ...]]) -> str:
    kind, name = tokens.pop(0) if tokens else ("", "")
    if kind != "path" or name not in FILTERS:
        raise TextInvalidError(f"There is no filter {name!r}")
    operands: list[str] = []
    while tokens and tokens[0] == ("sign", "," if operands else ":"):
        tokens.pop(0)
        operands.append(_operand(tokens, paths))
    least, most = FILTERS[name].operands
    if not least <= len(operands) <= most:
        raise TextInvalidError(f"The filter {name!r} takes {least} to {most} operands")
    return FILTERS[name].applied(operands)


def _environment() -> Environment:
    environment = Environment(undefined_behavior="chainable", fuel=_FUEL, pycompat=False)
    for name, filter_ in FILTERS.items():
        if filter_.own is not None:
            environment.add_filter(name, filter_.own)
    return environment


_ENVIRONMENT: Final = _environment()
