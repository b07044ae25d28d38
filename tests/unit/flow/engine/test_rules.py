"""Rules stay behind the allow-list, whatever they hold and whatever data they meet."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from typing import Any

import json_logic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.engine.errors import RuleInvalidError
from flow.engine.rule_choices import CHOICES, CHOSEN
from flow.engine.rule_lookups import LOOKED_UP, LOOKUPS
from flow.engine.rule_loops import LOOPED, LOOPS
from flow.engine.rule_operations import OPERATIONS
from flow.engine.rule_values import Budget
from flow.engine.rules import ALLOWED_OPERATORS, Rule, compile_rule

CLASS_OF = {"method": ["text", "__class__"]}


def holds(rule: Rule, data: Any) -> bool:
    return rule.holds(data, Budget(100_000, 100_000))


FORBIDDEN = sorted(
    {*json_logic.operations, "Method", "METHOD", " method", "method ", "var.x", "__class__", ""}
    - ALLOWED_OPERATORS
)


def test_the_library_still_has_what_must_be_kept_out() -> None:
    assert {"method", "log", "count"} <= set(FORBIDDEN)
    assert json_logic.jsonLogic({"method": ["text", "upper"]}) == "TEXT"


@pytest.mark.parametrize("operator", FORBIDDEN)
def test_other_operators_are_refused(operator: str) -> None:
    with pytest.raises(RuleInvalidError):
        compile_rule({operator: ["a", "b"]})


@pytest.mark.parametrize(
    "rule",
    [
        {"var": ["x", CLASS_OF]},
        {"var": [CLASS_OF]},
        {"var": CLASS_OF},
        {"if": [True, CLASS_OF, 1]},
        {"if": [False, 1, False, 2, CLASS_OF]},
        {"or": [True, CLASS_OF]},
        {"and": [False, [[[CLASS_OF]]]]},
        [CLASS_OF],
        [[], [[CLASS_OF]]],
        {"missing_some": [1, ["a", CLASS_OF]]},
        {"in": ["a", {"merge": [[CLASS_OF]]}]},
        {"log": CLASS_OF},
        {"==": {"method": ["a", "upper"]}},
    ],
)
def test_operators_are_refused_wherever_they_hide(rule: object) -> None:
    with pytest.raises(RuleInvalidError):
        compile_rule(rule)


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"var": "a", "method": ["a", "upper"]},
        {"==": [1, {"a": 1, "b": 2}]},
        {"in": [1, {}]},
        ("method", "a"),
        {"var": ("a",)},
        {"var": object()},
        {"var": b"a"},
        {"==": [1, {1, 2}]},
        {1: [2]},
        {None: [2]},
        {("method",): ["a"]},
        lambda: True,
    ],
)
def test_other_shapes_are_refused(rule: object) -> None:
    with pytest.raises(RuleInvalidError):
        compile_rule(rule)


def test_endless_depth_is_refused_before_it_is_followed() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(RuleInvalidError):
        compile_rule(deep)
    endless: list[Any] = []
    endless.append(endless)
    with pytest.raises(RuleInvalidError):
        compile_rule({"and": endless})


@pytest.mark.parametrize(
    "path",
    [
        "text.__class__",
        "__class__",
        "text.__class__.__mro__",
        "text.upper",
        "number.real",
        "things.append",
        "things.__len__",
        "contact.keys",
        "contact.__init__.__globals__",
    ],
)
def test_paths_do_not_reach_attributes(path: str) -> None:
    data = {"text": "abc", "number": 5, "things": [1], "contact": {"name": "Ana"}}
    assert not holds(compile_rule({"!=": [{"var": path}, None]}), data)
    assert holds(compile_rule({"missing": [path]}), data)


def test_data_that_looks_like_logic_is_data() -> None:
    data = {"said": CLASS_OF, "list": [CLASS_OF], "name": "said"}
    assert holds(compile_rule({"==": [{"var": "said"}, {"var": "list.0"}]}), data)
    assert holds(compile_rule({"in": [{"var": "said"}, {"var": "list"}]}), data)
    assert holds(compile_rule({"!!": [{"if": [True, {"var": "said"}]}]}), data)
    assert holds(compile_rule({"==": [{"var": {"var": "name"}}, {"var": "said"}]}), data)


@pytest.mark.parametrize(
    "rule",
    [
        {"%": [1, 0]},
        {"+": ["a", 1]},
        {"+": [[1], {"var": ""}]},
        {"<": ["a", []]},
        {"<": [1, "text"]},
        {"substr": [5, 1]},
        {"substr": []},
        {"==": [1]},
        {"in": [{"var": "contact"}, {"var": "contact"}]},
        {"var": "list.9"},
        {"-": []},
        {"missing_some": ["a", 5]},
        {"cat": []},
    ],
)
def test_what_cannot_be_computed_does_not_hold(rule: object) -> None:
    assert not holds(compile_rule(rule), {"contact": {"name": "Ana"}, "list": [1]})


@pytest.mark.parametrize(
    ("rule", "data"),
    [
        ({"*": [{"var": "x"}] * 249}, {"x": "9" * 4096}),
        ({"*": [int("9" * 4000)] * 498}, {}),
        ({"%": [{"*": [10**99] * 300}, {"*": [10**99] * 150}]}, {}),
        ({"-": [{"var": "x"}]}, {"x": 10**100_000}),
        ({"==": [{"cat": [{"var": "x"}] * 200}, "y"]}, {"x": "x" * 30_000}),
        ({"==": [{"var": "x"}, "1"]}, {"x": 10**100_000}),
    ],
)
def test_huge_numbers_and_texts_cost_little(rule: object, data: Any) -> None:
    compiled = compile_rule(rule)
    begin = time.process_time()
    holds(compiled, data)
    assert time.process_time() - begin < 0.2


def test_ordinary_arithmetic_works() -> None:
    rule = {"==": [{"+": [{"*": [{"var": "n"}, 3]}, {"-": [4]}, {"/": [9, "3"]}]}, 14]}
    assert holds(compile_rule(rule), {"n": "5"})
    assert holds(compile_rule({">": [{"%": [7, 4]}, {"min": [{"max": [1, 2]}, 3]}]}), {})
    assert holds(compile_rule({"<": [10**98, {"*": [10**99, 1]}]}), {})


_names = st.sampled_from(["a", "b.c", "list.0", "__class__", "contact.name", "", "a.b.c.d"])
_scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), _names
)
_any_rule = st.recursive(
    _scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from([*sorted(ALLOWED_OPERATORS), *FORBIDDEN]),
            st.one_of(inner, st.lists(inner, max_size=4)),
            max_size=2,
        ),
    ),
    max_leaves=12,
)
_data = st.dictionaries(
    st.sampled_from(["a", "b", "list", "contact"]),
    st.recursive(
        _scalars,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(st.sampled_from(["name", "method", "log", "c", "0"]), inner),
        ),
        max_leaves=8,
    ),
)


@pytest.fixture(scope="module")
def called() -> Iterator[set[str]]:
    """The operators that the library runs, as they are run."""
    names: set[str] = set()

    def recorded(name: str, operation: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            names.add(name)
            return operation(*arguments)

        return run

    tables: list[dict[str, Callable[..., Any]]] = [
        getattr(json_logic, f"_{kind}_operations")
        for kind in ("logical", "scoped", "data", "common", "unsupported", "custom")
    ]
    before = [dict(table) for table in tables]
    for table in tables:
        table.update({name: recorded(name, operation) for name, operation in table.items()})
    yield names
    for table, original in zip(tables, before, strict=True):
        table.update(original)


def test_the_recorder_sees_the_library_at_work(called: set[str]) -> None:
    called.clear()
    json_logic.jsonLogic({"==": [CLASS_OF, {"+": [1, {"if": [True, {"var": "a"}]}]}]}, {"a": 1})
    assert called == {"==", "method", "+", "if", "var"}


_OURS = {
    *OPERATIONS,
    *(CHOSEN.format(name) for name in CHOICES),
    *(LOOKED_UP.format(name) for name in LOOKUPS),
    *(LOOPED.format(name) for name in LOOPS),
}
"""What a rebuilt rule may run: none of it is the library's own."""


@given(rule=_any_rule, data=_data)
def test_what_is_accepted_runs_nothing_else_and_never_raises(
    called: set[str], rule: object, data: Any
) -> None:
    try:
        compiled = compile_rule(rule)
    except RuleInvalidError:
        return
    called.clear()
    assert isinstance(holds(compiled, data), bool)
    assert called <= _OURS


@given(rule=_any_rule)
def test_what_names_another_operator_is_refused(rule: object) -> None:
    if _operators(rule) - ALLOWED_OPERATORS:
        with pytest.raises(RuleInvalidError):
            compile_rule(rule)


def _operators(rule: object) -> set[str]:
    if isinstance(rule, list):
        return set().union(*(_operators(part) for part in rule))
    if isinstance(rule, dict):
        return set(rule).union(*(_operators(part) for part in rule.values()))
    return set()


def test_nothing_of_a_rule_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    holds(compile_rule({"cat": ["secret", {"var": "x"}]}), {"x": "secret"})
    assert caplog.text == ""
