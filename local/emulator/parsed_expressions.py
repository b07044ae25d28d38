"""An expression is read once, not once more for each item that it is held against."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ministack.services import dynamodb

_REMEMBERED = 1024


def apply() -> None:
    dynamodb._condition_syntax_error = lru_cache(_REMEMBERED)(dynamodb._condition_syntax_error)
    tokens_of = lru_cache(_REMEMBERED)(dynamodb._tokenize)

    def tokenize(expression: str) -> list[Any]:
        return list(tokens_of(expression))

    dynamodb._tokenize = tokenize
