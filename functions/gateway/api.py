"""What people see of their conversations: the inbox, a conversation's messages, things kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from gateway.shapes import (
    ContactShown,
    ConversationPage,
    ConversationShown,
    InspectionPage,
    KeptShown,
    LastMessage,
    MessagePage,
    MessageShown,
)
from shared.api import Api, ApiSettings, Cursor, Limit, ProblemError, ProblemKind
from shared.channels.inbound import line_of, target_of
from shared.delivery import CLAIMED, RETRY
from shared.events import OURS
from shared.json_types import JsonObject
from shared.permissions import Permission
from shared.settings import load
from shared.store.conversations import Conversations, LoggedMessage, Summary
from shared.store.deliveries import from_item
from shared.store.inspection import Inspection
from shared.tenant_session import client_for

_SHOWN_STATE: Final = {CLAIMED: "sending", RETRY: "queued", "played": "read"}
_WITH_REASON: Final = ("failed", "unsettled", "retry")
NOT_FOUND: Final = ProblemKind(404, "conversation-not-found", "There is no such conversation.")


@dataclass(frozen=True, slots=True)
class Settings(ApiSettings):
    conversations_table: str
    inspection_table: str


@lru_cache(maxsize=1)
def settings() -> Settings:
    return load(Settings)


api = Api("Conversations", settings=settings)
handler = api.handler


@api.endpoint("GET", "/v1/conversations", permission=Permission.READ_CONVERSATIONS)
def list_conversations(limit: Limit = 50, cursor: Cursor = None) -> ConversationPage:
    """List conversations, the one with the newest message first."""
    summaries, next_cursor = _conversations().inbox(limit, cursor)
    items = [_conversation(summary) for summary in summaries]
    return ConversationPage(items=items, next_cursor=next_cursor)


@api.endpoint(
    "GET", "/v1/conversations/{conversation_id}", permission=Permission.READ_CONVERSATIONS
)
def get_conversation(conversation_id: str) -> ConversationShown:
    """Get a conversation."""
    summary = _conversations().summary(*_lane(conversation_id))
    if summary is None:
        raise ProblemError(NOT_FOUND)
    return _conversation(summary)


@api.endpoint(
    "GET", "/v1/conversations/{conversation_id}/messages", permission=Permission.READ_CONVERSATIONS
)
def list_messages(conversation_id: str, limit: Limit = 50, cursor: Cursor = None) -> MessagePage:
    """List a conversation's messages, newest first."""
    messages, next_cursor = _conversations().messages(*_lane(conversation_id), limit, cursor)
    if not messages and cursor is None:
        raise ProblemError(NOT_FOUND)
    items = [_message(message) for message in messages]
    return MessagePage(items=items, next_cursor=next_cursor)


@api.endpoint("GET", "/v1/inspection", permission=Permission.READ_INSPECTION)
def list_inspection(limit: Limit = 50, cursor: Cursor = None) -> InspectionPage:
    """List what was received and not understood, newest first.

    It is kept for thirty days.
    """
    tenant = api.caller.workspace
    inspection = Inspection(tenant, settings().inspection_table, client_for(tenant, "dynamodb"))
    found, next_cursor = inspection.newest(limit, cursor)
    items = [
        KeptShown(id=id_, reason=kept.reason, field=kept.field, at=kept.at, body=kept.body)
        for id_, kept in found
    ]
    return InspectionPage(items=items, next_cursor=next_cursor)


def _lane(conversation_id: str) -> tuple[str, str]:
    """Channel and contact, whose names are letters and digits. Raises ProblemError."""
    channel, dot, contact = conversation_id.partition(".")
    if not (dot and conversation_id.isascii() and channel.isalnum() and contact.isalnum()):
        raise ProblemError(NOT_FOUND)
    return channel, contact


def _conversations() -> Conversations:
    tenant = api.caller.workspace
    return Conversations(tenant, settings().conversations_table, client_for(tenant, "dynamodb"))


def _conversation(summary: Summary) -> ConversationShown:
    contact = summary.contact
    return ConversationShown(
        id=f"{summary.channel}.{contact.id}",
        channel=summary.channel,
        contact=ContactShown(
            id=contact.id,
            name=contact.name,
            wa_id=contact.wa_id,
            bsuid=contact.bsuid,
            username=contact.username,
        ),
        last_message=LastMessage(**summary.last),
        last_at=summary.last_at,
    )


def _message(logged: LoggedMessage) -> MessageShown:
    line = logged.line
    return MessageShown(
        id=str(line.seq),
        direction=line.direction,
        type=line.message.get("type", ""),
        text=line_of(line.message),
        at=line.at,
        content=_content(line.message),
        target=target_of(line.message),
        quotes=_quoted(line.message),
        kind=line.kind,
        **_fate(logged),
    )


def _content(message: JsonObject) -> JsonObject | list[JsonObject] | None:
    """The object that `type` names, as far as it is one."""
    content = message.get(str(message.get("type")))
    if isinstance(content, dict):
        # Meta's own links to media need our token; people are given links of ours.
        return {name: one for name, one in content.items() if name != "url"}
    return [one for one in content if isinstance(one, dict)] if isinstance(content, list) else None


def _quoted(message: JsonObject) -> str | None:
    """Customers' messages name what they answer by `id`, ours by `message_id`."""
    context = message.get("context")
    quoted = (context.get("id") or context.get("message_id")) if isinstance(context, dict) else None
    return quoted if isinstance(quoted, str) else None


def _fate(logged: LoggedMessage) -> dict[str, str | None]:
    """What is known of a message's way: Meta's id for it, its status, why it is not better."""
    if logged.line.direction == "in" or logged.line.kind in OURS:
        return {"wamid": logged.line.event, "status": None, "reason": None}
    if logged.delivery is None:
        return {"wamid": None, "status": "queued", "reason": None}
    delivery = from_item(logged.delivery)
    return {
        "wamid": delivery.wamid,
        "status": _SHOWN_STATE.get(delivery.state, delivery.state),
        "reason": delivery.reason if delivery.state in _WITH_REASON else None,
    }
