"""Flows that start by the clock: what travels in the queue `Schedules`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final, TypeAlias

from shared.json_types import JsonObject
from shared.queues import Entry, encode


@dataclass(frozen=True, slots=True)
class Plan:
    """A flow was published, or brought back: its schedules are to be planned."""

    tenant_id: str
    flow: str


@dataclass(frozen=True, slots=True)
class Due:
    """A moment (milliseconds) of one schedule of a flow's version."""

    tenant_id: str
    flow: str
    version: int
    schedule: str
    at: int


@dataclass(frozen=True, slots=True)
class Shard:
    """The contacts of one shard for whom the moment `at` starts the flow; those after an id."""

    tenant_id: str
    flow: str
    version: int
    schedule: str
    at: int
    shard: int
    after: str | None = None


Asked: TypeAlias = Plan | Due | Shard
_KINDS: Final[dict[str, Any]] = {"plan": Plan, "due": Due, "shard": Shard}


def to_body(asked: Asked) -> JsonObject:
    return {"v": 1, "kind": type(asked).__name__.lower(), **asdict(asked)}


def from_body(body: JsonObject) -> Asked:
    fields = {name: value for name, value in body.items() if name not in ("v", "kind")}
    asked: Asked = _KINDS[body["kind"]](**fields)
    return asked


def entry_of(asked: Asked, delay: int = 0) -> Entry:
    """`delay` in seconds."""
    return Entry(encode(to_body(asked)), group=asked.tenant_id, delay=delay)
