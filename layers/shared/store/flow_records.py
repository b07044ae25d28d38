"""What is stored of a workspace's flows, as values and as DynamoDB's items."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import keys
from shared.store.pages import rest

MOST_FLOWS: Final = 200  # live ones, so that their triggers fit into one item
_MOST_BYTES: Final = 350_000  # packed; an item holds 400 kB
_DEEPEST: Final = 60


class FlowNotFoundError(Exception):
    """There is no such flow, or no such version of it."""


class FlowExistsError(Exception):
    """There is a flow of that id already."""


class DraftChangedError(Exception):
    """Somebody else saved the draft since it was read."""


class TooManyFlowsError(Exception):
    """The workspace has as many live flows as it may have."""


class FlowTooLargeError(Exception):
    """A flow does not fit into one item, or is nested more deeply than any flow need be."""


class FlowsBusyError(Exception):
    """Others publish flows of this workspace at this moment."""


@dataclass(frozen=True, slots=True)
class FlowRecord:
    """`revision` counts what was saved as a draft; `published_revision` is the one that the newest
    version was made of. `triggers` are the draft's. Times in milliseconds."""

    id: str
    name: str
    revision: int
    created_at: int
    updated_at: int
    updated_by: str
    live_version: int | None = None
    published_revision: int = 0
    archived: bool = False
    triggers: Sequence[JsonObject] = ()

    @property
    def draft_changed(self) -> bool:
        return self.revision != self.published_revision


@dataclass(frozen=True, slots=True)
class Version:
    """`at` in milliseconds; `by` is a name to show; `triggers` are what starts it."""

    number: int
    note: str
    at: int
    by: str
    triggers: Sequence[JsonObject] = ()


@dataclass(frozen=True, slots=True)
class LiveFlow:
    """The version of a flow that new sessions start, with its triggers and settings as they are
    stored; `calls` are the ids of the flows that it runs within itself."""

    version: int
    since: int
    triggers: Sequence[JsonObject] = ()
    settings: JsonObject = field(default_factory=dict)
    calls: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class LiveFlows:
    """By flow id. `revision` 0: nothing was ever published."""

    revision: int = 0
    flows: Mapping[str, LiveFlow] = field(default_factory=dict)


def live_flow(version: Version, definition: JsonObject) -> LiveFlow:
    settings = definition.get("settings")
    return LiveFlow(
        version.number,
        version.at,
        version.triggers,
        settings if isinstance(settings, dict) else {},
        tuple(_called(definition)),
    )


def _called(definition: JsonObject) -> Iterator[str]:
    nodes = definition.get("nodes")
    for node in nodes if isinstance(nodes, list) else []:
        if isinstance(node, dict) and node.get("type") == "subflow":
            data = node.get("data")
            flow = data.get("flow") if isinstance(data, dict) else None
            if isinstance(flow, str):
                yield flow


def bounded(live: LiveFlows) -> LiveFlows:
    """Raises TooManyFlowsError."""
    if len(live.flows) > MOST_FLOWS:
        raise TooManyFlowsError
    return live


def packed(value: object) -> bytes:
    """Flows are texts that repeat themselves: a tenth of their JSON is left.

    Raises FlowTooLargeError.
    """
    if _is_deeper(value, _DEEPEST):
        raise FlowTooLargeError(f"more than {_DEEPEST} levels")
    data = zlib.compress(json.dumps(value, separators=(",", ":")).encode())
    if len(data) > _MOST_BYTES:
        raise FlowTooLargeError(f"{len(data)} bytes")
    return data


def _is_deeper(value: object, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    parts = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_is_deeper(part, levels - 1) for part in parts)


def unpacked(data: Any) -> Any:
    return json.loads(zlib.decompress(bytes(data)))


def triggers_of(definition: JsonObject) -> tuple[JsonObject, ...]:
    """A draft may hold anything; what starts a flow is a list of objects."""
    found = definition.get("triggers")
    return tuple(one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()


def record_attributes(record: FlowRecord) -> JsonObject:
    return {
        "name": {"S": record.name},
        "revision": {"N": str(record.revision)},
        "created_at": {"N": str(record.created_at)},
        "updated_at": {"N": str(record.updated_at)},
        "updated_by": {"S": record.updated_by},
        "triggers": {"S": json.dumps(list(record.triggers))},
    }


def version_attributes(version: Version, definition: JsonObject) -> JsonObject:
    return {
        "definition": {"B": packed(definition)},
        "note": {"S": version.note},
        "at": {"N": str(version.at)},
        "by": {"S": version.by},
        "triggers": {"S": json.dumps(list(version.triggers))},
    }


def live_attributes(live: LiveFlows) -> JsonObject:
    flows = {id_: asdict(flow) for id_, flow in live.flows.items()}
    return {"revision": {"N": str(live.revision)}, "flows": {"B": packed(flows)}}


def live_of(item: JsonObject | None) -> LiveFlows:
    if item is None:
        return LiveFlows()
    flows = {id_: LiveFlow(**flow) for id_, flow in unpacked(item["flows"]["B"]).items()}
    return LiveFlows(int(item["revision"]["N"]), flows)


def record_of(item: JsonObject) -> FlowRecord:
    live = item.get("live_version")
    return FlowRecord(
        id=rest(item, keys.FLOWS),
        name=item["name"]["S"],
        revision=int(item["revision"]["N"]),
        created_at=int(item["created_at"]["N"]),
        updated_at=int(item["updated_at"]["N"]),
        updated_by=item["updated_by"]["S"],
        live_version=int(live["N"]) if live else None,
        published_revision=int(item.get("published_revision", {"N": "0"})["N"]),
        archived=bool(item.get("archived", {"BOOL": False})["BOOL"]),
        triggers=tuple(json.loads(item["triggers"]["S"])),
    )


def version_of(item: JsonObject) -> Version:
    return Version(
        number=int(item["sk"]["S"].removeprefix(keys.VERSIONS)),
        note=item["note"]["S"],
        at=int(item["at"]["N"]),
        by=item["by"]["S"],
        triggers=tuple(json.loads(item["triggers"]["S"])),
    )
