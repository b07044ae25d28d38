"""Documents of a knowledge base: what each was made from, how far it is, which version is asked.

A new version is written beside the old one, then `version` moves to it: questions are answered from
one of them all the time, and never from both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import keys, pages
from shared.store.knowledge_bases import KnowledgeBaseNotFoundError
from shared.store.partitions import items
from shared.store.transactions import BusyError, Write, commit
from shared.tenancy import Tenant

WAITING: Final = "waiting"  # for its file
QUEUED: Final = "queued"
READING: Final = "reading"
SPLITTING: Final = "splitting"
EMBEDDING: Final = "embedding"
READY: Final = "ready"
FAILED: Final = "failed"
MOST: Final = 1000  # in one knowledge base
_TOGETHER: Final = 100  # of one BatchGetItem


class DocumentNotFoundError(Exception):
    """The knowledge base has no such document."""


class DocumentChangedError(Exception):
    """Somebody else changed the document since it was read."""


class TooManyDocumentsError(Exception):
    """The knowledge base has as many documents as any may have."""


class DocumentStateError(Exception):
    """The document has moved on since: another version of it is being made, or none."""


@dataclass(frozen=True, slots=True)
class Document:
    """`version` is the one that questions are answered from (0: none yet), `making` the one that
    is being made, or was last tried. `state` and `reason` (words, when FAILED) are of `making`;
    `chunks`, `pages`, `scanned_pages` and `warning` are of it too. `source` names the bytes that it
    is made from, `upload` those that are waited for (empty: none), both below the tenant's prefix;
    `url` is that of a web page. `revision` counts what people change. Times in milliseconds.
    """

    id: str
    knowledge_base_id: str
    name: str
    kind: str
    created_at: int
    updated_at: int
    state: str = WAITING
    reason: str = ""
    source: str = ""
    upload: str = ""
    url: str = ""
    size: int = 0
    is_enabled: bool = True
    version: int = 0
    making: int = 0
    revision: int = 1
    pages: int = 0
    scanned_pages: tuple[int, ...] = ()
    chunks: int = 0
    parts: int = 0
    parts_done: frozenset[int] = frozenset()
    warning: str = ""

    @property
    def progress(self) -> float:
        """How much of the embedding is done, 0 to 1."""
        if self.state == READY:
            return 1.0
        return len(self.parts_done) / self.parts if self.parts else 0.0


class Documents:
    def __init__(self, tenant: Tenant, knowledge_base_id: str, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._base_id = knowledge_base_id
        self._pk = keys.documents(tenant, knowledge_base_id)
        self._table = table
        self._dynamodb = dynamodb

    def create(self, document: Document, *beside: Write) -> None:
        """Raises TooManyDocumentsError, or KnowledgeBaseNotFoundError when it is gone."""
        if self._number() >= MOST:
            raise TooManyDocumentsError
        put = {"TableName": self._table, "Item": self._item(document)}
        new = Write({"Put": {**put, "ConditionExpression": "attribute_not_exists(pk)"}})
        base = {
            "TableName": self._table,
            "Key": keys.key(keys.knowledge_bases(self._tenant), self._base_id),
            "ConditionExpression": "attribute_exists(pk)",
        }
        is_there = Write({"ConditionCheck": base}, KnowledgeBaseNotFoundError(self._base_id))
        commit(self._dynamodb, [new, is_there, *beside])

    def get(self, document_id: str) -> Document:
        """Raises DocumentNotFoundError."""
        item = self._dynamodb.get_item(**self._place(document_id), ConsistentRead=True).get("Item")
        if item is None:
            raise DocumentNotFoundError(document_id)
        return self._document(item)

    def page(self, limit: int, cursor: str | None) -> tuple[list[Document], str | None]:
        """Newest first: ids sort by time. Raises InvalidCursorError."""
        found, next_cursor = pages.newest(
            self._dynamodb, self._table, self._pk, limit=limit, cursor=cursor
        )
        return [self._document(item) for item in found], next_cursor

    def all(self) -> Iterator[Document]:
        for item in items(self._dynamodb, self._table, self._pk):
            yield self._document(item)

    def live(self, document_ids: Iterable[str]) -> dict[str, int]:
        """The version that counts, by id, of those of the documents that questions may be answered
        from: not of deleted or disabled ones, nor of such as were never ready."""
        ids = list(dict.fromkeys(document_ids))
        found: dict[str, int] = {}
        for start in range(0, len(ids), _TOGETHER):
            for item in self._some(ids[start : start + _TOGETHER]):
                version = int(item["version"]["N"])
                if version and item["is_enabled"]["BOOL"]:
                    found[item["sk"]["S"]] = version
        return found

    def all_live(self) -> dict[str, int]:
        """The same of all documents of the knowledge base."""
        return {one.id: one.version for one in self.all() if one.version and one.is_enabled}

    def begin(self, before: Document, at: int, *beside: Write, **known: object) -> Document:
        """A new version of a document as it was read; answers it as it is then.

        Raises DocumentStateError when somebody else has begun one, or deleted it.
        """
        fresh = {"scanned_pages": (), "pages": 0, "chunks": 0, "parts": 0}
        return self._update(
            before.id,
            {
                "state": QUEUED,
                "reason": "",
                "warning": "",
                "making": before.making + 1,
                "updated_at": at,
                **fresh,
                **known,
            },
            "making = :before",
            {":before": {"N": str(before.making)}},
            *beside,
            refusal=DocumentStateError(before.id),
        )

    def move(
        self, document_id: str, making: int, to: str, *beside: Write, **known: object
    ) -> Document:
        """The version that is being made into another state, with what is known then (fields of
        Document); answers the document as it is then. Raises DocumentStateError when it is not
        `making` any more, or deleted."""
        return self._update(
            document_id,
            {"state": to, **known},
            "making = :making",
            {":making": {"N": str(making)}},
            *beside,
            refusal=DocumentStateError(document_id),
        )

    def change(self, before: Document, *beside: Write, **known: object) -> Document:
        """What people change. Raises DocumentChangedError when somebody else did meanwhile."""
        return self._update(
            before.id,
            {**known, "revision": before.revision + 1},
            "revision = :revision",
            {":revision": {"N": str(before.revision)}},
            *beside,
            refusal=DocumentChangedError(before.id),
        )

    def finish_part(self, document_id: str, making: int, part: int) -> Document:
        """Counts once, however often it is said. Raises DocumentStateError."""
        try:
            answer = self._dynamodb.update_item(
                **self._place(document_id),
                UpdateExpression="ADD parts_done :part",
                ConditionExpression="making = :making",
                ExpressionAttributeValues={
                    ":part": {"NS": [str(part)]},
                    ":making": {"N": str(making)},
                },
                ReturnValues="ALL_NEW",
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            raise DocumentStateError(document_id) from error
        return self._document(answer["Attributes"])

    def delete(self, document: Document, *beside: Write) -> None:
        """What is in the index follows the record. Raises DocumentChangedError when its file is
        another one than was read, or it is gone already."""
        gone = {
            **self._place(document.id),
            "ConditionExpression": "#size = :size",
            "ExpressionAttributeNames": {"#size": "size"},
            "ExpressionAttributeValues": {":size": {"N": str(document.size)}},
        }
        commit(
            self._dynamodb,
            [Write({"Delete": gone}, DocumentChangedError(document.id)), *beside],
        )

    def _number(self) -> int:
        answer = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": self._pk}},
            Select="COUNT",
            Limit=MOST,
        )
        return int(answer["Count"])

    def _some(self, ids: list[str]) -> Iterator[JsonObject]:
        asked: Any = {
            self._table: {
                "Keys": [keys.key(self._pk, id_) for id_ in ids],
                "ProjectionExpression": "sk, version, is_enabled",
                "ConsistentRead": True,
            }
        }
        while asked:
            answer = self._dynamodb.batch_get_item(RequestItems=asked)
            yield from answer["Responses"].get(self._table, ())
            asked = answer.get("UnprocessedKeys")

    def _update(
        self,
        document_id: str,
        known: JsonObject,
        condition: str,
        values: JsonObject,
        *beside: Write,
        refusal: Exception,
    ) -> Document:
        typed = {name: _typed(value) for name, value in known.items()}
        sets = "SET " + ", ".join(f"#{name} = :{name}_" for name in typed)
        update = {
            **self._place(document_id),
            # Parts are of one version.
            "UpdateExpression": f"{sets} REMOVE parts_done" if "parts" in known else sets,
            "ConditionExpression": condition,
            "ExpressionAttributeNames": {f"#{name}": name for name in typed},
            "ExpressionAttributeValues": {
                **values,
                **{f":{name}_": value for name, value in typed.items()},
            },
        }
        if beside:
            commit(self._dynamodb, [Write({"Update": update}, refusal), *beside])
            return self.get(document_id)
        return self._alone(update, refusal)

    def _alone(self, update: JsonObject, refusal: Exception) -> Document:
        """A write with nothing beside it, for half of a transaction's price. Raises BusyError."""
        refused = self._dynamodb.exceptions
        try:
            answer = self._dynamodb.update_item(**update, ReturnValues="ALL_NEW")
        except refused.ConditionalCheckFailedException as error:
            raise refusal from error
        except refused.TransactionConflictException as error:
            raise BusyError from error
        return self._document(answer["Attributes"])

    def _item(self, document: Document) -> JsonObject:
        fields = {
            name: _typed(getattr(document, name))
            for name in Document.__dataclass_fields__
            if name not in ("id", "knowledge_base_id", "parts_done")
        }
        return {**keys.key(self._pk, document.id), **fields}

    def _document(self, item: JsonObject) -> Document:
        known = {
            name: _plain(value) for name, value in item.items() if name not in ("pk", "sk")
        } | {"parts_done": frozenset(int(one) for one in item.get("parts_done", {}).get("NS", ()))}
        return Document(id=item["sk"]["S"], knowledge_base_id=self._base_id, **known)

    def _place(self, document_id: str) -> JsonObject:
        return {"TableName": self._table, "Key": keys.key(self._pk, document_id)}


def _typed(value: object) -> JsonObject:
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, int):
        return {"N": str(value)}
    if isinstance(value, tuple):
        return {"L": [_typed(one) for one in value]}
    return {"S": str(value)}


def _plain(value: JsonObject) -> Any:
    ((kind, raw),) = value.items()
    if kind == "N":
        return int(raw)
    if kind == "L":
        return tuple(_plain(one) for one in raw)
    return raw
