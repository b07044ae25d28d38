"""The steps of a version: read and split the source, embed and index each part, then move to it.

Each may be killed and done again. A step for a version that is no longer being made does nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from rag.bench import Bench
from rag.chunks import Chunk
from rag.fetching import fetch
from rag.kinds import WEB_PAGE
from rag.sources.blocks import UnreadableError
from rag.splitting import Passage, split
from rag.work import EMBED, PUBLISH, SETTLED_MS, TIDY, entry
from shared.fifo_batch import NotYetError
from shared.observability import count
from shared.store.documents import (
    EMBEDDING,
    FAILED,
    READING,
    READY,
    SPLITTING,
    Document,
    DocumentNotFoundError,
)

PART_CHUNKS: Final = 96  # one call of the embedding model
MOST_CHUNKS: Final = 20_000
_SOON_SECONDS: Final = 1.0
_LOOKING_MS: Final = 300_000
_OFTEN_MS: Final = 10_000  # of that, at the beginning
_LOOK_SECONDS: Final = 5
_JSON: Final = "application/json"
_NOT_TAKEN: Final = "The index did not take all passages. Index the document again."


class GaveUpError(Exception):
    """The version cannot be made; the text says why, to a person."""


def read_source(bench: Bench, body: Any) -> None:
    """From "queued" to "embedding". Raises GaveUpError."""
    document = _making(bench, body)
    if document is None or document.state in (READY, FAILED):
        return
    documents = bench.documents(document.knowledge_base_id)
    document = documents.move(document.id, body["version"], READING)
    try:
        content = _content(bench, document)
        parsed = bench.tools.read(document.kind, content)
    except UnreadableError as error:
        raise GaveUpError(str(error)) from error
    documents.move(
        document.id,
        body["version"],
        SPLITTING,
        pages=parsed.pages,
        scanned_pages=parsed.scanned_pages[:1000],
        warning=_warning(parsed.scanned_pages),
        # A file's was counted when it came.
        **({"size": len(content)} if document.kind == WEB_PAGE else {}),
    )
    passages = split(parsed.blocks)
    if not passages:
        raise GaveUpError("There is no text in it.")
    if len(passages) > MOST_CHUNKS:
        raise GaveUpError(f"It has more than {MOST_CHUNKS:,} passages: divide it.")
    parts = [passages[at : at + PART_CHUNKS] for at in range(0, len(passages), PART_CHUNKS)]
    for number, part in enumerate(parts):
        _write_part(bench, document, number, part)
    documents.move(document.id, body["version"], EMBEDDING, chunks=len(passages), parts=len(parts))
    bench.hand_over(*(_next(bench, document, EMBED, part=number) for number in range(len(parts))))


def embed_part(bench: Bench, body: Any) -> None:
    """Raises EmbeddingBusyError or CollectionBusyError."""
    document = _making(bench, body)
    if document is None or document.state != EMBEDDING:
        return
    if body["part"] not in document.parts_done:
        chunks = _read_part(bench, document, body["part"])
        vectors = bench.embedding([chunk.embedded_text for chunk in chunks])
        bench.index.add(chunks, vectors)
        documents = bench.documents(document.knowledge_base_id)
        document = documents.finish_part(document.id, document.making, body["part"])
    if len(document.parts_done) == document.parts:
        bench.hand_over(_next(bench, document, PUBLISH))


def publish(bench: Bench, body: Any) -> None:
    """Move to the new version when all of it is found: not before, or there would be a minute
    without answers. Raises GaveUpError."""
    document = _making(bench, body)
    if document is None or document.state != EMBEDDING:
        return
    found = bench.index.count(document.knowledge_base_id, document.id, version=document.making)
    if found < document.chunks:
        # Looks are not tries, which a busy collection uses up.
        now = bench.tools.clock()
        until = body["until"] or now + _LOOKING_MS
        if now >= until:
            raise GaveUpError(_NOT_TAKEN)
        is_early = now < until - _LOOKING_MS + _OFTEN_MS
        delay = 1 if is_early else _LOOK_SECONDS
        bench.hand_over(_next(bench, document, PUBLISH, until=until, delay=delay))
        return
    bench.documents(document.knowledge_base_id).move(
        document.id,
        document.making,
        READY,
        version=document.making,
        reason="",
        updated_at=bench.tools.clock(),
    )
    count("DocumentsReady")
    bench.hand_over(_next(bench, document, TIDY, until=bench.tools.clock() + SETTLED_MS))


def fail(bench: Bench, body: Any, reason: str) -> None:
    """Nobody goes on with the version: the person is told, and an older one stays."""
    bench.documents(body["base"]).move(
        body["document"],
        body["version"],
        FAILED,
        reason=reason,
        updated_at=bench.tools.clock(),
    )
    count("DocumentsFailed")


def part_path(document: Document, number: int) -> str:
    return f"{document.knowledge_base_id}/{document.id}/v{document.making}/{number:06d}.json"


def _making(bench: Bench, body: Any) -> Document | None:
    """The document while the version is being made. Raises NotYetError before."""
    try:
        document = bench.documents(body["base"]).get(body["document"])
    except DocumentNotFoundError:
        return None
    if document.making < body["version"]:
        raise NotYetError("it is about to begin", _SOON_SECONDS)
    return document if document.making == body["version"] else None


def _content(bench: Bench, document: Document) -> bytes:
    if document.kind != WEB_PAGE:
        return bench.files.read(document.source)
    return fetch(document.url, frozenset(bench.tools.settings.private_hosts.split()))


def _warning(scanned: Sequence[int]) -> str:
    if not scanned:
        return ""
    named = ", ".join(str(page) for page in scanned[:10])
    more = f" and {len(scanned) - 10} more" if len(scanned) > 10 else ""
    return f"Left out, because they are pictures without text: page {named}{more}."


def _write_part(bench: Bench, document: Document, number: int, part: Sequence[Passage]) -> None:
    content = [[one.text, one.headings, one.page] for one in part]
    bench.files.write(part_path(document, number), json.dumps(content).encode(), _JSON)


def _read_part(bench: Bench, document: Document, number: int) -> list[Chunk]:
    content = json.loads(bench.files.read(part_path(document, number)))
    return [
        Chunk(
            tenant_id=bench.tenant.id,
            knowledge_base_id=document.knowledge_base_id,
            document_id=document.id,
            version=document.making,
            chunk_no=number * PART_CHUNKS + place,
            text=text,
            title=document.name,
            page=page,
            headings=tuple(headings),
        )
        for place, (text, headings, page) in enumerate(content)
    ]


def _next(bench: Bench, document: Document, work: str, **known: int) -> Any:
    return entry(
        bench.tenant,
        work,
        document.knowledge_base_id,
        document.id,
        version=document.making,
        **known,
    )
