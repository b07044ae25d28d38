"""The webhooks for what customers do: write, send, tap, react, and stop marketing."""

from collections.abc import Iterator

from local.graph.business import Business
from local.graph.customers import Customer
from local.graph.envelope import change_webhook, messages_webhook
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
    return message_webhook(
        business,
        customer,
        {"type": "text", "text": {"body": text}},
        wamid=wamid,
        at_seconds=at_seconds,
        quoted_id=quoted_id,
    )


def message_webhook(
    business: Business,
    customer: Customer,
    said: JsonObject,
    *,
    wamid: str,
    at_seconds: int,
    quoted_id: str | None = None,
) -> JsonObject:
    """`said` is `type` and the object that it names. A customer with a hidden number is known by
    `from_user_id` alone."""
    message: JsonObject = {}
    if customer.wa_id:
        message["from"] = customer.wa_id
    message["from_user_id"] = customer.user_id
    message["id"] = wamid
    message["timestamp"] = str(at_seconds)
    if quoted_id:
        message["context"] = {"from": business.digits, "id": quoted_id}
    message.update(said)
    return messages_webhook(business, {"contacts": [customer.contact()], "messages": [message]})


def preference_webhook(
    business: Business, customer: Customer, value: str, at_seconds: int
) -> JsonObject:
    """`value` is "stop" or "resume"; the time is a number here."""
    wish: JsonObject = {
        "detail": f"User requested to {value} marketing messages",
        "category": "marketing_messages",
        "value": value,
        "timestamp": at_seconds,
        "user_id": customer.user_id,
    }
    if customer.wa_id:
        wish["wa_id"] = customer.wa_id
    content = {"contacts": [customer.contact()], "user_preferences": [wish]}
    return change_webhook(business, "user_preferences", content)


def writers_in(body: JsonObject) -> Iterator[tuple[str, str]]:
    """By whichever id a body names those whose messages it holds, both where it names both; each
    with the type of the message."""
    for entry in body.get("entry") or ():
        for change in entry.get("changes") or ():
            for message in change.get("value", {}).get("messages") or ():
                for name in ("from", "from_user_id"):
                    if message.get(name):
                        yield str(message[name]), str(message.get("type"))
