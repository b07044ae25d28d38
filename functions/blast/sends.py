"""One message of a campaign: claimed, sent at its time, and what the answer makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Final, Protocol

from blast.slots import Slots
from blast.spread import Spread
from blast.telling import Telling
from shared.campaigns.callbacks import RecipientRef, callback_data
from shared.campaigns.outcomes import class_of
from shared.channels.cloud_api import Answer, CloudApi, Refused
from shared.channels.errors import Action
from shared.channels.payloads import send_payload_of
from shared.channels.webhook_bodies import account_body, account_group
from shared.clock import Clock, now_ms
from shared.dead_token import token_dead
from shared.json_types import JsonObject
from shared.marketing_stops import STOPPED_MARKETING, stop_entry
from shared.media.attachments import Attachments
from shared.observability import count
from shared.queues import Entry, send_all
from shared.settlement import (
    GiveUp,
    Hold,
    Settle,
    TryAgain,
    WaitForReceipt,
    after_answer,
    too_many_silences,
)
from shared.store.directory import Number
from shared.store.recipient_items import Recipient
from shared.store.recipients import Recipients
from shared.template_syncs import sync_entry

_STOPS: Final = frozenset({Action.PAUSE_CAMPAIGN, Action.PAUSE_TEMPLATE, Action.TOKEN_DEAD})
_MOST_STOPPED: Final = 1000
_NEW_FILE: Final = "WhatsApp no longer knew the file: it was uploaded again."


class Queues(Protocol):
    @property
    def inbound_queue_url(self) -> str: ...
    @property
    def account_events_queue_url(self) -> str: ...
    @property
    def template_syncs_queue_url(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Batch:
    """What the messages of one chunk share. Once WhatsApp has forgotten a file that they name,
    they are stale."""

    number: Number
    recipients: Recipients
    telling: Telling
    slots: Slots
    spread: Spread
    _stale: Event = field(default_factory=Event)

    @property
    def is_stale(self) -> bool:
        return self._stale.is_set()

    def has_gone_stale(self) -> None:
        self._stale.set()


@dataclass(frozen=True, slots=True)
class Sends:
    """Called by many threads. Why a campaign is to stop is kept until it is asked for."""

    cloud_api: CloudApi
    open_token: Callable[[Number], str]
    attachments: Attachments
    sqs: Any
    queues: Queues
    clock: Clock = now_ms
    _stops: dict[str, str] = field(default_factory=dict)

    def stopped(self, campaign: str) -> str | None:
        return self._stops.get(campaign)

    def begin(self, campaign: str) -> None:
        """A chunk that was let go says that people have put it right."""
        self._stops.pop(campaign, None)

    def send(self, batch: Batch, before: Recipient, message: JsonObject, at: int) -> None:
        """At `at` (microseconds), or later. Somebody else's message is left alone."""
        recipients, number = batch.recipients, batch.number
        ref = before.ref(recipients.campaign)
        batch.spread.wait_until(at - batch.slots.lead)
        if ref.campaign in self._stops or batch.is_stale:
            return
        # What can fail before the call must fail before the claim, which promises a call.
        token = self.open_token(number)
        asked = self.clock()
        one = recipients.claim(before, asked)
        batch.slots.claimed((self.clock() - asked) * 1000)
        if one is None:
            count("CampaignSentBefore")
            return
        if too_many_silences(one.attempts):
            self.close(recipients, one)
            return
        batch.slots.kept(at, batch.spread.wait_until)
        to = {"wa_id": one.phone} if one.phone else {"bsuid": one.bsuid}
        payload = send_payload_of(message, to, callback_data(ref))
        answer = self.cloud_api.send(number.phone_number_id, token, payload)
        if self._is_renewed(batch, one, message, answer):
            return
        self._settle(batch, one, answer)

    def _is_renewed(
        self, batch: Batch, one: Recipient, message: JsonObject, answer: Answer
    ) -> bool:
        """Whether WhatsApp has forgotten a file, which is uploaded again before anybody else is
        sent it."""
        ours = batch.telling.campaign.plan["message"]
        if not self.attachments.renewed(
            batch.number, ours, answer, sent=message, attempts=one.attempts
        ):
            return False
        batch.has_gone_stale()
        now = self.clock()
        batch.recipients.again(one.ref(batch.recipients.campaign), now, _NEW_FILE, "", now)
        count("CampaignSendsRetried")
        return True

    def close(self, recipients: Recipients, one: Recipient) -> None:
        """Nobody has ever said what became of it."""
        words = "WhatsApp never said whether it took it."
        recipients.failed(one.ref(recipients.campaign), words, "no_word", self.clock())
        count("CampaignSendsFailed")

    def _settle(self, batch: Batch, one: Recipient, answer: Answer) -> None:
        recipients, number = batch.recipients, batch.number
        ref = one.ref(recipients.campaign)
        now = self.clock()
        class_ = class_of(answer.code) if isinstance(answer, Refused) else ""
        if isinstance(answer, Refused) and answer.action in _STOPS:
            # WhatsApp surely did not take it: it goes when people have put it right.
            recipients.again(ref, now, answer.reason, class_, now)
            self._stop(number, ref, answer, now)
            return
        match after_answer(answer, one.attempts):
            case Settle(wamid):
                batch.telling.accepted(one, wamid, now)
                batch.telling.tell()
                count("CampaignSent")
            case WaitForReceipt(reason):
                recipients.unsettled(ref, reason, now)
                count("CampaignUnsettled")
            case TryAgain(reason, seconds):
                recipients.again(ref, now + round(seconds * 1000), reason, class_, now)
                count("CampaignSendsRetried")
            case GiveUp(reason) | Hold(reason):
                self._heed(number, one, answer, now)
                recipients.failed(ref, reason, class_, now, rounds=one.rounds)
                count("CampaignSendsFailed")

    def _heed(self, number: Number, one: Recipient, answer: Answer, now: int) -> None:
        """What a refusal says of the person's wish."""
        if isinstance(answer, Refused) and answer.code == STOPPED_MARKETING:
            told = stop_entry(number.phone_number_id, one.lane, f"campaign:{one.since}", now)
            send_all(self.sqs, self.queues.inbound_queue_url, [told])

    def _stop(self, number: Number, ref: RecipientRef, answer: Refused, now: int) -> None:
        if len(self._stops) >= _MOST_STOPPED:
            self._stops.clear()
        is_news = self._stops.setdefault(ref.campaign, answer.reason) is answer.reason
        if not is_news:
            return
        if answer.action is Action.TOKEN_DEAD:
            change = token_dead(number.waba_id, number.phone_number_id, answer.reason)
            dedup = f"token:{number.phone_number_id}"
            told = Entry(account_body(change, now), account_group(change), dedup)
            send_all(self.sqs, self.queues.account_events_queue_url, [told])
        if answer.action is Action.PAUSE_TEMPLATE and number.waba_id:
            asked = sync_entry(number.tenant, number.waba_id)
            send_all(self.sqs, self.queues.template_syncs_queue_url, [asked])
