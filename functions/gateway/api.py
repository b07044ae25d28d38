"""What people see of their conversations: the inbox, a conversation's messages, things kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from shared.aws import client
from shared.caller import caller_of
from shared.channels.inbound import text_of
from shared.conversation import Contact
from shared.delivery import CLAIMED, RETRY
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.problems import problem
from shared.settings import load
from shared.store.conversations import Conversations, LoggedMessage, Summary
from shared.store.cursors import InvalidCursorError
from shared.store.deliveries import from_item
from shared.store.inspection import Inspection
from shared.tenancy import Tenant

DEFAULT_PAGE = 50
MAX_PAGE = 100
_LONGEST_NAME = 64  # characters
_SHOWN_STATE = {CLAIMED: "sending", RETRY: "queued", "played": "read"}

app = APIGatewayHttpResolver()


@dataclass(frozen=True, slots=True)
class Settings:
    conversations_table: str
    inspection_table: str


class InvalidLimitError(ValueError):
    """The page size is not a number from 1 to MAX_PAGE."""


@app.get("/v1/conversations")
def list_conversations() -> JsonObject:
    summaries, cursor = _conversations().inbox(*_page())
    return {"items": [_summary_json(summary) for summary in summaries], "next_cursor": cursor}


@app.get("/v1/conversations/<conversation_id>/messages")
def list_messages(conversation_id: str) -> JsonObject | Response[str]:
    channel, dot, contact = conversation_id.partition(".")
    if not (dot and _is_name(channel) and _is_name(contact)):
        return _no_conversation()
    messages, cursor = _conversations().messages(channel, contact, *_page())
    if not messages and cursor is None and "cursor" not in _query():
        return _no_conversation()
    return {"items": [_message_json(message) for message in messages], "next_cursor": cursor}


@app.get("/v1/inspection")
def list_inspection() -> JsonObject:
    inspection = Inspection(_tenant(), _settings().inspection_table, client("dynamodb"))
    found, cursor = inspection.newest(*_page())
    items = [
        {"id": id_, "reason": kept.reason, "field": kept.field, "at": kept.at, "body": kept.body}
        for id_, kept in found
    ]
    return {"items": items, "next_cursor": cursor}


@app.exception_handler(InvalidCursorError)  # type: ignore[untyped-decorator]
def invalid_cursor(error: InvalidCursorError) -> Response[str]:  # noqa: ARG001
    return problem(400, "invalid-cursor", "cursor: use the next_cursor of an earlier page.")


@app.exception_handler(InvalidLimitError)  # type: ignore[untyped-decorator]
def invalid_limit(error: InvalidLimitError) -> Response[str]:  # noqa: ARG001
    return problem(400, "invalid-limit", f"limit: use a number from 1 to {MAX_PAGE}.")


@app.not_found
def no_route(error: Exception) -> Response[str]:  # noqa: ARG001
    return problem(404, "no-such-route", "There is nothing at this address.")


@counted
def handler(event: JsonObject, context: Any) -> JsonObject:
    """API Gateway HTTP API, payload 2.0, behind the authorizer."""
    count("ApiRequests")
    return app.resolve(event, context)


def _no_conversation() -> Response[str]:
    return problem(404, "conversation-not-found", "There is no such conversation.")


def _is_name(text: str) -> bool:
    """Whether a key can hold it; every id of ours is such."""
    return text.isascii() and text.isalnum() and len(text) <= _LONGEST_NAME


def _query() -> dict[str, str]:
    return app.current_event.query_string_parameters or {}


def _page() -> tuple[int, str | None]:
    text = _query().get("limit", str(DEFAULT_PAGE))
    if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= MAX_PAGE):
        raise InvalidLimitError(text)
    return int(text), _query().get("cursor") or None


def _tenant() -> Tenant:
    return caller_of(app.current_event.raw_event).tenant


def _conversations() -> Conversations:
    return Conversations(_tenant(), _settings().conversations_table, client("dynamodb"))


@lru_cache(maxsize=1)
def _settings() -> Settings:
    return load(Settings)


def _summary_json(summary: Summary) -> JsonObject:
    return {
        "id": f"{summary.channel}.{summary.contact.id}",
        "channel": summary.channel,
        "contact": _contact_json(summary.contact),
        "last_message": summary.last,
        "last_at": summary.last_at,
    }


def _contact_json(contact: Contact) -> JsonObject:
    return {
        "id": contact.id,
        "name": contact.name,
        "wa_id": contact.wa_id,
        "bsuid": contact.bsuid,
        "username": contact.username,
    }


def _message_json(logged: LoggedMessage) -> JsonObject:
    line = logged.line
    shown: JsonObject = {
        "id": str(line.seq),
        "direction": line.direction,
        "type": line.message.get("type", ""),
        "text": text_of(line.message),
        "at": line.at,
    }
    if line.direction == "in":
        return {**shown, "wamid": line.event, "status": None, "reason": None}
    if logged.delivery is None:
        return {**shown, "wamid": None, "status": "queued", "reason": None}
    delivery = from_item(logged.delivery)
    return {
        **shown,
        "wamid": delivery.wamid,
        "status": _SHOWN_STATE.get(delivery.state, delivery.state),
        "reason": delivery.reason if delivery.state in ("failed", "unsettled", "retry") else None,
    }
