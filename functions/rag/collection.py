"""The vector collection of OpenSearch Serverless, as its client and as the index that is written.

It lacks what one would reach for: no ids of our own, no delete by query, no refresh. What was
written is found ten to sixty seconds later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, cast
from urllib.parse import urlsplit

from opensearchpy import OpenSearch, Urllib3AWSV4SignerAuth, Urllib3HttpConnection, helpers
from opensearchpy.exceptions import AuthorizationException, RequestError, TransportError
from opensearchpy.exceptions import ConnectionError as OpenSearchConnectionError

from rag.chunks import Chunk, Vector, source_of
from rag.mapping import ALIAS, index_body, index_name
from rag.settings import CollectionSettings
from shared.json_types import JsonObject
from shared.tenancy import Tenant

_SERVICE: Final = "aoss"
_PAGE: Final = 500
_BUSY: Final = frozenset({429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long each try may take, and how many more there are. A collection that slept takes up to
    thirty seconds to wake: who has less time says that it is busy."""

    seconds: float
    retries: int


_PATIENT: Final = Patience(30, 2)


class CollectionBusyError(RuntimeError):
    """The collection takes no more just now, or is waking up: ask again later."""


class ForbiddenError(RuntimeError):
    """The collection lets us do nothing, or not yet: its policies take about a minute."""


@contextmanager
def busy_told() -> Iterator[None]:
    """Around a call: what the collection refuses for a while, or does not answer in time, is raised
    as CollectionBusyError."""
    try:
        yield
    except TransportError as error:
        if isinstance(error, OpenSearchConnectionError) or is_busy(error.status_code):
            raise CollectionBusyError(type(error).__name__) from error
        raise


def is_busy(status: object) -> bool:
    """Whether a status says: ask again later."""
    return status in _BUSY


def connect(
    settings: CollectionSettings, credentials: Any, patience: Patience = _PATIENT
) -> OpenSearch:
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
        timeout=patience.seconds,
        max_retries=patience.retries,
        retry_on_timeout=True,
        retry_on_status=(429, 502, 503, 504),
    )


def ensure_index(collection: OpenSearch, dimensions: int) -> None:
    """Make the index of this mapping when there is none, and have everybody ask it. Two that do so
    at once end with one. Raises CollectionBusyError or ForbiddenError."""
    name, indices = index_name(dimensions), collection.indices
    try:
        with busy_told():
            if not indices.exists(index=name):
                _create(collection, name, dimensions)
            before = list(indices.get(index=ALIAS)) if indices.exists(index=ALIAS) else []
            if before != [name]:
                others = [{"remove": {"index": one, "alias": ALIAS}} for one in before]
                added = {"add": {"index": name, "alias": ALIAS}}
                indices.update_aliases(body={"actions": [*others, added]})
    except AuthorizationException as error:
        raise ForbiddenError from error


def _create(collection: OpenSearch, name: str, dimensions: int) -> None:
    try:
        collection.indices.create(index=name, body=index_body(dimensions))
    except RequestError as error:
        if error.error != "resource_already_exists_exception":
            raise


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
            # Beside the action the client would take "version" for one of its own words.
            {"_op_type": "index", "_index": ALIAS, "_source": source_of(chunk, vector)}
            for chunk, vector in zip(chunks, vectors, strict=True)
        )

    def remove(self, knowledge_base_id: str, document_id: str, *, below: int | None = None) -> int:
        """Delete what is found of a document, or of its versions before `below`; answers how many
        chunks that were. What was written within the last minute may not be found yet.

        Raises CollectionBusyError.
        """
        removed = 0
        older = {"range": {"version": {"lt": below}}} if below is not None else None
        query = self._query(knowledge_base_id, document_id, older)
        while found := self._found(query):
            before = removed
            removed += self._bulk(
                {"_op_type": "delete", "_index": hit["_index"], "_id": hit["_id"]} for hit in found
            )
            if removed == before:
                break  # they are deleted, and still found for a while
        return removed

    def count(self, knowledge_base_id: str, document_id: str, *, version: int | None = None) -> int:
        """How many chunks of a document, or of one version of it, are found."""
        one = {"term": {"version": version}} if version is not None else None
        query = self._query(knowledge_base_id, document_id, one)
        with busy_told():
            return int(self._collection.count(index=ALIAS, body=query)["count"])

    def _found(self, query: JsonObject) -> list[JsonObject]:
        body = {**query, "size": _PAGE, "_source": False}
        with busy_told():
            answer = self._collection.search(index=ALIAS, body=body)
        hits: list[JsonObject] = answer["hits"]["hits"]
        return hits

    def _query(
        self, knowledge_base_id: str, document_id: str, more: JsonObject | None
    ) -> JsonObject:
        named = {
            "tenant_id": self._tenant.id,
            "knowledge_base_id": knowledge_base_id,
            "document_id": document_id,
        }
        terms: list[JsonObject] = [{"term": {name: id_}} for name, id_ in named.items()]
        return {"query": {"bool": {"filter": [*terms, *([more] if more else [])]}}}

    def _bulk(self, actions: Iterable[JsonObject]) -> int:
        """How many were done; what was gone already is none of them."""
        with busy_told():
            done, errors = helpers.bulk(
                self._collection, actions, raise_on_error=False, max_chunk_bytes=5_000_000
            )
        for error in cast("list[JsonObject]", errors):
            ((_, said),) = error.items()
            if is_busy(said["status"]):
                raise CollectionBusyError(f"status {said['status']}")
            if said["status"] != 404:
                raise RuntimeError(f"the collection refused a chunk: {said.get('error')}")
        return int(done)
