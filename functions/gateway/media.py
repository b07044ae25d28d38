"""The queue `Media`: files to fetch from WhatsApp, and files to bring there, one at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from gateway.media_in import Incoming
from gateway.media_out import Outgoings
from shared.aws import client
from shared.channels.baileys.files import LinkedFiles
from shared.channels.baileys.service import Service
from shared.channels.graph_media import GraphMedia
from shared.channels.kinds import BAILEYS
from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.media.library import Library
from shared.media.work import FETCH
from shared.numbers import Numbers
from shared.observability import count, counted
from shared.queues import retry_after
from shared.sealed import Sealer
from shared.secrets import kept_secret
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.directory import Directory, Number
from shared.store.media_copies import Copies
from shared.store.media_files import MediaFiles
from shared.store.received_files import ReceivedFiles
from shared.store.tenant_files import TenantFiles
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class Settings:
    conversations_table: str
    workspaces_table: str
    directory_table: str
    usage_table: str
    media_bucket: str
    media_queue_url: str
    graph_api_url: str
    graph_api_version: str
    secrets_key_arn: str
    baileys_url: str = ""
    baileys_secret_arn: str = ""


@dataclass(frozen=True, slots=True)
class MediaWork:
    settings: Settings
    numbers: Numbers
    open_token: Callable[[Number], str]
    meta: GraphMedia
    dynamodb: Any
    sqs: Any
    s3: Any
    clock: Clock = now_ms
    linked: LinkedFiles | None = None

    def run(self, record: JsonObject) -> None:
        """One queue record: one file. Raises NotYetError when it is to come back."""
        body = json.loads(record["body"])
        tenant = Tenant(body["tenant"])
        number = self.numbers.get(body["channel"])
        if number is None or number.tenant != tenant:
            count("MediaOfNobody")
            return
        receives = int(record["attributes"]["ApproximateReceiveCount"])
        channel = body["channel"]
        token = self.open_token(number) if number.sealed_token else ""
        if body["work"] == FETCH:
            place = channel, body["contact"], body["seq"]
            self._incoming(number).bring(place, token, receives)
        else:
            self._outgoing(tenant).bring(body["media"], channel, token, receives)

    def _incoming(self, number: Number) -> Incoming:
        names, tenant = self.settings, number.tenant
        source = self.linked if self.linked and number.kind == BAILEYS else self.meta
        received = ReceivedFiles(
            tenant, names.conversations_table, names.usage_table, self.dynamodb
        )
        return Incoming(source, received, self._objects(tenant))

    def _outgoing(self, tenant: Tenant) -> Outgoings:
        names = self.settings
        records = MediaFiles(tenant, names.workspaces_table, names.usage_table, self.dynamodb)
        library = Library(records, self._objects(tenant))
        copies = Copies(tenant, names.workspaces_table, self.dynamodb)
        return Outgoings(self.meta, copies, library, self.clock)

    def _objects(self, tenant: Tenant) -> TenantFiles:
        return TenantFiles(tenant, self.settings.media_bucket, self.s3)


@lru_cache(maxsize=1)
def _work() -> MediaWork:
    settings = load(Settings)
    dynamodb = client("dynamodb")
    sealer = Sealer(client("kms"), settings.secrets_key_arn)
    linked = None
    if settings.baileys_url:
        key = kept_secret(settings.baileys_secret_arn, "api_key")
        linked = LinkedFiles(Service(settings.baileys_url, key))
    return MediaWork(
        linked=linked,
        settings=settings,
        numbers=Numbers(Directory(settings.directory_table, dynamodb)),
        open_token=lambda number: sealer.open(number.tenant, number.sealed_token),
        meta=GraphMedia(settings.graph_api_url, settings.graph_api_version),
        dynamodb=dynamodb,
        sqs=client("sqs"),
        s3=client("s3"),
    )


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    work = _work()
    come_back = partial(retry_after, work.sqs, work.settings.media_queue_url)
    return run_each(event["Records"], work.run, come_back)
