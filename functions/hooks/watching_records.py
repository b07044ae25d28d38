"""What happens to channels and templates, told to webhooks from what the workspaces table tells of
itself: whoever changes them (WhatsApp, people, a comparison) need not know that anybody listens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hooks.watching import Settings, Watching, watching
from shared.aws import client
from shared.json_types import JsonObject
from shared.notices import (
    CHANNEL_CHANGED,
    TEMPLATE_CHANGED,
    TEMPLATE_DELETED,
    Notice,
    notice_id,
)
from shared.observability import counted
from shared.settings import load
from shared.store import keys
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class _Kind:
    """`told` are the attributes that programs hear of, and whose change is news."""

    name: str
    changed: str
    deleted: str | None
    told: tuple[str, ...]


_KINDS: Final = {
    keys.TEMPLATES: _Kind(
        "template_id",
        TEMPLATE_CHANGED,
        TEMPLATE_DELETED,
        ("status", "category", "quality", "reason", "details", "becomes"),
    ),
    keys.CHANNELS: _Kind(
        "channel_id",
        CHANNEL_CHANGED,
        None,
        ("state", "reason", "warning", "quality", "throughput", "messaging_limit", "name_status"),
    ),
}
"""By what the sort keys begin with. A channel is never deleted: it is disconnected."""


def record_notice(change: JsonObject) -> tuple[Tenant, Notice] | None:
    """What one change of an item is worth telling. `change` is a stream record's `dynamodb`."""
    sk = change["Keys"]["sk"]["S"]
    prefix = next((one for one in _KINDS if sk.startswith(one)), None)
    if prefix is None:
        return None
    kind = _KINDS[prefix]
    new, old = change.get("NewImage"), change.get("OldImage", {})
    told = _texts(kind, old if new is None else new)
    if new is not None and told == _texts(kind, old):
        return None
    type_ = kind.deleted if new is None else kind.changed
    if type_ is None:
        return None
    tenant = Tenant(change["Keys"]["pk"]["S"])
    id_ = sk.removeprefix(prefix).replace("#", ".")
    at = round(change["ApproximateCreationDateTime"] * 1000)
    return tenant, Notice(
        notice_id(tenant, type_, id_, change["SequenceNumber"]), type_, at, {kind.name: id_, **told}
    )


def _texts(kind: _Kind, item: JsonObject) -> dict[str, str]:
    return {name: item[name]["S"] for name in kind.told if name in item}


@lru_cache(maxsize=1)
def _watching() -> Watching:
    return watching(load(Settings), client("dynamodb"), client("sqs"), notice=record_notice)


@counted
def handler(event: JsonObject, context: object) -> None:  # noqa: ARG001
    """A batch of the workspaces table's stream."""
    _watching().run(event["Records"])
