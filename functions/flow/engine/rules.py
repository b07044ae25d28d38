"""Conditions: JsonLogic behind an allow-list.

The library's own table has operators that reach Python attributes (`method`) and write to the log
(`log`). A rule is therefore checked whole and rebuilt before it may run, and nothing but the
operators below passes, neither when a flow is published nor when it runs. Rebuilt, because
conditions are to be what JavaScript calls true, and loops to be ours: every turn is charged to the
budget of the event.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

from json_logic import jsonLogic

from flow.engine.errors import RuleInvalidError
from flow.engine.limits import DEFAULT_LIMITS, Limits
from flow.engine.rule_choices import CHOICES, CHOSEN, Branch
from flow.engine.rule_lookups import LOOKED_UP, LOOKUPS
from flow.engine.rule_loops import LOOPED, LOOPS, Body
from flow.engine.rule_operations import OPERATIONS
from flow.engine.rule_values import CURRENT, Budget, truthy
from shared.json_types import JsonObject

ALLOWED_OPERATORS: Final = frozenset(
    CHOICES.keys() | LOOKUPS.keys() | LOOPS.keys() | OPERATIONS.keys()
)
_SCALARS = (str, int, float, bool, type(None))
_COMPUTING = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Rule:
    """A checked rule of so many parts. Only `compile_rule` makes one. `paths` are the values that
    it looks up by name."""

    logic: Any
    parts: int
    paths: frozenset[str] = frozenset()

    def holds(self, data: JsonObject, budget: Budget) -> bool:
        """Whether the rule is true of the data. A rule that cannot be computed does not hold.
        Raises TooManyRulesError when the budget is used up."""
        return truthy(self._result(data, budget))

    def value(self, data: JsonObject, budget: Budget) -> Any:
        """What the rule computes, as JSON; None when it cannot be computed."""
        return _as_json(self._result(data, budget), [budget.growth])

    def _result(self, data: JsonObject, budget: Budget) -> Any:
        budget.take(self.parts)
        token = CURRENT.set(budget)
        budget.data = data
        try:
            return jsonLogic(self.logic)
        except _COMPUTING:
            return None
        finally:
            CURRENT.reset(token)


def compile_rule(logic: object, limits: Limits = DEFAULT_LIMITS) -> Rule:
    """Check a rule as stored in a flow. Raises RuleInvalidError."""
    compiler = _Compiler(limits)
    return Rule(compiler.rebuilt(logic, limits.rule_depth), compiler.parts, compiler.paths())


@dataclass(slots=True)
class _Compiler:
    limits: Limits
    parts: int = 0
    _paths: tuple[str, ...] = ()
    _loops: int = 0

    def paths(self) -> frozenset[str]:
        return frozenset(self._paths)

    def rebuilt(self, logic: object, depth: int) -> Any:
        self.parts += 1
        if self.parts > self.limits.rule_parts:
            raise RuleInvalidError(f"The rule has more than {self.limits.rule_parts} parts")
        if depth == 0:
            raise RuleInvalidError("The rule is nested too deeply")
        if isinstance(logic, _SCALARS):
            return logic
        if isinstance(logic, list):
            return [self.rebuilt(part, depth - 1) for part in logic]
        if not isinstance(logic, dict) or len(logic) != 1:
            raise RuleInvalidError("An operation is an object with exactly one operator")
        ((operator, operands),) = logic.items()
        if operator not in ALLOWED_OPERATORS:
            raise RuleInvalidError(f"The operator {operator!r} is not allowed")
        return self._operation(operator, operands, depth)

    def _operation(self, operator: str, operands: object, depth: int) -> Any:
        if operator in LOOPS:
            return {LOOPED.format(operator): self._loop(operator, operands, depth)}
        rebuilt = self.rebuilt(operands, depth - 1)
        values = rebuilt if isinstance(rebuilt, list) else [rebuilt]
        if operator in LOOKUPS:
            self._paths += () if self._loops else _named(operator, values)
            return {LOOKED_UP.format(operator): values}
        if operator in CHOICES:
            return {CHOSEN.format(operator): [Branch(value) for value in values]}
        return {operator: values}

    def _loop(self, operator: str, operands: object, depth: int) -> list[Any]:
        """What is gone through, what is done with each, and what a reduction starts with."""
        most = 3 if operator == "reduce" else 2
        if not isinstance(operands, list) or not 2 <= len(operands) <= most:
            raise RuleInvalidError(f"{operator!r} takes a list and what is done with each of it")
        over, body, *start = operands
        over = self.rebuilt(over, depth - 2)
        before = self.parts
        self._loops += 1
        body = self.rebuilt(body, depth - 2)
        self._loops -= 1
        starts = [self.rebuilt(value, depth - 2) for value in start]
        return [over, Body(body, self.parts - before), *starts]


def _named(operator: str, values: list[Any]) -> tuple[str, ...]:
    if operator == "var":
        values = values[:1]
    elif operator == "missing_some":
        values = values[1] if len(values) > 1 and isinstance(values[1], list) else []
    return tuple(value for value in values if isinstance(value, str))


def _as_json(value: Any, left: list[int], depth: int = 50) -> Any:
    """A copy, since a list may hold the same list many times; what would outgrow the budget or is
    no JSON number becomes None."""
    left[0] -= len(value) if isinstance(value, str) else 1
    if left[0] < 0 or depth == 0:
        return None
    match value:
        case float() if not math.isfinite(value):
            return None
        case list():
            return [_as_json(part, left, depth - 1) for part in value[: left[0] + 1]]
        case dict():
            return {key: _as_json(part, left, depth - 1) for key, part in value.items()}
    return value
