"""Send what conversations decided, once, even when nobody knows whether Meta took it.

A message is claimed by a conditional write before Meta is called. A clear answer settles it. After
an ambiguous one it waits for a status that echoes our id; only when the stated window has passed in
silence is it sent again. The lane waits with it, so order holds.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from gateway.heeding import heed
from gateway.linked_phones import LinkedPhones
from gateway.pacing import Guard, hold_seconds
from shared.aws import client
from shared.channels.baileys.service import Service
from shared.channels.capabilities import CannotSendError, fallback
from shared.channels.cloud_api import Answer, CloudApi, GraphCloudApi, MarkReadError, Refused
from shared.channels.kinds import BAILEYS, HAS_WINDOW
from shared.channels.messages import validate
from shared.channels.payloads import send_payload
from shared.channels.send_rates import of_pair
from shared.channels.webhook_bodies import account_body, account_group
from shared.clock import Clock, now_ms
from shared.dead_token import token_dead
from shared.delivery import FAILED
from shared.fifo_batch import NotYetError, run_in_order
from shared.json_types import JsonObject
from shared.lanes import lane
from shared.media.attachments import Attachments, CannotAttachError, NumberHeldError
from shared.media.work import upload_entry
from shared.numbers import Numbers
from shared.observability import count, counted, logger
from shared.queues import Entry, encode, send_all
from shared.sealed import Sealer
from shared.secrets import kept_secret
from shared.settings import load
from shared.settlement import (
    AlreadyDone,
    GiveUp,
    Hold,
    Next,
    Settle,
    TryAgain,
    WaitForReceipt,
    after_answer,
    too_many_silences,
    when_not_claimed,
)
from shared.standing import Standing
from shared.store.conversations import Conversations
from shared.store.deliveries import Deliveries
from shared.store.directory import Directory, Number
from shared.store.media_copies import Copies
from shared.store.media_files import MediaFiles
from shared.store.paces import Paces
from shared.store.sent_ids import SentIds
from shared.store.templates import Templates
from shared.store.tenant_files import TenantFiles
from shared.templates.fit import misfit
from shared.tenancy import Tenant
from shared.ttl_cache import TtlCache
from shared.usage.limits import LimitReachedError, Limits
from shared.usage.meters import MESSAGES_OUT
from shared.window import Window

_TOKEN_REMEMBER_SECONDS = 300
_ENVELOPE = ("v", "tenant", "channel", "contact")
_SEND = ("kind", "seq", "to", "message", "asked")
_FRESH_MS = 10_000  # what was decided so lately is not asked again
_NEW_IDS = "WhatsApp no longer knows the file: it is uploaded again"
_MILLISECONDS_PER_SEND = 16_000  # Meta's longest silence that we wait for, and our own writes


@dataclass(frozen=True, slots=True)
class Settings:
    """`unsettled_window_seconds`: how long Meta may be silent before a message is sent again;
    `pair_burst`: how many messages one person is sent at once, before one in six seconds."""

    conversations_table: str
    directory_table: str
    usage_table: str
    requests_table: str
    outbound_queue_url: str
    outbound_dlq_url: str
    account_events_queue_url: str
    workspaces_table: str
    media_queue_url: str
    graph_api_url: str
    graph_api_version: str
    unsettled_window_seconds: float
    pair_burst: int
    secrets_key_arn: str
    inbound_queue_url: str
    template_syncs_queue_url: str
    media_bucket: str = ""
    baileys_url: str = ""
    baileys_secret_arn: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    settings: Settings
    numbers: Numbers
    limits: Limits
    guard: Guard
    attachments: Attachments
    cloud_api: CloudApi
    open_token: Callable[[Number], str]
    dynamodb: Any
    sqs: Any
    clock: Clock = now_ms
    linked: LinkedPhones | None = None

    def run(self, record: JsonObject, has_time: Callable[[], bool] = lambda: True) -> None:
        """One queue record: some effects of one lane, in order. Returns when it is done with;
        raises NotYetError when it must come back, and its lane waits behind it. What was settled
        before is found settled then."""
        body = json.loads(record["body"])
        envelope = {name: value for name, value in body.items() if name != "effects"}
        envelope["receives"] = int(record["attributes"]["ApproximateReceiveCount"])
        for place, effect in enumerate(body["effects"]):
            if place and not has_time():
                raise NotYetError("No time was left", 0)
            self._do({**envelope, **effect})

    def _do(self, body: JsonObject) -> None:
        tenant = Tenant(body["tenant"])
        number = self._number(body["channel"], tenant)
        if body["kind"] == "mark_read":
            self._mark_read(number, body)
            return
        deliveries = Deliveries(
            tenant, self.settings.conversations_table, self.dynamodb, self.clock
        )
        refusal = self._refusal(number, body, self.clock()) if number else None
        body = {**body, "attached": body["message"]}
        if number and not refusal:
            try:
                message = self._attached(number, body)
            except CannotAttachError as error:
                refusal = str(error)
            except NumberHeldError as error:
                self._follow(Hold(str(error)), deliveries, body, self.clock())
            else:
                body["attached"] = message
                self.guard.let_pass(number, body["contact"], body["receives"])
        # A pass may take its time, and a dead letter names the very moment of its claim.
        now = self.clock()
        step = self._attempt(number, deliveries, body, refusal, now)
        self._follow(step, deliveries, body, now)

    def _attached(self, number: Number, body: JsonObject) -> JsonObject:
        """The message as the channel takes it, as far as files go."""
        if number.kind == BAILEYS and self.linked:
            return self.linked.attach(number.tenant, body["message"])
        return self.attachments.attach(number, body["message"], body["receives"])

    def _attempt(
        self,
        number: Number | None,
        deliveries: Deliveries,
        body: JsonObject,
        refusal: str | None,
        now: int,
    ) -> Next:
        # What can fail before the call must fail before the claim, which promises a call.
        token = self.open_token(number) if number and number.sealed_token else ""
        window = self.settings.unsettled_window_seconds
        silent_before = now - round(window * 1000)
        terms = {"now": now, "silent_before": silent_before, "asked": body.get("asked", "")}
        claim = deliveries.claim(*_place(body), **terms)
        if claim.delivery.state == FAILED and body.get("claimed_at") == claim.delivery.since:
            # Redriven from the dead letters, and not sent since it was laid there.
            deliveries.reopen(*_place(body))
            claim = deliveries.claim(*_place(body), **terms)
        if not claim.taken:
            return when_not_claimed(claim.delivery, now, window)
        if number is None:
            return GiveUp("The number is no longer connected to this workspace.")
        attempts = claim.delivery.attempts
        if too_many_silences(attempts):
            return GiveUp(f"No word from WhatsApp after {attempts - 1} tries.")
        if refusal:
            return GiveUp(refusal)
        sent = fallback(body["attached"], number.kind)
        answer = self._send(number, token, body, sent)
        if isinstance(answer, Refused):
            heed(answer, number, body, now, guard=self.guard, sqs=self.sqs, queues=self.settings)
        has_new_ids = self.attachments.renewed(
            number, body["message"], answer, sent=sent, attempts=attempts
        )
        return TryAgain(_NEW_IDS, 1.0) if has_new_ids else after_answer(answer, attempts)

    def _send(self, number: Number, token: str, body: JsonObject, message: JsonObject) -> Answer:
        if number.kind == BAILEYS and self.linked:
            return self.linked.send(body, message)
        payload = send_payload(message, body["to"], body["contact"], body["seq"])
        return self.cloud_api.send(number.phone_number_id, token, payload)

    def _stands(self, number: Number, body: JsonObject, now: int) -> str | None:
        """The worker said whether anything may be sent. What it would refuse, and what has waited,
        asks again: the customer may have written meanwhile, or have been blocked."""
        message, until = body["message"], body.get("open_until", 0)
        windowed = number.kind in HAS_WINDOW
        told = Standing(Window(open_until=until), body.get("blocked", False), windowed=windowed)
        has_waited = now - body.get("at", 0) > _FRESH_MS
        if not has_waited and not told.refusal(message, now):
            return None
        store = Conversations(
            Tenant(body["tenant"]), self.settings.conversations_table, self.dynamodb
        )
        standing = store.standing(body["channel"], body["contact"])
        return standing.refusal(message, now) if standing else None

    def _refusal(self, number: Number, body: JsonObject, now: int) -> str | None:
        """Why the message, the contact's standing or the workspace's plan allows no send, in
        words."""
        if refusal := _unsendable(body["message"], number.kind):
            return refusal
        if refusal := self._stands(number, body, now):
            return refusal
        store = Templates(number.tenant, self.settings.workspaces_table, self.dynamodb)
        if refusal := misfit(store, number, body["message"]):
            return refusal
        try:
            self.limits.check(number.tenant, MESSAGES_OUT)
        except LimitReachedError as error:
            return str(error)
        return None

    def _follow(self, step: Next, deliveries: Deliveries, body: JsonObject, now: int) -> None:
        place = _place(body)
        match step:
            case Settle(wamid):
                deliveries.sent(*place, wamid=wamid)
                count("Sent")
            case AlreadyDone():
                count("SentBefore")
            case WaitForReceipt(reason, seconds):
                deliveries.unsettled(*place, reason=reason)
                count("Unsettled")
                raise NotYetError(reason, seconds)
            case TryAgain(reason, seconds):
                deliveries.will_retry(*place, reason=reason)
                count("SendRetried")
                raise NotYetError(reason, seconds)
            case Hold(reason):
                deliveries.will_retry(*place, reason=reason)
                self._report(body, reason, now)
                count("SendHeld")
                raise NotYetError(reason, hold_seconds(body["receives"]))
            case GiveUp(reason):
                self._set_aside(body, reason, claimed_at=now)
                deliveries.failed(*place, reason=reason)
                count("SendFailed")

    def _report(self, body: JsonObject, reason: str, now: int) -> None:
        """That the token is dead, once in five minutes; who keeps the channels holds this one."""
        number = self._number(body["channel"], Tenant(body["tenant"]))
        change = token_dead(number.waba_id if number else "", body["channel"], reason)
        told = Entry(
            body=account_body(change, now),
            group=account_group(change),
            dedup=f"token:{body['channel']}",
        )
        send_all(self.sqs, self.settings.account_events_queue_url, [told])

    def _set_aside(self, body: JsonObject, reason: str, claimed_at: int) -> None:
        """Into the dead-letter queue by our own hand: receives are spent on waiting as well, so
        SQS's count says nothing about failures. The claim that failed is named: a dead letter
        reopens its message once, and one that fails again at once is no duplicate of it."""
        envelope = {name: body[name] for name in _ENVELOPE}
        effect = {name: body[name] for name in _SEND if name in body}
        letter = {**envelope, "reason": reason, "claimed_at": claimed_at, "effects": [effect]}
        dead = Entry(
            body=encode(letter),
            group=lane(body["channel"], body["contact"]),
            dedup=f"{body['contact']}:{body['seq']}:{claimed_at}",
        )
        send_all(self.sqs, self.settings.outbound_dlq_url, [dead])

    def _mark_read(self, number: Number | None, body: JsonObject) -> None:
        """A courtesy: when it fails, the conversation must not wait for it."""
        if number is None:
            return
        try:
            if number.kind == BAILEYS and self.linked:
                self.linked.mark_read(body)
                return
            self.cloud_api.mark_read(
                number.phone_number_id, self.open_token(number), body["wamid"], body["typing"]
            )
        except MarkReadError as error:
            logger.warning("message not marked as read", reason=str(error))
            count("MarkReadFailed")

    def _number(self, channel: str, tenant: Tenant) -> Number | None:
        number = self.numbers.get(channel)
        return number if number is not None and number.tenant == tenant else None


def _unsendable(message: JsonObject, channel_kind: str) -> str | None:
    """Why the channel cannot send it in any way, in words."""
    if wrong := validate(message):
        return f"WhatsApp would refuse {wrong[0].field}: it {wrong[0].message}."
    try:
        fallback(message, channel_kind)
    except CannotSendError as error:
        return str(error)
    return None


def _place(body: JsonObject) -> tuple[str, str, int]:
    return body["channel"], body["contact"], body["seq"]


@lru_cache(maxsize=1)
def _sender() -> Sender:
    settings = load(Settings)
    dynamodb, sqs = client("dynamodb"), client("sqs")
    sealer = Sealer(client("kms"), settings.secrets_key_arn)
    directory = Directory(settings.directory_table, dynamodb)
    tokens: TtlCache[bytes, str] = TtlCache(_TOKEN_REMEMBER_SECONDS)

    def open_token(number: Number) -> str:
        sealed = number.sealed_token
        return tokens.get(sealed, lambda: sealer.open(number.tenant, sealed))

    linked = None
    if settings.baileys_url:
        key = kept_secret(settings.baileys_secret_arn, "api_key")
        service = Service(settings.baileys_url, key)
        linked = LinkedPhones(
            service,
            SentIds(settings.requests_table, dynamodb),
            lambda tenant: MediaFiles(
                tenant, settings.workspaces_table, settings.usage_table, dynamodb
            ),
            lambda tenant: TenantFiles(tenant, settings.media_bucket, client("s3")),
        )
    return Sender(
        settings=settings,
        linked=linked,
        numbers=Numbers(directory),
        limits=Limits(directory, settings.usage_table, dynamodb),
        guard=Guard(
            Paces(settings.requests_table, dynamodb), now_ms, pair=of_pair(settings.pair_burst)
        ),
        attachments=Attachments(
            lambda tenant: Copies(tenant, settings.workspaces_table, dynamodb),
            lambda tenant, channel, media_id: send_all(
                sqs, settings.media_queue_url, [upload_entry(tenant, channel, media_id)]
            ),
            now_ms,
        ),
        cloud_api=GraphCloudApi(settings.graph_api_url, settings.graph_api_version),
        open_token=open_token,
        dynamodb=dynamodb,
        sqs=sqs,
    )


@counted
def handler(event: JsonObject, context: LambdaContext) -> JsonObject:
    """SQS FIFO batch with partial failures."""
    count("SenderRecords", len(event["Records"]))
    sender = _sender()

    def has_time() -> bool:
        return context.get_remaining_time_in_millis() > _MILLISECONDS_PER_SEND

    return run_in_order(
        event["Records"],
        lambda record: sender.run(record, has_time),
        sender.sqs,
        sender.settings.outbound_queue_url,
        has_time,
    )
