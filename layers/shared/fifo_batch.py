"""A batch from a FIFO queue: in order within a lane, lanes independent of each other.

A failed record holds back the rest of its lane only. All of them are given the same short wait:
SQS keeps a lane closed while any of its messages is in flight, so leaving the later ones to the
queue's visibility timeout would delay the failed one by that long too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from shared.json_types import JsonObject
from shared.last_words import BEHIND, Words, note, raised, waited
from shared.observability import count, logger
from shared.queues import retry_after

_MAX_BACKOFF_SECONDS = 30.0


class NotYetError(RuntimeError):
    """The record is not done with and comes back after `seconds`; nothing went wrong."""

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(reason)
        self.seconds = seconds


def run_in_order(
    records: Sequence[JsonObject],
    run: Callable[[JsonObject], None],
    sqs: Any,
    queue_url: str,
    has_time: Callable[[], bool] = lambda: True,
) -> JsonObject:
    """Run each record; answers what Lambda expects of a partial batch response.

    Before each record `has_time` says whether there is time for it. What is left then comes back
    at once: a record that Lambda cuts short would keep its lane closed for the whole visibility
    timeout.
    """
    held: dict[str, float] = {}
    failed: list[str] = []
    for record in records:
        group = record["attributes"]["MessageGroupId"]
        words = Words(BEHIND)
        if group not in held and not has_time():
            held[group] = 0.0
            words = waited("No time was left")
        if group not in held:
            try:
                run(record)
            except NotYetError as later:
                held[group] = later.seconds
                words = waited(str(later))
            except Exception as error:
                logger.exception("record failed", record_id=record["messageId"])
                count("RecordsFailed")
                held[group] = backoff(int(record["attributes"]["ApproximateReceiveCount"]))
                words = raised(error)
            else:
                continue
        note(record, words)
        failed.append(record["messageId"])
        _come_back(record, held[group], sqs, queue_url)
    return {"batchItemFailures": [{"itemIdentifier": record_id} for record_id in failed]}


def backoff(receives: int) -> float:
    """Seconds before a record that raised is tried again: short, so that what cannot succeed is
    set aside soon and its lane goes on."""
    return min(2.0 ** min(receives, 10), _MAX_BACKOFF_SECONDS)


def _come_back(record: JsonObject, seconds: float, sqs: Any, queue_url: str) -> None:
    try:
        retry_after(sqs, queue_url, record, seconds)
    except (BotoCoreError, ClientError):
        # The visibility timeout brings it back as well, only later.
        logger.warning("record keeps its visibility timeout", record_id=record["messageId"])
