"""The stand-in for the collection refuses what Serverless refuses, and ranks."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError, RequestError
from starlette.testclient import TestClient

from local.collection.app import application
from local.collection.collection import Collection
from local.collection.index import Index
from local.collection.searches import search
from rag.chunks import Chunk, source_of
from rag.mapping import ALIAS, index_body, index_name
from tests.collection_side import client_of

TEXTS = (
    "Pengiriman gratis untuk pesanan di atas 100 ribu.",
    "The coffee machine KX-200 costs 900,000.",
    "Returns are accepted within fourteen days.",
)
VECTORS = np.eye(4, dtype=np.float32)


def source(number: int, tenant: str = "ws_a") -> dict[str, Any]:
    chunk = Chunk(tenant, "kb", "d", 1, number, TEXTS[number % 3], "Shop")
    return source_of(chunk, VECTORS[number % 3].tolist())


@pytest.fixture
def client() -> OpenSearch:
    made, _ = client_of(Collection(), 4)
    for number in range(3):
        made.index(index=ALIAS, body=source(number))
    return made


def found(client: OpenSearch, query: dict[str, Any]) -> list[int]:
    answer = client.search(index=ALIAS, body={"query": query})
    return [hit["_source"]["chunk_no"] for hit in answer["hits"]["hits"]]


def test_words_are_found_by_their_stems_in_both_languages(client: OpenSearch) -> None:
    assert found(client, {"match": {"text.en": "returning"}}) == [2]
    assert found(client, {"match": {"text.id": "pesanannya"}}) == [0]
    assert found(client, {"match": {"text": "returning"}}) == []


def test_codes_are_found_exactly(client: OpenSearch) -> None:
    codes = source(1)["codes"]
    assert codes
    assert found(client, {"term": {"codes": codes[0]}}) == [1]


def test_the_nearest_come_first_and_only_from_what_the_filter_lets_in(client: OpenSearch) -> None:
    client.index(index=ALIAS, body=source(0, tenant="ws_b"))
    asked = {"vector": [0.9, 0.1, 0, 0], "k": 2}
    filter_ = {"bool": {"filter": [{"term": {"tenant_id": "ws_a"}}]}}
    assert found(client, {"knn": {"embedding": {**asked, "filter": filter_}}}) == [0, 1]


def test_vectors_are_not_told_unless_they_are_asked_for(client: OpenSearch) -> None:
    hits = client.search(index=ALIAS, body={})["hits"]["hits"]
    assert all("embedding" not in hit["_source"] for hit in hits)


def test_what_is_written_is_found_later() -> None:
    now = [0.0]
    made, _ = client_of(Collection(lag=10, clock=lambda: now[0]), 4)
    id_ = made.index(index=ALIAS, body=source(0))["_id"]
    assert made.count(index=ALIAS)["count"] == 0
    now[0] = 11
    assert made.count(index=ALIAS)["count"] == 1
    made.delete(index=ALIAS, id=id_)
    assert made.count(index=ALIAS)["count"] == 1
    now[0] = 22
    assert made.count(index=ALIAS)["count"] == 0


def test_what_serverless_lacks_is_refused(client: OpenSearch) -> None:
    everything: dict[str, Any] = {"query": {"match_all": {}}}
    with pytest.raises(NotFoundError):
        client.delete_by_query(index=ALIAS, body=everything)
    with pytest.raises(NotFoundError):
        client.indices.refresh(index=ALIAS)
    with pytest.raises(RequestError, match="refresh policy"):
        client.index(index=ALIAS, body=source(0), params={"refresh": "true"})
    with pytest.raises((NotFoundError, RequestError)):
        client.index(index=ALIAS, id="mine", body=source(0))
    own_id = client.bulk(body=[{"index": {"_index": ALIAS, "_id": "mine"}}, source(0)])
    assert "Document ID is not supported" in own_id["items"][0]["index"]["error"]["reason"]
    with pytest.raises(RequestError):
        client.index(index=ALIAS, body={**source(0), "unknown": 1})
    with pytest.raises(RequestError, match="dimension"):
        client.index(index=ALIAS, body={**source(0), "embedding": [1.0]})


def test_who_does_not_sign_is_refused() -> None:
    browser = TestClient(application(Collection()), base_url="http://collection.test")
    assert browser.get("/chunks/_search").status_code == 403


def test_the_alias_moves_from_one_index_to_the_next(client: OpenSearch) -> None:
    client.indices.create(index="chunks-next", body=index_body(4))
    old, new = index_name(4), "chunks-next"
    client.indices.update_aliases(
        body={
            "actions": [
                {"remove": {"index": old, "alias": ALIAS}},
                {"add": {"index": new, "alias": ALIAS}},
            ]
        }
    )
    assert client.count(index=ALIAS)["count"] == 0
    assert client.count(index=old)["count"] == 3


def test_ten_thousand_chunks_are_searched_in_a_blink() -> None:
    index = Index("chunks", index_body(4), 0, time.monotonic)
    for number in range(10_000):
        index.add(source(number))
    asked: dict[str, Any] = {"match": {"text": "coffee machine"}}
    began = time.process_time()
    for _ in range(5):
        assert search(index, {"query": asked})["hits"]["total"]["value"] == 3333
    assert (time.process_time() - began) / 5 < 0.5
