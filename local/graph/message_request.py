"""Reads a call to the messages endpoint: a message to send, or one that was read."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from local.graph import error_table, limits
from local.graph.graph_errors import GraphError
from local.graph.json_types import JsonObject
from local.graph.recipient import Recipient, recipient_of
from local.graph.refusals import refusal_of
from local.graph.shapes.message_types import CONTENT_OF, INTERACTIVE, INTERACTIVE_OF
from local.graph.shapes.strict import Shape, Wamid, at_most


class QuotedMessage(Shape):
    message_id: Wamid


class SendEnvelope(BaseModel):
    """The fields around the content; Meta ignores further ones at this level."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    recipient_type: Literal["individual", "group"] = "individual"
    to: Annotated[str, Field(coerce_numbers_to_str=True)] | None = None
    recipient: str | None = None
    type: str = "text"
    context: QuotedMessage | None = None
    biz_opaque_callback_data: Annotated[str, at_most(limits.CALLBACK_DATA, at_least=0)] | None = (
        None
    )


class TypingIndicator(Shape):
    type: Literal["text"]


class ReadEnvelope(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    status: Literal["read"]
    message_id: Wamid
    typing_indicator: TypingIndicator | None = None


@dataclass(frozen=True)
class SendRequest:
    recipient: Recipient
    type: str
    payload: JsonObject
    callback_data: str | None
    quoted_id: str | None

    @property
    def content(self) -> Any:
        return self.payload[self.type]


@dataclass(frozen=True)
class ReadRequest:
    message_id: str
    typing: bool


MessageRequest: TypeAlias = SendRequest | ReadRequest


def message_request(payload: JsonObject) -> MessageRequest:
    """The request, or a `GraphError` for the first thing Meta would refuse."""
    _require_product(payload)
    return _read_request(payload) if "status" in payload else _send_request(payload)


def _require_product(payload: JsonObject) -> None:
    product = payload.get("messaging_product")
    if product is None:
        details = "The parameter messaging_product is required."
    elif product != "whatsapp":
        details = "Param messaging_product must be one of {WHATSAPP}."
    else:
        return
    raise GraphError(
        error_table.INVALID_PARAMETER,
        details,
        message=f"(#{error_table.INVALID_PARAMETER}) {details}",
    )


def _read_request(payload: JsonObject) -> ReadRequest:
    try:
        envelope = ReadEnvelope.model_validate(payload)
    except ValidationError as error:
        raise refusal_of(error) from None
    return ReadRequest(envelope.message_id, typing=envelope.typing_indicator is not None)


def _send_request(payload: JsonObject) -> SendRequest:
    try:
        envelope = SendEnvelope.model_validate(payload)
    except ValidationError as error:
        raise refusal_of(error) from None
    if envelope.recipient_type == "group":
        raise GraphError(error_table.GROUP_NOT_FOUND, "The number owns no groups.")
    recipient = recipient_of(envelope.to, envelope.recipient)
    _check_content(envelope.type, payload)
    if envelope.type == "reaction" and envelope.context is not None:
        raise GraphError(
            error_table.PARAMETER_VALUE_INVALID, "Param context: not valid for a reaction."
        )
    return SendRequest(
        recipient=recipient,
        type=envelope.type,
        payload=payload,
        callback_data=envelope.biz_opaque_callback_data,
        quoted_id=envelope.context.message_id if envelope.context else None,
    )


def _check_content(kind: str, payload: JsonObject) -> None:
    shape = _interactive_shape(payload) if kind == INTERACTIVE else CONTENT_OF.get(kind)
    if shape is None:
        raise GraphError(
            error_table.TYPE_UNSUPPORTED,
            f"Param type must be one of {{{', '.join(sorted([*CONTENT_OF, INTERACTIVE]))}}}.",
        )
    if kind not in payload:
        raise GraphError(
            error_table.REQUIRED_PARAMETER_MISSING, f"The parameter {kind} is required."
        )
    try:
        shape.validate_python(payload[kind])
    except ValidationError as error:
        raise refusal_of(error, inside=(kind,)) from None


class InteractiveKind(BaseModel):
    type: str


def _interactive_shape(payload: JsonObject) -> TypeAdapter[Any]:
    if INTERACTIVE not in payload:
        raise GraphError(
            error_table.REQUIRED_PARAMETER_MISSING, f"The parameter {INTERACTIVE} is required."
        )
    try:
        kind = InteractiveKind.model_validate(payload[INTERACTIVE]).type
    except ValidationError as error:
        raise refusal_of(error, inside=(INTERACTIVE,)) from None
    if kind not in INTERACTIVE_OF:
        raise GraphError(
            error_table.PARAMETER_VALUE_INVALID,
            f"Param interactive['type'] must be one of {{{', '.join(sorted(INTERACTIVE_OF))}}}.",
        )
    return INTERACTIVE_OF[kind]
