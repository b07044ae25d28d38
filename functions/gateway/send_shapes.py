"""What goes in and out of the Send API. Times are milliseconds."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from shared.api import Input, Output
from shared.json_types import JsonObject

MOST_RECIPIENTS = 1000
_UserId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$")]
_Id = Annotated[str, StringConstraints(min_length=1, max_length=100)]
_Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_]{1,40}$")]
_Text = Annotated[str, StringConstraints(max_length=4096)]


class ToSend(Input):
    """One of `phone` (with its country code), `user_id` (WhatsApp's own of a person, whose number
    may be hidden), `contact_id` and `conversation_id`. `variables` fill the places of the message
    for this recipient: {{name}}."""

    phone: Annotated[str, StringConstraints(min_length=1, max_length=40)] | None = None
    user_id: _UserId | None = None
    contact_id: _Id | None = None
    conversation_id: _Id | None = None
    variables: Annotated[dict[_Name, _Text], Field(max_length=50)] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        named = (self.phone, self.user_id, self.contact_id, self.conversation_id)
        if sum(one is not None for one in named) != 1:
            raise ValueError("exactly one of phone, user_id, contact_id and conversation_id")
        return self


class SendRequest(Input):
    """`message` as WhatsApp takes it: {"type": "text", "text": {"body": "…"}}, a template, media by
    link or by the id of an uploaded file. `channel_id` may be left out where there is one only."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "message": {
                        "type": "template",
                        "template": {
                            "name": "order_ready",
                            "language": {"code": "id"},
                            "components": [
                                {
                                    "type": "body",
                                    "parameters": [{"type": "text", "text": "{{order}}"}],
                                }
                            ],
                        },
                    },
                    "recipients": [
                        {"phone": "+628123456789", "variables": {"order": "1001"}},
                        {"phone": "+628129876543", "variables": {"order": "1002"}},
                    ],
                },
                {
                    "channel_id": "200300400500600",
                    "message": {"type": "text", "text": {"body": "Pesanan Kakak siap."}},
                    "recipients": [{"conversation_id": "200300400500600.abcdefghijklmnop"}],
                },
            ]
        }
    )

    message: JsonObject
    recipients: Annotated[list[ToSend], Field(min_length=1, max_length=MOST_RECIPIENTS)]
    channel_id: _Id | None = None


class RefusalShown(Output):
    """`code` is one of number_invalid, number_needed, contact_unknown, contact_has_no_number,
    conversation_unknown, repeated, blocked, opted_out, window_closed, variable_missing,
    message_invalid."""

    code: str
    detail: str


class SentTo(Output):
    """Of one recipient, in the order of the request: the message's id, or why there is none."""

    id: str | None
    conversation_id: str | None
    refusal: RefusalShown | None


class Sent(Output):
    id: str
    accepted: int
    refused: int
    items: list[SentTo]


class MessageStatus(Output):
    """`message_id` is the message's number in its conversation, as soon as it has one; `wamid`
    WhatsApp's own id, once it took the message."""

    id: str
    conversation_id: str
    message_id: str | None
    status: str
    reason: str | None
    wamid: str | None
    at: int
