"""The Send API: programs send a message to up to a thousand people, and ask what became of it.

Each message is an event in its conversation's lane, like everything else that is said there: it
goes through the same worker, queue, guards and claims, and is sent once, however often it is asked
for with the same Idempotency-Key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gateway import place
from gateway.app import api
from gateway.conversations import fate
from gateway.recipients import Addressing, Lane, Recipient, Refusal
from gateway.refusals import CHANNEL_UNCLEAR, MESSAGE_INVALID, NOT_IN_BULK
from gateway.send_shapes import MessageStatus, RefusalShown, SendRequest, Sent, SentTo, ToSend
from shared.api import ProblemError
from shared.channels.capabilities import IN_BULK
from shared.channels.messages import validate
from shared.clock import now_ms
from shared.events import PROGRAM_MESSAGE, Event, LaneEvents, Sender, entry
from shared.field_error import FieldError
from shared.json_types import JsonObject
from shared.media.references import problems
from shared.permissions import Permission
from shared.queues import Entry
from shared.store.channels import DISCONNECTED, MOST_CHANNELS, ChannelNotFoundError
from shared.store.directory import Number
from shared.store.sends import MessageNotFoundError, message_id
from shared.store.templates import APPROVED
from shared.templates.filling import misfits, wanted
from shared.tenancy import Tenant
from shared.wording import VariableMissingError, filled

_MARKETING: Final = "marketing"
_QUEUED: Final = {"wamid": None, "status": "queued", "reason": None}
_WAITED_FOR_MS: Final = 4 * 24 * 3600 * 1000  # as long as a queue keeps anything


@api.endpoint("POST", "/v1/messages", permission=Permission.SEND_MESSAGES, status=202)
def send_messages(body: SendRequest) -> Sent:
    """Send a message to up to 1,000 people.

    `message` is any message as WhatsApp takes it. A recipient is a phone number with its country
    code, a user id of WhatsApp's, a contact or a conversation; `variables` fill places like
    {{name}} in the message's texts. Who cannot be sent to is told in the answer, and nobody else
    waits for them. Send an Idempotency-Key, and the same request sends once.
    """
    tenant, now = api.caller.workspace, now_ms()
    number = _number(body.channel_id)
    if len(body.recipients) > 1 and number.kind not in IN_BULK:
        raise ProblemError(NOT_IN_BULK)
    channel, request_id = number.phone_number_id, api.request_id
    category = _checked(body, number)
    addressing = Addressing(channel, place.contacts(tenant), place.states(tenant))
    lanes = addressing.lanes([_recipient(one) for one in body.recipients])
    decided = [
        _decided(one, lane, body.message, category, now)
        for one, lane in zip(body.recipients, lanes, strict=True)
    ]
    contacts = [None if isinstance(one, Refusal) else one.contact for one in decided]
    # Kept first: what is on its way is known when somebody asks for it.
    place.sends(tenant).keep(request_id, channel, contacts, now)
    entries = [
        _entry(tenant, channel, one, message_id(request_id, n), now)
        for n, one in enumerate(decided)
        if not isinstance(one, Refusal)
    ]
    place.into_lanes(entries)
    return Sent(
        id=request_id,
        accepted=len(entries),
        refused=len(decided) - len(entries),
        items=[_told(one, message_id(request_id, n), channel) for n, one in enumerate(decided)],
    )


@api.endpoint("GET", "/v1/messages/{sent_id}", permission=Permission.SEND_MESSAGES)
def get_sent_message(sent_id: str) -> MessageStatus:
    """Get what became of a message that was sent by POST /v1/messages.

    `status` is queued, sending, unsettled, sent, delivered, read or failed (`reason` says why).
    """
    tenant = api.caller.workspace
    asked = place.sends(tenant).find(sent_id)
    conversation, logged = place.conversations(tenant).asked(asked.channel, asked.contact, sent_id)
    if logged is None:
        if now_ms() - asked.at > _WAITED_FOR_MS:
            raise MessageNotFoundError(sent_id)
        return _status(sent_id, f"{asked.channel}.{asked.contact}", None, asked.at, _QUEUED)
    return _status(
        sent_id,
        f"{asked.channel}.{conversation}",
        str(logged.line.seq),
        logged.line.at,
        fate(logged),
    )


def _status(
    sent_id: str, conversation: str, number: str | None, at: int, told: dict[str, str | None]
) -> MessageStatus:
    return MessageStatus(
        id=sent_id,
        conversation_id=conversation,
        message_id=number,
        status=told["status"] or "queued",
        reason=told["reason"],
        wamid=told["wamid"],
        at=at,
    )


def _number(channel_id: str | None) -> Number:
    """The channel to send from. Raises ProblemError or ChannelNotFoundError."""
    tenant = api.caller.workspace
    if channel_id is None:
        found, _ = place.channels(tenant).page(MOST_CHANNELS, None)
        connected = [one.id for one in found if one.state != DISCONNECTED]
        if len(connected) != 1:
            raise ProblemError(CHANNEL_UNCLEAR)
        channel_id = connected[0]
    number = place.number(tenant, channel_id)
    if number is None:
        raise ChannelNotFoundError(channel_id)
    return number


def _checked(body: SendRequest, number: Number) -> str | None:
    """The opt-in that the message needs, None for what is no template. Raises ProblemError for
    what is wrong with the message whoever receives it."""
    message = body.message
    errors = problems(message, place.library(api.caller.workspace).find)
    if any(one.variables is None for one in body.recipients):
        errors = [*validate(message), *errors]
    template = message.get("template")
    category = None
    if message.get("type") == "template" and isinstance(template, dict) and not validate(message):
        category, misfit = _template(template, number)
        errors += misfit
    if errors:
        named = [FieldError(f"message.{one.field}", one.message) for one in errors]
        raise ProblemError(MESSAGE_INVALID, errors=named)
    return category


def _template(template: JsonObject, number: Number) -> tuple[str, list[FieldError]]:
    """Its category as an opt-in, and what is wrong with it. One that is not known here yet is
    Meta's to judge, and for those who want marketing."""
    language = template.get("language")
    code = language.get("code") if isinstance(language, dict) else None
    known = place.templates(api.caller.workspace).find(
        number.waba_id, str(template.get("name")), str(code)
    )
    if known is None:
        return _MARKETING, []
    errors = list(misfits(template, wanted(known.components)))
    if known.status != APPROVED:
        errors.append(FieldError("template.name", f"is {known.status} at WhatsApp"))
    return known.category.lower(), errors


