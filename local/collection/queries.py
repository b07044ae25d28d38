"""Queries to scores: each kind by a function of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from local.collection.index import Index
from local.collection.refusals import bad_query
from local.collection.text_field import Scores

_COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "gte": lambda value, bound: bool(value >= bound),
    "gt": lambda value, bound: bool(value > bound),
    "lte": lambda value, bound: bool(value <= bound),
    "lt": lambda value, bound: bool(value < bound),
}


def evaluate(index: Index, query: Any) -> tuple[Scores, np.ndarray[Any, np.dtype[np.bool_]]]:
    """The scores by number, and which match. Raises RefusedError."""
    if not isinstance(query, dict) or len(query) != 1:
        raise bad_query("a query is an object with one name")
    ((kind, asked),) = query.items()
    run = _KINDS.get(kind)
    if run is None:
        raise bad_query(f"unknown query [{kind}]")
    scores, matches = run(index, asked)
    return scores, matches & index.visible()


def _match_all(index: Index, asked: Any) -> Any:
    boost = float(asked.get("boost", 1.0))
    return np.full(index.size, boost, np.float32), np.ones(index.size, bool)


def _match(index: Index, asked: Any) -> Any:
    ((name, said),) = asked.items()
    said = said if isinstance(said, dict) else {"query": said}
    every = str(said.get("operator", "or")).lower() == "and"
    scores = index.text(name).scores(str(said["query"]), index.size, all_terms=every)
    return scores * float(said.get("boost", 1.0)), scores > 0


def _multi_match(index: Index, asked: Any) -> Any:
    kind = asked.get("type", "best_fields")
    if kind not in ("best_fields", "most_fields"):
        raise bad_query(f"[multi_match] of type [{kind}]")
    every = str(asked.get("operator", "or")).lower() == "and"
    found = []
    for field in asked["fields"]:
        name, _, boost = field.partition("^")
        scores = index.text(name).scores(str(asked["query"]), index.size, all_terms=every)
        found.append(scores * float(boost or 1))
    stacked = np.stack(found)
    best = stacked.max(axis=0)
    tie = float(asked.get("tie_breaker", 0.0))
    total = stacked.sum(axis=0)
    scores = total if kind == "most_fields" else best + tie * (total - best)
    return scores * float(asked.get("boost", 1.0)), best > 0


def _term(index: Index, asked: Any) -> Any:
    ((name, said),) = asked.items()
    said = said if isinstance(said, dict) else {"value": said}
    return _same(index.with_value(name, [said["value"]]), float(said.get("boost", 1.0)))


def _terms(index: Index, asked: Any) -> Any:
    boost = float(asked.get("boost", 1.0))
    ((name, values),) = ((key, value) for key, value in asked.items() if key != "boost")
    return _same(index.with_value(name, values), boost)


def _range(index: Index, asked: Any) -> Any:
    ((name, bounds),) = asked.items()
    unknown = set(bounds) - set(_COMPARE) - {"boost"}
    if unknown:
        raise bad_query(f"[range] does not know {sorted(unknown)}")

    def holds(value: Any) -> bool:
        return all(_COMPARE[name](value, bound) for name, bound in bounds.items())

    return _same(index.between(name, holds), 1.0)


def _exists(index: Index, asked: Any) -> Any:
    return _same(index.between(asked["field"], lambda _: True), 1.0)


def _constant_score(index: Index, asked: Any) -> Any:
    _, matches = evaluate(index, asked["filter"])
    return _same(matches, float(asked.get("boost", 1.0)))


def _bool(index: Index, asked: Any) -> Any:
    unknown = set(asked) - {"must", "filter", "should", "must_not", "minimum_should_match", "boost"}
    if unknown:
        raise bad_query(f"[bool] does not know {sorted(unknown)}")
    must, required, should, must_not = (
        [evaluate(index, one) for one in _listed(asked.get(name))]
        for name in ("must", "filter", "should", "must_not")
    )
    matches = np.ones(index.size, bool)
    scores = np.zeros(index.size, np.float32)
    for some, matched in must:
        scores, matches = scores + some, matches & matched
    for _, matched in required:
        matches = matches & matched
    for _, matched in must_not:
        matches = matches & ~matched
    hits = np.zeros(index.size, np.int32)
    for some, matched in should:
        scores = scores + np.where(matched, some, 0)
        hits = hits + matched
    least = asked.get("minimum_should_match", 0 if must or required else min(1, len(should)))
    return scores * float(asked.get("boost", 1.0)), matches & (hits >= int(least))


def _knn(index: Index, asked: Any) -> Any:
    ((name, said),) = asked.items()
    scores = index.similarity(name, said["vector"])
    allowed = index.visible() & (scores > 0)
    if "filter" in said:
        allowed &= evaluate(index, said["filter"])[1]
    numbers = np.flatnonzero(allowed)
    nearest = numbers[np.argsort(-scores[numbers], kind="stable")[: int(said["k"])]]
    matches = np.zeros(index.size, bool)
    matches[nearest] = True
    return scores * float(said.get("boost", 1.0)), matches


def _same(matches: Any, score: float) -> Any:
    return np.where(matches, score, 0).astype(np.float32), matches


def _listed(asked: Any) -> list[Any]:
    return asked if isinstance(asked, list) else [] if asked is None else [asked]


_KINDS: Final[Mapping[str, Callable[[Index, Any], Any]]] = {
    "match_all": _match_all,
    "match": _match,
    "multi_match": _multi_match,
    "term": _term,
    "terms": _terms,
    "range": _range,
    "exists": _exists,
    "constant_score": _constant_score,
    "bool": _bool,
    "knn": _knn,
}
