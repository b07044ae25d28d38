"""The words that a question and a passage are compared by."""

from __future__ import annotations

import pytest

from rag.terms import language_of, terms_of


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The lamp's battery won't fill up", ["lamp", "battery", "fill"]),
        ("We\u2019ll see if it isn\u2019t the customer\u2019s", ["customer"]),
        ("Could somebody get me something instead?", []),
        ("Apakah barangnya bisa dikembalikan?", ["barang", "kembali"]),
    ],
)
def test_small_words_and_endings_do_not_count(text: str, terms: list[str]) -> None:
    assert terms_of(text) == terms


def test_a_language_is_told_by_its_small_words() -> None:
    assert language_of("Do you have it in another colour?") == "en"
    assert language_of("Apakah ada warna lain?") == "id"
    assert language_of("KX-200", "") == ""
