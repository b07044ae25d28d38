"""A role's policies are read once, not several times for each call that it makes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ministack.core import iam_evaluator

_REMEMBERED = 1024


def apply() -> None:
    parse = iam_evaluator.parse_policy_document
    known = lru_cache(_REMEMBERED)(parse)

    def parse_once(document: Any) -> list[Any]:
        return list(known(document) if isinstance(document, str) else parse(document))

    iam_evaluator.parse_policy_document = parse_once
