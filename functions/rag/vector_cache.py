"""Vectors of passages that were embedded before, by what they say: the same text again costs
nothing.

Each tenant has their own. One that all shared would tell, by the time and the use of an upload,
that somebody else has the same text.
"""

from __future__ import annotations

import random
import time
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from rag.chunks import Vector
from rag.embedding import DOCUMENT, Embed
from shared.clock import Clock
from shared.ids import digest
from shared.json_types import JsonObject
from shared.observability import count
from shared.store import keys
from shared.store.transactions import BusyError
from shared.tenancy import Tenant

KEPT_SECONDS: Final = 30 * 24 * 3600
_READ_TOGETHER: Final = 100
_WRITTEN_TOGETHER: Final = 25
_TRIES: Final = 8
_SK: Final = "VECTOR"


@dataclass(frozen=True, slots=True)
class CachedEmbedding:
    """`model` is part of what a vector is known by, its dimensions among it."""

    tenant: Tenant
    table: str
    dynamodb: Any
    embed: Embed
    model: str
    clock: Clock

    def __call__(self, texts: Sequence[str]) -> list[Vector]:
        """Of passages, in order. Raises EmbeddingBusyError or BusyError."""
        named = {self._pk(text): text for text in texts}
        known = self._known(list(named))
        missing = [pk for pk in named if pk not in known]
        if missing:
            made = self.embed([named[pk] for pk in missing], DOCUMENT)
            fresh = dict(zip(missing, made, strict=True))
            self._keep(fresh)
            known |= fresh
        count("ChunksEmbedded", len(missing))
        count("ChunksFromCache", len(named) - len(missing))
        return [known[self._pk(text)] for text in texts]

    def _pk(self, text: str) -> str:
        return keys.vector(self.tenant, digest(f"{self.model}\n{text}"))

    def _known(self, pks: Sequence[str]) -> dict[str, Vector]:
        now, found = self.clock() // 1000, {}
        for start in range(0, len(pks), _READ_TOGETHER):
            wanted = [keys.key(pk, _SK) for pk in pks[start : start + _READ_TOGETHER]]
            asked: Any = {self.table: {"Keys": wanted}}
            while asked:
                answer = self.dynamodb.batch_get_item(RequestItems=asked)
                for item in answer["Responses"].get(self.table, ()):
                    if int(item["expires_at"]["N"]) > now:
                        found[item["pk"]["S"]] = _vector(item["vector"]["B"])
                asked = answer.get("UnprocessedKeys")
        return found

    def _keep(self, vectors: Mapping[str, Vector]) -> None:
        expires = {"N": str(self.clock() // 1000 + KEPT_SECONDS)}
        left = iter(vectors.items())
        while some := list(islice(left, _WRITTEN_TOGETHER)):
            puts = [
                {"PutRequest": {"Item": {**keys.key(pk, _SK), **_item(vector, expires)}}}
                for pk, vector in some
            ]
            self._write({self.table: puts})

    def _write(self, asked: Any) -> None:
        for attempt in range(_TRIES):
            asked = self.dynamodb.batch_write_item(RequestItems=asked).get("UnprocessedItems")
            if not asked:
                return
            time.sleep(random.uniform(0, 0.05 * 2**attempt))
        raise BusyError


def _item(vector: Vector, expires: JsonObject) -> JsonObject:
    return {"vector": {"B": array("f", vector).tobytes()}, "expires_at": expires}


def _vector(raw: Any) -> Vector:
    return array("f", bytes(raw))
