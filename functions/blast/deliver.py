"""Send a chunk of a campaign: each recipient once, in time, as many at once as the pace wants.

A recipient is claimed by a conditional write before WhatsApp is called. A clear answer settles it;
after an ambiguous one it is left to a status, or, when the window has passed in silence, to the
pacer, who has it looked at again. So a chunk never waits: whatever is left open is found by its
block's tally.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, Final

from aws_lambda_powertools.utilities.typing import LambdaContext

from blast.chunks import Chunk, from_body
from blast.fitness import Terms, UnfitError, check, message_for
from blast.in_time import THREADS, Addressed, Holding, InTime
from blast.lease import lease_of
from blast.obstacles import Obstacles, StopError
from blast.people_now import records_of
from blast.sends import Batch, Sends
from blast.slots import Readying, Slots
from blast.spread import Spread, Threads
from blast.telling import Telling
from shared.aws import client
from shared.campaigns.contact_tidings import is_news, tidings
from shared.campaigns.halts import Halt, because
from shared.campaigns.outcomes import IN_FLIGHT, QUEUED
from shared.channels.cloud_api import GraphCloudApi
from shared.clock import Clock, now_ms
from shared.delivery import FAILED
from shared.fifo_batch import NotYetError
from shared.json_types import JsonObject
from shared.media.attachments import Attachments, CannotAttachError, NumberHeldError
from shared.media.work import upload_entry
from shared.numbers import Numbers
from shared.observability import count, counted
from shared.queues import retry_after, send_all
from shared.sealed import Sealer
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.campaign_turns import HELD_MS, CampaignTurns
from shared.store.campaigns import (
    CANCELLED,
    PAUSED,
    RUNNING,
    Campaign,
    CampaignNotFoundError,
    Campaigns,
    CampaignStateError,
)
from shared.store.contacts import Contacts
from shared.store.conversation_states import ConversationStates
from shared.store.directory import Directory, Number
from shared.store.media_copies import Copies
from shared.store.paces import Paces
from shared.store.recipient_items import Recipient
from shared.store.recipients import Recipients
from shared.store.tallies import Tallies
from shared.store.templates import Templates
from shared.ttl_cache import TtlCache
from shared.usage.limits import Limits

_MILLISECONDS_LEFT: Final = 20_000  # WhatsApp's longest silence, and our own writes
_TOKEN_REMEMBER_SECONDS: Final = 300
_BUSY: Final = "Another campaign is writing to this person just now."


@dataclass(frozen=True, slots=True)
class Settings:
    """`unsettled_window_seconds`: how long WhatsApp may be silent before a message is sent
    again."""

    campaigns_table: str
    conversations_table: str
    contacts_table: str
    workspaces_table: str
    directory_table: str
    requests_table: str
    usage_table: str
    campaign_chunks_queue_url: str
    inbound_queue_url: str
    contacts_queue_url: str
    media_queue_url: str
    account_events_queue_url: str
    template_syncs_queue_url: str
    graph_api_url: str
    graph_api_version: str
    unsettled_window_seconds: float
    secrets_key_arn: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A campaign's message as WhatsApp takes it, its places still open, and who may be sent it."""

    campaign: Campaign
    message: JsonObject
    terms: Terms


