"""Places in texts are looked up in data, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.engine.texts import render

DATA: dict[str, Any] = {
    "name": "Ana",
    "n": 5,
    "half": 0.5,
    "yes": True,
    "nothing": None,
    "items": [{"price": 3}, "two"],
    "contact": {"name": "Ana", "0": "zero"},
    "inner": "{{name}}",
    "pattern": r"\1 \g<0>",
}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hi {{name}}!", "Hi Ana!"),
        ("{{ name }}{{\tname\n}}", "AnaAna"),
        ("{{n}} {{half}} {{yes}}", "5 0.5 true"),
        ("[{{nothing}}{{missing}}{{items}}{{contact}}]", "[]"),
        ("{{items.0.price}} {{items.1}} {{items.2}}", "3 two "),
        ("{{contact.0}}", "zero"),
        ("{{inner}}", "{{name}}"),
        ("{{pattern}}", r"\1 \g<0>"),
        ("{name} {{na me}} {{}} {{1}} {{name", "{name} {{na me}} {{}} {{1}} {{name"),
        ("{{{name}}}", "{Ana}"),
        ("{{items.-1}}{{items.0x}}", "{{items.-1}}"),
        ("%s {0} ${name} {{name!r}}", "%s {0} ${name} {{name!r}}"),
    ],
)
def test_places(text: str, shown: str) -> None:
    assert render(text, DATA, 4096) == shown


@pytest.mark.parametrize("owner", ["name", "n", "items", "contact", "nothing", "items.0"])
@pytest.mark.parametrize(
    "attribute", ["__class__", "__class__.__mro__", "__init__.__globals__", "keys", "append"]
)
def test_attributes_are_out_of_reach(owner: str, attribute: str) -> None:
    assert render(f"[{{{{{owner}.{attribute}}}}}]", DATA, 4096) == "[]"


@given(text=st.text(), at_most=st.integers(0, 50))
def test_it_is_never_longer_than_allowed(text: str, at_most: int) -> None:
    assert len(render(text + "{{name}}" * 3 + text, DATA, at_most)) <= at_most


@given(text=st.text(alphabet="{} .name0", max_size=40))
def test_any_text_is_rendered(text: str) -> None:
    whole = render(text, DATA, 10_000)
    assert whole.startswith(render(text, DATA, 3))
