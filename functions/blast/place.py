"""Where the campaigns API's routes find what they work on, for one tenant at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from blast.workbench import JobSettings, Workbench
from shared.api import ApiSettings
from shared.aws import client
from shared.clock import now_ms
from shared.queues import Entry, send_all
from shared.settings import load
from shared.store.channels import ChannelNotFoundError, Channels, Health
from shared.store.directory import Number
from shared.store.media_files import MediaFiles
from shared.store.rate_cards import RateCards
from shared.store.tiers import Tiers
from shared.tenancy import Tenant
from shared.tenant_session import client_for


@dataclass(frozen=True, slots=True)
class Settings(ApiSettings):
    campaigns_table: str
    contacts_table: str
    conversations_table: str
    workspaces_table: str
    directory_table: str
    usage_table: str
    files_bucket: str
    campaign_jobs_queue_url: str
    campaign_jobs_queue_arn: str
    campaign_jobs_dlq_arn: str
    campaign_paces_queue_url: str
    inbound_queue_url: str
    schedule_group: str
    schedule_role_arn: str
    unsettled_window_seconds: float


@lru_cache(maxsize=1)
def settings() -> Settings:
    return load(Settings)


def bench(tenant: Tenant) -> Workbench:
    """What the background work has too, with clients that reach this workspace's data only."""
    names = settings()
    jobs = JobSettings(
        campaigns_table=names.campaigns_table,
        contacts_table=names.contacts_table,
        conversations_table=names.conversations_table,
        workspaces_table=names.workspaces_table,
        directory_table=names.directory_table,
        files_bucket=names.files_bucket,
        campaign_jobs_queue_url=names.campaign_jobs_queue_url,
        campaign_paces_queue_url=names.campaign_paces_queue_url,
        unsettled_window_seconds=names.unsettled_window_seconds,
    )
    dynamodb, s3 = client_for(tenant, "dynamodb"), client_for(tenant, "s3")
    return Workbench(jobs, tenant, dynamodb, client("sqs"), s3, now_ms)


def number(tenant: Tenant, channel_id: str) -> Number:
    """The workspace's own number of that id. Raises ChannelNotFoundError."""
    found = bench(tenant).number(channel_id)
    if found is None:
        raise ChannelNotFoundError(channel_id)
    return found


def health(tenant: Tenant, channel_id: str) -> Health:
    names = settings()
    dynamodb: Any = client_for(tenant, "dynamodb")
    channels = Channels(tenant, names.workspaces_table, names.directory_table, dynamodb)
    try:
        return channels.get(channel_id).health
    except ChannelNotFoundError:
        return Health()


def tiers(tenant: Tenant, portfolio: str, waba_id: str) -> Tiers:
    table = settings().campaigns_table
    return Tiers(tenant, portfolio, waba_id, table, client_for(tenant, "dynamodb"))


def rate_cards(tenant: Tenant) -> RateCards:
    return RateCards(tenant, settings().campaigns_table, client_for(tenant, "dynamodb"))


def media(tenant: Tenant) -> MediaFiles:
    names = settings()
    dynamodb = client_for(tenant, "dynamodb")
    return MediaFiles(tenant, names.workspaces_table, names.usage_table, dynamodb)


def into_lanes(entries: list[Entry]) -> None:
    send_all(client("sqs"), settings().inbound_queue_url, entries)


def scheduler() -> Any:
    return client("scheduler")
