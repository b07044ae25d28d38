"""What a workspace writes tries to get out: rules, texts and patterns that have broken others."""

from __future__ import annotations

import os
from typing import Any

import pytest

from flow.engine.definition import compile_flow
from flow.engine.errors import FlowInvalidError
from flow.engine.patterns import compile_pattern
from flow.engine.rule_values import Budget
from flow.engine.rules import compile_rule
from flow.engine.texts import compile_template
from tests.unit.flow.engine.flow_parts import Talk, chain, condition, edge, flow, message

SECRET = "kabar-test-secret"
TEMPLATES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ contact.__class__.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.environ }}",
    "{{ self._TemplateReference__context }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ config.items() }}",
    "{{ contact | attr: '__class__' }}",
    "{{ contact|map(attribute='name') }}",
    "{{ [].append }}",
    "{{ name | default: name.__class__ }}",
    "{{ p0 }}{{ p1 }}",
    "{{ name | json | replace: 'A', '{{p0}}' }}",
    "{% for x in (1).__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{% include '/etc/passwd' %}{% import 'os' as os %}",
    "{{ name | replace: '', name }}",
    "${7*7} #{7*7} <%= 7*7 %> {{7*7}}",
    "%(name)s {0.__class__} {name.__class__}",
]
HOSTILE: dict[str, Any] = {
    "name": "{{ contact.__class__ }}{% raw %}",
    "contact": {"name": "x", "__class__": {"__mro__": "a key and no more"}},
}


@pytest.mark.parametrize("text", TEMPLATES)
def test_a_text_shows_data_and_nothing_of_the_program(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "SECRET", SECRET)
    try:
        shown = compile_template(text).render(HOSTILE, 4096)
    except FlowInvalidError:
        return
    for told in ("<class", "function", "object at 0x", SECRET, "root:", "49"):
        assert told not in shown


@pytest.mark.parametrize("key", ["__class__", "__proto__", "constructor", "__globals__", "keys"])
def test_names_of_attributes_are_keys_like_others(key: str) -> None:
    data: dict[str, Any] = {"vars": {key: {"x": "kept"}}, "name": "Ana"}
    rule = compile_rule({"==": [{"var": f"vars.{key}.x"}, "kept"]})
    assert rule.holds(data, Budget(1000, 1000))
    assert not rule.holds({"vars": {}, "name": "Ana"}, Budget(1000, 1000))
    reached = compile_rule({"!!": [{"var": f"name.{key}"}]})
    assert not reached.holds(data, Budget(1000, 1000))


@pytest.mark.parametrize(
    "said",
    [
        {"method": ["x", "__class__"]},
        {"var": "secret"},
        [{"log": "x"}],
        {"if": [{"method": ["x", "upper"]}, 1]},
    ],
)
def test_what_a_customer_brings_is_never_a_rule(said: object) -> None:
    """Data that looks like logic, in a rule that hands data around."""
    rules = [
        {"==": [{"var": "x"}, "secret"]},
        {"in": ["secret", {"merge": [{"var": "x"}]}]},
        {"some": [{"var": "x"}, {"==": [{"var": ""}, "secret"]}]},
        {"==": [{"reduce": [{"var": "x"}, {"var": "current"}, 0]}, "secret"]},
    ]
    for rule in rules:
        assert not compile_rule(rule).holds({"x": said, "secret": "secret"}, Budget(1000, 1000))


def test_a_customer_who_writes_a_place_is_read_as_words() -> None:
    talk = Talk(chain(message("a", "You said: {{message.text}}"))).says("{{contact.id}} {% x %}")
    assert talk.texts == ["You said: {{contact.id}} {% x %}"]


@pytest.mark.parametrize(
    "rule", [{"method": ["", "__class__"]}, {"log": "x"}, {"var": [{"method": ["a", "upper"]}]}]
)
def test_a_flow_that_was_stored_with_such_a_rule_does_not_run(rule: object) -> None:
    """Refused when it is published, and again wherever it comes from when it is to run."""
    stored = flow([condition("c", go=rule)], [edge("c", "c", "go")])
    with pytest.raises(FlowInvalidError) as refused:
        compile_flow(stored)
    assert "'c'" in str(refused.value) or refused.value.problems


@pytest.mark.parametrize("pattern", ["(?i:(a+)+)$", "(?s).*.*.*.*x", "(a?){25}a{25}", "(.|\n)*z"])
def test_a_pattern_is_matched_in_linear_time(pattern: str) -> None:
    compiled = compile_pattern(pattern)
    for text in ("a" * 4096, "\n" * 4096, "é" * 4096):
        assert compiled.found_in(text) in (True, False)


@pytest.mark.parametrize("pattern", ["(?{system('id')})", "(?R)", "(?(1)a|b)", "(?>a+)b", r"\1"])
def test_what_other_engines_run_or_recurse_is_refused(pattern: str) -> None:
    with pytest.raises(FlowInvalidError):
        compile_pattern(pattern)
