"""What stands beside a contact's record and grows: notes, and what was agreed to over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.contacts.ids import contact_id_at
from shared.json_types import JsonObject
from shared.store import cursors, keys
from shared.store.transactions import Write
from shared.tenancy import Tenant

_PLACE = r"[0-9A-Za-z#_-]{1,200}"


class NoteNotFoundError(Exception):
    """The contact has no such note."""


@dataclass(frozen=True, slots=True)
class Note:
    """`author` is a person's or a program's name; `at` in milliseconds."""

    id: str
    text: str
    author: str
    at: int


@dataclass(frozen=True, slots=True)
class Opted:
    """One line of the history of what a person agreed to."""

    kind: str
    state: str
    source: str
    at: int


class ContactSides:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any, contact_id: str) -> None:
        self._table = table
        self._dynamodb = dynamodb
        self._pk = keys.beside_contact(tenant, contact_id)

    def note(self, note: Note, *, beside: Write | None = None) -> list[Write]:
        """The writes of a new note; the same again for a note of the same id."""
        item = {
            **keys.key(self._pk, keys.note(note.id)),
            "text": {"S": note.text},
            "author": {"S": note.author},
            "at": {"N": str(note.at)},
        }
        put = Write({"Put": {"TableName": self._table, "Item": item}})
        return [put, beside] if beside else [put]

    def without_note(self, note_id: str) -> Write:
        return Write(
            {
                "Delete": {
                    "TableName": self._table,
                    "Key": keys.key(self._pk, keys.note(note_id)),
                    "ConditionExpression": "attribute_exists(pk)",
                }
            },
            NoteNotFoundError(note_id),
        )

    def notes(self, limit: int, cursor: str | None) -> tuple[list[Note], str | None]:
        """Newest first. Raises InvalidCursorError."""
        items, next_cursor = self._page(keys.NOTES, limit, cursor)
        return [_note(item) for item in items], next_cursor

    def opted(self, one: Opted) -> Write:
        item = {
            **keys.key(self._pk, keys.opt(one.at, one.kind)),
            "state": {"S": one.state},
            "source": {"S": one.source},
        }
        return Write({"Put": {"TableName": self._table, "Item": item}})

    def opt_history(self, limit: int, cursor: str | None) -> tuple[list[Opted], str | None]:
        """Newest first. Raises InvalidCursorError."""
        items, next_cursor = self._page(keys.OPTS, limit, cursor)
        return [_opted(item) for item in items], next_cursor

    def take_over(self, other: ContactSides) -> None:
        """Move everything that stands beside another contact here. Done again it changes nothing;
        stopped in between, it goes on."""
        while items := other._page("", 25, None, keep_alias=True)[0]:
            for item in items:
                moved = {**item, "pk": {"S": self._pk}}
                self._dynamodb.put_item(TableName=self._table, Item=moved)
                key = keys.key(other._pk, item["sk"]["S"])
                self._dynamodb.delete_item(TableName=self._table, Key=key)

    def _page(
        self, prefix: str, limit: int, cursor: str | None, *, keep_alias: bool = False
    ) -> tuple[list[JsonObject], str | None]:
        start: JsonObject = {}
        if cursor is not None:
            (place,) = cursors.decode(cursor, _PLACE)
            start["ExclusiveStartKey"] = keys.key(self._pk, f"{prefix}{place}")
        first = f"{keys.ALIAS}~" if keep_alias else prefix
        page = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":pk": {"S": self._pk},
                ":first": {"S": first},
                ":last": {"S": f"{prefix}~"},
            },
            ScanIndexForward=False,
            ConsistentRead=True,
            Limit=limit,
            **start,
        )
        last = page.get("LastEvaluatedKey")
        rest = str(last["sk"]["S"]).removeprefix(prefix) if last else None
        return page["Items"], cursors.encode(rest) if rest else None


def note_id_at(at: int) -> str:
    """Sorts by time."""
    return contact_id_at(at)


def _note(item: JsonObject) -> Note:
    return Note(
        id=item["sk"]["S"].removeprefix(keys.NOTES),
        text=item["text"]["S"],
        author=item["author"]["S"],
        at=int(item["at"]["N"]),
    )


def _opted(item: JsonObject) -> Opted:
    at, _, kind = item["sk"]["S"].removeprefix(keys.OPTS).partition("#")
    return Opted(kind, item["state"]["S"], item["source"]["S"], int(at))
