"""Places in texts are looked up in data, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.engine.errors import TextInvalidError
from flow.engine.texts import compile_local, compile_template, fallbacks

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


def render(text: str, at_most: int = 4096) -> str:
    return compile_template(text).render(DATA, at_most)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hi {{name}}!", "Hi Ana!"),
        ("{{ name }}{{\tname\n}}", "AnaAna"),
        ("{{n}} {{half}} {{yes}}", "5 0.5 true"),
        ("[{{nothing}}{{missing}}{{contact}}]", "[]"),
        ("{{items.0.price}} {{items.1}} {{items.2}}", "3 two "),
        ("{{contact.0}}", "zero"),
        ("{{inner}}", "{{name}}"),
        ("{{pattern}}", r"\1 \g<0>"),
        ("{name} }} {{name", "{name} }} {{name"),
        ("%s {0} ${name} {% if 1 %} {# x #}", "%s {0} ${name} {% if 1 %} {# x #}"),
        ('{{ nobody | default: "friend" | upcase }}', "FRIEND"),
        ('{{ name | default: "friend" | upcase }}', "ANA"),
        ("{{ nobody | default: name }}", "Ana"),
    ],
)
def test_places(text: str, shown: str) -> None:
    assert render(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        *("{{}}", "{{na me}}", "{{1 2}}", "{{name!r}}", "{{name()}}", "{{name.upper()}}"),
        *("{{name[0]}}", '{{name["x"]}}', "{{name ~ name}}", "{{name + 1}}", "{{-name}}"),
        *("{{name | nofilter}}", "{{name | default}}", '{{name | upcase: "x"}}', "{{name |}}"),
        *("{{name | map: name}}", "{{ name | attr: name}}", "{{__class__}}", "{{_}}", "{{.}}"),
        *('{{"a\\"b"}}', "{{name if name}}", "{{range(9)}}", "{{name | default: , 1}}"),
        "{{name" + " | upcase" * 21 + "}}",
    ],
)
def test_what_is_no_value_with_filters_is_refused(text: str) -> None:
    with pytest.raises(TextInvalidError):
        compile_template(text)


@pytest.mark.parametrize("owner", ["name", "n", "items", "contact", "nothing", "items.0"])
@pytest.mark.parametrize(
    "attribute", ["__class__", "__class__.__mro__", "__init__.__globals__", "keys", "append"]
)
def test_attributes_are_out_of_reach(owner: str, attribute: str) -> None:
    assert render(f"[{{{{{owner}.{attribute}}}}}]") == "[]"
    assert render(f"[{{{{{owner}.{attribute} | upcase}}}}]") == "[]"


@given(text=st.text(), at_most=st.integers(0, 50))
def test_it_is_never_longer_than_allowed(text: str, at_most: int) -> None:
    text = text.replace("{", "")
    assert len(render(text + "{{name}}" * 3 + text, at_most)) <= at_most


@given(text=st.text(alphabet='{} .name0|:,"upcase', max_size=40))
def test_any_text_is_rendered_or_refused(text: str) -> None:
    try:
        compiled = compile_template(text)
    except TextInvalidError as error:
        assert str(error)
        return
    whole = compiled.render(DATA, 10_000)
    assert whole.startswith(compiled.render(DATA, 3))


@pytest.mark.parametrize("default", ["pt-BR", "pt_BR"])
def test_the_flows_language_may_be_written_with_either_sign(default: str) -> None:
    text = compile_local({"en": "Hi", "pt-BR": "Oi"})
    assert text.pick(fallbacks("fr", default)).render({}, 100) == "Oi"
