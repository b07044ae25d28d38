"""What Meta tells of accounts, numbers and templates, applied to the records that it is about.

Each kind of event has an applier in a table. What has none, what an applier has no use for, and
what belongs to nobody here, is kept for a person to look at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

from gateway.attention import Attention
from gateway.channel_events import (
    apply_account,
    apply_alert,
    apply_capability,
    apply_name,
    apply_quality,
    apply_review,
    apply_security,
    apply_username,
)
from gateway.coexistence_events import apply_app_contacts, apply_history
from gateway.linked_events import LINKED_PHONE, apply_linked
from gateway.template_events import TemplateEvents
from shared.aws import client
from shared.channels.found import AccountChange
from shared.channels.inbound.account import (
    AccountAlert,
    AccountReview,
    AccountUpdate,
    AppContacts,
    Capability,
    HistorySync,
    NumberName,
    NumberQuality,
    Security,
    TemplateCategory,
    TemplateComponents,
    TemplateQuality,
    TemplateStatus,
    Username,
    parse_account,
)
from shared.channels.times import milliseconds
from shared.channels.webhook_bodies import read_account
from shared.dead_token import TOKEN_DEAD
from shared.fifo_batch import run_in_order
from shared.json_types import JsonObject
from shared.mail import SesMail
from shared.numbers import Numbers
from shared.observability import count, counted
from shared.overflow import work_on
from shared.refused_number import NUMBER_REFUSED
from shared.settings import load
from shared.store.channels import Channel, ChannelNotFoundError
from shared.store.contacts import Contacts
from shared.store.directory import Directory
from shared.store.inspection import Inspection, Kept
from shared.store.tables import Tables
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class Settings:
    directory_table: str
    workspaces_table: str
    usage_table: str
    inspection_table: str
    contacts_table: str
    account_events_queue_url: str
    template_syncs_queue_url: str
    overflow_bucket: str
    mail_sender: str
    dashboard_url: str


@dataclass(frozen=True, slots=True)
class Place:
    """Whose the event is, and what it names. `at` in milliseconds: Meta's time or the arrival."""

    tenant: Tenant
    waba_id: str | None
    channel: str | None
    at: int


Applier: TypeAlias = Callable[["AccountEvents", Place, Any], bool]
"""Answers whether the event had anything to say to a record of ours."""
ChannelApplier: TypeAlias = Callable[[Attention, Tenant, list[Channel], Any, int], bool]
TemplateApplier: TypeAlias = Callable[[TemplateEvents, Tenant, str, Any, int], None]
OwnEvent: TypeAlias = Callable[[Attention, Tenant, Channel, JsonObject, int], None]


@dataclass(frozen=True, slots=True)
class AccountEvents:
    settings: Settings
    directory: Directory
    numbers: Numbers
    dynamodb: Any
    s3: Callable[[], Any]
    attention: Attention
    templates: TemplateEvents

    def run(self, record: JsonObject) -> None:
        """One queue record: one change."""
        work_on(record["body"], self.s3, self.settings.overflow_bucket, self._run)

    def _run(self, body: JsonObject) -> None:
        arrived_at, change = read_account(body)
        at = milliseconds(change.time, arrived_at)
        tenant = self._tenant(change)
        if own := OF_OUR_OWN.get(change.field):
            self._own(own, tenant, change, at)
            return
        event = parse_account(change)
        applier = APPLIERS.get(type(event))
        place = Place(tenant, change.waba_id, change.channel, at) if tenant else None
        if place is not None and applier is not None and applier(self, place, event):
            count("AccountEventsApplied")
        else:
            self._keep(tenant, change, at)

    def channels_at(self, place: Place) -> list[Channel]:
        """The number that the event names, or all of its account."""
        store = self.attention.channels(place.tenant)
        if place.waba_id:
            return store.of_account(place.waba_id)
        try:
            return [store.get(place.channel)] if place.channel else []
        except ChannelNotFoundError:
            return []

    def _own(self, apply: OwnEvent, tenant: Tenant | None, change: AccountChange, at: int) -> None:
        if tenant is None:
            return
        for channel in self.channels_at(Place(tenant, None, change.channel, at)):
            apply(self.attention, tenant, channel, change.value, at)

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


def _hold(
    attention: Attention, tenant: Tenant, channel: Channel, value: JsonObject, at: int
) -> None:
    attention.needed(tenant, channel, value["reason"], at)


def _warn(
    attention: Attention, tenant: Tenant, channel: Channel, value: JsonObject, at: int
) -> None:
    attention.warned(tenant, channel, value["reason"], at)


OF_OUR_OWN: Final[dict[str, OwnEvent]] = {
    TOKEN_DEAD: _hold,
    NUMBER_REFUSED: _warn,
    LINKED_PHONE: apply_linked,
}
"""What other parts of the gateway tell of one number, by the name that stands as a field."""


def _to_channels(apply: ChannelApplier) -> Applier:
    def applier(worker: AccountEvents, place: Place, event: Any) -> bool:
        return apply(worker.attention, place.tenant, worker.channels_at(place), event, place.at)

    return applier


def _to_contacts(worker: AccountEvents, place: Place, event: AppContacts) -> bool:
    contacts = Contacts(place.tenant, worker.settings.contacts_table, worker.dynamodb)
    apply_app_contacts(contacts, event, place.at)
    return bool(event.changes)


def _to_templates(apply: TemplateApplier) -> Applier:
    """Templates belong to an account, which their events always name."""

    def applier(worker: AccountEvents, place: Place, event: Any) -> bool:
        if place.waba_id:
            apply(worker.templates, place.tenant, place.waba_id, event, place.at)
        return bool(place.waba_id)

    return applier


APPLIERS: Final[dict[type[Any], Applier]] = {
    NumberQuality: _to_channels(apply_quality),
    NumberName: _to_channels(apply_name),
    Capability: _to_channels(apply_capability),
    AccountUpdate: _to_channels(apply_account),
    AccountAlert: _to_channels(apply_alert),
    AccountReview: _to_channels(apply_review),
    Security: _to_channels(apply_security),
    Username: _to_channels(apply_username),
    TemplateStatus: _to_templates(TemplateEvents.status),
    TemplateQuality: _to_templates(TemplateEvents.quality),
    TemplateCategory: _to_templates(TemplateEvents.category),
    TemplateComponents: _to_templates(TemplateEvents.components),
    HistorySync: _to_channels(apply_history),
    AppContacts: _to_contacts,
}
"""By the type of event (see `shared.channels.inbound.account`)."""


@lru_cache(maxsize=1)
def _account_events() -> tuple[AccountEvents, Any]:
    settings = load(Settings)
    dynamodb = client("dynamodb")
    directory = Directory(settings.directory_table, dynamodb)
    attention = Attention(
        Tables(settings.workspaces_table, settings.directory_table, settings.usage_table),
        dynamodb,
        SesMail(client("sesv2"), settings.mail_sender) if settings.mail_sender else None,
        settings.dashboard_url,
    )
    sqs = client("sqs")
    templates = TemplateEvents(
        settings.workspaces_table, dynamodb, sqs, settings.template_syncs_queue_url
    )
    worker = AccountEvents(
        settings,
        directory,
        Numbers(directory),
        dynamodb,
        lambda: client("s3"),
        attention,
        templates,
    )
    return worker, sqs


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS FIFO batch with partial failures."""
    count("AccountEventRecords", len(event["Records"]))
    worker, sqs = _account_events()
    return run_in_order(event["Records"], worker.run, sqs, worker.settings.account_events_queue_url)
