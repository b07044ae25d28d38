"""Every golden flow, on the running stack: it says what the simulator says, event by event.

What is said is read from the log. The sender rests meanwhile: Meta's stand-in knows one number. So
does what answers questions: the answers are the cases' own.
"""

from __future__ import annotations

import json

import pytest

from local.stack import LocalStack
from tests.deployed import SENDER, WORKER, Deployed
from tests.integration.golden_sides import LATE_ANSWER, LOST_ANSWER, Case, Stage, cases
from tests.meta_side import Meta
from tests.shops import open_shop
from tests.unit.flow.engine.golden_talk import FILES

NAMED = [
    (f"{file.stem}: {about['about']}", about)
    for file in FILES
    for about in json.loads(file.read_text())
]
_ACTIONS = "flow.actions.handler"
_ANSWERER = "rag.answer.handler"


@pytest.fixture(scope="module")
def played(stack: LocalStack) -> dict[str, Case]:
    """All cases, on both sides."""
    found = cases(NAMED)
    lost = [case for case in found if case.about["about"] == LOST_ANSWER]
    late = [case for case in found if case.about["about"] == LATE_ANSWER]
    deployed = Deployed(stack)
    with Meta(stack.addresses) as meta, deployed.paused(SENDER), deployed.paused(_ANSWERER):
        stage = Stage(stack, meta, open_shop(stack, "77000000"))
        stage.build(found)
        stage.play([case for case in found if case not in (*lost, *late)])
        with deployed.paused(_ACTIONS):
            stage.play(lost)
            stage.play(late, until=2)
        stage.play(late, since=2)
        deployed.purge(deployed.environment(WORKER)["OUTBOUND_QUEUE_URL"])
    return {name: case for (name, _), case in zip(NAMED, found, strict=True)}


@pytest.mark.parametrize("name", [name for name, _ in NAMED])
def test_the_stack_says_what_the_simulator_said(played: dict[str, Case], name: str) -> None:
    case = played[name]
    assert case.stack == case.simulated
    assert len(case.stack.said) == len(case.turns)


def test_most_cases_say_something(played: dict[str, Case]) -> None:
    """Else nothing would have been compared."""
    assert sum(1 for case in played.values() if case.stack.said[-1]) > len(NAMED) * 3 / 4
