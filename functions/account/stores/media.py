"""The files of a conversation: they go with the lines of the log that brought them."""

from __future__ import annotations

from account.stores.place import Place
from shared.store import keys
from shared.store.partitions import items
from shared.store.received_files import STORED, from_item, path_below
from shared.store.transactions import commit
from shared.store.usage import AlreadyCountedError, counted_once
from shared.tenancy import Tenant
from shared.usage.meters import STORAGE_BYTES


def forget_files(place: Place, tenant: Tenant, channel: str, lane: str, until: int | None) -> int:
    """Remove the files of messages up to the number `until` (None: all), and take them from the
    storage that is used; answers how many."""
    _uncount(place, tenant, channel, lane, until)
    prefix = f"{tenant.id}/{path_below(channel, lane)}"
    bucket, removed, after = place.names.media_bucket, 0, ""
    # Their names sort by their numbers: what is somebody new's comes last.
    while found := _listed(place, bucket, prefix, after):
        for key in found:
            if until is not None and int(key.removeprefix(prefix)) > until:
                return removed
            place.s3.delete_object(Bucket=bucket, Key=key)
            removed += 1
        after = found[-1]
    return removed


def _listed(place: Place, bucket: str, prefix: str, after: str) -> list[str]:
    page = place.s3.list_objects_v2(Bucket=bucket, Prefix=prefix, StartAfter=after)
    return [one["Key"] for one in page.get("Contents", ())]


def _uncount(place: Place, tenant: Tenant, channel: str, lane: str, until: int | None) -> None:
    pk = keys.conversation(tenant, channel, lane)
    for item in items(place.dynamodb, place.names.conversations_table, pk, keys.MESSAGES):
        seq = keys.seq_of(item["sk"]["S"])
        if seq is None or not item["sk"]["S"].endswith("#F"):
            continue
        file = from_item(item)
        if file.state != STORED or (until is not None and seq > until):
            continue
        gone = counted_once(
            tenant,
            place.names.usage_table,
            f"forgotten:{channel}:{lane}:{seq}",
            {STORAGE_BYTES: -file.size},
            place.clock(),
        )
        try:
            commit(place.dynamodb, gone)
        except AlreadyCountedError:
            continue
