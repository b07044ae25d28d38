"""The files that messages brought: kept in the bucket `Media`, told by an item beside the line of
the log."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import keys
from shared.store.transactions import Write, commit
from shared.store.usage import AlreadyCountedError, counted_once
from shared.tenancy import Tenant
from shared.usage.meters import STORAGE_BYTES

WAITING: Final = "waiting"
STORED: Final = "stored"
FAILED: Final = "failed"


class LineMissingError(Exception):
    """The log has no such message: not yet, or no longer."""


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """`state` is WAITING (`reason` says why it takes so long), STORED or FAILED. `mime_type` is
    what its bytes say, `size` in bytes, `sha256` in hex."""

    state: str
    reason: str = ""
    mime_type: str = ""
    size: int = 0
    sha256: str = ""


def path_below(channel: str, contact: str) -> str:
    """Where a conversation's received files are, below the tenant's prefix."""
    return f"received/{channel}.{contact}/"


def received_path(channel: str, contact: str, seq: int) -> str:
    return f"{path_below(channel, contact)}{seq:010d}"


class ReceivedFiles:
    def __init__(self, tenant: Tenant, conversations: str, usage: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._conversations = conversations
        self._usage = usage
        self._dynamodb = dynamodb

    def line(self, channel: str, contact: str, seq: int) -> tuple[JsonObject, int]:
        """The message as it is logged, and when it was sent. Raises LineMissingError."""
        item = self._get(channel, contact, keys.message(seq))
        if item is None:
            raise LineMissingError
        return json.loads(item["message"]["S"]), int(item["at"]["N"])

    def get(self, channel: str, contact: str, seq: int) -> ReceivedFile | None:
        item = self._get(channel, contact, keys.received_file(seq))
        return from_item(item) if item else None

    def waits(self, channel: str, contact: str, seq: int, reason: str) -> None:
        """Raises LineMissingError, as all that follow."""
        self._put(channel, contact, seq, ReceivedFile(WAITING, reason), [])

    def failed(self, channel: str, contact: str, seq: int, reason: str) -> None:
        self._put(channel, contact, seq, ReceivedFile(FAILED, reason), [])

    def stored(self, channel: str, contact: str, seq: int, file: ReceivedFile, at: int) -> None:
        """With its bytes counted in the same transaction, once; `at` is when the message was
        sent."""
        counted = counted_once(
            self._tenant,
            self._usage,
            f"received:{channel}:{contact}:{seq}",
            {STORAGE_BYTES: file.size},
            at,
        )
        try:
            self._put(channel, contact, seq, file, counted)
        except AlreadyCountedError:
            return  # whoever counted it has written this item with it

    def _put(
        self, channel: str, contact: str, seq: int, file: ReceivedFile, beside: list[Write]
    ) -> None:
        """Only beside its line: what is forgotten meanwhile does not come back by its file."""
        line = {
            "TableName": self._conversations,
            "Key": self._key(channel, contact, keys.message(seq)),
            "ConditionExpression": "attribute_exists(pk)",
        }
        item = {
            **self._key(channel, contact, keys.received_file(seq)),
            "file_state": {"S": file.state},
            "file_reason": {"S": file.reason},
            "mime_type": {"S": file.mime_type},
            "size": {"N": str(file.size)},
            "sha256": {"S": file.sha256},
        }
        put = {"TableName": self._conversations, "Item": item}
        writes = [Write({"ConditionCheck": line}, LineMissingError()), Write({"Put": put}), *beside]
        commit(self._dynamodb, writes)

    def _get(self, channel: str, contact: str, sk: str) -> JsonObject | None:
        found: JsonObject | None = self._dynamodb.get_item(
            TableName=self._conversations,
            Key=self._key(channel, contact, sk),
            ConsistentRead=True,
        ).get("Item")
        return found

    def _key(self, channel: str, contact: str, sk: str) -> JsonObject:
        return keys.key(keys.conversation(self._tenant, channel, contact), sk)


def from_item(item: JsonObject) -> ReceivedFile:
    return ReceivedFile(
        state=item["file_state"]["S"],
        reason=item["file_reason"]["S"],
        mime_type=item["mime_type"]["S"],
        size=int(item["size"]["N"]),
        sha256=item["sha256"]["S"],
    )
