"""Filters: what they make of ordinary values, and that none grows, hangs or raises on any."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.engine.filters import FILTERS, GROWTH
from flow.engine.texts import compile_template

DATA: dict[str, Any] = {
    "name": "ana putri",
    "n": 1234567.5,
    "whole": 2.0,
    "neg": -3,
    "zero": 0,
    "empty": "",
    "yes": True,
    "list": ["tea", 2, None],
    "object": {"a": '"x"'},
    "day": "2026-12-24",
    "at": "2026-12-24T09:05:00+07:00",
    "long": "x" * 30_000,
}


def render(text: str) -> str:
    return compile_template(text).render(DATA, 1_000_000)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "{{name | upcase}} {{name | capitalize}} {{name | titlecase}}",
            "ANA PUTRI Ana putri Ana Putri",
        ),
        ("{{none | default: 'x'}}{{zero | default: 'x'}}{{empty | default: 'y'}}", "x0y"),
        ("{{whole}} {{yes}} {{list}} [{{object}}]", "2 true tea, 2,  []"),
        ("{{name | size}} {{list | size}} {{list | first}} {{list | last}}", "9 3 tea "),
        ("{{list | join: '/'}} {{name | slice: 0, 3}} {{name | slice: -5, 5}}", "tea/2/ ana putri"),
        ("{{name | replace: 'a', 'o'}} {{name | truncate: 4}}", "ono putri ana…"),
        ("{{name | append: '!' | prepend: 'hi '}}", "hi ana putri!"),
        (
            "{{n | number}} {{n | number: 1}} {{n | number: 2, ','}}",
            "1.234.568 1.234.567,5 1,234,567.50",
        ),
        ("{{n | round}} {{n | round: 1}} {{neg | abs}}", "1234568 1234567.5 3"),
        ("{{day | date}} {{at | date: '%H.%M'}}", "24/12/2026 09.05"),
        ("{{day | date: '%e %B %Y', 'id'}}", "24 Desember 2026"),
        ("{{name | date}}{{name | number}}{{name | round}}", ""),
        ("{{name | url_encode}} {{ 'a/b?c=d&e' | url_encode}}", "ana%20putri a%2Fb%3Fc%3Dd%26e"),
        ("{{object | json}} {{name | json}} {{none | json}}", '{"a": "\\"x\\""} "ana putri" null'),
        ("{{ 'text' | upcase }} {{ 5 }} {{ true }}", "TEXT 5 true"),
    ],
)
def test_filters(text: str, shown: str) -> None:
    assert render(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "{{long | replace: 'x', long}}",
        "{{long" + " | append: long" * 19 + "}}",
        "{{long | replace: '', 'y'}}",
        "{{list | join: long}}",
        "{{long | date: long}}",
        "{{long | number: 999999}}",
        "{{n | round: 999999}}",
        "{{long | truncate: -5}}",
        "{{long | slice: 0, 99999999999}}",
    ],
)
def test_nothing_grows_without_end(text: str) -> None:
    begin = time.process_time()
    assert len(render(text)) <= 2 * GROWTH
    assert time.process_time() - begin < 0.5


_any: Any = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner)),
    max_leaves=5,
)


@given(name=st.sampled_from(sorted(FILTERS)), values=st.lists(_any, min_size=3, max_size=3))
def test_any_filter_takes_any_value(name: str, values: list[Any]) -> None:
    for count in range(FILTERS[name].operands[0], FILTERS[name].operands[1] + 1):
        operands = ", ".join(f"b{place}" for place in range(count))
        text = f"{{{{a | {name}{': ' + operands if operands else ''}}}}}"
        scope = {"a": values[0], "b0": values[1], "b1": values[2]}
        assert isinstance(compile_template(text).render(scope, 10_000), str)
