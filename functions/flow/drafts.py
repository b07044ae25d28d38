"""Flows as people edit them: make one, save its draft, rename it, put it away."""

from __future__ import annotations

from typing import Final

from flow.app import api
from flow.engine.errors import FlowInvalidError
from flow.engine.migrations import migrated
from flow.place import flows, queue, settings
from flow.shapes import ChangedFlow, Draft, FlowPage, FlowShown, FlowWithDraft, NewFlow
from shared.api import Cursor, Limit
from shared.clock import now_ms
from shared.ids import new_id
from shared.json_types import JsonObject
from shared.permissions import Permission
from shared.queues import send_all
from shared.schedules import Plan, entry_of
from shared.store.flow_records import FlowRecord
from shared.store.flows import FlowStore

_LIVE_BY_SECONDS: Final = 5


@api.endpoint("GET", "/v1/flows", permission=Permission.READ_FLOWS)
def list_flows(limit: Limit = 50, cursor: Cursor = None) -> FlowPage:
    """List flows, archived ones too."""
    found, next_cursor = store().page(limit, cursor)
    return FlowPage(items=[shown(record) for record in found], next_cursor=next_cursor)


@api.endpoint("POST", "/v1/flows", permission=Permission.EDIT_FLOWS, status=201)
def create_flow(body: NewFlow) -> FlowWithDraft:
    """Make a flow.

    Its draft may be incomplete; it is checked when it is published.
    """
    return made(body.name, body.flow if body.flow is not None else {"name": body.name})


@api.endpoint("GET", "/v1/flows/{flow_id}", permission=Permission.READ_FLOWS)
def get_flow(flow_id: str) -> FlowWithDraft:
    """A flow with its draft; the draft's revision is the ETag."""
    return with_draft(flow_id)


@api.endpoint("PATCH", "/v1/flows/{flow_id}", permission=Permission.EDIT_FLOWS)
def change_flow(flow_id: str, body: ChangedFlow) -> FlowWithDraft:
    """Rename a flow, put it away or bring it back.

    Nothing starts an archived flow; conversations that are in it go on.
    """
    at = now_ms()
    record = store().get(flow_id)
    if body.name is not None and body.name != record.name:
        store().rename(flow_id, body.name, by=api.actor, at=at)
    if body.archived is True and not record.archived:
        store().archive(flow_id, by=api.actor, at=at)
    if body.archived is False and record.archived:
        plan_schedules(flow_id)
        store().bring_back(flow_id, by=api.actor, at=at)
    return with_draft(flow_id)


@api.endpoint("DELETE", "/v1/flows/{flow_id}", permission=Permission.EDIT_FLOWS, status=204)
def delete_flow(flow_id: str) -> None:
    """Archive a flow: its versions are kept, since conversations may be in them."""
    if not store().get(flow_id).archived:
        store().archive(flow_id, by=api.actor, at=now_ms())


@api.endpoint("PUT", "/v1/flows/{flow_id}/draft", permission=Permission.EDIT_FLOWS, if_match=True)
def save_draft(flow_id: str, body: Draft) -> FlowShown:
    """Save the draft, if nobody else did since it was read."""
    record = store().save_draft(flow_id, body.flow, api.revision, by=api.actor, at=now_ms())
    api.tell_revision(record.revision)
    return shown(record)


def plan_schedules(flow_id: str) -> None:
    """Before the flow goes live, for a moment after it: whatever dies, what is live is planned."""
    plan = Plan(api.caller.workspace.id, flow_id)
    send_all(queue(), settings().schedules_queue_url, [entry_of(plan, delay=_LIVE_BY_SECONDS)])


def made(name: str, draft: JsonObject) -> FlowWithDraft:
    record = store().create(new_id(), name, draft, by=api.actor, at=now_ms())
    api.tell_revision(record.revision)
    return FlowWithDraft(**shown(record).model_dump(), draft=draft)


def with_draft(flow_id: str) -> FlowWithDraft:
    record = store().get(flow_id)
    draft, revision = store().draft(flow_id)
    api.tell_revision(revision)
    told = {**shown(record).model_dump(), "revision": revision}
    return FlowWithDraft(**told, draft=newest(draft))


def newest(flow: JsonObject) -> JsonObject:
    """A flow in the newest schema; what cannot be brought there is shown as it is."""
    try:
        return migrated(flow)
    except FlowInvalidError:
        return flow


def store() -> FlowStore:
    return flows(api.caller.workspace)


def shown(record: FlowRecord) -> FlowShown:
    return FlowShown(
        id=record.id,
        name=record.name,
        revision=record.revision,
        live_version=record.live_version,
        draft_changed=record.draft_changed,
        archived=record.archived,
        triggers=list(record.triggers),
        created_at=record.created_at,
        updated_at=record.updated_at,
        updated_by=record.updated_by,
    )
