"""JsonLogic's choices: what is not chosen is not computed. The library's own go by what is true in
Python."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from json_logic import add_operation, jsonLogic

from flow.engine.rule_values import truthy


@dataclass(frozen=True, slots=True)
class Branch:
    """A rule that the library hands through without evaluating it."""

    logic: Any

    def value(self) -> Any:
        return jsonLogic(self.logic)


def _every(*branches: Branch) -> Any:
    """`and`: the first that is not true, else the last."""
    found: Any = None
    for branch in branches:
        found = branch.value()
        if not truthy(found):
            break
    return found


def _either(*branches: Branch) -> Any:
    """`or`: the first that is true, else the last."""
    found: Any = None
    for branch in branches:
        found = branch.value()
        if truthy(found):
            break
    return found


def _first_of(*branches: Branch) -> Any:
    """`if`, then, else if, then, …, else."""
    *pairs, otherwise = branches if len(branches) % 2 else (*branches, Branch(None))
    for test, then in zip(pairs[::2], pairs[1::2], strict=True):
        if truthy(test.value()):
            return then.value()
    return otherwise.value()


CHOICES: Final[dict[str, Callable[..., Any]]] = {
    "and": _every,
    "or": _either,
    "if": _first_of,
    "?:": _first_of,
}
CHOSEN: Final = "chosen {}"  # their names in a rebuilt rule; no stored rule may use them

for _name, _operation in CHOICES.items():
    add_operation(CHOSEN.format(_name), _operation)
