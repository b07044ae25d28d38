"""What the background work on campaigns works with, for one tenant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from shared.clock import Clock, now_ms
from shared.queues import Entry, encode, send_all
from shared.store.active_campaigns import ActiveCampaigns
from shared.store.campaigns import Campaigns
from shared.store.contact_lists import ContactLists
from shared.store.contacts import Contacts
from shared.store.conversation_states import ConversationStates
from shared.store.directory import Directory, Number
from shared.store.imports import Jobs
from shared.store.recipients import Recipients
from shared.store.segments import Segments
from shared.store.tallies import Tallies
from shared.store.templates import Templates
from shared.store.tenant_files import TenantFiles
from shared.tenancy import Tenant

UPLOAD: Final = "CAMPAIGN_UPLOAD"
EXPORT: Final = "CAMPAIGN_EXPORT"
SOURCE: Final = "source.csv"


@dataclass(frozen=True, slots=True)
class JobSettings:
    campaigns_table: str
    contacts_table: str
    conversations_table: str
    workspaces_table: str
    directory_table: str
    files_bucket: str
    campaign_jobs_queue_url: str
    campaign_paces_queue_url: str
    unsettled_window_seconds: float


def upload_path(upload_id: str) -> str:
    return f"campaign-uploads/{upload_id}/{SOURCE}"


def export_path(export_id: str) -> str:
    return f"exports/{export_id}/recipients.csv"


@dataclass(frozen=True, slots=True)
class Workbench:
    settings: JobSettings
    tenant: Tenant
    dynamodb: Any
    sqs: Any
    s3: Any
    clock: Clock = now_ms

    @property
    def campaigns(self) -> Campaigns:
        return Campaigns(self.tenant, self.settings.campaigns_table, self.dynamodb)

    @property
    def actives(self) -> ActiveCampaigns:
        return ActiveCampaigns(self.settings.directory_table, self.dynamodb)

    @property
    def contacts(self) -> Contacts:
        return Contacts(self.tenant, self.settings.contacts_table, self.dynamodb)

    @property
    def lists(self) -> ContactLists:
        return ContactLists(self.tenant, self.settings.contacts_table, self.dynamodb)

    @property
    def segments(self) -> Segments:
        return Segments(self.tenant, self.settings.contacts_table, self.dynamodb)

    @property
    def states(self) -> ConversationStates:
        return ConversationStates(self.tenant, self.settings.conversations_table, self.dynamodb)

    @property
    def templates(self) -> Templates:
        return Templates(self.tenant, self.settings.workspaces_table, self.dynamodb)

    @property
    def files(self) -> TenantFiles:
        return TenantFiles(self.tenant, self.settings.files_bucket, self.s3)

    def number(self, channel: str) -> Number | None:
        """The workspace's own number of that id."""
        found = Directory(self.settings.directory_table, self.dynamodb).number(channel)
        return found if found is not None and found.tenant == self.tenant else None

    def jobs(self, kind: str) -> Jobs:
        return Jobs(self.tenant, kind, self.settings.campaigns_table, self.dynamodb)

    def recipients(self, campaign_id: str) -> Recipients:
        table, window = self.settings.campaigns_table, self._window_ms
        return Recipients(self.tenant, campaign_id, table, self.dynamodb, window_ms=window)

    def tallies(self, campaign_id: str) -> Tallies:
        table, window = self.settings.campaigns_table, self._window_ms
        return Tallies(self.tenant, campaign_id, table, self.dynamodb, window_ms=window)

    def hand_over(self, *entries: Entry) -> None:
        send_all(self.sqs, self.settings.campaign_jobs_queue_url, entries)

    def look_at(self, channel: str) -> None:
        """Have the pacer look at a number now, and not within a minute only."""
        entry = Entry(encode({"v": 1, "channel": channel}), group=channel)
        send_all(self.sqs, self.settings.campaign_paces_queue_url, [entry])

    @property
    def _window_ms(self) -> int:
        return round(self.settings.unsettled_window_seconds * 1000)
