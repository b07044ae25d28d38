"""Places in messages are filled for each recipient, once, and never by chance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.json_types import JsonObject
from shared.wording import VariableMissingError, filled


def text(body: str) -> JsonObject:
    return {"type": "text", "text": {"body": body, "preview_url": True}}


def test_every_place_of_every_text_is_filled() -> None:
    message = {"a": "{{name}}, {{ name }}!", "b": [{"c": "{{order}}"}, 1, None, True]}
    done = filled(message, {"name": "Ana", "order": "1001", "more": "x"})
    assert done == {"a": "Ana, Ana!", "b": [{"c": "1001"}, 1, None, True]}


def test_what_is_filled_in_has_no_places_of_its_own() -> None:
    assert filled(text("{{a}}"), {"a": "{{b}}", "b": "never"}) == text("{{b}}")


@pytest.mark.parametrize("kept", ["{name}", "{{}}", "{{a b}}", "{{a.b}}", "{{% x %}}", "100 {{"])
def test_what_is_no_place_stays(kept: str) -> None:
    assert filled(text(kept), {}) == text(kept)


def test_a_place_without_a_variable_is_named() -> None:
    with pytest.raises(VariableMissingError, match="order"):
        filled(text("{{order}}"), {"name": "Ana"})


@given(st.text())
def test_a_value_arrives_as_it_is(value: str) -> None:
    assert filled(text("{{a}}"), {"a": value}) == text(value)
