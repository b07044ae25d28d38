"""Compare the templates of accounts with Meta's: each for itself, each once a day at least. Meta is
asked then, too, of which business an account is: its messaging limit is the business's."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from channels.onboarding import portfolio_of
from channels.templates.accounts import AccountNotFoundError, account_of
from channels.templates.comparing import compare
from shared.aws import client
from shared.channels.graph import Graph, GraphError, GraphUnreachableError
from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.observability import count, counted, logger
from shared.queues import MAX_DELAY_SECONDS, send_all
from shared.sealed import Sealer
from shared.settings import load
from shared.standard_batch import run_each
from shared.store.channels import (
    MOST_CHANNELS,
    ChannelGoneError,
    ChannelNotFoundError,
    Channels,
)
from shared.store.directory import Directory
from shared.store.templates import Templates
from shared.template_syncs import sync_entry
from shared.tenancy import Tenant

_UNREACHABLE: Final = "Meta did not answer."


@dataclass(frozen=True, slots=True)
class Settings:
    workspaces_table: str
    directory_table: str
    secrets_key_arn: str
    graph_api_url: str
    graph_api_version: str
    template_syncs_queue_url: str


@dataclass(frozen=True, slots=True)
class TemplateSyncs:
    settings: Settings
    dynamodb: Any
    sqs: Any
    sealer: Sealer
    graph: Graph
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: one account, or the day's reminder of all of them."""
        body = json.loads(record["body"])
        if body:
            self._compare(Tenant(body["tenant"]), body["waba_id"])
        else:
            self._remind()

    def _remind(self) -> None:
        """Spread, so that Meta is not asked for everything at once."""
        entries = [
            sync_entry(tenant, waba_id, random.randrange(MAX_DELAY_SECONDS))
            for waba_id, tenant in self._directory.compared_daily()
        ]
        send_all(self.sqs, self.settings.template_syncs_queue_url, entries)
        count("TemplateSyncsReminded", len(entries))

    def _compare(self, tenant: Tenant, waba_id: str) -> None:
        if self._directory.account(waba_id) != tenant:
            self._directory.compare_no_more(waba_id)
            return
        self._directory.compare_daily(waba_id, tenant)
        tables = self.settings.workspaces_table, self.settings.directory_table
        channels = Channels(tenant, *tables, self.dynamodb)
        found, _ = channels.page(MOST_CHANNELS, None)
        try:
            account = account_of(found, waba_id, self._directory.number)
        except AccountNotFoundError:
            return
        token = self.sealer.open(tenant, account.number.sealed_token)
        store = Templates(tenant, self.settings.workspaces_table, self.dynamodb)
        try:
            compared = compare(store, self.graph, token, waba_id, self.clock)
        except GraphError as error:
            store.sync_failed(waba_id, self.clock(), str(error))
            logger.warning("templates not compared", waba_id=waba_id, reason=str(error))
            count("TemplateSyncsRefused")
            return
        except GraphUnreachableError:
            store.sync_failed(waba_id, self.clock(), _UNREACHABLE)
            raise
        store.sync_done(waba_id, self.clock())
        count("TemplatesCompared", compared.there)
        self._learn_business(channels, waba_id, portfolio_of(self.graph, token, waba_id))

    def _learn_business(self, channels: Channels, waba_id: str, portfolio: str) -> None:
        for one in channels.of_account(waba_id):
            if portfolio and one.health.portfolio != portfolio:
                with suppress(ChannelGoneError, ChannelNotFoundError):
                    channels.set_health(one.id, at=self.clock(), portfolio=portfolio)

    @property
    def _directory(self) -> Directory:
        return Directory(self.settings.directory_table, self.dynamodb)


@lru_cache(maxsize=1)
def _template_syncs() -> TemplateSyncs:
    settings = load(Settings)
    return TemplateSyncs(
        settings,
        client("dynamodb"),
        client("sqs"),
        Sealer(client("kms"), settings.secrets_key_arn),
        Graph(settings.graph_api_url, settings.graph_api_version),
    )


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    return run_each(event["Records"], _template_syncs().run)
