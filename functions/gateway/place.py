"""Where the gateway API's routes find what they work on, for one tenant at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gateway.refusals import CONVERSATION_NOT_FOUND
from shared.api import ApiSettings, ProblemError
from shared.aws import client
from shared.campaigns.callbacks import RecipientRef
from shared.media.library import Library
from shared.queues import Entry, send_all
from shared.settings import load
from shared.store.channels import Channels
from shared.store.contacts import Contacts
from shared.store.conversation_states import ConversationStates
from shared.store.conversations import Conversations
from shared.store.directory import Directory, Number
from shared.store.inspection import Inspection
from shared.store.many_recipients import many_recipients
from shared.store.media_files import MediaFiles
from shared.store.received_files import ReceivedFiles
from shared.store.recipient_items import Recipient
from shared.store.sends import Sends
from shared.store.templates import Templates
from shared.store.tenant_files import TenantFiles
from shared.tenancy import Tenant
from shared.tenant_session import client_for
from shared.usage.limits import Limits


@dataclass(frozen=True, slots=True)
class Settings(ApiSettings):
    conversations_table: str
    inspection_table: str
    usage_table: str
    workspaces_table: str
    directory_table: str
    contacts_table: str
    campaigns_table: str
    media_bucket: str
    inbound_queue_url: str


@lru_cache(maxsize=1)
def settings() -> Settings:
    return load(Settings)


def lane_of(conversation_id: str) -> tuple[str, str]:
    """Channel and contact, whose names are letters and digits. Raises ProblemError."""
    channel, dot, contact = conversation_id.partition(".")
    if not (dot and conversation_id.isascii() and channel.isalnum() and contact.isalnum()):
        raise ProblemError(CONVERSATION_NOT_FOUND)
    return channel, contact


def dynamodb(tenant: Tenant) -> Any:
    """A client that reaches this workspace's data and no other's."""
    return client_for(tenant, "dynamodb")


def conversations(tenant: Tenant) -> Conversations:
    return Conversations(tenant, settings().conversations_table, dynamodb(tenant))


def inspection(tenant: Tenant) -> Inspection:
    return Inspection(tenant, settings().inspection_table, dynamodb(tenant))


def received(tenant: Tenant) -> ReceivedFiles:
    names = settings()
    return ReceivedFiles(tenant, names.conversations_table, names.usage_table, dynamodb(tenant))


def files(tenant: Tenant) -> TenantFiles:
    return TenantFiles(tenant, settings().media_bucket, client_for(tenant, "s3"))


def contacts(tenant: Tenant) -> Contacts:
    return Contacts(tenant, settings().contacts_table, dynamodb(tenant))


def states(tenant: Tenant) -> ConversationStates:
    return ConversationStates(tenant, settings().conversations_table, dynamodb(tenant))


def recipients(tenant: Tenant, refs: Sequence[RecipientRef]) -> dict[RecipientRef, Recipient]:
    return many_recipients(tenant, refs, settings().campaigns_table, dynamodb(tenant))


def sends(tenant: Tenant) -> Sends:
    return Sends(tenant, settings().requests_table, dynamodb(tenant))


def templates(tenant: Tenant) -> Templates:
    return Templates(tenant, settings().workspaces_table, dynamodb(tenant))


def channels(tenant: Tenant) -> Channels:
    names = settings()
    return Channels(tenant, names.workspaces_table, names.directory_table, dynamodb(tenant))


def number(tenant: Tenant, channel_id: str) -> Number | None:
    """The workspace's own number of that id."""
    found = Directory(settings().directory_table, dynamodb(tenant)).number(channel_id)
    return found if found is not None and found.tenant == tenant else None


def limits(tenant: Tenant) -> Limits:
    directory = Directory(settings().directory_table, dynamodb(tenant))
    return Limits(directory, settings().usage_table, dynamodb(tenant))


def into_lanes(entries: Iterable[Entry]) -> None:
    send_all(client("sqs"), settings().inbound_queue_url, entries)


def library(tenant: Tenant) -> Library:
    names = settings()
    records = MediaFiles(tenant, names.workspaces_table, names.usage_table, dynamodb(tenant))
    return Library(records, files(tenant))
