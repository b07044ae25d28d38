"""A split sends its shares, and a contact the same way, whatever version of the flow runs."""

from __future__ import annotations

from collections import Counter

from flow.engine.definition import Flow, compile_flow
from flow.engine.effects import Traced
from flow.engine.events import Said
from flow.engine.lookup import FlowRef
from flow.engine.step import step
from shared.json_types import JsonObject

CONTACTS = 4000
NODE: JsonObject = {
    "id": "split",
    "type": "split",
    "data": {"branches": [{"exit": "a", "weight": 1}, {"exit": "b", "weight": 3}]},
}


def split(stable: bool) -> Flow:
    node = {**NODE, "data": {**NODE["data"], "stable": stable}}
    return compile_flow(
        {"schema": 2, "name": "Split", "start": "split", "nodes": [node], "edges": []}
    )


def exit_of(flow: Flow, contact: str, event: str, version: int = 1) -> str | None:
    done = step(
        lambda *_: (version, flow),
        None,
        Said(event, "hi"),
        start=FlowRef("f", version),
        contact={"id": contact},
        workspace={},
        now=1_800_000_000_000,
    )
    traced = done.effects[-1]
    assert isinstance(traced, Traced)
    return traced.visits[0].exit


def test_each_branch_has_its_share_of_the_contacts() -> None:
    flow = split(stable=True)
    taken = Counter(exit_of(flow, f"contact-{number}", "e") for number in range(CONTACTS))
    assert set(taken) == {"a", "b"}
    assert 0.22 < taken["a"] / CONTACTS < 0.28


def test_a_contact_goes_the_same_way_in_every_version() -> None:
    flow = split(stable=True)
    for number in range(50):
        ways = {exit_of(flow, f"c{number}", f"e{version}", version) for version in (1, 2, 3)}
        assert len(ways) == 1


def test_what_is_not_stable_is_drawn_for_each_visit() -> None:
    flow = split(stable=False)
    taken = Counter(exit_of(flow, "one", f"event-{number}") for number in range(CONTACTS))
    assert 0.22 < taken["a"] / CONTACTS < 0.28
