"""Remove workspaces whose time is over: everything of theirs, from every store.

All keys begin with the tenant, so a look at every item finds all of it, also what nobody thought
of. That is a Scan, the only one in the house, and one for all workspaces that are due together. It
goes on where it stopped. A workspace is gone for good when a whole round has found nothing more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from aws_lambda_powertools.utilities.typing import LambdaContext

from account.stores.beside import remove_objects
from account.stores.place import StoreNames
from shared.aws import client
from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.observability import count, counted, logger
from shared.settings import load
from shared.standard_batch import run_each
from shared.store import keys
from shared.store.deletions import Deletions, Round
from shared.store.partitions import remove

TABLES: Final = (
    # First whose numbers, people and keys they are: nothing new comes in then.
    "directory_table",
    "conversations_table",
    "contacts_table",
    "workspaces_table",
    "inspection_table",
    "requests_table",
    "usage_table",
    "webhook_deliveries_table",
    "knowledge_table",
    "campaigns_table",
    "dead_letters_table",
)
BUCKETS: Final = ("files_bucket", "media_bucket", "knowledge_files_bucket")
_MILLISECONDS_PER_PAGE: Final = 30_000


class Settings(StoreNames):
    """Nothing besides the stores."""


@dataclass(frozen=True, slots=True)
class Remover:
    settings: StoreNames
    dynamodb: Any
    s3: Any
    clock: Clock = now_ms

    def run(self, has_time: Callable[[], bool] = lambda: True) -> None:
        """Go on with the round that is under way, or begin one if a workspace is due."""
        deletions = Deletions(self.settings.directory_table, self.dynamodb)
        now = deletions.round() or Round.of(deletions.due(self.clock()))
        if not now.tenants:
            return
        while now.table < len(TABLES) and has_time():
            now = self._page(now)
            deletions.keep(now)
        if now.table < len(TABLES):
            return  # the next run goes on
        for bucket in BUCKETS:
            for tenant in now.tenants:
                name = str(getattr(self.settings, bucket))
                now = now.with_found(remove_objects(self.s3, name, f"{tenant}/"))
        deletions.end(now, gone=now.found == 0)
        if now.found == 0:
            logger.info("workspaces removed", tenant_ids=list(now.tenants))
            count("WorkspacesRemoved", len(now.tenants))

    def _page(self, now: Round) -> Round:
        """One page of the table that the round is at."""
        name = TABLES[now.table]
        table = str(getattr(self.settings, name))
        start: JsonObject = {"ExclusiveStartKey": now.start} if now.start else {}
        page = self.dynamodb.scan(TableName=table, ConsistentRead=True, **start)
        tenants = frozenset(now.tenants)
        is_theirs = _in_directory if name == "directory_table" else _by_key
        theirs = (item for item in page["Items"] if is_theirs(item, tenants))
        removed = remove(self.dynamodb, table, theirs)
        count("ItemsRemoved", removed)
        return now.with_found(removed).after(page.get("LastEvaluatedKey"))


def _by_key(item: JsonObject, tenants: frozenset[str]) -> bool:
    return item["pk"]["S"].partition("#")[0] in tenants


def _in_directory(item: JsonObject, tenants: frozenset[str]) -> bool:
    """What leads to a workspace. That it is to be deleted is known to the end."""
    if item["pk"]["S"].startswith(keys.DELETIONS) or item["sk"]["S"] == keys.TENANT:
        return False
    return item.get("tenant_id", {}).get("S") in tenants


@lru_cache(maxsize=1)
def _remover() -> Remover:
    return Remover(load(Settings), client("dynamodb"), client("s3"))


@counted
def handler(event: JsonObject, context: LambdaContext) -> JsonObject:
    """SQS batch of one: the hour's reminder."""

    def has_time() -> bool:
        return context.get_remaining_time_in_millis() > _MILLISECONDS_PER_PAGE

    return run_each(event["Records"], lambda _: _remover().run(has_time))
