"""Regular expressions in linear time: RE2 has no backtracking, so no pattern of a workspace can
hold up a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from flow.engine.errors import PatternInvalidError

_MOST_CHARACTERS: Final = 500
_MEMORY: Final = 1 << 20  # bytes that a compiled pattern may take; repeats of repeats grow


@dataclass(frozen=True, slots=True)
class Pattern:
    """A checked pattern. Only `compile_pattern` makes one. Matches anywhere, in any case."""

    source: str
    _compiled: Any

    def found_in(self, text: str) -> bool:
        return self._compiled.search(text) is not None

    def fills(self, text: str) -> bool:
        """Whether the whole text matches."""
        return self._compiled.fullmatch(text) is not None


def compile_pattern(source: str) -> Pattern:
    """Raises PatternInvalidError. Look-around and back-references are what RE2 leaves out."""
    import re2  # 12 ms, and most flows have no pattern

    if not 1 <= len(source) <= _MOST_CHARACTERS:
        raise PatternInvalidError(f"A pattern of 1 to {_MOST_CHARACTERS} characters")
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        return Pattern(source, re2.compile(source, options))
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        raise PatternInvalidError(f"The pattern {source!r}: {reason}") from error
