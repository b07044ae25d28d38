"""The questions to the index. None can be written without a scope, and each carries its filter."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from rag.chunks import Vector
from shared.json_types import JsonObject
from shared.tenancy import Tenant

WITHOUT_VECTOR: Final[JsonObject] = {"excludes": ["embedding"]}
# A passage is found by its own words and by those it stands under, plainly and by their stems.
_FIELDS: Final = (
    *("text", "text.id", "text.en"),
    *("headings^1.5", "headings.id^1.5", "headings.en^1.5"),
    "title^0.5",
)

_MOST_PLACES: Final = 1000
Version: TypeAlias = tuple[str, int]
"""A document, and which version of it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose passages may be found, and of which knowledge base."""

    tenant: Tenant
    knowledge_base_id: str

    def __post_init__(self) -> None:
        if not isinstance(self.tenant, Tenant) or not self.knowledge_base_id:
            raise TypeError("a search needs a tenant and a knowledge base")

    def filter(self) -> list[JsonObject]:
        return [
            {"term": {"tenant_id": self.tenant.id}},
            {"term": {"knowledge_base_id": self.knowledge_base_id}},
        ]


def by_meaning(
    scope: Scope, vector: Vector, size: int, without: Collection[Version] = ()
) -> JsonObject:
    """The passages whose vectors are nearest. The filter is part of the search for neighbours, so
    that others' passages do not use up its places; nor do those of `without`."""
    near = {
        "vector": list(vector),
        "k": size,
        "filter": {"bool": _bounds(scope, without)},
    }
    return {"size": size, "_source": WITHOUT_VECTOR, "query": {"knn": {"embedding": near}}}


def by_words(
    scope: Scope, question: str, size: int, without: Collection[Version] = ()
) -> JsonObject:
    """The passages that share words with the question, by BM25."""
    shared_words = {"query": question, "fields": list(_FIELDS), "type": "most_fields"}
    return _bounded(scope, {"must": [{"multi_match": shared_words}]}, size, without)


def by_codes(
    scope: Scope, codes: Sequence[str], size: int, without: Collection[Version] = ()
) -> JsonObject:
    """The passages that name one of these codes, exactly."""
    return _bounded(scope, {"must": [{"terms": {"codes": list(codes)}}]}, size, without)


def by_place(scope: Scope, places: Sequence[tuple[str, int, int]]) -> JsonObject:
    """The passages with these (document, version, number), and maybe some with others' numbers."""
    names = ("document_id", "version", "chunk_no")
    values = (list(dict.fromkeys(column)) for column in zip(*places, strict=True))
    terms = [{"terms": {name: one}} for name, one in zip(names, values, strict=True)]
    query = {"bool": {"filter": [*scope.filter(), *terms]}}
    return {"size": _MOST_PLACES, "_source": WITHOUT_VECTOR, "query": query}


def _bounded(
    scope: Scope, asked: JsonObject, size: int, without: Collection[Version]
) -> JsonObject:
    query = {"bool": {**asked, **_bounds(scope, without)}}
    return {"size": size, "_source": WITHOUT_VECTOR, "query": query}


def _bounds(scope: Scope, without: Collection[Version]) -> JsonObject:
    left_out = [
        {"bool": {"filter": [{"term": {"document_id": id_}}, {"term": {"version": version}}]}}
        for id_, version in sorted(without)
    ]
    return {"filter": scope.filter(), **({"must_not": left_out} if left_out else {})}
