"""What a knowledge base asks of its answers before a flow that uses it may be published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from shared.store.evaluations import DONE, Evaluation, is_current


@dataclass(frozen=True, slots=True)
class Gate:
    """The least, 0 to 1, that an evaluation of the base as it is now must have reached. What has
    no verdict counts as bad."""

    correctness: float
    faithfulness: float


@dataclass(frozen=True, slots=True)
class Unmet:
    """Why a gate is closed, in words, and the evaluation that says so, if there is one."""

    words: str
    evaluation_id: str | None = None


def gate_of(stored: Mapping[str, Any]) -> Gate | None:
    """None where the base asks for nothing, which is how it begins."""
    if not stored.get("is_on"):
        return None
    return Gate(float(stored["correctness"]), float(stored["faithfulness"]))


def unmet(
    gate: Gate, evaluations: Iterable[Evaluation], settings: Mapping[str, Any], documents: str
) -> Unmet | None:
    """By the newest evaluation (they come newest first) of these settings and these documents'
    digest; None when it is good enough."""
    newest: Evaluation | None = None
    for one in evaluations:
        newest = newest or one
        if one.state == DONE and is_current(one, settings, documents):
            return _short_of(gate, one)
    if newest is None:
        return Unmet("Its knowledge base has to be evaluated first")
    words = "Its knowledge base has changed since it was evaluated: evaluate it again"
    return Unmet(words, newest.id)


def _short_of(gate: Gate, evaluation: Evaluation) -> Unmet | None:
    totals = evaluation.totals or {}
    wanted = {"correctness": gate.correctness, "faithfulness": gate.faithfulness}
    short = [
        f"{name} {_percent(totals.get(f'{name}_at_least'))} of at least {_percent(least)}"
        for name, least in wanted.items()
        if (totals.get(f"{name}_at_least") or 0.0) < least
    ]
    if not short:
        return None
    return Unmet(
        f"Its knowledge base does not answer well enough: {', '.join(short)}", evaluation.id
    )


def _percent(rate: float | None) -> str:
    return "not measured" if rate is None else f"{round(rate * 100)} %"
