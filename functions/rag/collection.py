"""The vector collection of OpenSearch Serverless, as its client and as the index that is written.

It lacks what one would reach for: no ids of our own, no delete by query, no refresh. What was
written is found ten to sixty seconds later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from opensearchpy import OpenSearch, Urllib3AWSV4SignerAuth, Urllib3HttpConnection, helpers
from opensearchpy.exceptions import TransportError

from rag.chunks import Chunk, Vector, source_of
from rag.mapping import ALIAS
from rag.settings import CollectionSettings
from shared.json_types import JsonObject
from shared.tenancy import Tenant

_SERVICE: Final = "aoss"
_PAGE: Final = 500
_BUSY: Final = frozenset({429, 500, 502, 503, 504})


class CollectionBusyError(RuntimeError):
    """The collection takes no more just now, or is waking up: ask again later."""


class Credentials(Protocol):
    """What signs a request; botocore's are."""


def connect(settings: CollectionSettings, credentials: Any, *, timeout: float = 30) -> OpenSearch:
    """`timeout` in seconds: a collection that slept takes up to thirty to wake."""
    there = urlsplit(settings.collection_url)
    secure = there.scheme == "https"
    return OpenSearch(
        hosts=[{"host": there.hostname, "port": there.port or (443 if secure else 80)}],
        http_auth=Urllib3AWSV4SignerAuth(credentials, settings.collection_region, _SERVICE),
        use_ssl=secure,
        verify_certs=secure,
        connection_class=Urllib3HttpConnection,
        http_compress=True,
        pool_maxsize=4,
        timeout=timeout,
        max_retries=2,
        retry_on_timeout=True,
        retry_on_status=(429, 502, 503, 504),
    )


class ChunkIndex:
    """The chunks of one tenant."""

    def __init__(self, tenant: Tenant, collection: OpenSearch) -> None:
        self._tenant = tenant
        self._collection = collection

    def add(self, chunks: Sequence[Chunk], vectors: Sequence[Vector]) -> None:
        """Raises CollectionBusyError; some may have been written by then."""
        if any(chunk.tenant_id != self._tenant.id for chunk in chunks):
            raise ValueError("a chunk of another tenant")
        self._bulk(
            {"_op_type": "index", "_index": ALIAS, **source_of(chunk, vector)}
            for chunk, vector in zip(chunks, vectors, strict=True)
        )

    def remove(self, knowledge_base_id: str, document_id: str, *, keep: int | None = None) -> int:
        """Delete what is found of a document, other than version `keep`; answers how many chunks
        that were. What was written within the last minute may not be found yet.

        Raises CollectionBusyError.
        """
        removed = 0
        while found := self._found(knowledge_base_id, document_id, keep):
            before = removed
            removed += self._bulk(
                {"_op_type": "delete", "_index": hit["_index"], "_id": hit["_id"]} for hit in found
            )
            if removed == before:
                break  # they are deleted, and still found for a while
        return removed

    def count(self, knowledge_base_id: str, document_id: str, *, keep: int | None = None) -> int:
        """How many chunks of a document are found, other than of version `keep`."""
        query = self._query(knowledge_base_id, document_id, keep)
        return int(self._ask(lambda: self._collection.count(index=ALIAS, body=query))["count"])

    def _found(
        self, knowledge_base_id: str, document_id: str, keep: int | None
    ) -> list[JsonObject]:
        body = {
            **self._query(knowledge_base_id, document_id, keep),
            "size": _PAGE,
            "_source": False,
        }
        answer = self._ask(lambda: self._collection.search(index=ALIAS, body=body))
        hits: list[JsonObject] = answer["hits"]["hits"]
        return hits

    def _query(self, knowledge_base_id: str, document_id: str, keep: int | None) -> JsonObject:
        named = {
            "tenant_id": self._tenant.id,
            "knowledge_base_id": knowledge_base_id,
            "document_id": document_id,
        }
        found: JsonObject = {"filter": [{"term": {name: id_}} for name, id_ in named.items()]}
        if keep is not None:
            found["must_not"] = [{"term": {"version": keep}}]
        return {"query": {"bool": found}}

    def _bulk(self, actions: Iterable[JsonObject]) -> int:
        """How many were done; what was gone already is none of them."""
        done, errors = self._ask(
            lambda: helpers.bulk(
                self._collection, actions, raise_on_error=False, max_chunk_bytes=5_000_000
            )
        )
        for error in errors:
            ((_, said),) = error.items()
            if said["status"] in _BUSY:
                raise CollectionBusyError(f"status {said['status']}")
            if said["status"] != 404:
                raise RuntimeError(f"the collection refused a chunk: {said.get('error')}")
        return int(done)

    def _ask(self, call: Any) -> Any:
        try:
            return call()
        except TransportError as error:
            if error.status_code in _BUSY or error.status_code == "N/A":
                raise CollectionBusyError(type(error).__name__) from error
            raise
