"""From a file to passages that are found, and back to nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from local.collection.collection import Collection
from rag import versions
from rag.chunks import Vector, chunk_of
from rag.embedding import InputType
from rag.steps import PART_CHUNKS
from rag.work import EMBED, FORGET_BASE, READ, WORKER_SECONDS, entry
from shared.store.documents import EMBEDDING, FAILED, READY
from shared.store.evaluations import Asked, Evaluation
from shared.store.golden_questions import GoldenQuestion
from shared.tenancy import Tenant
from tests.unit.rag.rag_world import BY, DIMENSIONS, World

PRICES = b"Coffee costs 20,000.\n\nTea costs 15,000."
LONG = "\n\n".join(f"Article {n}. " + "word " * 150 for n in range(PART_CHUNKS + 20)).encode()


def texts(world: World) -> list[str]:
    return [one["text"] for one in world.found()]


def test_a_file_becomes_passages_that_are_found(world: World) -> None:
    document = world.bring(PRICES)
    assert (document.state, document.version, document.chunks) == (READY, 1, 1)
    (chunk,) = world.found()
    assert chunk["tenant_id"] == world.tenant.id
    assert (chunk["document_id"], chunk["version"], chunk["title"]) == (
        document.id,
        1,
        "Prices.txt",
    )
    assert "Tea costs 15,000." in chunk["text"]


def test_a_long_one_is_embedded_in_parts(world: World) -> None:
    document = world.bring(LONG)
    assert document.parts == 2
    assert document.state == READY
    assert document.progress == 1
    found = world.found()
    assert sorted(one["chunk_no"] for one in found) == list(range(document.chunks))


def test_the_same_text_costs_nothing_the_second_time(world: World) -> None:
    world.bring(LONG)
    embedded = len(world.embed.texts)
    assert embedded > PART_CHUNKS
    again = world.bring(LONG, name="Another name.txt")
    assert again.state == READY
    assert len(world.embed.texts) == embedded


def test_what_others_embedded_is_not_known(dynamodb: Any, s3: Any, world: World) -> None:
    """A cache that all shared would tell what somebody else has."""
    world.bring(PRICES)
    other = World(dynamodb, s3, Tenant(f"{world.tenant.id}_b"))
    other.bring(PRICES)
    assert len(other.embed.texts) == len(world.embed.texts) == 1


def test_a_new_version_takes_over_only_when_all_of_it_is_found(world: World) -> None:
    document = world.bring(PRICES)
    seen: list[tuple[int, set[int]]] = []

    def watched(texts: Sequence[str], input_type: InputType) -> list[Vector]:
        live = world.documents(world.tenant, "kb1").live([document.id])[document.id]
        seen.append((live, {one["version"] for one in world.found()}))
        return world.embed(texts, input_type)

    world.tools = replace(world.tools, embed=watched)
    after = world.replace(document, b"Coffee costs 22,000.")
    assert seen == [(1, {1})]
    assert (after.version, after.state) == (2, READY)
    assert texts(world) == ["Coffee costs 22,000."]


def test_until_it_is_found_the_old_one_answers(world: World) -> None:
    document = world.bring(PRICES)
    world.sqs.sent["jobs"].clear()
    later = world.bench.files
    later.write("kb1/x/y", b"Coffee costs 22,000.", "text/plain")
    versions.start(world, world.tenant, document, world.clock(), source="kb1/x/y", upload="")
    for _ in range(3):  # read, embed, and the first look
        world.work(most=1)
    waiting = world.now(document)
    assert (waiting.version, waiting.making, waiting.state) == (1, 2, EMBEDDING)
    assert [one["work"] for one in world.queued()] == ["publish"]
    world.work()
    assert world.now(document).version == 2


def test_what_is_replaced_goes_from_the_index_and_from_the_files(world: World) -> None:
    document = world.replace(world.bring(PRICES), b"Coffee costs 22,000.")
    assert {one["version"] for one in world.found()} == {2}
    assert world.bench.files.below(f"kb1/{document.id}/") == [document.source]


def test_a_deleted_document_leaves_nothing(world: World) -> None:
    kept, gone = world.bring(PRICES), world.bring(LONG)
    world.delete(gone)
    world.work()
    world.clock.advance(60)
    assert {one["document_id"] for one in world.found()} == {kept.id}
    assert world.bench.files.below(f"kb1/{gone.id}/") == []
    assert world.bench.index.count("kb1", gone.id) == 0


def test_what_was_written_a_moment_before_it_was_deleted_goes_too(world: World) -> None:
    """The index finds it only later: one look would miss it."""
    document = world.bring(PRICES)
    chunks = world.found()
    world.delete(document)
    late = {**chunks[0], "chunk_no": 99, "embedding": [1.0] * 64}
    world.client.index(index="chunks", body=late)
    assert len(world.found()) == 1
    world.work()
    world.clock.advance(60)
    assert world.found() == []


def test_what_a_slow_worker_writes_after_it_was_deleted_goes_too(world: World) -> None:
    """It had begun before, and has until its own end."""
    document = world.bring(PRICES)
    chunks = world.found()
    world.delete(document)
    began = world.clock()
    while world.clock() < began + (WORKER_SECONDS - 5) * 1000:
        world.work(most=1)
    world.client.index(index="chunks", body={**chunks[0], "chunk_no": 99, "embedding": [1.0] * 64})
    world.work()
    world.clock.advance(60)
    assert world.found() == []


def test_files_count_as_storage_while_they_are_there(world: World) -> None:
    prices, other = world.bring(PRICES), world.bring(LONG)
    assert world.stored() == len(PRICES) + len(LONG)
    world.replace(prices, b"Coffee costs 22,000.")
    assert world.stored() == 20 + len(LONG)
    versions.start(world, world.tenant, world.now(prices), world.clock())  # read once more
    world.work()
    assert world.stored() == 20 + len(LONG)
    world.delete(other)
    assert world.stored() == 20
    world.hand_over(entry(world.tenant, FORGET_BASE, "kb1"))
    world.bases.delete("kb1", by=BY, at=2)
    world.work()
    assert world.stored() == 0


def test_a_deleted_knowledge_base_takes_its_documents_along(world: World) -> None:
    world.bring(PRICES)
    golden, evaluations = world.bench.golden_questions("kb1"), world.bench.evaluations("kb1")
    asked = GoldenQuestion("q1", "When?", answer="Now.")
    golden.add([asked])
    evaluations.create(Evaluation(f"e-{world.tenant.id}", 1, {}, {}, {}))
    evaluations.copy_question(f"e-{world.tenant.id}", Asked(0, asked), 1)
    world.hand_over(entry(world.tenant, FORGET_BASE, "kb1"))
    world.work(most=3)  # it waits until the record is gone
    assert len(evaluations.questions(f"e-{world.tenant.id}")) == 1
    assert len(list(world.documents(world.tenant, "kb1").all())) == 1
    world.bases.delete("kb1", by=BY, at=2)
    world.work()
    assert list(world.documents(world.tenant, "kb1").all()) == []
    assert list(golden.all()) == []
    assert evaluations.page(10, None) == ([], None)
    assert evaluations.questions(f"e-{world.tenant.id}") == []


def test_an_older_version_that_is_still_worked_on_changes_nothing(world: World) -> None:
    document = world.bring(PRICES)
    world.run(entry(world.tenant, READ, "kb1", document.id, version=0).body)
    assert world.now(document) == document


def test_a_file_that_cannot_be_read_fails_with_words(world: World) -> None:
    document = world.bring(b"no pdf at all", kind="pdf")
    assert (document.state, document.version) == (FAILED, 0)
    assert document.reason == "The file is damaged, or no PDF."


def test_a_file_without_text_says_so(world: World) -> None:
    assert world.bring(b"\n \n").reason == "There is no text in it."


def test_a_failed_replacement_leaves_the_old_version_answering(world: World) -> None:
    document = world.replace(world.bring(PRICES), b"  ")
    assert (document.state, document.version, document.making) == (FAILED, 1, 2)
    assert world.documents(world.tenant, "kb1").live([document.id]) == {document.id: 1}
    assert len(world.found()) == 1


@pytest.mark.parametrize("times", [1, 5])
def test_a_busy_model_is_asked_again_later(world: World, times: int) -> None:
    world.embed.busy = times
    assert world.bring(PRICES).state == READY


def test_a_model_that_is_always_busy_ends_the_try(world: World) -> None:
    world.embed.busy = 100
    document = world.bring(PRICES)
    assert document.state == FAILED
    assert document.reason.startswith("The services that index documents were too busy")


def test_a_busy_collection_is_asked_again_later(world: World) -> None:
    world.wire.refuse = [503, 429]
    assert world.bring(PRICES).state == READY


def test_an_index_that_is_slow_to_find_and_busy_once_is_looked_at_again(
    dynamodb: Any, s3: Any, world: World
) -> None:
    slow = Collection(lag=150, clock=lambda: other.clock() / 1000)
    other = World(dynamodb, s3, Tenant(f"{world.tenant.id}_slow"), slow)
    document = other.begin(PRICES)
    other.work(most=30)
    assert other.now(document).state == EMBEDDING
    other.wire.refuse = [503]
    other.work()
    assert other.now(document).state == READY


def test_an_index_that_never_finds_them_ends_the_try(dynamodb: Any, s3: Any, world: World) -> None:
    never = Collection(lag=10_000, clock=lambda: other.clock() / 1000)
    other = World(dynamodb, s3, Tenant(f"{world.tenant.id}_never"), never)
    document = other.bring(PRICES)
    assert (document.state, document.version) == (FAILED, 0)
    assert document.reason.startswith("The index did not take all passages")


def test_a_part_that_was_written_twice_is_complete_once(world: World) -> None:
    document = world.bring(PRICES)
    assert world.now(document).parts_done == {0}
    assert len({(one["version"], one["chunk_no"]) for one in world.found()}) == 1


def test_a_failure_of_ours_is_told_at_the_last_try(world: World) -> None:
    world.bring(PRICES)

    def broken(texts: Sequence[str], input_type: InputType) -> list[Vector]:
        raise ZeroDivisionError

    world.tools = replace(world.tools, embed=broken)
    with pytest.raises(ZeroDivisionError):
        world.bring(b"Something else.")
    world.sqs.sent["jobs"].clear()
    (document,) = [
        one for one in world.documents(world.tenant, "kb1").all() if one.state == EMBEDDING
    ]
    body = entry(world.tenant, EMBED, "kb1", document.id, version=1).body
    with pytest.raises(ZeroDivisionError):
        world.run(body, receives=5)
    assert world.now(document).reason.startswith("Something went wrong on our side")


def test_two_workspaces_with_the_same_document_never_meet(
    dynamodb: Any, s3: Any, world: World
) -> None:
    other = World(dynamodb, s3, Tenant(f"{world.tenant.id}_b"), world.collection)
    ours, theirs = world.bring(PRICES), other.bring(PRICES)
    other.clock.ms = world.clock.ms = max(other.clock.ms, world.clock.ms) + 60_000
    assert {one["document_id"] for one in world.found()} == {ours.id}
    assert {one["document_id"] for one in other.found()} == {theirs.id}
    assert other.bench.index.count("kb1", ours.id) == 0
    assert other.bench.index.remove("kb1", ours.id) == 0
    chunk = chunk_of(world.found()[0])
    with pytest.raises(ValueError, match="another tenant"):
        other.bench.index.add([chunk], [[1.0] * DIMENSIONS])
    world.delete(ours)
    world.work()
    other.clock.ms = world.clock.ms
    assert world.found() == []
    assert {one["document_id"] for one in other.found()} == {theirs.id}
