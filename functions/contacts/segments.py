"""Segments: saved filters over contacts, and how many they mean now."""

from __future__ import annotations

from typing import Final

from contacts import place
from contacts.app import api, told
from contacts.segment_shapes import (
    ChangedSegment,
    CountShown,
    FilterShape,
    NewSegment,
    SegmentPage,
    SegmentShown,
    ToCount,
    parsed,
)
from shared.api import Cursor, Limit, ProblemError
from shared.api.problems import CHANGED_MEANWHILE
from shared.clock import now_ms
from shared.permissions import Permission
from shared.segments.filters import to_json
from shared.store.segments import Segment

_COUNT_SECONDS: Final = 3.0


@api.endpoint("GET", "/v1/segments", permission=Permission.READ_CONTACTS)
def list_segments(limit: Limit = 50, cursor: Cursor = None) -> SegmentPage:
    """List segments."""
    found, next_cursor = place.segments(api.caller.workspace).page(limit, cursor)
    return SegmentPage(items=[_shown(one) for one in found], next_cursor=next_cursor)


@api.endpoint("POST", "/v1/segments", permission=Permission.EDIT_CONTACTS, status=201)
def create_segment(body: NewSegment) -> SegmentShown:
    """Save a filter as a segment."""
    now = now_ms()
    made = place.segments(api.caller.workspace).create(
        body.name,
        parsed(body.filter),
        now,
        lambda segment_id: told("segment.created", segment_id, now, name=body.name),
    )
    api.tell_revision(made.revision)
    return _shown(made)


@api.endpoint("POST", "/v1/segments/count", permission=Permission.READ_CONTACTS)
def count_segment(body: ToCount) -> CountShown:
    """Count the contacts that a filter means. `exact` is false for an estimate from a part of very
    many contacts."""
    audience = place.audience(api.caller.workspace)
    found = audience.count(parsed(body.filter), now_ms(), _COUNT_SECONDS)
    return CountShown(count=found.count, exact=found.exact)


@api.endpoint("GET", "/v1/segments/{segment_id}", permission=Permission.READ_CONTACTS)
def get_segment(segment_id: str) -> SegmentShown:
    """Get a segment."""
    found = place.segments(api.caller.workspace).get(segment_id)
    api.tell_revision(found.revision)
    return _shown(found)


@api.endpoint(
    "PATCH", "/v1/segments/{segment_id}", permission=Permission.EDIT_CONTACTS, if_match=True
)
def change_segment(segment_id: str, body: ChangedSegment) -> SegmentShown:
    """Rename a segment or change its filter."""
    segments, now = place.segments(api.caller.workspace), now_ms()
    before = segments.get(segment_id)
    if before.revision != api.revision:
        raise ProblemError(CHANGED_MEANWHILE)
    filter_ = parsed(body.filter) if body.filter else None
    after = segments.change(
        before, body.name, filter_, now, [told("segment.updated", segment_id, now)]
    )
    api.tell_revision(after.revision)
    return _shown(after)


@api.endpoint(
    "DELETE", "/v1/segments/{segment_id}", permission=Permission.EDIT_CONTACTS, status=204
)
def delete_segment(segment_id: str) -> None:
    """Delete a segment. The contacts stay."""
    entry = told("segment.deleted", segment_id, now_ms())
    place.segments(api.caller.workspace).remove(segment_id, [entry])


def _shown(segment: Segment) -> SegmentShown:
    return SegmentShown(
        id=segment.id,
        name=segment.name,
        filter=FilterShape.model_validate(to_json(segment.filter)),
        revision=segment.revision,
        created_at=segment.created_at,
        updated_at=segment.updated_at,
    )
