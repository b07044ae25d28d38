"""What Meta tells of accounts, numbers and templates, applied to the records that it is about.

Each kind of event has an applier in a table. What has none, and what belongs to nobody here, is
kept for a person to look at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

from shared.aws import client
from shared.channels.found import AccountChange
from shared.channels.inbound.account import parse_account
from shared.channels.times import milliseconds
from shared.channels.webhook_bodies import read_account
from shared.fifo_batch import run_in_order
from shared.json_types import JsonObject
from shared.numbers import Numbers
from shared.observability import count, counted
from shared.overflow import fetch
from shared.settings import load
from shared.store.directory import Directory
from shared.store.inspection import Inspection, Kept
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class Settings:
    directory_table: str
    inspection_table: str
    account_events_queue_url: str
    overflow_bucket: str


@dataclass(frozen=True, slots=True)
class Place:
    """Whose the event is, and what it names. `at` in milliseconds: Meta's time or the arrival."""

    tenant: Tenant
    waba_id: str | None
    channel: str | None
    at: int


Applier: TypeAlias = Callable[["AccountEvents", Place, Any], None]


@dataclass(frozen=True, slots=True)
class AccountEvents:
    settings: Settings
    directory: Directory
    numbers: Numbers
    dynamodb: Any
    s3: Callable[[], Any]

    def run(self, record: JsonObject) -> None:
        """One queue record: one change."""
        body = fetch(record["body"], self.s3, self.settings.overflow_bucket)
        arrived_at, change = read_account(body)
        at = milliseconds(change.time, arrived_at)
        tenant = self._tenant(change)
        event = parse_account(change)
        applier = APPLIERS.get(type(event))
        if tenant is None or applier is None:
            self._keep(tenant, change, at)
            return
        applier(self, Place(tenant, change.waba_id, change.channel, at), event)
        count("AccountEventsApplied")

    def _tenant(self, change: AccountChange) -> Tenant | None:
        """By the number where one is named, else by the account."""
        number = self.numbers.get(change.channel) if change.channel else None
        if number is not None:
            return number.tenant
        return self.directory.account(change.waba_id) if change.waba_id else None

    def _keep(self, tenant: Tenant | None, change: AccountChange, at: int) -> None:
        reason = "unknown_account" if tenant is None else "account_event"
        body = {"waba_id": change.waba_id, "phone_number_id": change.channel, "value": change.value}
        kept = Kept(reason, change.field, at, body)
        Inspection(tenant, self.settings.inspection_table, self.dynamodb).keep(kept)
        count("Kept")


APPLIERS: Final[dict[type[Any], Applier]] = {}
"""By the type of event (see `shared.channels.inbound.account`)."""


@lru_cache(maxsize=1)
def _account_events() -> tuple[AccountEvents, Any]:
    settings = load(Settings)
    dynamodb = client("dynamodb")
    directory = Directory(settings.directory_table, dynamodb)
    worker = AccountEvents(settings, directory, Numbers(directory), dynamodb, lambda: client("s3"))
    return worker, client("sqs")


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS FIFO batch with partial failures."""
    count("AccountEventRecords", len(event["Records"]))
    worker, sqs = _account_events()
    return run_in_order(event["Records"], worker.run, sqs, worker.settings.account_events_queue_url)