def _recipient(one: ToSend) -> Recipient:
    return Recipient(one.phone, one.user_id, one.contact_id, one.conversation_id)


@dataclass(frozen=True, slots=True)
class _Letter:
    """What goes into a lane."""

    contact: str
    sender: Sender | None
    message: JsonObject


def _decided(
    one: ToSend, lane: Lane | Refusal, message: JsonObject, category: str | None, now: int
) -> _Letter | Refusal:
    """The message that goes into the lane, or why none does."""
    if isinstance(lane, Refusal):
        return lane
    if one.variables is not None:
        try:
            message = filled(message, one.variables)
        except VariableMissingError as error:
            return Refusal("variable_missing", f"variables: there is no {error}.")
        if wrong := validate(message):
            return Refusal("message_invalid", f"message.{wrong[0].field} {wrong[0].message}.")
    refusal = lane.refusal(message, category, now)
    return refusal or _Letter(lane.contact, lane.sender, message)


def _entry(tenant: Tenant, channel: str, letter: _Letter, id_: str, now: int) -> Entry:
    body = {"tenant": tenant.id, "message": letter.message, "asked": id_}
    event = Event(f"{PROGRAM_MESSAGE}:{id_}", PROGRAM_MESSAGE, now, body, letter.sender)
    return entry(LaneEvents(channel, letter.contact, (event,)))


def _told(one: _Letter | Refusal, id_: str, channel: str) -> SentTo:
    if isinstance(one, Refusal):
        refusal = RefusalShown(code=one.code, detail=one.detail)
        return SentTo(id=None, conversation_id=None, refusal=refusal)
    return SentTo(id=id_, conversation_id=f"{channel}.{one.contact}", refusal=None)
