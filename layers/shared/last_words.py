"""Why a queue's message dies, noted by its worker at the last receive.

SQS moves a message among the dead letters without a reason, under the same id: whoever files it
there finds the worker's last words by that id. They never hold what the message says: an
exception is told by its name and by its class's docstring, which was written before any message
came.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from shared.aws import client
from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.observability import logger
from shared.settings import load
from shared.store import keys, letter_keys

RAISED: Final = "raised"
WAITED: Final = "waited"  # it was put off until it had no receives left
BEHIND: Final = "behind"  # it was never run: an earlier one of its lane failed each time
_KEPT_SECONDS: Final = 15 * 24 * 3600  # a day longer than the letter may lie
_LONGEST: Final = 300  # characters


@dataclass(frozen=True, slots=True)
class Words:
    """`cause` is RAISED, WAITED or BEHIND; `error` an exception's name, or empty; `says` a
    sentence, or empty."""

    cause: str
    error: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class LastWordsSettings:
    """Given to the consumer of every queue; `max_receives` is its queue's."""

    dead_letters_table: str = ""
    max_receives: int = 0


def raised(error: Exception) -> Words:
    if isinstance(error, ClientError):
        return Words(RAISED, error.response["Error"]["Code"], f"AWS refused {error.operation_name}")
    about = (type(error).__doc__ or "").strip().partition("\n\n")[0]
    return Words(RAISED, type(error).__name__, " ".join(about.split())[:_LONGEST])


def waited(reason: str) -> Words:
    """`reason` in words for people, as NotYetError carries it."""
    return Words(WAITED, says=reason[:_LONGEST])


class LastWords:
    def __init__(self, table: str, dynamodb: Any, clock: Clock = now_ms) -> None:
        self._table = table
        self._dynamodb = dynamodb
        self._clock = clock

    def note(self, message_id: str, words: Words) -> None:
        self._dynamodb.put_item(
            TableName=self._table,
            Item={
                **keys.key(letter_keys.words(message_id), letter_keys.WORDS),
                "cause": {"S": words.cause},
                "error": {"S": words.error},
                "says": {"S": words.says},
                "expires_at": {"N": str(self._clock() // 1000 + _KEPT_SECONDS)},
            },
        )

    def of(self, message_id: str) -> Words | None:
        """None where the worker ended without a word: it was killed, or ran out of time."""
        item = self._dynamodb.get_item(
            TableName=self._table,
            Key=keys.key(letter_keys.words(message_id), letter_keys.WORDS),
            ConsistentRead=True,
        ).get("Item")
        return item and Words(item["cause"]["S"], item["error"]["S"], item["says"]["S"])


def note(record: JsonObject, words: Words) -> None:
    """Of a record that failed, if it was its last receive. Never raises: it would be one more
    failure."""
    settings = _settings()
    receives = int(record["attributes"]["ApproximateReceiveCount"])
    if not settings.max_receives or receives < settings.max_receives:
        return
    try:
        LastWords(settings.dead_letters_table, client("dynamodb")).note(record["messageId"], words)
    except (BotoCoreError, ClientError):
        logger.warning("last words were not noted", record_id=record["messageId"])


@lru_cache(maxsize=1)
def _settings() -> LastWordsSettings:
    return load(LastWordsSettings)
