"""What happens in a workspace, told to the programs that have subscribed to it.

A notice is queued only where somebody listens: a workspace without webhooks costs no call.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.observability import count
from shared.queues import Entry, encode, send_all
from shared.tenancy import Tenant
from shared.ttl_cache import TtlCache

MESSAGE_RECEIVED: Final = "message.received"
MESSAGE_SENT: Final = "message.sent"
MESSAGE_DELIVERED: Final = "message.delivered"
MESSAGE_READ: Final = "message.read"
MESSAGE_FAILED: Final = "message.failed"
FLOW_EVENT: Final = "flow.event"
TEMPLATE_CHANGED: Final = "template.changed"
TEMPLATE_DELETED: Final = "template.deleted"
CHANNEL_CHANGED: Final = "channel.changed"
PING: Final = "ping"

TYPES: Final[dict[str, str]] = {
    MESSAGE_RECEIVED: "A customer wrote.",
    MESSAGE_SENT: "WhatsApp took a message of ours.",
    MESSAGE_DELIVERED: "A message of ours reached the customer's phone.",
    MESSAGE_READ: "The customer has read a message of ours.",
    MESSAGE_FAILED: "A message of ours will not arrive; the reason is in words.",
    FLOW_EVENT: "A flow came to a webhook node.",
    TEMPLATE_CHANGED: "A template is new, or its status, category or quality is another.",
    TEMPLATE_DELETED: "A template is gone.",
    CHANNEL_CHANGED: "A number was connected or disconnected, needs attention, or has a new limit.",
}
"""What can be subscribed to. A ping is sent on request, to one webhook."""

REMEMBER_SECONDS: Final = 15


@dataclass(frozen=True, slots=True)
class Notice:
    """`id` is the same however often the notice is told; `at` in milliseconds; `contact` is the
    conversation's contact whose data it holds, so that erasure finds it."""

    id: str
    type: str
    at: int
    data: JsonObject
    contact: str | None = None


def notice_id(tenant: Tenant, type_: str, *parts: str | int) -> str:
    """Made from what happened, so that what is told again is known again."""
    text = "\n".join([tenant.id, type_, *map(str, parts)])
    return f"evt_{hashlib.sha256(text.encode()).hexdigest()[:24]}"


def to_json(notice: Notice) -> JsonObject:
    return {
        "id": notice.id,
        "type": notice.type,
        "at": notice.at,
        "data": notice.data,
        "contact": notice.contact,
    }


def from_json(raw: JsonObject) -> Notice:
    return Notice(**raw)


class Notices:
    """Of one warm function. `wanted` answers which types a workspace has subscribed to; that is
    remembered for REMEMBER_SECONDS."""

    def __init__(
        self,
        sqs: Any,
        queue_url: str,
        wanted: Callable[[Tenant], frozenset[str]],
        clock: Clock = now_ms,
    ) -> None:
        self._sqs = sqs
        self._queue_url = queue_url
        self._wanted = wanted
        self._cache: TtlCache[str, frozenset[str]] = TtlCache(REMEMBER_SECONDS, clock)

    def tell(self, tenant: Tenant, notices: Iterable[Notice]) -> None:
        """Queue those that somebody listens to. Raises QueueRefusedError; telling again is safe."""
        told = list(notices)
        if not told:
            return
        wanted = self._cache.get(tenant.id, lambda: self._wanted(tenant))
        entries = [
            Entry(
                body=encode({"v": 1, "tenant": tenant.id, "notice": to_json(notice)}),
                group=tenant.id,
            )
            for notice in told
            if notice.type in wanted
        ]
        if entries:
            send_all(self._sqs, self._queue_url, entries)
            count("NoticesTold", len(entries))
