"""What is left of documents that were deleted or have a newer version: passages and files.

The index cannot delete by a query, and finds what was written within the last minute only later. So
what is found is deleted by its id, again and again, until a look after that minute finds nothing.
"""

from __future__ import annotations

from typing import Any, Final

from rag.bench import Bench
from rag.storage import taken
from rag.work import FORGET, TIDY, entry
from shared.fifo_batch import NotYetError
from shared.observability import count
from shared.store import keys
from shared.store.answers import forget_thumbs
from shared.store.documents import READY, DocumentChangedError, DocumentNotFoundError

_AGAIN_SECONDS: Final = 20
_SOON_SECONDS: Final = 1.0


def tidy(bench: Bench, body: Any) -> None:
    """Everything of versions before the one that is answered from."""
    base_id, document_id, version = body["base"], body["document"], body["version"]
    try:
        document = bench.documents(base_id).get(document_id)
    except DocumentNotFoundError:
        return  # all of it goes
    if document.version != version:
        return  # a newer one tidies up
    removed = bench.index.remove(base_id, document_id, below=version)
    if document.making == version and document.state == READY:
        keep = {path for path in (document.source, document.upload) if path}
        _remove_files(bench, f"{base_id}/{document_id}/", keep)
    _again(bench, body, TIDY, removed)


def forget(bench: Bench, body: Any) -> None:
    """Everything of a document that was deleted."""
    base_id, document_id = body["base"], body["document"]
    removed = bench.index.remove(base_id, document_id)
    _remove_files(bench, f"{base_id}/{document_id}/", frozenset())
    _again(bench, body, FORGET, removed)


def forget_base(bench: Bench, body: Any) -> None:
    """The documents of a knowledge base that was deleted, each of which takes with it what is its
    own; and its golden questions with what became of them.
    Raises NotYetError while it is still there."""
    if _is_there(bench, body["base"]):
        raise NotYetError("it is about to be deleted", _SOON_SECONDS)
    documents = bench.documents(body["base"])
    for document in documents.all():
        try:
            documents.delete(document, *bench.storage_grown(-taken(document)))
        except DocumentChangedError as error:
            raise NotYetError("its file is just being replaced", _SOON_SECONDS) from error
    bench.evaluations(body["base"]).forget_all()
    bench.golden_questions(body["base"]).forget_all()
    table = bench.tools.settings.knowledge_table
    forget_thumbs(bench.tenant, body["base"], table, bench.tools.dynamodb)


def _again(bench: Bench, body: Any, work: str, removed: int) -> None:
    count("ChunksRemoved", removed)
    if removed == 0 and bench.tools.clock() >= body["until"]:
        return
    until = max(body["until"], bench.tools.clock())
    bench.hand_over(
        entry(
            bench.tenant,
            work,
            body["base"],
            body["document"],
            version=body["version"],
            until=until,
            tries=body["tries"] + 1,
            delay=_AGAIN_SECONDS,
        )
    )


def _is_there(bench: Bench, base_id: str) -> bool:
    tools = bench.tools
    found = tools.dynamodb.get_item(
        TableName=tools.settings.knowledge_table,
        Key=keys.key(keys.knowledge_bases(bench.tenant), base_id),
        ConsistentRead=True,
    )
    return "Item" in found


def _remove_files(bench: Bench, prefix: str, keep: set[str] | frozenset[str]) -> None:
    for path in bench.files.below(prefix):
        if path not in keep:
            bench.files.remove(path)
