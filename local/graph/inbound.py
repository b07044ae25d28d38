"""The webhook for a text that a customer wrote."""

from local.graph.business import Business
from local.graph.customers import Customer
from local.graph.envelope import messages_webhook
from local.graph.json_types import JsonObject


def text_webhook(
    business: Business,
    customer: Customer,
    *,
    wamid: str,
    text: str,
    at_seconds: int,
    quoted_id: str | None = None,
) -> JsonObject:
    """A customer with a hidden number is known by `from_user_id` alone."""
    message: JsonObject = {}
    if customer.wa_id:
        message["from"] = customer.wa_id
    message["from_user_id"] = customer.user_id
    message["id"] = wamid
    message["timestamp"] = str(at_seconds)
    if quoted_id:
        message["context"] = {"from": business.digits, "id": quoted_id}
    message["type"] = "text"
    message["text"] = {"body": text}
    return messages_webhook(business, {"contacts": [customer.contact()], "messages": [message]})
