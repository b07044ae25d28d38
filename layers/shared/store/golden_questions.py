"""Golden questions of a knowledge base: what is asked to see whether it answers as it should."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import evaluation_keys, keys, pages
from shared.store.knowledge_bases import KnowledgeBaseNotFoundError
from shared.store.partitions import items, remove_partition
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant

MOST: Final = 500
"""Golden questions of one knowledge base, and so the most that one evaluation asks."""
_TOGETHER: Final = 90  # of a transaction's hundred writes


class GoldenQuestionNotFoundError(Exception):
    """The knowledge base has no such golden question."""


class GoldenQuestionChangedError(Exception):
    """Somebody else changed the golden question since it was read."""


class TooManyGoldenQuestionsError(Exception):
    """The knowledge base has as many golden questions as any may have."""


@dataclass(frozen=True, slots=True)
class GoldenQuestion:
    """`document` names the document that has the answer, `passage` is text that the passage with
    the answer has; either may be empty: then it is not looked for. `answer` is what is right;
    empty where the documents cannot answer (`is_unanswerable`), or where nobody says."""

    id: str
    question: str
    document: str = ""
    passage: str = ""
    answer: str = ""
    is_unanswerable: bool = False
    revision: int = 1


class GoldenQuestions:
    def __init__(self, tenant: Tenant, knowledge_base_id: str, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._base_id = knowledge_base_id
        self._pk = evaluation_keys.golden_questions(tenant, knowledge_base_id)
        self._table = table
        self._dynamodb = dynamodb

    def all(self) -> Iterator[GoldenQuestion]:
        """In the order in which they were made; there are never many more than MOST."""
        for item in items(self._dynamodb, self._table, self._pk):
            yield _question(item)

    def get(self, question_id: str) -> GoldenQuestion:
        """Raises GoldenQuestionNotFoundError."""
        item = self._dynamodb.get_item(**self._place(question_id), ConsistentRead=True).get("Item")
        if item is None:
            raise GoldenQuestionNotFoundError(question_id)
        return _question(item)

    def page(self, limit: int, cursor: str | None) -> tuple[list[GoldenQuestion], str | None]:
        """In the order in which they were made. Raises InvalidCursorError."""
        found, next_cursor = pages.oldest(
            self._dynamodb, self._table, self._pk, limit=limit, cursor=cursor
        )
        return [_question(item) for item in found], next_cursor

    def number(self) -> int:
        return sum(1 for _ in items(self._dynamodb, self._table, self._pk, keys_only=True))

    def add(self, made: Sequence[GoldenQuestion], *beside: Write) -> None:
        """`beside` goes with the first of them. Raises TooManyGoldenQuestionsError, or
        KnowledgeBaseNotFoundError when the base is gone."""
        if self.number() + len(made) > MOST:
            raise TooManyGoldenQuestionsError
        told = beside
        for start in range(0, len(made), _TOGETHER):
            some = made[start : start + _TOGETHER]
            commit(self._dynamodb, [self._is_there(), *(self._put(one) for one in some), *told])
            told = ()

    def change(self, changed: GoldenQuestion, *beside: Write) -> GoldenQuestion:
        """Store a changed copy of what was read. Raises GoldenQuestionChangedError."""
        after = replace(changed, revision=changed.revision + 1)
        put = {
            "TableName": self._table,
            "Item": self._item(after),
            "ConditionExpression": "revision = :before",
            "ExpressionAttributeValues": {":before": {"N": str(changed.revision)}},
        }
        refusal = GoldenQuestionChangedError(changed.id)
        commit(self._dynamodb, [Write({"Put": put}, refusal), *beside])
        return after

    def delete(self, question_id: str, *beside: Write) -> None:
        """Raises GoldenQuestionNotFoundError."""
        gone = {**self._place(question_id), "ConditionExpression": "attribute_exists(pk)"}
        refusal = GoldenQuestionNotFoundError(question_id)
        commit(self._dynamodb, [Write({"Delete": gone}, refusal), *beside])

    def delete_all(self, ids: Sequence[str]) -> None:
        """Those that are gone already stay gone."""
        for start in range(0, len(ids), _TOGETHER):
            some = ids[start : start + _TOGETHER]
            commit(self._dynamodb, [Write({"Delete": self._place(id_)}) for id_ in some])

    def forget_all(self) -> None:
        remove_partition(self._dynamodb, self._table, self._pk)

    def _is_there(self) -> Write:
        base = {
            "TableName": self._table,
            "Key": keys.key(keys.knowledge_bases(self._tenant), self._base_id),
            "ConditionExpression": "attribute_exists(pk)",
        }
        return Write({"ConditionCheck": base}, KnowledgeBaseNotFoundError(self._base_id))

    def _put(self, made: GoldenQuestion) -> Write:
        return Write({"Put": {"TableName": self._table, "Item": self._item(made)}})

    def _item(self, one: GoldenQuestion) -> JsonObject:
        return {
            **keys.key(self._pk, one.id),
            "question": {"S": one.question},
            "document": {"S": one.document},
            "passage": {"S": one.passage},
            "answer": {"S": one.answer},
            "is_unanswerable": {"BOOL": one.is_unanswerable},
            "revision": {"N": str(one.revision)},
        }

    def _place(self, question_id: str) -> JsonObject:
        return {"TableName": self._table, "Key": keys.key(self._pk, question_id)}


def _question(item: JsonObject) -> GoldenQuestion:
    texts = {
        one.name: item[one.name]["S"]
        for one in fields(GoldenQuestion)
        if "S" in item.get(one.name, {})
    }
    return GoldenQuestion(
        id=item["sk"]["S"],
        is_unanswerable=item["is_unanswerable"]["BOOL"],
        revision=int(item["revision"]["N"]),
        **texts,
    )
