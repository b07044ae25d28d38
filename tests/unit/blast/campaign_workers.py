"""The workers of campaigns, made over given tables, queues and clock."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from blast.deliver import Deliver
from blast.deliver import Settings as DeliverSettings
from blast.jobs import job_queue
from blast.obstacles import Obstacles
from blast.pacer import Pacer
from blast.pacer import Settings as PacerSettings
from blast.sends import Sends
from blast.slots import Readying
from blast.spread import Spread
from blast.workbench import JobSettings, Workbench
from gateway.receipts import Receipts
from gateway.receipts import Settings as ReceiptsSettings
from shared.channels.cloud_api import CloudApi
from shared.clock import Clock
from shared.job_queue import JobQueue
from shared.media.attachments import Attachments
from shared.numbers import Numbers
from shared.store.active_campaigns import ActiveCampaigns
from shared.store.directory import Directory
from shared.store.media_copies import Copies
from shared.store.paces import Paces
from shared.store.templates import Templates
from shared.tenancy import Tenant
from shared.usage.limits import Limits
from tests.fakes import FakeS3

WINDOW_SECONDS = 300
CHUNKS, INBOUND, PACES, JOBS = "chunks", "inbound", "paces", "jobs"
CONTACTS = "contacts-queue"


@dataclass(frozen=True)
class Workers:
    """Each call makes one as it starts cold: it remembers nothing of others."""

    dynamodb: Any
    sqs: Any
    clock: Clock

    def jobs(self, s3: Any = None) -> JobQueue[Workbench]:
        settings = JobSettings(
            "campaigns",
            "contacts",
            "conversations",
            "workspaces",
            "directory",
            "files",
            JOBS,
            PACES,
            WINDOW_SECONDS,
        )
        return job_queue(settings, self.dynamodb, self.sqs, s3, self.clock)

    def pacer(self) -> Pacer:
        settings = PacerSettings("campaigns", "directory", "workspaces", "usage", PACES, CHUNKS)
        actives = ActiveCampaigns("directory", self.dynamodb)
        return Pacer(settings, self._directory, actives, self.dynamodb, self.sqs, self.clock)

    def deliver(
        self,
        meta: CloudApi,
        spread: Callable[[], AbstractContextManager[Spread]],
        sleep: Callable[[float], None],
        readying: Readying,
    ) -> Deliver:
        settings = DeliverSettings(
            "campaigns",
            "conversations",
            "contacts",
            "workspaces",
            "directory",
            "requests",
            "usage",
            CHUNKS,
            INBOUND,
            CONTACTS,
            "media",
            "account",
            "syncs",
            "https://graph.invalid",
            "v25.0",
            WINDOW_SECONDS,
            "key",
        )
        attachments = Attachments(
            lambda tenant: Copies(tenant, "workspaces", self.dynamodb), _no_upload, self.clock
        )
        return Deliver(
            settings,
            Numbers(self._directory, self.clock),
            Obstacles(
                lambda tenant: Templates(tenant, "workspaces", self.dynamodb),
                Limits(self._directory, "usage", self.dynamodb, self.clock),
            ),
            attachments,
            Sends(meta, lambda _: "token", attachments, self.sqs, settings, self.clock),
            Paces("requests", self.dynamodb),
            self.dynamodb,
            self.sqs,
            spread,
            self.clock,
            sleep,
            readying,
        )

    def receipts(self) -> Receipts:
        settings = ReceiptsSettings(
            "conversations",
            "campaigns",
            "directory",
            "inspection",
            INBOUND,
            CONTACTS,
            "account",
            "overflow",
        )
        numbers = Numbers(self._directory, self.clock)
        return Receipts(settings, numbers, self.dynamodb, self.sqs, FakeS3, self.clock)

    @property
    def _directory(self) -> Directory:
        return Directory("directory", self.dynamodb)


def _no_upload(tenant: Tenant, channel: str, media_id: str) -> None:
    raise AssertionError("nothing is uploaded here")
