from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from rag.citations import cited


def test_numbers_follow_their_first_use() -> None:
    found = cited("Free from USD 75 [3]. Else 5.90 [1][3].", 3)
    assert found.text == "Free from USD 75 [1]. Else 5.90 [2][1]."
    assert found.passages == (2, 0)


def test_invented_numbers_are_dropped() -> None:
    found = cited("Sixty days [2, 9]. Truly [7].", 2)
    assert found.text == "Sixty days [1]. Truly."
    assert found.passages == (1,)


def test_an_answer_without_numbers_cites_nothing() -> None:
    assert cited("Sixty days.", 3).passages == ()


@given(st.lists(st.integers(0, 12), max_size=8), st.integers(0, 6))
def test_what_is_left_counts_up_from_one(numbers: list[int], given_: int) -> None:
    text = " ".join(f"word [{number}]" for number in numbers)
    found = cited(text, given_)
    left = list(dict.fromkeys(int(one) for one in re.findall(r"\[(\d+)\]", found.text)))
    assert left == list(range(1, len(found.passages) + 1))
    assert all(0 <= place < given_ for place in found.passages)
    assert len(set(found.passages)) == len(found.passages)
