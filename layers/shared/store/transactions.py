"""Several writes as one: all happen or none does, and a refusal says which condition stood in the
way."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shared.json_types import JsonObject

_TRIES = 6
_FIRST_WAIT_SECONDS = 0.02
_IN_THE_WAY = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"}


class BusyError(RuntimeError):
    """Others kept writing the same items; nothing was written."""


@dataclass(frozen=True, slots=True)
class Write:
    """One member of a transaction, for example {"Put": {…}}. `refusal` is raised when its
    condition does not hold."""

    request: JsonObject
    refusal: Exception | None = None


def commit(
    dynamodb: Any, writes: Sequence[Write], sleep: Callable[[float], None] = time.sleep
) -> None:
    """Raises the refusal of the first write whose condition fails, or BusyError."""
    items = [write.request for write in writes]
    for attempt in range(_TRIES):
        try:
            dynamodb.transact_write_items(TransactItems=items)
            return
        except dynamodb.exceptions.TransactionCanceledException as error:
            codes = [reason.get("Code") for reason in error.response["CancellationReasons"]]
            for write, code in zip(writes, codes, strict=True):
                if code == "ConditionalCheckFailed" and write.refusal is not None:
                    raise write.refusal from error
            if not _IN_THE_WAY.intersection(codes):
                raise
        except dynamodb.exceptions.TransactionInProgressException:
            pass
        sleep(_FIRST_WAIT_SECONDS * 2**attempt * random.uniform(0.5, 1.5))
    raise BusyError
