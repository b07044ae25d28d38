"""Texts with `{{…}}` in them, in one language or several: checked once, filled many times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flow.engine.errors import TextInvalidError
from flow.engine.expressions import Expression, parse
from flow.engine.filters import shown
from flow.engine.limits import DEFAULT_LIMITS, Limits
from shared.json_types import JsonObject

_ONLY: Final = ""  # the language of a text that is written in one


@dataclass(frozen=True, slots=True)
class Template:
    """A text in pieces: what stands there, and what is to be filled in."""

    pieces: tuple[str | Expression, ...]
    cost: int = 0
    """Its places and their filters: what a budget is charged for filling it."""

    def render(self, scope: JsonObject, at_most: int) -> str:
        """Fill in the places; what has no value becomes nothing. No more than `at_most` characters
        are made: a short text may name a long value many times."""
        filled: list[str] = []
        size = 0
        for piece in self.pieces:
            text = piece if isinstance(piece, str) else shown(piece.value(scope))
            filled.append(text)
            size += len(text)
            if size >= at_most:
                break
        return "".join(filled)[:at_most]

    def value(self, scope: JsonObject, at_most: int) -> Any:
        """As `render`, but a text that is one place alone keeps its type: a number, a list."""
        if len(self.pieces) == 1 and isinstance(self.pieces[0], Expression):
            return self.pieces[0].value(scope)
        return self.render(scope, at_most)

    @property
    def expressions(self) -> list[Expression]:
        return [piece for piece in self.pieces if isinstance(piece, Expression)]


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text by language."""

    by_language: Mapping[str, Template]

    def pick(self, languages: Iterable[str]) -> Template:
        """The first of these languages that there is; else the one written first."""
        found = self.by_language
        if len(found) > 1:
            for language in languages:
                if language in found:
                    return found[language]
        return next(iter(found.values()))


def fallbacks(language: str, default: str) -> tuple[str, ...]:
    """Which languages to try for a contact's: `pt_BR`, `pt`, then the flow's own."""
    wanted = underscored(language)
    return tuple(dict.fromkeys((wanted, wanted.split("_")[0], underscored(default))))


def underscored(language: str) -> str:
    """`pt-BR` as `pt_BR`, which is how texts by language are kept."""
    return language.replace("-", "_")


def compile_template(text: str, limits: Limits = DEFAULT_LIMITS) -> Template:
    """Raises TextInvalidError. What is no `{{…}}` stands for itself; `{{` without an end too."""
    pieces: list[str | Expression] = []
    end = 0
    while (begin := text.find("{{", end)) >= 0 and (close := text.find("}}", begin)) >= 0:
        if begin > end:
            pieces.append(text[end:begin])
        pieces.append(parse(text[begin + 2 : close]))
        end = close + 2
    if end < len(text) or not pieces:
        pieces.append(text[end:])
    places = [piece for piece in pieces if isinstance(piece, Expression)]
    if len(places) > limits.template_parts:
        raise TextInvalidError(f"More than {limits.template_parts} places in one text")
    return Template(tuple(pieces), sum(place.cost for place in places))


def compile_local(text: str | Mapping[str, str], limits: Limits = DEFAULT_LIMITS) -> LocalText:
    """Raises TextInvalidError naming the language."""
    if isinstance(text, str):
        return LocalText({_ONLY: compile_template(text, limits)})
    compiled: dict[str, Template] = {}
    for language, words in text.items():
        try:
            compiled[underscored(language)] = compile_template(words, limits)
        except TextInvalidError as error:
            raise TextInvalidError(f"{language}: {error}") from error
    return LocalText(compiled)
