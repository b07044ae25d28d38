"""JsonLogic's loops. The library's own cost what they like."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from json_logic import add_operation, jsonLogic

from flow.engine.rule_values import CURRENT, truthy


@dataclass(frozen=True, slots=True)
class Body:
    """What is done with each of a list: a rule of so many parts that the library hands through
    without evaluating it."""

    logic: Any
    parts: int

    def of(self, data: Any) -> Any:
        """Charged to the budget each time. `data` is what paths are looked up in."""
        budget = CURRENT.get()
        budget.take(self.parts)
        before, budget.data = budget.data, data
        try:
            return jsonLogic(self.logic)
        finally:
            budget.data = before


def _filtered(values: Any, body: Body) -> list[Any]:
    return [one for one in _items(values) if truthy(body.of(one))]


def _mapped(values: Any, body: Body) -> list[Any]:
    return [body.of(one) for one in _items(values)]


def _reduced(values: Any, body: Body, start: Any = None) -> Any:
    for one in _items(values):
        start = body.of({"current": one, "accumulator": start})
    return start


def _items(values: Any) -> list[Any]:
    return values if isinstance(values, list) else []


LOOPS: Final[dict[str, Callable[..., Any]]] = {
    "filter": _filtered,
    "map": _mapped,
    "reduce": _reduced,
    "all": lambda values, body: (
        bool(_items(values)) and len(_filtered(values, body)) == len(values)
    ),
    "some": lambda values, body: bool(_filtered(values, body)),
    "none": lambda values, body: not _filtered(values, body),
}
LOOPED: Final = "looped {}"  # their names in a rebuilt rule; no stored rule may use them

for _name, _operation in LOOPS.items():
    add_operation(LOOPED.format(_name), _operation)
