"""Events that people and programs send into a conversation's lane."""

from __future__ import annotations

from flow.app import api
from flow.place import conversations, queue, settings
from flow.refusals import CONVERSATION_NOT_FOUND
from shared.api import ProblemError
from shared.clock import now_ms
from shared.events import Event, LaneEvents, entry
from shared.json_types import JsonObject
from shared.queues import send_all
from shared.store.conversations import Summary


def place_of(conversation_id: str) -> tuple[str, str]:
    """Channel and contact, whose names are letters and digits. Raises ProblemError."""
    channel, dot, contact = conversation_id.partition(".")
    if not (dot and conversation_id.isascii() and channel.isalnum() and contact.isalnum()):
        raise ProblemError(CONVERSATION_NOT_FOUND)
    return channel, contact


def known(conversation_id: str) -> Summary:
    """The conversation's line in the inbox. Raises ProblemError when there is none."""
    summary = conversations(api.caller.workspace).summary(*place_of(conversation_id))
    if summary is None:
        raise ProblemError(CONVERSATION_NOT_FOUND)
    return summary


def send_event(summary: Summary, kind: str, body: JsonObject) -> str:
    """Put an event into the lane; answers its id. The same request, sent again with its
    Idempotency-Key, is the same event."""
    id_ = f"{kind}:{api.request_id}"
    tenant = api.caller.workspace
    event = Event(id_, kind, now_ms(), {**body, "tenant": tenant.id})
    batch = LaneEvents(summary.channel, summary.contact.id, (event,))
    send_all(queue(), settings().inbound_queue_url, [entry(batch)])
    return id_
