"""Meta and the customers' phones in one memory: what the edges call, and what follows from it."""

import random
from collections.abc import Callable
from functools import partial

from local.graph import chat_events, error_table
from local.graph.acceptance import AcceptedMessage, accept_message
from local.graph.bubbles import bubble_text
from local.graph.business import Business
from local.graph.chat_book import ChatBook
from local.graph.chats import Chat, ChatMessage, advance
from local.graph.customers import Customer, demo_directory
from local.graph.deliveries import Delivery, DeliveryDesk
from local.graph.faults import FaultScript
from local.graph.graph_errors import GraphError
from local.graph.identifiers import new_trace_id, new_wamid
from local.graph.inbound import text_webhook
from local.graph.journal import Journal
from local.graph.json_types import JsonObject
from local.graph.lifecycle import Lifecycle, course_of
from local.graph.limits import TEXT_BODY
from local.graph.live_events import LiveEvents
from local.graph.message_request import ReadRequest, SendRequest
from local.graph.signature import serialise
from local.graph.statuses import DELIVERED, FAILED, READ, failure_webhook, progress_webhook


class UnusableTextError(ValueError):
    """A customer's text must hold something and be no longer than WhatsApp allows."""


class Simulator:
    def __init__(
        self,
        business: Business,
        deliveries: DeliveryDesk,
        lifecycle: Lifecycle,
        *,
        now_ms: Callable[[], int],
        randomness: random.Random,
    ) -> None:
        self.business = business
        self.deliveries = deliveries
        self.now_ms = now_ms
        self.events = LiveEvents()
        self.faults = FaultScript(lambda: now_ms() / 1000)
        self._lifecycle = lifecycle
        self._randomness = randomness
        self._start_afresh()

    def _start_afresh(self) -> None:
        self.customers = demo_directory()
        self.chats = ChatBook()
        self.journal = Journal()
        self._accepted: dict[str, AcceptedMessage] = {}

    def stop(self) -> None:
        """Drops everything that is still under way."""
        self._lifecycle.forget()
        self.deliveries.forget()

    def reset(self) -> None:
        self.stop()
        self.faults.clear()
        self._start_afresh()
        for customer in self.customers:
            self.events.publish(chat_events.customer_changed(customer, Chat()))

    def trace_id(self) -> str:
        return new_trace_id(self._randomness)

    # What the business does through the Graph API.

    def accept(
        self, request: SendRequest, *, statuses: bool = True, failure_code: int | None = None
    ) -> AcceptedMessage:
        """`failure_code`: the message is accepted and then fails with this code."""
        message = accept_message(
            request, self.customers, wamid=new_wamid(self._randomness), at_ms=self.now_ms()
        )
        self.journal.accepted.append(message)
        self._accepted[message.wamid] = message
        if message.customer:
            self._show(message.customer, _bubble(message))
        if statuses:
            course = course_of(message) if failure_code is None else (FAILED,)
            self._lifecycle.start(message, course, partial(self._report, code=failure_code))
        return message

    def mark_read(self, request: ReadRequest) -> None:
        """Messages that came to the receiver from elsewhere are taken on trust."""
        if request.message_id in self._accepted:
            raise GraphError(
                error_table.PARAMETER_VALUE_INVALID,
                "Param message_id: only messages from customers can be marked as read.",
            )
        place = self.chats.find(request.message_id)
        if place is None:
            return
        customer_id, _ = place
        for message in self.chats.chat(customer_id).up_to(request.message_id):
            self._tick(customer_id, message, READ)
        if request.typing:
            self.events.publish(chat_events.typing(customer_id))

    # What the customers do on their phones.

    def customer_says(
        self, customer_id: str, text: str, *, quoted_id: str | None = None
    ) -> ChatMessage:
        customer = self.customers.get(customer_id)
        if not text.strip() or len(text) > TEXT_BODY:
            raise UnusableTextError(f"a text has 1 to {TEXT_BODY} characters")
        message = ChatMessage(
            id=new_wamid(self._randomness),
            sender="customer",
            type="text",
            text=text,
            at_ms=self.now_ms(),
            context_id=quoted_id,
            status="sent",
        )
        self._show(customer, message)
        body = text_webhook(
            self.business,
            customer,
            wamid=message.id,
            text=text,
            at_seconds=message.at_ms // 1000,
            quoted_id=quoted_id,
        )
        self.deliveries.submit(
            f"customer {customer.id}",
            "message",
            serialise(body),
            partial(self._inbound_settled, customer.id, message),
        )
        return message

    def customer_sees(self, customer_id: str) -> None:
        """Everything the business wrote in this chat is read, now or as soon as it arrives."""
        customer = self.customers.get(customer_id)
        for message in self.chats.chat(customer.id).from_business():
            message.seen = True
            if message.status == DELIVERED:
                self._report(self._accepted[message.id], READ)

    def customer_joins(self, name: str, *, hide_number: bool) -> Customer:
        customer = self.customers.join(name, hide_number=hide_number)
        self.events.publish(chat_events.customer_changed(customer, Chat()))
        return customer

    # What follows.

    def deliver(self, body: JsonObject) -> Delivery:
        """Signs and delivers any body, in a lane of its own."""
        return self.deliveries.submit(f"admin {self.trace_id()}", "admin", serialise(body))

    def _show(self, customer: Customer, message: ChatMessage) -> None:
        self.chats.add(customer.id, message)
        self.events.publish(chat_events.message_added(customer.id, message))

    def _tick(self, customer_id: str, message: ChatMessage, status: str) -> None:
        if advance(message, status):
            self.events.publish(chat_events.status_changed(customer_id, message))

    def _inbound_settled(self, customer_id: str, message: ChatMessage, delivery: Delivery) -> None:
        status = DELIVERED if delivery.state == "delivered" else FAILED
        self._tick(customer_id, message, status)

    def _report(self, message: AcceptedMessage, status: str, code: int | None = None) -> None:
        now = self.now_ms() // 1000
        if code is None:
            body = progress_webhook(self.business, message, status, now)
        else:
            body = failure_webhook(self.business, message, code, now)
        self.deliveries.submit(f"statuses {message.wamid}", f"status {status}", serialise(body))
        place = self.chats.find(message.wamid)
        if place is None:
            return
        customer_id, bubble = place
        self._tick(customer_id, bubble, status)
        if status == DELIVERED and bubble.seen:
            self._report(message, READ)


def _bubble(message: AcceptedMessage) -> ChatMessage:
    return ChatMessage(
        id=message.wamid,
        sender="business",
        type=message.request.type,
        text=bubble_text(message.request.type, message.request.content),
        at_ms=message.at_ms,
        context_id=message.request.quoted_id,
    )
