"""Passages that do not count (of disabled documents, of older versions) do not hide others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pytest
from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConnectionTimeout

from local.bedrock import hashed_words
from local.collection.collection import Collection
from rag.chunks import Chunk, Vector, source_of
from rag.collection import ChunkIndex, CollectionBusyError
from rag.embedding import InputType
from rag.mapping import ALIAS
from rag.queries import Scope
from rag.searching import Search
from shared.tenancy import Tenant
from tests.collection_side import client_of

SCOPE = Scope(Tenant("ws_a"), "kb")
DIMENSIONS = 64


def embed(texts: Sequence[str], input_type: InputType) -> list[Vector]:
    return [hashed_words.embed(text, DIMENSIONS).tolist() for text in texts]


def write(client: OpenSearch, document: str, version: int, texts: Sequence[str]) -> None:
    for number, text in enumerate(texts):
        chunk = Chunk("ws_a", "kb", document, version, number, text, document)
        client.index(index=ALIAS, body=source_of(chunk, embed([text], "search_document")[0]))


def search(client: OpenSearch, live: Mapping[str, int]) -> Search:
    def known(scope: Scope, ids: Iterable[str]) -> dict[str, int]:
        return {id_: live[id_] for id_ in ids if id_ in live}

    return Search(client, embed, known)


@pytest.mark.parametrize("question", ["price of coffee", "price of coffee KP-100"])
def test_what_counts_is_found_behind_a_hundred_passages_that_do_not(question: str) -> None:
    client, wire = client_of(Collection(), DIMENSIONS)
    old = [f"price of coffee KP-100, list {number}" for number in range(50)]
    write(client, "disabled", 1, old)
    write(client, "renewed", 1, old)
    write(client, "renewed", 2, ["The price of one cup of our coffee KP-100 is 20,000 now."])
    asked = len(wire.asked)
    found = search(client, {"renewed": 2})(SCOPE, question)
    for way in filter(None, (found.by_meaning, found.by_words, found.by_codes)):
        assert [(hit.chunk.document_id, hit.chunk.version) for hit in way] == [("renewed", 2)]
    assert wire.asked[asked:] == ["POST /_msearch"] * 2


def test_one_call_is_enough_where_nothing_crowds() -> None:
    client, wire = client_of(Collection(), DIMENSIONS)
    write(client, "disabled", 1, ["price of coffee"] * 15)
    write(client, "prices", 1, [f"price of coffee {number}" for number in range(60)])
    asked = len(wire.asked)
    found = search(client, {"prices": 1})(SCOPE, "price of coffee")
    assert len(found.by_words) >= 25
    assert wire.asked[asked:] == ["POST /_msearch"]


def test_a_collection_that_does_not_answer_in_time_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that slept takes half a minute to wake."""
    client, _ = client_of(Collection(), DIMENSIONS)

    def never(*_: object, **__: object) -> None:
        raise ConnectionTimeout("TIMEOUT", "read timed out", TimeoutError())

    for connection in client.transport.connection_pool.connections:
        monkeypatch.setattr(connection, "perform_request", never)
    with pytest.raises(CollectionBusyError):
        search(client, {})(SCOPE, "price of coffee")
    with pytest.raises(CollectionBusyError):
        ChunkIndex(SCOPE.tenant, client).count("kb", "d")
