"""All indexes and aliases of a collection, and its operations."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from local.collection.index import Index, monotonic
from local.collection.refusals import RefusedError, bad_query, no_index
from local.collection.searches import count, search

_NO_IDS: Final = "Document ID is not supported in create/index operation request"
_SETTINGS: Final = ("number_of_shards", "number_of_replicas", "refresh_interval")


class Collection:
    """`lag` is how many seconds what is written takes to be found."""

    def __init__(self, lag: float = 0.0, clock: Callable[[], float] = monotonic) -> None:
        self._lag, self._clock = lag, clock
        self._indexes: dict[str, Index] = {}
        self._aliases: dict[str, str] = {}

    def has(self, name: str) -> bool:
        return name in self._indexes or name in self._aliases

    def create(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        """Raises RefusedError."""
        if self.has(name):
            raise RefusedError(
                400, "resource_already_exists_exception", f"index [{name}] already exists"
            )
        settings = json.dumps(body.get("settings", {}))
        for refused in _SETTINGS:
            if refused in settings:
                raise RefusedError(
                    400, "illegal_argument_exception", f"[{refused}] is not settable"
                )
        self._indexes[name] = Index(name, body, self._lag, self._clock)
        for alias in body.get("aliases", {}):
            self._aliases[alias] = name
        return {"acknowledged": True, "shards_acknowledged": True, "index": name}

    def delete(self, name: str) -> dict[str, Any]:
        """Raises RefusedError."""
        if name not in self._indexes:
            raise no_index(name)
        del self._indexes[name]
        self._aliases = {alias: one for alias, one in self._aliases.items() if one != name}
        return {"acknowledged": True}

    def described(self, name: str) -> dict[str, Any]:
        """Raises RefusedError."""
        index = self.index(name)
        aliases: dict[str, Any] = {
            alias: {} for alias, one in self._aliases.items() if one == index.name
        }
        return {index.name: {**index.body, "aliases": aliases}}

    def move_aliases(self, body: dict[str, Any]) -> dict[str, Any]:
        """All at once. Raises RefusedError."""
        after = dict(self._aliases)
        for action in body["actions"]:
            ((kind, asked),) = action.items()
            if asked["index"] not in self._indexes:
                raise no_index(asked["index"])
            if kind == "add":
                after[asked["alias"]] = asked["index"]
            elif kind == "remove":
                after.pop(asked["alias"], None)
            else:
                raise bad_query(f"unknown action [{kind}]")
        self._aliases = after
        return {"acknowledged": True}

    def index(self, name: str) -> Index:
        """Raises RefusedError."""
        found = self._indexes.get(self._aliases.get(name, name))
        if found is None:
            raise no_index(name)
        return found

    def add(self, name: str, source: dict[str, Any]) -> dict[str, Any]:
        """Raises RefusedError."""
        index = self.index(name)
        return {"_index": index.name, "_id": index.add(source), "result": "created"}

    def remove(self, name: str, id_: str) -> tuple[int, dict[str, Any]]:
        """The status too. Raises RefusedError."""
        index = self.index(name)
        gone = index.delete(id_)
        result = "deleted" if gone else "not_found"
        return 200 if gone else 404, {"_index": index.name, "_id": id_, "result": result}

    def bulk(self, default: str | None, lines: list[dict[str, Any]]) -> dict[str, Any]:
        """Raises RefusedError for what is no bulk at all."""
        items = [
            {kind: self._done(kind, about.get("_index", default or ""), about.get("_id"), source)}
            for kind, about, source in _actions(lines)
        ]
        errors = any("error" in one for item in items for one in item.values())
        return {"took": 1, "errors": errors, "items": items}

    def search(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        """Raises RefusedError."""
        return search(self.index(name), body)

    def many(self, default: str | None, lines: list[dict[str, Any]]) -> dict[str, Any]:
        """Headers and bodies by turns; each is answered or refused for itself."""
        answers = []
        for about, body in zip(lines[::2], lines[1::2], strict=True):
            try:
                found = self.search(about.get("index", default or ""), body)
                answers.append({**found, "status": 200})
            except RefusedError as refused:
                answers.append(refused.body())
        return {"took": 1, "responses": answers}

    def count(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        """Raises RefusedError."""
        return count(self.index(name), body)

    def _done(self, kind: str, name: str, id_: str | None, source: Any) -> dict[str, Any]:
        try:
            if kind == "delete":
                status, answer = self.remove(name, str(id_))
                return {**answer, "status": status}
            if id_ is not None:
                raise RefusedError(400, "illegal_argument_exception", _NO_IDS)
            return {**self.add(name, source), "status": 201}
        except RefusedError as refused:
            error = {"type": refused.type, "reason": refused.reason}
            return {"_index": name, "_id": id_, "status": refused.status, "error": error}


def _actions(lines: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any], Any]]:
    left = iter(lines)
    for line in left:
        ((kind, about),) = line.items()
        if kind not in ("index", "create", "delete"):
            raise bad_query(f"[{kind}] is not supported in a vector collection")
        yield kind, about, None if kind == "delete" else next(left)