@dataclass(frozen=True, slots=True)
class Deliver:
    settings: Settings
    numbers: Numbers
    obstacles: Obstacles
    attachments: Attachments
    sends: Sends
    paces: Paces
    dynamodb: Any
    sqs: Any
    spread: Callable[[], AbstractContextManager[Spread]]
    clock: Clock = now_ms
    sleep: Callable[[float], None] = time.sleep
    readying: Readying = field(default_factory=Readying)

    def run(self, record: JsonObject, has_time: Callable[[], bool] = lambda: True) -> None:
        """One queue record: one chunk. Raises NotYetError when it must come back."""
        chunk = from_body(json.loads(record["body"]))
        receives = int(record["attributes"]["ApproximateReceiveCount"])
        campaign = self._wanted(chunk)
        if campaign is None:
            count("ChunksDropped")
            return
        queue, since = self.settings.campaign_chunks_queue_url, self.clock()
        with lease_of(self.sqs, queue, record, self.clock) as lease:
            try:
                self._send(chunk, campaign, receives, Holding(lease, has_time))
            except StopError as stop:
                self._pause(chunk, stop.halt)
            finally:
                after = self._tallies(chunk).recount([chunk.block])
                self._tell_failures(chunk, campaign, after, since if receives == 1 else 0)

    def _tell_failures(
        self, chunk: Chunk, campaign: Campaign, after: Sequence[Recipient], since: int
    ) -> None:
        """Segments ask who could not be sent it. What WhatsApp took, and says of later, is told by
        those who hear it; nobody is made a contact by this."""
        told = [
            tidings(chunk.tenant, campaign.channel, campaign.id, one)
            for one in after
            if one.state == FAILED and chunk.holds(one.number) and one.updated_at >= since
            if one.contact_id and is_news(one)
        ]
        send_all(self.sqs, self.settings.contacts_queue_url, told)

    def _wanted(self, chunk: Chunk) -> Campaign | None:
        """The campaign, unless what was released of it is to be sent no longer."""
        campaigns = Campaigns(chunk.tenant, self.settings.campaigns_table, self.dynamodb)
        try:
            campaign = campaigns.get(chunk.campaign)
        except CampaignNotFoundError:
            return None
        if chunk.due and campaign.status in (RUNNING, CANCELLED):
            return campaign
        is_now = campaign.status == RUNNING and campaign.epoch == chunk.epoch
        return campaign if is_now else None

    def _send(self, chunk: Chunk, campaign: Campaign, receives: int, holding: Holding) -> None:
        recipients = self._recipients(chunk)
        now, window = self.clock(), self._window_ms
        rows = [one for one in recipients.block(chunk.block) if chunk.holds(one.number)]
        telling = Telling(campaign, chunk.tenant, recipients, self.sqs, self.settings)
        telling.again([one for one in rows if one.is_untold])
        fresh = [
            one
            for one in rows
            if one.may_be_sent(now, window) and (one.state != QUEUED or not chunk.due)
        ]
        if campaign.status == CANCELLED:
            for one in fresh:
                self._end(recipients, one, now)
            return
        if not fresh:
            return
        number = self.numbers.get(campaign.channel)
        category = self.obstacles.check(chunk.tenant, number, campaign)
        assert number is not None
        self.sends.begin(campaign.id)
        message = self._attached(number, campaign, receives)
        terms = Terms(campaign.id, category, campaign.plan.get("frequency_cap"))
        letters = self._fit(chunk, recipients, fresh, Letter(campaign, message, terms))
        self._in_time(chunk, number, telling, letters, holding)

    def _fit(
        self, chunk: Chunk, recipients: Recipients, fresh: Sequence[Recipient], letter: Letter
    ) -> list[Addressed]:
        """Those who may be sent it, with what they are sent; the others are skipped."""
        contacts = Contacts(chunk.tenant, self.settings.contacts_table, self.dynamodb)
        states = ConversationStates(chunk.tenant, self.settings.conversations_table, self.dynamodb)
        records = records_of(contacts, fresh)
        talks = states.of(letter.campaign.channel, [one.lane for one in fresh])
        letters, now = [], self.clock()
        for one in fresh:
            try:
                if not one.is_somebody:
                    raise UnfitError("no_number")
                check(letter.terms, records.get(one.number), talks.get(one.lane), now)
                if not self._has_turn(chunk, one, letter.terms, now):
                    recipients.put_off(one.ref(recipients.campaign), now + HELD_MS, _BUSY, now)
                    continue
                letters.append((one, message_for(letter.message, one.values)))
            except UnfitError as unfit:
                if one.state in IN_FLIGHT:
                    self.sends.close(recipients, one)
                else:
                    recipients.skip(one.ref(recipients.campaign), unfit.class_, str(unfit), now)
        return letters

    def _has_turn(self, chunk: Chunk, one: Recipient, terms: Terms, now: int) -> bool:
        """Two campaigns that write to one person at once would each find that the other has not."""
        if not terms.cap:
            return True
        turns = CampaignTurns(chunk.tenant, self.settings.campaigns_table, self.dynamodb)
        return turns.take(one.contact_id or one.lane, terms.campaign, now)

    def _end(self, recipients: Recipients, one: Recipient, now: int) -> None:
        """Of a campaign that was cancelled."""
        if one.state in IN_FLIGHT:
            self.sends.close(recipients, one)
        else:
            recipients.cancel(one.ref(recipients.campaign), now)

    def _in_time(
        self,
        chunk: Chunk,
        number: Number,
        telling: Telling,
        letters: Sequence[Addressed],
        holding: Holding,
    ) -> None:
        """Each at its time; raises StopError, or NotYetError when no time is left or a file must
        be uploaded first."""
        slots = Slots(self.paces, number, chunk.every, self.clock, self.readying)
        in_time = InTime(self.sends, self.clock, self.sleep)
        with self.spread() as spread:
            batch = Batch(number, self._recipients(chunk), telling, slots, spread)
            try:
                in_time.send(batch, letters, holding, lambda: self._wanted(chunk) is not None)
            finally:
                holding.lease.last()
                spread.drain()
                telling.tell(everything=True)
        if stop := self.sends.stopped(chunk.campaign):
            raise StopError(because("refused", details=stop))
        if batch.is_stale:
            raise NotYetError("A file is uploaded again", 0)

    def _attached(self, number: Number, campaign: Campaign, receives: int) -> JsonObject:
        try:
            return self.attachments.attach(number, campaign.plan["message"], receives)
        except (CannotAttachError, NumberHeldError) as error:
            raise StopError(because("file", details=str(error))) from error

    def _pause(self, chunk: Chunk, reason: Halt) -> None:
        campaigns = Campaigns(chunk.tenant, self.settings.campaigns_table, self.dynamodb)
        try:
            campaigns.move(chunk.campaign, (RUNNING,), PAUSED, reason=reason)
        except CampaignStateError:
            return
        count("CampaignsStopped")

    @property
    def _window_ms(self) -> int:
        return round(self.settings.unsettled_window_seconds * 1000)

    def _recipients(self, chunk: Chunk) -> Recipients:
        return Recipients(
            chunk.tenant,
            chunk.campaign,
            self.settings.campaigns_table,
            self.dynamodb,
            window_ms=self._window_ms,
        )

    def _tallies(self, chunk: Chunk) -> Tallies:
        table = self.settings.campaigns_table
        return Tallies(chunk.tenant, chunk.campaign, table, self.dynamodb)


