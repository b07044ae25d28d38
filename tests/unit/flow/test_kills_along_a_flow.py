"""Workers die, or lose their connection, at AWS calls all along flows of several steps: questions,
calls, the knowledge, waits, time limits, a takeover, a burst. The conversation is the same."""

from __future__ import annotations

from typing import Any

import pytest

from shared.events import AGENT_MESSAGE, HANDED_BACK, TAKEN_OVER
from shared.store.traces import Traces
from tests.unit.flow.faults import Fault
from tests.unit.flow.test_conversations import ask, flow, lane, node, text
from tests.unit.flow.whole_lane import Lane

ORDER = flow(
    ask("name", "Your name?"),
    node("call", "http", url="https://shop.example/{{vars.name}}", variable="order"),
    node("ai", "ai", knowledge_base="faq", question="when open?"),
    node("w", "wait", **{"for": {"amount": 20, "unit": "minutes"}}),
    ask("ok", "Did it arrive?", timeout={"amount": 30, "unit": "seconds"}),
    text("good", "Good, {{vars.name}}"),
    node("end", "end"),
    text("late", "We ask again tomorrow: {{vars.order.body.status}}"),
    edges=[("call", "success", "ai"), ("ai", "answered", "w"), ("ok", "timeout", "late")],
)
BURSTS = flow(ask("q", "Tell me"), text("t", "<{{vars.q}}>"), settings={"merge_seconds": 3})


def _answered_in_time(one: Lane) -> Lane:
    return one.says("halo").says("Ana").later(1200, step=60).says("yes").later(60, step=10)


def _out_of_time(one: Lane) -> Lane:
    return one.says("halo").says("Ana").later(1200, step=60).later(31, step=1)


def _a_person_between(one: Lane) -> Lane:
    one.says("halo").happens(TAKEN_OVER, "t1", by="budi", back_after=3600)
    hi = {"type": "text", "text": {"body": "I am Budi"}}
    one.says("hm?").happens(AGENT_MESSAGE, "m1", by="budi", message=hi)
    return one.happens(HANDED_BACK, "h1").says("Ana").later(1200, step=60)


def _in_one_breath(one: Lane) -> Lane:
    return one.says("halo").says("a").says("b").later(4)


STORIES = {
    "answered in time": (ORDER, _answered_in_time),
    "out of time": (ORDER, _out_of_time),
    "a person between": (ORDER, _a_person_between),
    "in one breath": (BURSTS, _in_one_breath),
}


def _left(one: Lane) -> tuple[Any, ...]:
    """What must be the same: what was said, what was sent, where it stands, what was counted."""
    traces = Traces(one.world.tenant, one.world.table, one.world.dynamodb)
    counts = traces.counts("echo", one.world.clock())
    session = one.conversation.session
    return (
        one.transcript(),
        one.sent(),
        session and session["frames"][-1]["node"],
        one.conversation.handling.taken,
        counts.runs,
        +counts.nodes,
    )


def _told(dynamodb: Any, story: str, place: int | None, fault: Fault | None) -> Lane:
    definition, tell = STORIES[story]
    one = lane(dynamodb, definition)
    before = len(one.world.calls.made)
    if place is not None and fault is not None:
        one.world.calls.fail_next(place, fault)
    told = tell(one)
    one.world.calls.plan.clear()
    one.world.calls.made[:] = one.world.calls.made[before:]
    return told


@pytest.mark.parametrize("story", STORIES)
def test_whatever_dies_the_conversation_is_the_same(dynamodb: Any, story: str) -> None:
    whole = _told(dynamodb, story, None, None)
    expected, calls = _left(whole), len(whole.world.calls.made)
    assert len(expected[0]) >= 4
    # Every third call of this story; the stories begin at different ones and have much in common.
    for place in range(list(STORIES).index(story) % 3, calls, 3):
        fault = list(Fault)[place % len(Fault)]
        killed = _left(_told(dynamodb, story, place, fault))
        assert killed[:3] == expected[:3], f"{fault.value} call {place}"
        assert killed[4:] == expected[4:], f"{fault.value} call {place}"
        assert (killed[3] is None) == (expected[3] is None)
