"""SQS as the house uses it: batches within the service's limits, and a wait before a retry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from shared.json_types import JsonObject

MAX_ENTRIES = 10
MAX_BYTES = 1024 * 1024  # of one message, and of one batch
_ENTRY_OVERHEAD = 512  # room for ids and attributes
MAX_VISIBILITY_SECONDS = 12 * 3600
MAX_DELAY_SECONDS = 15 * 60


class QueueRefusedError(RuntimeError):
    """SQS took only a part of a batch. Sending the whole again is safe: entries carry ids."""

    def __init__(self, failed: int, total: int) -> None:
        super().__init__(f"{failed} of {total} queue entries were refused")


class Entry(NamedTuple):
    """One queue message. `group` and `dedup` are for FIFO queues; `group` on a standard queue
    names the tenant or number whose share of the queue it is (fair queues). `delay`, in seconds
    and at most MAX_DELAY_SECONDS, is for standard queues: FIFO queues know none of a message."""

    body: str
    group: str | None = None
    dedup: str | None = None
    delay: int = 0


def encode(body: JsonObject) -> str:
    """JSON in ASCII: SQS refuses some control characters that a customer may well type."""
    return json.dumps(body, separators=(",", ":"))


def send_all(sqs: Any, queue_url: str, entries: Iterable[Entry]) -> None:
    """Send in as few calls as the limits allow, in order.

    Raises QueueRefusedError as soon as SQS refuses an entry: what comes after it in its group must
    not overtake it, so nothing more is sent.
    """
    for batch in _batches(entries):
        answer = sqs.send_message_batch(
            QueueUrl=queue_url, Entries=[_request(i, entry) for i, entry in enumerate(batch)]
        )
        failed = answer.get("Failed") or []
        if failed:
            raise QueueRefusedError(len(failed), len(batch))


def retry_after(sqs: Any, queue_url: str, record: JsonObject, seconds: float) -> None:
    """Let a message that will be reported as failed come back after `seconds`, not after the
    queue's whole visibility timeout."""
    sqs.change_message_visibility(
        QueueUrl=queue_url,
        ReceiptHandle=record["receiptHandle"],
        VisibilityTimeout=min(MAX_VISIBILITY_SECONDS, max(0, round(seconds))),
    )


def _batches(entries: Iterable[Entry]) -> Iterator[Sequence[Entry]]:
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        entry_size = len(entry.body) + _ENTRY_OVERHEAD
        if batch and (len(batch) == MAX_ENTRIES or size + entry_size > MAX_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += entry_size
    if batch:
        yield batch


def _request(index: int, entry: Entry) -> JsonObject:
    request: JsonObject = {"Id": str(index), "MessageBody": entry.body}
    if entry.group is not None:
        request["MessageGroupId"] = entry.group
    if entry.dedup is not None:
        request["MessageDeduplicationId"] = entry.dedup
    if entry.delay:
        request["DelaySeconds"] = min(MAX_DELAY_SECONDS, entry.delay)
    return request
