from __future__ import annotations

from rag.passages import Scale, chosen, rated
from tests.unit.rag.found_passages import candidate, passage

SCALE = Scale(0.2, 0.8)


def test_a_passage_with_the_words_and_the_meaning_is_relevant() -> None:
    candidates = [
        candidate("You may return goods within sixty days.", 0, near=0.7),
        candidate("Our shop is in Portland.", 1, near=0.25),
    ]
    best, other = rated("return goods days", candidates, SCALE)
    assert best.relevance > 0.75
    assert other.relevance < 0.15


def test_a_passage_without_a_shared_word_is_held_by_its_meaning() -> None:
    (only,) = rated("uang kembali kapan", [candidate("Refunds take 3 days", near=0.8)], SCALE)
    assert only.relevance == 0.75


def test_what_the_knowledge_does_not_know_is_not_asked_of_it() -> None:
    candidates = [candidate("Wash jackets at 30 degrees", 0, near=0.3), candidate("Trees", 1)]
    known, trees = rated("wash a jacket", candidates, SCALE)
    unknown, _ = rated("wash a Formula racing car", candidates, SCALE)
    assert known.relevance > 0.35 > unknown.relevance
    assert trees.relevance == 0  # that others know the words says nothing of this one


def test_what_names_the_code_is_nearly_certain() -> None:
    (only,) = rated("SKU-123", [candidate("SKU-123 lamp", near=0.0, named=True)], SCALE)
    assert only.relevance >= 0.95


def test_a_code_that_nothing_has_makes_the_rest_doubtful() -> None:
    there = [candidate("What is this lamp?", near=0.5)]
    (asked_by_word,) = rated("what lamp", there, SCALE)
    (asked_by_code,) = rated("what lamp AB-999", there, SCALE)
    assert asked_by_code.relevance < asked_by_word.relevance / 2 + 0.01


def test_the_threshold_and_the_number_bound_what_is_chosen() -> None:
    passages = [
        passage(f"text number {no} says {no}", no, relevance=1 - no / 10) for no in range(9)
    ]
    assert [one.chunk.chunk_no for one in chosen(passages, 0.55, 3)] == [0, 1, 2]
    assert [one.chunk.chunk_no for one in chosen(passages, 0.75, 9)] == [0, 1, 2]
    assert chosen(passages, 1.0, 9)[0].chunk.chunk_no == 0
    assert chosen([], 0.1, 3) == []


def test_neighbours_that_share_their_text_are_one() -> None:
    text = "Goods may be returned within sixty days of delivery when the labels are on."
    passages = [
        passage(text, 0),
        passage(text + " Tents too.", 1),
        passage("Shipping is free from seventy five dollars on.", 2),
    ]
    assert [one.chunk.chunk_no for one in chosen(passages, 0.1, 5)] == [0, 2]
