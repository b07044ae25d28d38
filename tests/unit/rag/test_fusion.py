from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.fusion import MOST_PER_CODE, Found, Hit, Weights, fuse
from tests.unit.rag.found_passages import chunk

CHUNKS = [chunk(f"text {number}", number) for number in range(8)]
SCORES = st.lists(st.floats(0.01, 40, allow_nan=False), min_size=8, max_size=8)


def _hits(scores: list[float]) -> list[Hit]:
    return [Hit(one, score) for one, score in zip(CHUNKS, scores, strict=True)]


def _order(found: Found, weights: Weights) -> list[int]:
    return [one.chunk.chunk_no for one in fuse(found, weights)]


def test_the_best_of_both_is_first() -> None:
    meaning = [Hit(CHUNKS[0], 0.9), Hit(CHUNKS[1], 0.8), Hit(CHUNKS[2], 0.5)]
    words = [Hit(CHUNKS[1], 12.0), Hit(CHUNKS[3], 11.0)]
    assert _order(Found(meaning, words), Weights(0.5, 0.5))[0] == 1


@given(SCORES, SCORES)
def test_every_passage_is_once_and_scores_lie_between_none_and_all(
    meaning: list[float], words: list[float]
) -> None:
    scaled = [score / 40 for score in meaning]
    fused = fuse(Found(_hits(scaled), _hits(words)), Weights())
    assert sorted(one.chunk.chunk_no for one in fused) == list(range(8))
    assert all(0 <= one.fused <= 1 + 1e-9 for one in fused)
    assert [one.fused for one in fused] == sorted((one.fused for one in fused), reverse=True)


@given(SCORES, st.floats(0.5, 4))
def test_the_unit_of_bm25_does_not_matter(words: list[float], factor: float) -> None:
    meaning = [Hit(one, 0.9 - number / 20) for number, one in enumerate(CHUNKS[:4])]
    one = fuse(Found(meaning, _hits(words)), Weights())
    other = fuse(Found(meaning, _hits([score * factor for score in words])), Weights())
    by_no = {each.chunk.chunk_no: each.fused for each in other}
    assert all(abs(each.fused - by_no[each.chunk.chunk_no]) < 1e-6 for each in one)


def test_a_code_comes_before_all_else() -> None:
    meaning = [Hit(CHUNKS[0], 0.99), Hit(CHUNKS[1], 0.98)]
    found = Found(meaning, (), [Hit(CHUNKS[5], 1.0)])
    assert _order(found, Weights())[0] == 5


def test_a_code_that_is_everywhere_singles_nothing_out() -> None:
    named = [Hit(one, 1.0) for one in CHUNKS[2 : 3 + MOST_PER_CODE]]
    found = Found([Hit(CHUNKS[0], 0.9), Hit(CHUNKS[1], 0.6)], (), named)
    assert _order(found, Weights())[0] == 0


def test_nothing_found_is_nothing() -> None:
    assert fuse(Found(), Weights()) == []
