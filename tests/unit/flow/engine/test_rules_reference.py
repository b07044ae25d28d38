"""JsonLogic means here what it means to json-logic-js: its test set, and where we differ."""

from __future__ import annotations

import json
from typing import Any

import pytest

from flow.engine.rule_values import Budget
from flow.engine.rules import compile_rule
from tests.architecture.source_tree import ROOT

_SET = json.loads((ROOT / "tests" / "fixtures" / "json_logic" / "tests.json").read_text())
CASES = [case for case in _SET if isinstance(case, list)]


def compute(rule: Any, data: Any) -> Any:
    return compile_rule(rule).value(data, Budget(10_000, 10_000))


def test_the_set_is_whole() -> None:
    assert len(CASES) == 278


@pytest.mark.parametrize("case", CASES, ids=lambda case: json.dumps(case[0])[:60])
def test_as_the_reference(case: list[Any]) -> None:
    rule, data, expected = case
    found = compute(rule, data)
    assert found == expected
    assert isinstance(found, bool) == isinstance(expected, bool)


@pytest.mark.parametrize(
    ("rule", "result"),
    [
        # Conditions: what JavaScript calls true.
        ({"!!": [{"var": ""}]}, True),
        ({"if": [{"+": ["x"]}, "number", "none"]}, "none"),
        # A text is the number that it spells; nothing else is.
        ({"==": [1, True]}, True),
        ({"==": ["1", True]}, True),
        ({"==": ["", 0]}, True),
        ({"==": ["a", 0]}, False),
        ({"==": [None, 0]}, False),
        ({"==": [None, False]}, False),
        ({"==": ["1,2", [1, 2]]}, True),
        ({"===": [1, 1.0]}, True),
        ({"===": [1, True]}, False),
        ({"in": [1, ["1"]]}, False),
        ({"in": [True, [1]]}, False),
        ({"<": ["10", "9"]}, True),
        ({"<": ["10", 9]}, False),
        ({"<": ["x", 9]}, False),
        ({"<": ["a", ["b"]]}, True),
        ({"<": [["a", "b"], "a,c"]}, True),
        ({">": ["inf", 1]}, False),
        ({"==": ["nan", "nan"]}, True),
        ({"<": [1, "Infinity"]}, True),
        ({"and": [{"var": "x"}, 1]}, 1),
        ({"or": [{"var": "x"}, 1]}, {}),
        ({"or": [{"-": ["a", 1]}, 2]}, 2),
        ({"and": [{"-": ["a", 1]}, 2]}, None),
        ({"if": [False, 1]}, None),
        # Looking up: a place beyond the end is a missing value like others.
        ({"!": [{"var": "list.7"}]}, True),
        ({"var": ["list.7", "none"]}, "none"),
        ({"var": ["list.-1", "none"]}, "none"),
        ({"var": ["none.deeper", 5]}, 5),
        ({"var": ["zero", 5]}, 0),
        ({"var": "list.length"}, 2),
        ({"var": "word.length"}, 3),
        ({"var": "word.1"}, "b"),
        ({"missing": ["list.0", "list.7", "zero"]}, ["list.7"]),
        ({"missing_some": [1, ["list.7", "list.8"]]}, ["list.7", "list.8"]),
        ({"if": [{"missing_some": [1, ["list.7", "word"]]}, "some", "none"]}, "none"),
        # Numbers.
        ({"+": ["3 apples", 2]}, 5),
        ({"%": [-7, 3]}, -1),
        ({"-": [1, 0.1, 5]}, 0.9),
        ({"+": []}, 0),
        ({"max": ["5", 3]}, 5),
        ({"*": ["5"]}, "5"),
        ({"/": [1, 0]}, None),  # Infinity, which JSON does not have
        # Texts.
        ({"cat": ["a", None, True, 1.0, [1, None, 2]]}, "atrue11,,2"),
        ({"substr": [12345, 1, 2]}, "23"),
        ({"missing": [["a"]]}, ["a"]),
        # In a loop, zero is a value.
        ({"map": [[0, 1, ""], {"var": ""}]}, [0, 1, ""]),
        ({"filter": [[0, 1], {"==": [{"var": ""}, 0]}]}, [0]),
        ({"map": [[[0, 1], [2]], {"reduce": [{"var": ""}, {"var": "current"}]}]}, [1, 2]),
        ({"map": [[[1], [2]], {"map": [{"var": ""}, {"+": [{"var": ""}, 1]}]}]}, [[2], [3]]),
    ],
)
def test_as_javascript_where_the_set_is_silent(rule: Any, result: Any) -> None:
    data = {"x": {}, "list": ["a", "b"], "word": "abc", "zero": 0, "none": None}
    assert compute(rule, data) == result


@pytest.mark.parametrize(
    ("rule", "ours", "theirs"),
    [
        # A missing value is neither less nor more: in JavaScript, null is 0.
        ({"<": [{"var": "age"}, 18]}, False, True),
        ({">=": [5, {"var": "age"}]}, False, True),
        # Nor is it in a text, or one itself: in JavaScript, it is written "null".
        ({"in": [{"var": "age"}, "null and void"]}, False, True),
        ({"substr": [{"var": "age"}, 0, 2]}, "", "nu"),
        # Numbers are written in tens.
        ({"==": ["0x10", 16]}, False, True),
        # Left out: an operator whose only use is to write to a log, and one that calls methods.
    ],
)
def test_where_we_differ(rule: Any, ours: Any, theirs: Any) -> None:
    assert compute(rule, {}) == ours
    assert ours != theirs
