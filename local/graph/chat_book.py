"""All chats, found by customer or by the id of a message in them."""

from local.graph.chats import Chat, ChatMessage


class ChatBook:
    def __init__(self) -> None:
        self._chats: dict[str, Chat] = {}
        self._places: dict[str, tuple[str, ChatMessage]] = {}

    def chat(self, customer_id: str) -> Chat:
        return self._chats.setdefault(customer_id, Chat())

    def add(self, customer_id: str, message: ChatMessage) -> None:
        self.chat(customer_id).add(message)
        self._places[message.id] = (customer_id, message)

    def find(self, message_id: str) -> tuple[str, ChatMessage] | None:
        """The customer's id and the message."""
        return self._places.get(message_id)
