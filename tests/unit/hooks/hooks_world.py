"""The notices, fan-out and deliveries of one workspace over moto, with the queues in memory and a
receiver that answers as it is told."""

from __future__ import annotations

import heapq
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from hooks.deliver import Deliver
from hooks.deliver import Settings as DeliverSettings
from hooks.ending import Ending
from hooks.fan_out import FanOut
from hooks.fan_out import Settings as FanOutSettings
from hooks.signing import new_secret
from hooks.telling import delivery_entry
from shared.json_types import JsonObject
from shared.mail import Message
from shared.notices import MESSAGE_RECEIVED, Notice, Notices, notice_id
from shared.public_http import Response
from shared.store.tables import Tables
from shared.store.webhook_deliveries import WebhookDeliveries, WebhookDelivery
from shared.store.webhooks import Webhook, Webhooks
from tests.builders import sqs_record
from tests.fakes import FakeClock
from tests.office import ANA, Office

NOTICES, DELIVERIES = "notices", "deliveries"
_VISIBILITY_SECONDS = 60


class KilledError(BaseException):
    """The function was killed here."""


class OpenSealer:
    """Sealing that can be read; KMS has tests of its own."""

    def open(self, tenant: object, sealed: bytes) -> str:
        return sealed.decode()


@dataclass
class Receiver:
    """Answers from `script`, then 200. `took` is what it has answered with success, by id."""

    script: list[int | Exception] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    took: list[str] = field(default_factory=list)

    def __call__(self, method: str, url: str, **options: Any) -> Response:
        self.asked.append((url, options["headers"], options["body"]))
        assert (method, options["max_redirects"]) == ("POST", 0)
        answer = self.script.pop(0) if self.script else 200
        if isinstance(answer, Exception):
            raise answer
        if 200 <= answer < 300:
            self.took.append(options["headers"]["webhook-id"])
        return Response(answer, b"answer")

    def bodies(self) -> list[JsonObject]:
        return [json.loads(body) for _, _, body in self.asked]


class Mailbox:
    def __init__(self) -> None:
        self.letters: list[Message] = []

    def send(self, message: Message) -> None:
        self.letters.append(message)


class Mortal:
    """Passes calls on to a client, and dies once, in place of the call of a number."""

    def __init__(self, real: Any, calls: Iterator[int], killed_at: int) -> None:
        self._real, self._calls, self._killed_at = real, calls, killed_at

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._real, name)
        if name == "exceptions":
            return real

        def call(*args: Any, **named: Any) -> Any:
            if next(self._calls) == self._killed_at:
                raise KilledError
            return real(*args, **named)

        return call


class World:
    """It is its own SQS: what is sent with a delay is delivered then."""

    def __init__(self, dynamodb: Any, tenant: str) -> None:
        self.office = Office(tenant, dynamodb)
        self.tenant, self.dynamodb = self.office.tenant, dynamodb
        self.clock = FakeClock()
        self.receiver, self.mail = Receiver(), Mailbox()
        self.webhooks = Webhooks(self.tenant, "workspaces", dynamodb)
        self.notices = Notices(self, NOTICES, lambda _: self.webhooks.wanted(), self.clock)
        tables = Tables("workspaces", "directory", "usage")
        self.fan_out = FanOut(
            FanOutSettings("workspaces", "webhook_deliveries", DELIVERIES),
            dynamodb,
            self,
            self.clock,
        )
        self.deliver = Deliver(
            DeliverSettings(
                "workspaces",
                "directory",
                "usage",
                "webhook_deliveries",
                DELIVERIES,
                "key",
                "",
                "",
                "",
            ),
            dynamodb,
            self,
            OpenSealer(),  # type: ignore[arg-type]
            Ending(tables, dynamodb, self.mail, "https://kabar.test"),
            self.receiver,
            self.clock,
            lambda: 0.5,
        )
        self._waiting: list[tuple[int, int, str, str]] = []
        self._order = itertools.count()

    def send_message_batch(self, QueueUrl: str, Entries: list[JsonObject]) -> JsonObject:
        for entry in Entries:
            due = self.clock() + entry.get("DelaySeconds", 0) * 1000
            self._put(due, QueueUrl, entry["MessageBody"])
        return {}

    def subscribe(self, *types: str, url: str = "https://crm.example/hook") -> Webhook:
        wanted = types or (MESSAGE_RECEIVED,)
        secret = new_secret().encode()
        return self.webhooks.create(url, wanted, "", secret, by=ANA, at=self.clock())

    def notice(self, number: int = 1, type_: str = MESSAGE_RECEIVED) -> Notice:
        id_ = notice_id(self.tenant, type_, number)
        return Notice(id_, type_, self.clock(), {"number": number}, contact="contact1")

    def tell(self, *notices: Notice) -> None:
        self.notices.tell(self.tenant, notices)

    def queue(self, webhook: Webhook, delivery: WebhookDelivery) -> None:
        body = delivery_entry(self.tenant, webhook.id, delivery.id).body
        self._put(self.clock(), DELIVERIES, body)

    def run(self, seconds: float = 0, before: Callable[[str], None] = lambda _: None) -> None:
        """Work the queues until nothing is left that is due within `seconds`. `before` is told the
        queue of each record; when it or the function is killed, the record comes back."""
        until = self.clock() + round(seconds * 1000)
        while self._waiting and self._waiting[0][0] <= until:
            due, _, queue, body = heapq.heappop(self._waiting)
            self.clock.ms = max(self.clock.ms, due)
            try:
                before(queue)
                (self.fan_out if queue == NOTICES else self.deliver).run(sqs_record(body))
            except KilledError:
                self._put(self.clock() + _VISIBILITY_SECONDS * 1000, queue, body)
        self.clock.ms = max(self.clock.ms, until)

    def duplicate_everything(self) -> None:
        for due, _, queue, body in list(self._waiting):
            self._put(due, queue, body)

    def kill_at(self, call: int) -> None:
        """From now on the functions die in place of their call of that number, once."""
        calls = itertools.count()
        dynamodb = Mortal(self.dynamodb, calls, call)
        sqs = Mortal(self, calls, call)
        self.fan_out = replace(self.fan_out, dynamodb=dynamodb, sqs=sqs)
        self.deliver = replace(self.deliver, dynamodb=dynamodb, sqs=sqs)

    def waiting(self) -> int:
        return len(self._waiting)

    def deliveries(self, webhook: Webhook) -> list[WebhookDelivery]:
        """Newest first."""
        return self.store(webhook).newest(100, None)[0]

    def store(self, webhook: Webhook) -> WebhookDeliveries:
        return WebhookDeliveries(self.tenant, webhook.id, "webhook_deliveries", self.dynamodb)

    def _put(self, due: int, queue: str, body: str) -> None:
        heapq.heappush(self._waiting, (due, next(self._order), queue, body))
