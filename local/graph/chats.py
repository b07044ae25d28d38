"""The conversation of each customer with the business, as the customer's phone shows it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from local.graph.json_types import JsonObject

Sender = Literal["customer", "business"]

PENDING = "pending"
# A later `delivered` or `read` proves a `failed` wrong; the other way round it proves nothing.
RANKS = {PENDING: 0, "sent": 1, "failed": 2, "delivered": 3, "read": 4}


@dataclass
class ChatMessage:
    """`seen`: the customer had the chat open, so that the message is read once delivered. `content`
    is what there is besides the text: media, a place, things to tap."""

    id: str
    sender: Sender
    type: str
    text: str
    at_ms: int
    context_id: str | None = None
    status: str = PENDING
    seen: bool = False
    content: JsonObject | None = None

    def as_json(self) -> JsonObject:
        return {
            "id": self.id,
            "from": self.sender,
            "type": self.type,
            "text": self.text,
            "at": self.at_ms,
            "status": self.status,
            "context_id": self.context_id,
            "content": self.content,
        }


@dataclass
class Chat:
    """Messages oldest first."""

    messages: list[ChatMessage] = field(default_factory=list)

    def add(self, message: ChatMessage) -> None:
        self.messages.append(message)

    def from_business(self) -> Iterator[ChatMessage]:
        return (message for message in self.messages if message.sender == "business")

    def up_to(self, message_id: str) -> list[ChatMessage]:
        """The customer's messages up to and including this one."""
        found: list[ChatMessage] = []
        for message in self.messages:
            if message.sender == "customer":
                found.append(message)
            if message.id == message_id:
                return found
        return []

    @property
    def unread(self) -> int:
        return sum(1 for message in self.from_business() if not message.seen)

    @property
    def last(self) -> ChatMessage | None:
        return self.messages[-1] if self.messages else None


def advance(message: ChatMessage, status: str) -> bool:
    """Moves the ticks forward, never back; says whether they moved."""
    if RANKS[status] <= RANKS[message.status]:
        return False
    message.status = status
    return True
