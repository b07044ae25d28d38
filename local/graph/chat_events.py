"""The four events that the phone page understands, and how it sees a customer."""

from local.graph.chats import Chat, ChatMessage
from local.graph.customers import Customer
from local.graph.json_types import JsonObject

TYPING_SECONDS = 25


def message_added(customer_id: str, message: ChatMessage) -> JsonObject:
    return {"type": "message", "customer_id": customer_id, "message": message.as_json()}


def status_changed(customer_id: str, message: ChatMessage) -> JsonObject:
    return {
        "type": "status",
        "customer_id": customer_id,
        "message_id": message.id,
        "status": message.status,
    }


def typing(customer_id: str) -> JsonObject:
    """The indicator goes out after some seconds, or when a message comes."""
    return {"type": "typing", "customer_id": customer_id, "seconds": TYPING_SECONDS}


def customer_changed(customer: Customer, chat: Chat) -> JsonObject:
    return {
        "type": "customer",
        "customer_id": customer.id,
        "customer": customer_json(customer, chat),
    }


def customer_json(customer: Customer, chat: Chat) -> JsonObject:
    return {
        "id": customer.id,
        "name": customer.name,
        "wa_id": customer.wa_id,
        "user_id": customer.user_id,
        "username": customer.username,
        "avatar_color": customer.avatar_color,
        "last": chat.last.as_json() if chat.last else None,
        "unread": chat.unread,
    }
