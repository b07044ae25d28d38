"""What people see of their conversations: the inbox, a conversation's messages, things kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from aws_lambda_powertools.event_handler.openapi.params import Query

from gateway.app import api
from gateway.campaign_fates import campaign_fate, refs
from gateway.place import conversations, inspection, lane_of, recipients
from gateway.refusals import CONVERSATION_NOT_FOUND
from gateway.shapes import (
    ContactShown,
    ConversationPage,
    ConversationShown,
    FileShown,
    InspectionPage,
    KeptShown,
    LastMessage,
    MessagePage,
    MessageShown,
    TakenShown,
)
from shared.api import Cursor, Limit, ProblemError
from shared.campaigns.callbacks import RecipientRef
from shared.channels.inbound import line_of, media_of, target_of
from shared.channels.kinds import HAS_WINDOW, kind_of_channel
from shared.clock import now_ms
from shared.delivery import CLAIMED, RETRY
from shared.events import CAMPAIGN_SENT, OURS
from shared.json_types import JsonObject
from shared.permissions import Permission
from shared.store.conversations import LoggedMessage, Summary
from shared.store.deliveries import from_item
from shared.store.received_files import FAILED, WAITING
from shared.store.recipient_items import Recipient

OfTeam = Annotated[
    str | None,
    Query(
        pattern=r"^[0-9A-Za-z]{1,64}$",
        description="Only those that were given to this team and not handed back",
    ),
]
_SHOWN_STATE: Final = {CLAIMED: "sending", RETRY: "queued", "played": "read"}
_WITH_REASON: Final = ("failed", "unsettled", "retry")
_FETCHED_WITHIN_MS: Final = 2 * 24 * 3600 * 1000  # longer than anybody tries


@api.endpoint("GET", "/v1/conversations", permission=Permission.READ_CONVERSATIONS)
def list_conversations(
    *, team: OfTeam = None, limit: Limit = 50, cursor: Cursor = None
) -> ConversationPage:
    """List conversations, the one with the newest message first."""
    store = conversations(api.caller.workspace)
    listed = store.of_team(team, limit, cursor) if team else store.inbox(limit, cursor)
    summaries, next_cursor = listed
    items = [_conversation(summary) for summary in summaries]
    return ConversationPage(items=items, next_cursor=next_cursor)


@api.endpoint(
    "GET", "/v1/conversations/{conversation_id}", permission=Permission.READ_CONVERSATIONS
)
def get_conversation(conversation_id: str) -> ConversationShown:
    """Get a conversation."""
    summary = conversations(api.caller.workspace).summary(*lane_of(conversation_id))
    if summary is None:
        raise ProblemError(CONVERSATION_NOT_FOUND)
    return _conversation(summary)


@api.endpoint(
    "GET", "/v1/conversations/{conversation_id}/messages", permission=Permission.READ_CONVERSATIONS
)
def list_messages(conversation_id: str, limit: Limit = 50, cursor: Cursor = None) -> MessagePage:
    """List a conversation's messages, newest first."""
    store, lane = conversations(api.caller.workspace), lane_of(conversation_id)
    messages, next_cursor = store.messages(*lane, limit, cursor)
    if not messages and cursor is None:
        raise ProblemError(CONVERSATION_NOT_FOUND)
    of_campaigns = refs(messages)
    known = recipients(api.caller.workspace, of_campaigns) if of_campaigns else {}
    items = [_message(message, known) for message in messages]
    return MessagePage(items=items, next_cursor=next_cursor)


@api.endpoint("GET", "/v1/inspection", permission=Permission.READ_INSPECTION)
def list_inspection(limit: Limit = 50, cursor: Cursor = None) -> InspectionPage:
    """List what was received and not understood, newest first.

    It is kept for thirty days.
    """
    found, next_cursor = inspection(api.caller.workspace).newest(limit, cursor)
    items = [
        KeptShown(id=id_, reason=kept.reason, field=kept.field, at=kept.at, body=kept.body)
        for id_, kept in found
    ]
    return InspectionPage(items=items, next_cursor=next_cursor)


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
        contact_id=summary.person,
        blocked=summary.blocked,
        taken=_taken(summary.taken),
        open_until=summary.open_until or None,
        has_window=kind_of_channel(summary.channel) in HAS_WINDOW,
        last_message=LastMessage(**summary.last),
        last_at=summary.last_at,
    )


def _taken(taken: JsonObject | None) -> TakenShown | None:
    return TakenShown(**{"back_at": None, **taken}) if taken else None


def _message(logged: LoggedMessage, known: Mapping[RecipientRef, Recipient]) -> MessageShown:
    line = logged.line
    told = campaign_fate(logged, known) if line.kind == CAMPAIGN_SENT else fate(logged)
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
        file=_file(logged),
        **told,
    )


def _file(logged: LoggedMessage) -> FileShown | None:
    """The file that somebody's phone sent; ours are not fetched."""
    line, file = logged.line, logged.file
    is_sent = line.direction == "out" and (line.kind not in OURS or line.kind == CAMPAIGN_SENT)
    if is_sent or media_of(line.message) is None:
        return None
    if file is None:
        is_late = now_ms() - line.at > _FETCHED_WITHIN_MS
        return FileShown(state=FAILED if is_late else WAITING, reason=None, mime_type=None, size=0)
    return FileShown(
        state=file.state,
        reason=file.reason or None,
        mime_type=file.mime_type or None,
        size=file.size,
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


def fate(logged: LoggedMessage) -> dict[str, str | None]:
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
