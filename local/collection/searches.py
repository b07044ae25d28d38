"""One search: the best of what matches, as OpenSearch tells it."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any, Final

import numpy as np

from local.collection.index import Index
from local.collection.queries import evaluate
from local.collection.refusals import bad_query

_KNOWN: Final = frozenset(
    {"query", "size", "from", "_source", "track_total_hits", "min_score", "explain", "timeout"}
)
_MOST: Final = 10_000
# NextGen leaves vectors out of what it tells, unless they are asked for by name.
_LEFT_OUT: Final = ("embedding",)


def search(index: Index, body: dict[str, Any]) -> dict[str, Any]:
    """Raises RefusedError."""
    unknown = set(body) - _KNOWN
    if unknown:
        raise bad_query(f"Unknown keys {sorted(unknown)} in a search")
    first, size = int(body.get("from", 0)), int(body.get("size", 10))
    if first + size > _MOST:
        raise bad_query(f"Result window is too large, from + size must be at most {_MOST}")
    scores, matches = evaluate(index, body.get("query") or {"match_all": {}})
    if (least := body.get("min_score")) is not None:
        matches = matches & (scores >= float(least))
    numbers = np.flatnonzero(matches)
    best = numbers[np.argsort(-scores[numbers], kind="stable")]
    wanted = _wanted(body.get("_source", True))
    hits = []
    for number, id_, source in index.hits(int(one) for one in best[first : first + size]):
        hit: dict[str, Any] = {"_index": index.name, "_id": id_, "_score": float(scores[number])}
        if wanted is not None:
            hit["_source"] = {name: value for name, value in source.items() if wanted(name)}
        hits.append(hit)
    return {
        "took": 1,
        "timed_out": False,
        "_shards": {"total": 0, "successful": 0, "skipped": 0, "failed": 0},
        "hits": {
            "total": {"value": len(numbers), "relation": "eq"},
            "max_score": float(scores[best[0]]) if len(best) else None,
            "hits": hits,
        },
    }


def count(index: Index, body: dict[str, Any]) -> dict[str, Any]:
    """Raises RefusedError."""
    _, matches = evaluate(index, body.get("query") or {"match_all": {}})
    return {"count": int(matches.sum()), "_shards": {"total": 0, "successful": 0, "failed": 0}}


def _wanted(asked: Any) -> Any:
    """Which fields are told; None for none at all."""
    if asked is False:
        return None
    if isinstance(asked, dict):
        includes, excludes = asked.get("includes", ["*"]), asked.get("excludes", [])
    else:
        includes, excludes = ["*"] if asked is True else asked, []
    includes = [includes] if isinstance(includes, str) else includes
    excludes = [excludes] if isinstance(excludes, str) else excludes

    def is_wanted(name: str) -> bool:
        hidden = name in _LEFT_OUT and name not in includes
        return (
            not hidden
            and any(fnmatchcase(name, one) for one in includes)
            and not any(fnmatchcase(name, one) for one in excludes)
        )

    return is_wanted
