"""The workspace's own files for messages: their records, and their ids at WhatsApp per number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from shared.contacts.ids import contact_id_at
from shared.json_types import JsonObject
from shared.store import keys
from shared.store.pages import below, rest
from shared.store.transactions import Write, commit
from shared.store.usage import AlreadyCountedError, counted_once
from shared.tenancy import Tenant
from shared.usage.meters import STORAGE_BYTES

PREFIX: Final = "media_"
WAITING: Final = "waiting"  # for its bytes
READY: Final = "ready"
REFUSED: Final = "refused"


class MediaNotFoundError(Exception):
    """The workspace has no such file."""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """`mime_type` is what was announced, and once the file is READY what its bytes say; `size` in
    bytes; `reason` says why it is REFUSED. Times in milliseconds."""

    id: str
    name: str
    mime_type: str
    created_at: int
    state: str = WAITING
    reason: str = ""
    size: int = 0
    animated: bool = False


def new_media_id(at: int) -> str:
    """Sorts by time; told from Meta's own ids, which are digits, by its beginning."""
    return f"{PREFIX}{contact_id_at(at)}"


def file_path(media_id: str) -> str:
    """Where its bytes are, below the tenant's prefix."""
    return f"files/{media_id}"


def upload_path(media_id: str) -> str:
    """Where they are put by a form, until they have been looked at."""
    return f"incoming/{media_id}"


class MediaFiles:
    def __init__(self, tenant: Tenant, workspaces: str, usage: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = workspaces
        self._usage = usage
        self._dynamodb = dynamodb

    def create(self, file: MediaFile) -> None:
        self._dynamodb.put_item(TableName=self._table, Item=self._item(file))

    def find(self, media_id: str) -> MediaFile | None:
        item = self._dynamodb.get_item(
            TableName=self._table, Key=self._key(media_id), ConsistentRead=True
        ).get("Item")
        return _file(item) if item else None

    def get(self, media_id: str) -> MediaFile:
        """Raises MediaNotFoundError."""
        found = self.find(media_id)
        if found is None:
            raise MediaNotFoundError(media_id)
        return found

    def page(self, limit: int, cursor: str | None) -> tuple[list[MediaFile], str | None]:
        """Newest first, and the next page's cursor. Raises InvalidCursorError."""
        items, next_cursor = below(
            self._dynamodb,
            self._table,
            self._tenant,
            keys.MEDIA,
            limit=limit,
            cursor=cursor,
            backwards=True,
        )
        return [_file(item) for item in items], next_cursor

    def looked_at(self, file: MediaFile) -> None:
        """What was found of a file that waited. One that is READY counts as storage, in the same
        transaction. Raises MediaNotFoundError."""
        is_there = {"ConditionExpression": "attribute_exists(pk)"}
        put = {"TableName": self._table, "Item": self._item(file), **is_there}
        writes = [Write({"Put": put}, MediaNotFoundError(file.id))]
        if file.state == READY:
            writes += self._counted(file, "kept", file.size, file.created_at)
        try:
            commit(self._dynamodb, writes)
        except AlreadyCountedError:
            return  # somebody else looked at it at the same time

    def delete(self, media_id: str, at: int) -> None:
        """Raises MediaNotFoundError."""
        file = self.get(media_id)
        gone = {
            "TableName": self._table,
            "Key": self._key(media_id),
            "ConditionExpression": "attribute_exists(pk)",
        }
        writes = [Write({"Delete": gone}, MediaNotFoundError(media_id))]
        if file.state == READY:
            writes += self._counted(file, "deleted", -file.size, at)
        commit(self._dynamodb, writes)

    def _counted(self, file: MediaFile, what: str, size: int, at: int) -> list[Write]:
        amounts = {STORAGE_BYTES: size}
        return counted_once(self._tenant, self._usage, f"{file.id}:{what}", amounts, at)

    def _item(self, file: MediaFile) -> JsonObject:
        return {
            **self._key(file.id),
            "name": {"S": file.name},
            "mime_type": {"S": file.mime_type},
            "created_at": {"N": str(file.created_at)},
            "state": {"S": file.state},
            "reason": {"S": file.reason},
            "size": {"N": str(file.size)},
            "animated": {"BOOL": file.animated},
        }

    def _key(self, media_id: str) -> JsonObject:
        return keys.key(self._tenant.id, keys.media(media_id))


def _file(item: JsonObject) -> MediaFile:
    return MediaFile(
        id=rest(item, keys.MEDIA),
        name=item["name"]["S"],
        mime_type=item["mime_type"]["S"],
        created_at=int(item["created_at"]["N"]),
        state=item["state"]["S"],
        reason=item["reason"]["S"],
        size=int(item["size"]["N"]),
        animated=bool(item["animated"]["BOOL"]),
    )
