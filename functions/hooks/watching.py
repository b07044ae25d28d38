"""What happens to messages, told to webhooks from what the conversations table tells of itself.

Whoever handles a message writes it down anyway: following the table costs nothing on a message's
way, and no one who handles messages can forget to tell.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from shared.aws import client
from shared.clock import Clock, now_ms
from shared.delivery import FAILED, SENT
from shared.json_types import JsonObject
from shared.notices import (
    MESSAGE_DELIVERED,
    MESSAGE_FAILED,
    MESSAGE_READ,
    MESSAGE_RECEIVED,
    MESSAGE_SENT,
    Notice,
    Notices,
    notice_id,
)
from shared.observability import counted
from shared.settings import load
from shared.store import keys
from shared.store.webhooks import wanted_by
from shared.tenancy import Tenant

STATES: Final[dict[str, str]] = {
    SENT: MESSAGE_SENT,
    "delivered": MESSAGE_DELIVERED,
    "read": MESSAGE_READ,
    "played": MESSAGE_READ,
    FAILED: MESSAGE_FAILED,
}
"""What is told of a delivery that comes to a state. One that skips a state (WhatsApp need not tell
every one) is told of the later one only."""
TOLD: Final = ("wamid", "reason")
"""What of the item is told too."""


@dataclass(frozen=True, slots=True)
class Settings:
    workspaces_table: str
    notices_queue_url: str


def notice_of(change: JsonObject) -> tuple[Tenant, Notice] | None:
    """What one change of an item is worth telling. `change` is a stream record's `dynamodb`."""
    seq = keys.seq_of(change["Keys"]["sk"]["S"])
    new, old = change.get("NewImage"), change.get("OldImage", {})
    if seq is None or new is None:
        return None
    if "direction" in new:
        if new["direction"]["S"] != "in" or old or "history" in new:
            return None
        type_ = MESSAGE_RECEIVED
        told = {"wamid": new["event"]["S"], "message": json.loads(new["message"]["S"])}
        at = int(new["at"]["N"])
    else:
        state = new.get("state", {}).get("S")
        if state not in STATES or state == old.get("state", {}).get("S"):
            return None
        type_ = STATES[state]
        told = {name: new[name]["S"] for name in TOLD if name in new}
        if "asked" in new:
            told["message_id"] = new["asked"]["S"]
        at = round(change["ApproximateCreationDateTime"] * 1000)
    place = keys.conversation_place(change["Keys"]["pk"]["S"])
    data = {"conversation_id": f"{place.channel}.{place.contact}", "id": str(seq), **told}
    id_ = notice_id(place.tenant, type_, place.channel, place.contact, seq)
    return place.tenant, Notice(id_, type_, at, data, contact=place.contact)


@dataclass(frozen=True, slots=True)
class Watching:
    """`notice` tells what a change of an item is worth."""

    notices: Notices
    notice: Callable[[JsonObject], tuple[Tenant, Notice] | None] = notice_of

    def run(self, records: Iterable[JsonObject]) -> None:
        """Some records of the table's stream. Raises when they must be told again."""
        by_tenant: dict[Tenant, list[Notice]] = {}
        for record in records:
            found = self.notice(record["dynamodb"])
            if found is not None:
                by_tenant.setdefault(found[0], []).append(found[1])
        for tenant, notices in by_tenant.items():
            self.notices.tell(tenant, notices)


def watching(
    settings: Settings,
    dynamodb: Any,
    sqs: Any,
    clock: Clock = now_ms,
    notice: Callable[[JsonObject], tuple[Tenant, Notice] | None] = notice_of,
) -> Watching:
    wanted = wanted_by(settings.workspaces_table, dynamodb)
    return Watching(Notices(sqs, settings.notices_queue_url, wanted, clock), notice)


@lru_cache(maxsize=1)
def _watching() -> Watching:
    return watching(load(Settings), client("dynamodb"), client("sqs"))


@counted
def handler(event: JsonObject, context: object) -> None:  # noqa: ARG001
    """A batch of the conversations table's stream."""
    _watching().run(event["Records"])