@lru_cache(maxsize=1)
def _deliver() -> Deliver:
    # What is loaded by now stays: looked through for garbage, it would make calls leave late.
    gc.freeze()
    settings = load(Settings)
    dynamodb, sqs = client("dynamodb"), client("sqs")
    sealer = Sealer(client("kms"), settings.secrets_key_arn)
    directory = Directory(settings.directory_table, dynamodb)
    tokens: TtlCache[bytes, str] = TtlCache(_TOKEN_REMEMBER_SECONDS)

    def open_token(number: Number) -> str:
        sealed = number.sealed_token
        return tokens.get(sealed, lambda: sealer.open(number.tenant, sealed))

    def ask(tenant: Any, channel: str, media_id: str) -> None:
        send_all(sqs, settings.media_queue_url, [upload_entry(tenant, channel, media_id)])

    attachments = Attachments(
        lambda tenant: Copies(tenant, settings.workspaces_table, dynamodb), ask, now_ms
    )
    return Deliver(
        settings=settings,
        numbers=Numbers(directory),
        obstacles=Obstacles(
            lambda tenant: Templates(tenant, settings.workspaces_table, dynamodb),
            Limits(directory, settings.usage_table, dynamodb),
        ),
        attachments=attachments,
        sends=Sends(
            GraphCloudApi(settings.graph_api_url, settings.graph_api_version),
            open_token,
            attachments,
            sqs,
            settings,
        ),
        paces=Paces(settings.requests_table, dynamodb),
        dynamodb=dynamodb,
        sqs=sqs,
        spread=lambda: Threads(THREADS, now_ms),
    )


@counted
def handler(event: JsonObject, context: LambdaContext) -> JsonObject:
    """SQS batch with partial failures."""
    count("ChunkRecords", len(event["Records"]))
    deliver = _deliver()

    def has_time() -> bool:
        return context.get_remaining_time_in_millis() > _MILLISECONDS_LEFT

    come_back = partial(retry_after, deliver.sqs, deliver.settings.campaign_chunks_queue_url)
    return run_each(event["Records"], lambda record: deliver.run(record, has_time), come_back)
