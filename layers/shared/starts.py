"""Starting a flow for a contact: what travels in the queue `Starts`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from shared.json_types import JsonObject
from shared.queues import Entry, encode


@dataclass(frozen=True, slots=True)
class StartRequest:
    """`id` makes a start unique: asked for again, it happens once. The contact is known by its
    record's id, by its number (E.164), or by its conversation (`conversation`, on `channel`).

    Without `flow` the triggers of the workspace's flows decide, by `trigger` and `values`.
    `interrupt` breaks off whatever runs. `at` in milliseconds.
    """

    id: str
    tenant_id: str
    channel: str
    trigger: str
    at: int
    flow: str | None = None
    contact_id: str | None = None
    phone: str | None = None
    conversation: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    parameters: dict[str, Any] = field(default_factory=dict)
    generation: int = 0
    interrupt: bool = False


def start_entry(request: StartRequest) -> Entry:
    return Entry(encode({"v": 1, **asdict(request)}), group=request.tenant_id)


def from_body(body: JsonObject) -> StartRequest:
    return StartRequest(**{name: value for name, value in body.items() if name != "v"})
