"""What happened in a flow: counted by node, and run by run for one conversation."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from flow.app import api
from flow.drafts import store
from flow.lanes_in import place_of
from flow.place import traces
from flow.shapes import Activity, NodeActivity, RunEvent, Runs, RunShown
from shared.clock import now_ms
from shared.permissions import Permission
from shared.store.traces import Counts, Trace

OfConversation = Annotated[
    str | None,
    Query(min_length=3, max_length=200, description="Of one conversation; without it the newest"),
]
_NEWEST = 50  # traces, of which runs are put together


@api.endpoint("GET", "/v1/flows/{flow_id}/activity", permission=Permission.READ_FLOWS)
def get_activity(flow_id: str) -> Activity:
    """How often each node was entered, by which exits it was left, where contacts were lost, and
    how many wait there now."""
    store().get(flow_id)
    counts = traces(api.caller.workspace).counts(flow_id, now_ms())
    nodes = dict.fromkeys(node for node, _ in counts.nodes)
    return Activity(runs=counts.runs, nodes={node: _of_node(counts, node) for node in nodes})


@api.endpoint("GET", "/v1/flows/{flow_id}/runs", permission=Permission.READ_CONVERSATIONS)
def list_runs(flow_id: str, conversation_id: OfConversation = None) -> Runs:
    """The newest runs of a flow, with what was done and which values were set.

    Of one conversation they are whole; without one they begin where the newest events do.
    """
    store().get(flow_id)
    found = traces(api.caller.workspace)
    if conversation_id is None:
        events = found.newest(flow_id, _NEWEST)
    else:
        of_one = found.of_conversation(*place_of(conversation_id))
        events = [(conversation_id, trace) for trace in of_one if trace.flow == flow_id]
    runs: dict[tuple[str, str], list[Trace]] = {}
    for conversation, trace in events:
        runs.setdefault((conversation, trace.session), []).append(trace)
    return Runs(items=[_run(*place, of_run) for place, of_run in runs.items()])


def _of_node(counts: Counts, node: str) -> NodeActivity:
    exits = {
        what.removeprefix("exit "): number
        for (name, what), number in counts.nodes.items()
        if name == node and what.startswith("exit ")
    }
    return NodeActivity(
        entered=counts.nodes[node, "entered"],
        waiting=max(0, counts.nodes[node, "waiting"]),
        dropped=counts.nodes[node, "dropped"],
        exits=exits,
    )


def _run(conversation_id: str, session: str, newest_first: list[Trace]) -> RunShown:
    newest = newest_first[0]
    return RunShown(
        id=session,
        conversation_id=conversation_id,
        started_at=newest_first[-1].at,
        last_at=newest.at,
        waits_at=newest.waits[-1] if newest.waits else None,
        events=[
            RunEvent(at=trace.at, event=trace.event, visits=list(trace.visits))
            for trace in reversed(newest_first)
        ],
    )
