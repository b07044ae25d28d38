"""Conditions: JsonLogic behind an allow-list.

The library's own table has operators that reach Python attributes (`method`) and write to the log
(`log`). A rule is therefore checked whole before it may run, and nothing but the operators below
passes. None of them loops, and a rule's size is bounded as well as the length of the numbers it
computes with, so its cost is too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from json_logic import add_operation, jsonLogic, operations

from flow.engine.errors import RuleInvalidError
from flow.engine.limits import DEFAULT_LIMITS, Limits
from shared.json_types import JsonObject

ALLOWED_OPERATORS = frozenset(
    {
        *("var", "missing", "missing_some"),
        *("==", "===", "!=", "!==", "<", "<=", ">", ">="),
        *("!", "!!", "and", "or", "if"),
        *("in", "cat", "substr", "merge"),
        *("+", "-", "*", "/", "%", "min", "max"),
    }
)
_ARITHMETIC = ("+", "-", "*", "/", "%", "min", "max")
_MAX_DIGITS = (
    100  # of an operand; Python's integers have no end, and their product costs its square
)
_SCALARS = (str, int, float, bool, type(None))


@dataclass(frozen=True, slots=True)
class Rule:
    """A checked rule of so many parts. Only `compile_rule` makes one."""

    logic: Any
    parts: int

    def holds(self, data: JsonObject) -> bool:
        """Whether the rule is true of the data. A rule that cannot be computed (a text where a
        number is needed, division by zero) does not hold."""
        try:
            return bool(jsonLogic(self.logic, data))
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return False


def compile_rule(logic: object, limits: Limits = DEFAULT_LIMITS) -> Rule:
    """Check a rule as stored in a flow. Raises RuleInvalidError."""
    parts = 0

    def count_part() -> None:
        nonlocal parts
        parts += 1
        if parts > limits.rule_parts:
            raise RuleInvalidError(f"The rule has more than {limits.rule_parts} parts")

    _check(logic, limits.rule_depth, count_part)
    return Rule(logic, parts)


def _check(logic: object, depth: int, count_part: Callable[[], None]) -> None:
    count_part()
    if depth == 0:
        raise RuleInvalidError("The rule is nested too deeply")
    if isinstance(logic, _SCALARS):
        return
    if isinstance(logic, list):
        for part in logic:
            _check(part, depth - 1, count_part)
        return
    if not isinstance(logic, dict) or len(logic) != 1:
        raise RuleInvalidError("An operation is an object with exactly one operator")
    ((operator, arguments),) = logic.items()
    if operator not in ALLOWED_OPERATORS:
        raise RuleInvalidError(f"The operator {operator!r} is not allowed")
    _check(arguments, depth - 1, count_part)


def _of_short_numbers(operation: Callable[..., Any]) -> Callable[..., Any]:
    def compute(*operands: Any) -> Any:
        if any(_is_long(operand) for operand in operands):
            raise ValueError("An operand has too many digits")
        return operation(*operands)

    return compute


def _is_long(operand: Any) -> bool:
    if isinstance(operand, str):
        return len(operand) > _MAX_DIGITS
    return isinstance(operand, int) and abs(operand) >= 10**_MAX_DIGITS


for _name in _ARITHMETIC:
    add_operation(_name, _of_short_numbers(operations[_name]))
