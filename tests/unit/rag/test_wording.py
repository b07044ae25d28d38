from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.wording import for_whatsapp


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("**Sixty** days", "*Sixty* days"),
        ("## Returns\nSixty days", "*Returns*\nSixty days"),
        ("* one\n* two", "- one\n- two"),
        ("[our page](https://shop.example/a)", "our page (https://shop.example/a)"),
        ("```\ncode\n```", "code"),
        ("a<br>b", "ab"),
        ("one\n\n\n\ntwo", "one\n\ntwo"),
        (
            "| Size | Price |\n|---|---|\n| S | 10 |\n| M | 12 |",
            "- Size: S, Price: 10\n- Size: M, Price: 12",
        ),
    ],
)
def test_marks_are_whatsapps(written: str, shown: str) -> None:
    assert for_whatsapp(written, 1000) == shown


def test_a_long_answer_ends_with_a_sentence() -> None:
    text = "One sentence here. Another follows it. " * 20
    shown = for_whatsapp(text, 200)
    assert len(shown) <= 200
    assert shown.endswith(".")


@given(st.text(max_size=600), st.integers(1, 300))
def test_no_answer_is_longer_than_it_may_be(text: str, limit: int) -> None:
    shown = for_whatsapp(text, limit)
    assert len(shown) <= limit


@given(st.text(alphabet="ab |-\n#*", max_size=120))
def test_no_table_or_heading_is_left(text: str) -> None:
    lines = for_whatsapp(text, 500).splitlines()
    assert not any(line.startswith(("# ", "## ")) for line in lines)
