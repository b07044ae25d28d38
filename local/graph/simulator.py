"""Meta and the customers' phones in one memory: what the edges call, and what follows from it."""

import random
from collections.abc import Callable
from functools import partial

from local.graph import chat_events, error_table
from local.graph.acceptance import AcceptedMessage, accept_message
from local.graph.admission import admit, failure_of
from local.graph.bubbles import bubble_text, line_of
from local.graph.business import Business
from local.graph.chat_book import ChatBook
from local.graph.chats import Chat, ChatMessage, advance
from local.graph.customers import Customer, demo_directory
from local.graph.deliveries import Delivery, DeliveryDesk
from local.graph.faults import FaultScript
from local.graph.gestures import (
    Gesture,
    UnusableGestureError,
    location_message,
    media_message,
    reaction_message,
    shown_content,
    tap_message,
)
from local.graph.graph_errors import GraphError
from local.graph.identifiers import new_trace_id, new_wamid
from local.graph.inbound import message_webhook, preference_webhook, writers_in
from local.graph.journal import Journal
from local.graph.json_types import JsonObject
from local.graph.lifecycle import Lifecycle, course_of
from local.graph.limits import TEXT_BODY
from local.graph.live_events import LiveEvents
from local.graph.media_shelf import MediaShelf
from local.graph.message_request import ReadRequest, SendRequest
from local.graph.onboarding import Onboarding
from local.graph.resumable import ResumableUploads
from local.graph.signature import serialise
from local.graph.status_post import StatusPost
from local.graph.statuses import DELIVERED, FAILED, READ, failure_webhook, progress_webhook
from local.graph.templates.office import REVIEW_SECONDS, TemplateOffice
from local.graph.templates.sending import shown_text
from local.graph.traffic import Traffic


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
        review_seconds: float = REVIEW_SECONDS,
    ) -> None:
        self.business = business
        self.deliveries = deliveries
        self._statuses = StatusPost(deliveries)
        self.now_ms = now_ms
        self.events = LiveEvents()
        self.faults = FaultScript(lambda: now_ms() / 1000)
        self._lifecycle = lifecycle
        self._randomness = randomness
        self.templates = TemplateOffice(business, deliveries, now_ms, review_seconds=review_seconds)
        self._start_afresh()

    def _start_afresh(self) -> None:
        self.customers = demo_directory()
        self.chats = ChatBook()
        self.journal = Journal()
        self._accepted: dict[str, AcceptedMessage] = {}
        self.traffic = Traffic(self._now_seconds)
        self.media = MediaShelf(self._now_seconds, self._randomness)
        self.uploads = ResumableUploads(self._randomness)
        self.onboarding = Onboarding(self.business, self.now_ms)

    def stop(self) -> None:
        """Drops everything that is still under way."""
        self._lifecycle.forget()
        self.templates.forget()
        self.deliveries.forget()
        self._statuses.forget()

    def reset(self) -> None:
        self.stop()
        self.faults.clear()
        self._start_afresh()
        for customer in self.customers:
            self.events.publish(chat_events.customer_changed(customer, Chat()))

    def _now_seconds(self) -> float:
        return self.now_ms() / 1000

    def trace_id(self) -> str:
        return new_trace_id(self._randomness)

    # What the business does through the Graph API.

    def accept(
        self, request: SendRequest, *, statuses: bool = True, failure_code: int | None = None
    ) -> AcceptedMessage:
        """`failure_code`: the message is accepted and then fails with this code."""
        template = admit(
            request,
            self.customers.addressed_by(request.recipient),
            media=self.media,
            templates=self.templates.book,
            traffic=self.traffic,
        )
        message = accept_message(
            request,
            self.customers,
            wamid=new_wamid(self._randomness),
            at_ms=self.now_ms(),
            template=template,
        )
        failure_code = failure_code or failure_of(request, template)
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
        if not text.strip() or len(text) > TEXT_BODY:
            raise UnusableTextError(f"a text has 1 to {TEXT_BODY} characters")
        said = {"type": "text", "text": {"body": text}}
        return self._customer_sends(customer_id, said, quoted_id=quoted_id)

    def customer_does(self, customer_id: str, gesture: Gesture) -> ChatMessage:
        quoted = gesture.context_id
        if gesture.text is not None:
            return self.customer_says(customer_id, gesture.text, quoted_id=quoted)
        if gesture.media is not None:
            said = media_message(gesture.media, self.media)
        elif gesture.location is not None:
            said = location_message(gesture.location)
        elif gesture.reaction is not None:
            if self.chats.find(gesture.reaction.message_id) is None:
                raise UnusableGestureError("there is no such message to react to")
            said = reaction_message(gesture.reaction)
        else:
            assert gesture.tap is not None
            quoted = gesture.tap.message_id
            said = tap_message(gesture.tap, self._accepted.get(quoted))
        return self._customer_sends(customer_id, said, quoted_id=quoted)

    def customer_prefers(self, customer_id: str, value: str) -> None:
        """`value` is "stop" or "resume", of marketing (section 2.9)."""
        customer = self.customers.set_marketing(customer_id, stopped=value == "stop")
        body = preference_webhook(self.business, customer, value, self.now_ms() // 1000)
        self.deliveries.submit(f"customer {customer.id}", "preference", serialise(body))

    def _customer_sends(
        self, customer_id: str, said: JsonObject, *, quoted_id: str | None
    ) -> ChatMessage:
        customer = self.customers.get(customer_id)
        message = ChatMessage(
            id=new_wamid(self._randomness),
            sender="customer",
            type=said["type"],
            text=line_of(said),
            at_ms=self.now_ms(),
            context_id=quoted_id,
            status="sent",
            content=None if said["type"] == "text" else said,
        )
        self._show(customer, message)
        self.traffic.heard_from(customer.user_id, said["type"])
        body = message_webhook(
            self.business,
            customer,
            said,
            wamid=message.id,
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
        """Signs and delivers any body, in a lane of its own. Who wrote in it was heard from."""
        known = {customer.wa_id: customer.user_id for customer in self.customers}
        for person, kind in writers_in(body):
            self.traffic.heard_from(known.get(person) or person, kind)
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
        self._statuses.tell(message.wamid, f"status {status}", body)
        place = self.chats.find(message.wamid)
        if place is None:
            return
        customer_id, bubble = place
        self._tick(customer_id, bubble, status)
        if status == DELIVERED and bubble.seen:
            self._report(message, READ)


def _bubble(message: AcceptedMessage) -> ChatMessage:
    request = message.request
    text = (
        shown_text(message.template, request.content)
        if message.template
        else bubble_text(request.type, request.content)
    )
    return ChatMessage(
        id=message.wamid,
        sender="business",
        type=request.type,
        text=text,
        at_ms=message.at_ms,
        context_id=request.quoted_id,
        content=shown_content(message) or None,
    )
