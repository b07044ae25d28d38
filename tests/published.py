"""Flows that are live without anybody having drawn them."""

from __future__ import annotations

import time
from contextlib import suppress

from shared.json_types import JsonObject
from shared.store.audit import Actor
from shared.store.flow_records import FlowExistsError
from shared.store.flows import FlowStore

_SOMEBODY = Actor("tests", "Tests")

FLOWS_REMEMBERED_SECONDS = 16


def publish(store: FlowStore, flow_id: str, definition: JsonObject, at: int = 0) -> int:
    """Make it the flow's next version and the live one; answers its number."""
    with suppress(FlowExistsError):
        store.create(flow_id, flow_id, {}, by=_SOMEBODY, at=at)
    revision = store.get(flow_id).revision
    saved = store.save_draft(flow_id, definition, revision, by=_SOMEBODY, at=at)
    return store.publish(flow_id, saved.revision, "", by=_SOMEBODY, at=at).number


def until_workers_know(seconds: float = FLOWS_REMEMBERED_SECONDS) -> None:
    """Waits as long as a warm worker remembers what was there before."""
    time.sleep(seconds)
