"""Patterns are matched in linear time, or refused."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.engine.errors import PatternInvalidError
from flow.engine.patterns import compile_pattern


def test_anywhere_in_any_case() -> None:
    assert compile_pattern("order #?[0-9]+").found_in("My ORDER #17, please")
    assert not compile_pattern("order #?[0-9]+").found_in("no order")
    assert compile_pattern("[a-z]{2}[0-9]+").fills("AB12")
    assert not compile_pattern("[a-z]{2}[0-9]+").fills("AB12!")


@pytest.mark.parametrize(
    "pattern",
    [
        *("(a+)+$", "(a|a)*$", "(a|aa)+$", "([a-zA-Z]+)*$", "(.*a){20}", "(x+x+)+y"),
        *("^(([a-z])+.)+[A-Z]([a-z])+$", r"(\w+\s?)*$", "(a*)*b", "a*a*a*a*a*a*b"),
    ],
)
def test_patterns_that_ruin_other_engines_cost_little(pattern: str) -> None:
    compiled = compile_pattern(pattern)
    begin = time.process_time()
    for text in ("a" * 5000 + "!", "x" * 5000, "aA " * 1500 + "!"):
        compiled.found_in(text)
    assert time.process_time() - begin < 0.5


@pytest.mark.parametrize(
    "pattern",
    [
        *("", "(", "[", "*", "a**b**", "x" * 501, r"(a)\1", "(?=a)", "(?<!a)b", "(?P<x"),
        *("(((a{1,1000}){1,1000}){1,1000})", "a{100000}", r"\p{Nonsense}"),
    ],
)
def test_what_is_refused(pattern: str) -> None:
    with pytest.raises(PatternInvalidError):
        compile_pattern(pattern)


@given(pattern=st.text(alphabet="ab()[]{}*+?|^$.\\-0123 ", max_size=30), text=st.text(max_size=200))
def test_any_pattern_is_matched_or_refused(pattern: str, text: str) -> None:
    try:
        compiled = compile_pattern(pattern)
    except PatternInvalidError as error:
        assert str(error)
        return
    assert isinstance(compiled.found_in(text), bool)
