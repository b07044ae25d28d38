"""A flow's versions: check the draft, publish it, look back, take an old one up again."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Final

from aws_lambda_powertools.event_handler.openapi.params import Query

from flow.app import api
from flow.checking import findings
from flow.drafts import newest, plan_schedules, shown, store
from flow.engine.checks import Finding
from flow.engine.differences import differences
from flow.engine.migrations import SCHEMA_VERSION
from flow.refusals import FLOW_NOT_READY
from flow.shapes import (
    ChangeShown,
    CheckedFlow,
    Difference,
    Findings,
    FindingShown,
    FlowShown,
    Publication,
    Published,
    VersionPage,
    VersionShown,
    VersionWithFlow,
)
from shared.api import Cursor, Limit, ProblemError
from shared.clock import now_ms
from shared.field_error import FieldError
from shared.json_types import JsonObject
from shared.permissions import Permission
from shared.store.flow_records import Version

_NOTHING: Final[JsonObject] = {"schema": SCHEMA_VERSION, "nodes": [], "edges": []}
Against = Annotated[int | None, Query(ge=0, le=99_999_999, description="A version; 0 is the draft")]


@api.endpoint("POST", "/v1/flows/{flow_id}/check", permission=Permission.READ_FLOWS)
def check_flow(flow_id: str, body: CheckedFlow) -> Findings:
    """What would stand against publishing. Each finding points at its node."""
    draft, _ = store().draft(flow_id)
    flow = draft if body.flow is None else body.flow
    found = findings(api.caller.workspace, flow_id, flow)
    return Findings(findings=[_finding(finding) for finding in found])


@api.endpoint("POST", "/v1/flows/{flow_id}/publish", permission=Permission.PUBLISH_FLOWS)
def publish_flow(flow_id: str, body: Publication) -> Published:
    """Make the draft the next version and the live one.

    Conversations that are in an older version stay on it. Refused while a check finds errors.
    """
    draft, revision = store().draft(flow_id)
    found = findings(api.caller.workspace, flow_id, draft)
    errors = [finding for finding in found if finding.level == "error"]
    if errors:
        problems = [FieldError(finding.node_id or "flow", finding.message) for finding in errors]
        raise ProblemError(FLOW_NOT_READY, errors=problems)
    at = now_ms()
    if (current := newest(draft)) != draft:
        revision = store().save_draft(flow_id, current, revision, by=api.actor, at=at).revision
    plan_schedules(flow_id)
    version = store().publish(flow_id, revision, body.note, by=api.actor, at=at)
    return Published(version=version.number, findings=[_finding(finding) for finding in found])


@api.endpoint("GET", "/v1/flows/{flow_id}/versions", permission=Permission.READ_FLOWS)
def list_versions(flow_id: str, limit: Limit = 50, cursor: Cursor = None) -> VersionPage:
    """A flow's versions, newest first."""
    record = store().get(flow_id)
    found, next_cursor = store().versions(flow_id, limit, cursor)
    items = [_shown(version, record.live_version) for version in found]
    return VersionPage(items=items, next_cursor=next_cursor)


@api.endpoint("GET", "/v1/flows/{flow_id}/versions/{version}", permission=Permission.READ_FLOWS)
def get_version(flow_id: str, version: int) -> VersionWithFlow:
    """A version with its flow."""
    record = store().get(flow_id)
    found, flow = store().version(flow_id, version)
    told = _shown(found, record.live_version).model_dump()
    return VersionWithFlow(**told, flow=newest(flow))


@api.endpoint(
    "GET", "/v1/flows/{flow_id}/versions/{version}/diff", permission=Permission.READ_FLOWS
)
def diff_version(flow_id: str, version: int, against: Against = None) -> Difference:
    """What a version changed against another one, the one before it if none is named."""
    _, after = store().version(flow_id, version)
    other = version - 1 if against is None else against
    if other == 0:
        before = _NOTHING if against is None else store().draft(flow_id)[0]
    else:
        _, before = store().version(flow_id, other)
    return Difference(
        changes=[
            ChangeShown(
                change=one.change,
                node_id=one.node_id,
                what=one.what,
                before=one.before,
                after=one.after,
            )
            for one in differences(before, after)
        ]
    )


@api.endpoint(
    "POST",
    "/v1/flows/{flow_id}/versions/{version}/restore",
    permission=Permission.EDIT_FLOWS,
)
def restore_version(flow_id: str, version: int) -> FlowShown:
    """Make an old version the draft. Publish it to roll back."""
    _, flow = store().version(flow_id, version)
    revision = store().get(flow_id).revision
    record = store().save_draft(flow_id, flow, revision, by=api.actor, at=now_ms())
    api.tell_revision(record.revision)
    return shown(record)


def _finding(finding: Finding) -> FindingShown:
    return FindingShown(**asdict(finding))


def _shown(version: Version, live: int | None) -> VersionShown:
    return VersionShown(
        version=version.number,
        note=version.note,
        published_at=version.at,
        published_by=version.by,
        live=version.number == live,
    )
