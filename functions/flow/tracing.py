"""From a committed outbox to the traces that are kept: one per event and flow. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shared.conversation import Handover
from shared.json_types import JsonObject
from shared.store.traces import Trace


def traces(handovers: Iterable[Handover]) -> list[Trace]:
    """A run may go through flows within flows, and an event may end one run and begin another."""
    found: list[Trace] = []
    for handover in handovers:
        told = [effect for effect in handover.effects if effect["kind"] == "traced"]
        flows = dict.fromkeys(flow for one in told for flow in _flows(one))
        found += [_of_flow(handover, told, flow) for flow in flows]
    return found


def _flows(told: JsonObject) -> Iterator[str]:
    yield from (visit["flow"] for visit in told["visits"])
    for place in (told["waited_at"], told["waits_at"]):
        if place is not None:
            yield place[0]


def _of_flow(handover: Handover, told: list[JsonObject], flow: str) -> Trace:
    of_flow = [one for one in told if flow in _flows(one)]
    return Trace(
        version=handover.version,
        at=handover.at,
        event=handover.event,
        flow=flow,
        session=of_flow[-1]["session"],
        begun=any(one["begun"] and next(_flows(one)) == flow for one in of_flow),
        visits=[visit for one in of_flow for visit in one["visits"] if visit["flow"] == flow],
        left=_nodes(of_flow, "waited_at", flow),
        waits=_nodes(of_flow, "waits_at", flow),
    )


def _nodes(told: list[JsonObject], when: str, flow: str) -> list[str]:
    places = [one[when] for one in told]
    return [place[1] for place in places if place is not None and place[0] == flow]
