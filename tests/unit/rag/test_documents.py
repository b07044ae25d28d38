"""Documents: one version counts at a time, and each part is counted once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from shared.store.audit import Actor
from shared.store.documents import (
    EMBEDDING,
    READY,
    Document,
    DocumentChangedError,
    DocumentNotFoundError,
    Documents,
    DocumentStateError,
)
from shared.store.knowledge_bases import (
    KnowledgeBase,
    KnowledgeBaseChangedError,
    KnowledgeBaseNotFoundError,
    KnowledgeBases,
)
from shared.tenancy import Tenant

ANA = Actor("u_ana", "ana@example.com")


@pytest.fixture
def documents(dynamodb: Any, tenant: Tenant) -> Documents:
    bases = KnowledgeBases(tenant, "knowledge", "workspaces", dynamodb)
    bases.create(KnowledgeBase("kb1", "Shop", 1), by=ANA, at=1)
    return Documents(tenant, "kb1", "knowledge", dynamodb)


def document(id_: str = "d1", **other: Any) -> Document:
    return Document(id_, "kb1", "Prices.pdf", "pdf", created_at=1, updated_at=1, **other)


def test_a_document_comes_back_as_it_was_stored(documents: Documents) -> None:
    stored = document(scanned_pages=(2, 5), is_enabled=False, url="https://example.com")
    documents.create(stored)
    assert documents.get("d1") == stored
    assert list(documents.all()) == [stored]


def test_only_what_may_be_asked_is_live(documents: Documents) -> None:
    for one in (
        document("ready", version=3),
        document("new"),
        document("off", version=1, is_enabled=False),
    ):
        documents.create(one)
    assert documents.live(["ready", "new", "off", "gone", "ready"]) == {"ready": 3}
    documents.delete(document("ready"))
    assert documents.live(["ready"]) == {}


def test_a_part_that_is_done_twice_counts_once(documents: Documents) -> None:
    documents.create(document(state=EMBEDDING, making=1, parts=2))
    assert documents.finish_part("d1", 1, 0).progress == 0.5
    assert documents.finish_part("d1", 1, 0).progress == 0.5
    assert documents.finish_part("d1", 1, 1).parts_done == {0, 1}


def test_work_on_an_older_version_changes_nothing(documents: Documents) -> None:
    documents.create(document(making=2, version=1))
    with pytest.raises(DocumentStateError):
        documents.move("d1", 1, READY)
    with pytest.raises(DocumentStateError):
        documents.finish_part("d1", 1, 0)
    assert documents.move("d1", 2, READY, version=2).version == 2


def test_a_deleted_document_is_not_brought_back(documents: Documents) -> None:
    documents.create(document())
    with pytest.raises(DocumentChangedError):
        documents.delete(document(size=7))  # of a file that is no longer its own
    documents.delete(document())
    with pytest.raises(DocumentChangedError):
        documents.change(document(), is_enabled=False)
    with pytest.raises(DocumentChangedError):
        documents.delete(document())
    with pytest.raises(DocumentNotFoundError):
        documents.get("d1")


def test_pages_go_from_the_newest_on(documents: Documents) -> None:
    for number in range(5):
        documents.create(document(f"d{number}"))
    first, cursor = documents.page(3, None)
    second, end = documents.page(3, cursor)
    assert [one.id for one in (*first, *second)] == ["d4", "d3", "d2", "d1", "d0"]
    assert end is None


def test_who_changes_what_another_changed_meanwhile_is_refused(
    dynamodb: Any, tenant: Tenant
) -> None:
    bases = KnowledgeBases(tenant, "knowledge", "workspaces", dynamodb)
    made = KnowledgeBase("kb1", "Shop", 1, settings={"threshold": 0.4})
    bases.create(made, by=ANA, at=1)
    assert bases.all() == [made]
    after = bases.change(replace(made, name="Shop and repairs"), by=ANA, at=2)
    assert bases.get("kb1") == after
    with pytest.raises(KnowledgeBaseChangedError):
        bases.change(replace(made, name="Mine"), by=ANA, at=3)
    bases.delete("kb1", by=ANA, at=4)
    with pytest.raises(KnowledgeBaseNotFoundError):
        bases.get("kb1")
