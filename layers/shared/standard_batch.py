"""A batch from a standard queue: each record for itself, since none waits for another."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from shared.fifo_batch import NotYetError
from shared.json_types import JsonObject
from shared.last_words import note, raised, waited
from shared.observability import count, logger


def run_each(
    records: Iterable[JsonObject],
    run: Callable[[JsonObject], None],
    come_back: Callable[[JsonObject, float], None] | None = None,
) -> JsonObject:
    """Run each record; answers what Lambda expects of a partial batch response. One that raises
    comes back after the queue's visibility timeout; with NotYetError, `come_back` is given the
    record and the seconds to wait."""
    failed = []
    for record in records:
        try:
            run(record)
        except NotYetError as later:
            failed.append(record["messageId"])
            if come_back is not None:
                come_back(record, later.seconds)
            note(record, waited(str(later)))
        except Exception as error:
            logger.exception("record failed", record_id=record["messageId"])
            count("RecordsFailed")
            note(record, raised(error))
            failed.append(record["messageId"])
    return {"batchItemFailures": [{"itemIdentifier": record_id} for record_id in failed]}
