"""What accepting a message means: a record of it as Meta saw it, and the answer to the caller."""

from dataclasses import dataclass

from local.graph.customers import Customer, CustomerDirectory
from local.graph.json_types import JsonObject
from local.graph.message_request import SendRequest
from local.graph.recipient import Recipient
from local.graph.templates.book import Template


@dataclass(frozen=True)
class AcceptedMessage:
    """`customer` is None when the recipient is nobody the stand-in plays itself; `template` the one
    that the message names."""

    wamid: str
    at_ms: int
    request: SendRequest
    customer: Customer | None
    template: Template | None = None

    @property
    def recipient(self) -> Recipient:
        return self.request.recipient


def accept_message(
    request: SendRequest,
    directory: CustomerDirectory,
    *,
    wamid: str,
    at_ms: int,
    template: Template | None = None,
) -> AcceptedMessage:
    customer = directory.addressed_by(request.recipient)
    return AcceptedMessage(wamid, at_ms, request, customer, template)


def answer(message: AcceptedMessage) -> JsonObject:
    """The body of the 200 that says accepted, not delivered."""
    sent: JsonObject = {"id": message.wamid}
    if message.request.type == "template":
        sent["message_status"] = "accepted"
    return {
        "messaging_product": "whatsapp",
        "contacts": [_answered_contact(message)],
        "messages": [sent],
    }


def _answered_contact(message: AcceptedMessage) -> JsonObject:
    contact: JsonObject = {"input": message.recipient.written}
    phone = message.customer.wa_id if message.customer else message.recipient.phone
    if phone:
        contact["wa_id"] = phone
    if message.recipient.user_id:
        contact["user_id"] = message.recipient.user_id
    return contact
