"""What stands against publishing a flow, given what its workspace has."""

from __future__ import annotations

from flow.engine.checks import Catalogue, Finding, check
from shared.json_types import JsonObject
from shared.store.flow_records import LiveFlows


def findings(flow_id: str, definition: JsonObject, live: LiveFlows) -> list[Finding]:
    """A flow may name itself, and what is live."""
    flows = {flow_id: frozenset[str]()}
    flows |= {id_: frozenset(flow.calls) for id_, flow in live.flows.items()}
    return check(definition, Catalogue(flows=flows, this_flow=flow_id))
