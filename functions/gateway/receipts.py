"""What Meta says about sent messages, applied; and what nobody understood, kept.

A batch of queue records is read whole, so that several statuses of one message cost one write.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from gateway.campaign_receipts import CampaignReceipts
from gateway.coalesce import (
    CampaignRef,
    MessageRef,
    Receipt,
    Ref,
    UnknownStatusError,
    furthest,
    read_status,
)
from shared.aws import client
from shared.channels.times import milliseconds
from shared.channels.webhook_bodies import read_receipts
from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.last_words import RAISED, Words, note, raised
from shared.marketing_stops import stop_entry
from shared.numbers import Numbers
from shared.observability import count, counted, logger
from shared.overflow import EmptiedError, empty, fetch
from shared.queues import send_all
from shared.refused_number import is_of_number, refused_entry
from shared.settings import load
from shared.store.deliveries import Deliveries
from shared.store.directory import Directory
from shared.store.inspection import Inspection, Kept
from shared.tenancy import Tenant

_NOT_SETTLED: Final = Words(RAISED, says="What it says of a campaign could not be settled")


@dataclass(frozen=True, slots=True)
class Settings:
    conversations_table: str
    campaigns_table: str
    directory_table: str
    inspection_table: str
    inbound_queue_url: str
    contacts_queue_url: str
    account_events_queue_url: str
    overflow_bucket: str


@dataclass(frozen=True, slots=True)
class Receipts:
    settings: Settings
    numbers: Numbers
    dynamodb: Any
    sqs: Any
    s3: Callable[[], Any]
    clock: Clock = now_ms

    def run(self, records: list[JsonObject]) -> list[str]:
        """Apply the records; answers the message ids of those to be delivered again."""
        statuses: dict[Ref, list[tuple[str, Receipt]]] = defaultdict(list)
        failed: dict[str, Words] = {}
        for record in records:
            record_id = record["messageId"]
            try:
                for ref, receipt in self._read(record["body"]):
                    statuses[ref].append((record_id, receipt))
            except Exception as error:
                logger.exception("receipts record failed", record_id=record_id)
                failed[record_id] = raised(error)
        campaigns = CampaignReceipts(
            self.settings.campaigns_table,
            self.settings.contacts_queue_url,
            self.dynamodb,
            self.sqs,
            self.clock,
        )
        refused: set[tuple[str, int]] = set()
        for ref, found in statuses.items():
            receipt = furthest(receipt for _, receipt in found)
            try:
                self._apply(ref, receipt, campaigns)
                self._tell_of_number(ref.channel, receipt, refused)
            except Exception as error:
                logger.exception("receipt failed", channel=ref.channel)
                failed |= {record_id: raised(error) for record_id, _ in found}
        if not campaigns.settle():
            failed |= {
                record_id: _NOT_SETTLED
                for ref, found in statuses.items()
                if isinstance(ref, CampaignRef)
                for record_id, _ in found
            }
        for record in records:
            if words := failed.get(record["messageId"]):
                note(record, words)
            else:
                empty(record["body"], self.s3, self.settings.overflow_bucket)
        return sorted(failed)

    def _read(self, queue_body: str) -> list[tuple[Ref, Receipt]]:
        try:
            webhook = read_receipts(fetch(queue_body, self.s3, self.settings.overflow_bucket))
        except EmptiedError:
            return []
        found = []
        for channel, status in webhook.statuses:
            try:
                if self._tenant(channel) is None:
                    raise UnknownStatusError("unknown_number")
                found.append(read_status(channel, status))
            except UnknownStatusError as error:
                body = {"phone_number_id": channel, "status": status}
                self._keep(channel, Kept(str(error), "messages", webhook.at, body))
        for channel_or_none, reason, field, body in webhook.kept:
            self._keep(channel_or_none, Kept(reason, field, webhook.at, body))
        return found

    def _apply(self, ref: Ref, receipt: Receipt, campaigns: CampaignReceipts) -> None:
        number = self.numbers.get(ref.channel)
        if number is None:
            count("ReceiptsUnknownNumber")
            return
        if isinstance(ref, CampaignRef):
            lane = campaigns.apply(number.tenant, ref, receipt)
            if receipt.stops_marketing and lane:
                self._stop_marketing(MessageRef(ref.channel, lane, 0), receipt)
            return
        deliveries = Deliveries(number.tenant, self.settings.conversations_table, self.dynamodb)
        moved = deliveries.receipt(
            ref.channel,
            ref.contact,
            ref.seq,
            receipt.status,
            receipt.details,
            pricing=receipt.pricing,
        )
        if receipt.stops_marketing:
            self._stop_marketing(ref, receipt)
        count("ReceiptsApplied" if moved else "ReceiptsStale")

    def _stop_marketing(self, ref: MessageRef, receipt: Receipt) -> None:
        message = receipt.details.get("wamid", ref.seq)
        at = milliseconds(receipt.details.get("status_at"), 0)
        told = stop_entry(ref.channel, ref.contact, message, at)
        send_all(self.sqs, self.settings.inbound_queue_url, [told])
        count("MarketingStopped")

    def _tell_of_number(self, channel: str, receipt: Receipt, told: set[tuple[str, int]]) -> None:
        """Meta takes many a message that it fails for its number's sake. `told` of this batch."""
        code = receipt.code
        if code is None or not is_of_number(code) or (channel, code) in told:
            return
        entry = refused_entry(channel, code, self.clock())
        send_all(self.sqs, self.settings.account_events_queue_url, [entry])
        told.add((channel, code))

    def _keep(self, channel: str | None, kept: Kept) -> None:
        Inspection(self._tenant(channel), self.settings.inspection_table, self.dynamodb).keep(kept)
        count("Kept")

    def _tenant(self, channel: str | None) -> Tenant | None:
        number = self.numbers.get(channel) if channel else None
        return number.tenant if number else None


@lru_cache(maxsize=1)
def _receipts() -> Receipts:
    settings = load(Settings)
    dynamodb = client("dynamodb")
    numbers = Numbers(Directory(settings.directory_table, dynamodb))
    return Receipts(settings, numbers, dynamodb, client("sqs"), lambda: client("s3"))


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    count("ReceiptsRecords", len(event["Records"]))
    failed = _receipts().run(event["Records"])
    return {"batchItemFailures": [{"itemIdentifier": record_id} for record_id in failed]}
