"""Where the channels API's routes find their tables, Meta, and what seals secrets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from shared.api import ApiSettings
from shared.aws import client
from shared.channels.baileys.service import Service
from shared.channels.graph import Graph
from shared.clock import now_ms
from shared.queues import send_all
from shared.sealed import Sealer
from shared.secrets import kept_secret
from shared.settings import load
from shared.store.channels import Channels
from shared.store.connections import Connections
from shared.store.directory import Directory, Number
from shared.store.requests import Counters
from shared.store.templates import Templates
from shared.store.tenant_files import TenantFiles
from shared.template_syncs import sync_entry
from shared.tenancy import Tenant
from shared.tenant_session import client_for
from shared.ttl_cache import TtlCache

_APP_REMEMBER_SECONDS: Final = 300


@dataclass(frozen=True, slots=True)
class Settings(ApiSettings):
    workspaces_table: str
    directory_table: str
    secrets_key_arn: str
    meta_secret_arn: str
    graph_api_url: str
    graph_api_version: str
    template_syncs_queue_url: str
    files_bucket: str
    baileys_url: str = ""
    baileys_secret_arn: str = ""


@dataclass(frozen=True, slots=True)
class PlatformApp:
    """The platform's own Meta app. Without `id` and `signup_config_id` nobody can sign up with it;
    the webhook needs neither."""

    id: str
    secret: str
    signup_config_id: str

    @property
    def can_sign_up(self) -> bool:
        return bool(self.id and self.secret and self.signup_config_id)


@lru_cache(maxsize=1)
def settings() -> Settings:
    return load(Settings)


def channels(tenant: Tenant) -> Channels:
    place = settings()
    dynamodb = client_for(tenant, "dynamodb")
    return Channels(tenant, place.workspaces_table, place.directory_table, dynamodb)


def connections(tenant: Tenant) -> Connections:
    return Connections(tenant, settings().workspaces_table, client_for(tenant, "dynamodb"))


@lru_cache(maxsize=1)
def linked_service() -> Service | None:
    """Where phones are linked, if the platform runs it."""
    if not settings().baileys_url:
        return None
    return Service(settings().baileys_url, kept_secret(settings().baileys_secret_arn, "api_key"))


def templates(tenant: Tenant) -> Templates:
    return Templates(tenant, settings().workspaces_table, client_for(tenant, "dynamodb"))


def files(tenant: Tenant) -> TenantFiles:
    return TenantFiles(tenant, settings().files_bucket, client_for(tenant, "s3"))


def creations(tenant: Tenant) -> Counters:
    """How many templates were handed in."""
    return Counters(tenant.id, settings().requests_table, client_for(tenant, "dynamodb"))


def ask_for_templates(tenant: Tenant, waba_id: str) -> None:
    """Let the account's templates be compared with Meta's, in the background."""
    templates(tenant).sync_asked(waba_id, now_ms())
    entry = sync_entry(tenant, waba_id)
    send_all(client("sqs"), settings().template_syncs_queue_url, [entry])


def number(tenant: Tenant, channel_id: str) -> Number | None:
    """The number with its secrets, if it is this workspace's. With the function's own rights, which
    are to read."""
    found = Directory(settings().directory_table, client("dynamodb")).number(channel_id)
    return found if found is not None and found.tenant == tenant else None


def sealer() -> Sealer:
    return Sealer(client("kms"), settings().secrets_key_arn)


@lru_cache(maxsize=1)
def graph() -> Graph:
    return Graph(settings().graph_api_url, settings().graph_api_version)


_platform_app: TtlCache[str, PlatformApp] = TtlCache(_APP_REMEMBER_SECONDS)


def platform_app() -> PlatformApp:
    """The operator writes "app_id" and "signup_config_id" beside the app's secrets."""
    return _platform_app.get(settings().meta_secret_arn, _read_platform_app)


def _read_platform_app() -> PlatformApp:
    answer = client("secretsmanager").get_secret_value(SecretId=settings().meta_secret_arn)
    stored = json.loads(answer["SecretString"])
    return PlatformApp(
        id=str(stored.get("app_id", "")),
        secret=next((secret for secret in stored["app_secrets"] if secret), ""),
        signup_config_id=str(stored.get("signup_config_id", "")),
    )
