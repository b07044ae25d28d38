"""The webhooks that tell what became of a message: sent, delivered, read, failed."""

from local.graph.acceptance import AcceptedMessage
from local.graph.business import Business
from local.graph.envelope import messages_webhook
from local.graph.graph_errors import webhook_error
from local.graph.json_types import JsonObject

SENT = "sent"
DELIVERED = "delivered"
READ = "read"
FAILED = "failed"

# Pricing travels twice: on `sent` and on the next one.
PRICED = frozenset({SENT, DELIVERED})

SERVICE_PRICING = {
    "billable": False,
    "pricing_model": "PMP",
    "type": "free_customer_service",
    "category": "service",
}
TEMPLATE_PRICING = {
    "billable": True,
    "pricing_model": "PMP",
    "type": "regular",
    "category": "utility",
}


def progress_webhook(
    business: Business, message: AcceptedMessage, status: str, at_seconds: int
) -> JsonObject:
    """`sent`, `delivered` or `read`."""
    update = _status(message, status, at_seconds)
    if user_id := _user_id(message):
        update["recipient_user_id"] = user_id
    _echo_callback_data(message, update)
    if status in PRICED:
        update["pricing"] = dict(_pricing(message))
    contact = _contact(message, with_username=status != SENT)
    return messages_webhook(business, {"contacts": [contact], "statuses": [update]})


def failure_webhook(
    business: Business, message: AcceptedMessage, code: int, at_seconds: int
) -> JsonObject:
    """`failed`: no contacts, and no user id for a message that went to a phone number."""
    update = _status(message, FAILED, at_seconds)
    if message.recipient.user_id:
        update["recipient_user_id"] = message.recipient.user_id
    _echo_callback_data(message, update)
    update["errors"] = [webhook_error(code)]
    return messages_webhook(business, {"statuses": [update]})


def _status(message: AcceptedMessage, status: str, at_seconds: int) -> JsonObject:
    update: JsonObject = {"id": message.wamid, "status": status, "timestamp": str(at_seconds)}
    if phone := _phone(message):
        update["recipient_id"] = phone
    return update


def _echo_callback_data(message: AcceptedMessage, update: JsonObject) -> None:
    if message.request.callback_data is not None:
        update["biz_opaque_callback_data"] = message.request.callback_data


def _phone(message: AcceptedMessage) -> str | None:
    return message.customer.wa_id if message.customer else message.recipient.phone


def _user_id(message: AcceptedMessage) -> str | None:
    return message.customer.user_id if message.customer else message.recipient.user_id


def _contact(message: AcceptedMessage, *, with_username: bool) -> JsonObject:
    if message.customer:
        return message.customer.contact(with_username=with_username)
    if message.recipient.phone:
        return {"wa_id": message.recipient.phone}
    return {"user_id": message.recipient.user_id}


def _pricing(message: AcceptedMessage) -> dict[str, object]:
    if message.request.type != "template":
        return SERVICE_PRICING
    category = message.template.category.lower() if message.template else "utility"
    return {**TEMPLATE_PRICING, "category": category}
