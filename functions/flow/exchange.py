"""Flows as files: take one out, bring one in."""

from __future__ import annotations

from flow.app import api
from flow.drafts import made, store
from flow.shapes import Draft, FlowWithDraft
from shared.json_types import JsonObject
from shared.permissions import Permission

_UNNAMED = "Imported flow"


@api.endpoint("GET", "/v1/flows/{flow_id}/export", permission=Permission.READ_FLOWS)
def export_flow(flow_id: str) -> JsonObject:
    """A flow's draft as it is stored; `schema` says by which schema."""
    return store().draft(flow_id)[0]


@api.endpoint("POST", "/v1/flows/import", permission=Permission.EDIT_FLOWS, status=201)
def import_flow(body: Draft) -> FlowWithDraft:
    """Make a flow from what was exported, here or elsewhere."""
    return made(named(body.flow), body.flow)


def named(flow: JsonObject) -> str:
    """The flow's own name, as far as it can be shown."""
    name = flow.get("name")
    line = "".join(c for c in name if c.isprintable()) if isinstance(name, str) else ""
    return line.strip()[:100] or _UNNAMED
