"""Evaluations of a knowledge base: its golden questions asked, with settings and versions pinned.

Every question is an item of its own, which is judged once, however often its work is delivered. How
far an evaluation is, and what it adds up to, is made from those.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import evaluation_keys, keys, pages
from shared.store.golden_questions import GoldenQuestion
from shared.store.partitions import items, remove_partition
from shared.store.transactions import Write, commit
from shared.store.usage import counted_once
from shared.tenancy import Tenant
from shared.usage.meters import AI_TOKENS

QUEUED, RUNNING, DONE, CANCELLED = "queued", "running", "done", "cancelled"
OPEN: Final = (QUEUED, RUNNING)
KEPT_SECONDS: Final = 180 * 24 * 3600


class EvaluationNotFoundError(Exception):
    """The knowledge base has no such evaluation, or it is too long ago."""


class EvaluationStateError(Exception):
    """The evaluation is over, or was cancelled."""


class EvaluationRunningError(Exception):
    """Another evaluation of the knowledge base is under way."""


class AlreadyJudgedError(Exception):
    """The question has its verdict."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`settings` are those that are tried, complete; `own` those that the knowledge base would have
    to have (as its record has them) for this to tell of it. `documents` is the digest of the
    documents' versions (see `digest_of`). `totals` are None until it is over. Times in
    milliseconds."""

    id: str
    created_at: int
    settings: Mapping[str, Any]
    own: Mapping[str, Any]
    models: Mapping[str, str]
    note: str = ""
    state: str = QUEUED
    finished_at: int = 0
    total: int = 0
    judged: frozenset[int] = frozenset()
    documents: str = ""
    totals: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one question. `rank` (from 1) is that of the first passage that was expected,
    None where none of what was found is one. `correctness` and `faithfulness` (0 to 1) are None
    where they do not apply or where the judge could not be understood; the notes say which.
    `unsupported` are the answer's sentences that its passages do not say. `passages` name what was
    found, best first; their text stays in the index."""

    outcome: str
    reason: str = ""
    answer: str = ""
    rank: int | None = None
    correctness: float | None = None
    correctness_note: str = ""
    faithfulness: float | None = None
    faithfulness_note: str = ""
    unsupported: Sequence[str] = ()
    passages: Sequence[Mapping[str, Any]] = ()
    tokens: int = 0
    usd: float | None = 0.0
    milliseconds: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of an evaluation, as it was when that began. `document_ids` are those of the
    documents of the expected name."""

    number: int
    golden: GoldenQuestion
    document_ids: tuple[str, ...] = ()
    result: Result | None = None


class Evaluations:
    def __init__(self, tenant: Tenant, knowledge_base_id: str, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._pk = evaluation_keys.evaluations(tenant, knowledge_base_id)
        lock = keys.key(evaluation_keys.evaluating(tenant), knowledge_base_id)
        self._lock = {"TableName": table, "Key": lock}
        self._table = table
        self._dynamodb = dynamodb

    def create(self, made: Evaluation, *beside: Write) -> None:
        """Raises EvaluationRunningError: two that are begun at once are one."""
        body = {
            "settings": dict(made.settings),
            "own": dict(made.own),
            "models": dict(made.models),
            "note": made.note,
        }
        item = {
            **keys.key(self._pk, made.id),
            "created_at": {"N": str(made.created_at)},
            "state": {"S": made.state},
            "body": {"S": json.dumps(body)},
            "expires_at": {"N": str(made.created_at // 1000 + KEPT_SECONDS)},
        }
        new = Write({"Put": {"TableName": self._table, "Item": item}})
        commit(self._dynamodb, [self._taken(made), new, *beside])

    def get(self, evaluation_id: str) -> Evaluation:
        """Raises EvaluationNotFoundError."""
        place = self._place(evaluation_id)
        item = self._dynamodb.get_item(**place, ConsistentRead=True).get("Item")
        if item is None:
            raise EvaluationNotFoundError(evaluation_id)
        return _evaluation(item)

    def page(self, limit: int, cursor: str | None) -> tuple[list[Evaluation], str | None]:
        """Newest first: ids sort by time. Raises InvalidCursorError."""
        found, next_cursor = pages.newest(
            self._dynamodb, self._table, self._pk, limit=limit, cursor=cursor
        )
        return [_evaluation(item) for item in found], next_cursor

    def begin(self, evaluation_id: str, total: int, documents: str) -> None:
        """From queued to running. Said again while it runs, it changes nothing. Raises
        EvaluationStateError."""
        self._move(
            evaluation_id,
            OPEN,
            "#state = :to, #total = :total, documents = :documents",
            {":to": {"S": RUNNING}, ":total": {"N": str(total)}, ":documents": {"S": documents}},
            {"#total": "total"},
        )

    def end(
        self, evaluation_id: str, state: str, totals: JsonObject, at: int, *beside: Write
    ) -> None:
        """Raises EvaluationStateError when it is over."""
        self._move(
            evaluation_id,
            OPEN,
            "#state = :to, totals = :totals, finished_at = :at",
            {
                ":to": {"S": state},
                ":totals": {"S": json.dumps(totals)},
                ":at": {"N": str(at)},
            },
            {},
            Write({"Update": {**self._lock, "UpdateExpression": "REMOVE evaluation, expires_at"}}),
            *beside,
        )

    def tell_judged(self, evaluation_id: str, number: int) -> Evaluation:
        """Counts once, however often it is said; answers the evaluation as it is then. Raises
        EvaluationNotFoundError."""
        try:
            answer = self._dynamodb.update_item(
                **self._place(evaluation_id),
                UpdateExpression="ADD judged :number",
                ConditionExpression="attribute_exists(pk)",
                ExpressionAttributeValues={":number": {"NS": [str(number)]}},
                ReturnValues="ALL_NEW",
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            raise EvaluationNotFoundError(evaluation_id) from error
        return _evaluation(answer["Attributes"])

    # What was asked.

    def pin(self, evaluation_id: str, versions: Mapping[str, int], at: int) -> None:
        """The versions of the documents that are asked. What is pinned stays."""
        item = {
            **keys.key(self._questions(evaluation_id), evaluation_keys.PINS),
            "versions": {"S": json.dumps(dict(versions))},
            "expires_at": {"N": str(at // 1000 + KEPT_SECONDS)},
        }
        self._put_new(item)

    def pinned(self, evaluation_id: str) -> dict[str, int]:
        """Empty before it began."""
        item = self._dynamodb.get_item(
            TableName=self._table,
            Key=keys.key(self._questions(evaluation_id), evaluation_keys.PINS),
        ).get("Item")
        versions: dict[str, int] = json.loads(item["versions"]["S"]) if item else {}
        return versions

    def copy_question(self, evaluation_id: str, asked: Asked, at: int) -> None:
        """Said again it changes nothing."""
        body = {"golden": asdict(asked.golden), "document_ids": list(asked.document_ids)}
        self._put_new(
            {
                **self._question_key(evaluation_id, asked.number),
                "asked": {"S": json.dumps(body)},
                "expires_at": {"N": str(at // 1000 + KEPT_SECONDS)},
            }
        )

    def question(self, evaluation_id: str, number: int) -> Asked:
        """Raises EvaluationNotFoundError."""
        item = self._dynamodb.get_item(
            TableName=self._table,
            Key=self._question_key(evaluation_id, number),
            ConsistentRead=True,
        ).get("Item")
        if item is None:
            raise EvaluationNotFoundError(evaluation_id)
        return _asked(item)

    def questions(self, evaluation_id: str) -> list[Asked]:
        """All of them, in their order."""
        pk = self._questions(evaluation_id)
        found = items(self._dynamodb, self._table, pk, evaluation_keys.QUESTIONS)
        return [_asked(item) for item in found]

    def settle(
        self, evaluation_id: str, number: int, result: Result, usage_table: str, at: int
    ) -> None:
        """The verdict, and what it used counted with it: both or neither, once. Raises
        AlreadyJudgedError."""
        update = {
            "TableName": self._table,
            "Key": self._question_key(evaluation_id, number),
            "UpdateExpression": "SET #result = :result",
            "ConditionExpression": "attribute_exists(pk) AND attribute_not_exists(#result)",
            "ExpressionAttributeNames": {"#result": "result"},
            "ExpressionAttributeValues": {":result": {"S": json.dumps(asdict(result))}},
        }
        writes = [Write({"Update": update}, AlreadyJudgedError(str(number)))]
        if result.tokens:
            named = f"evaluation:{evaluation_id}:{number}"
            used = {AI_TOKENS: result.tokens}
            writes += counted_once(self._tenant, usage_table, named, used, at)
        commit(self._dynamodb, writes)

    def forget_all(self) -> None:
        """Everything of the knowledge base's evaluations."""
        for item in items(self._dynamodb, self._table, self._pk, keys_only=True):
            remove_partition(self._dynamodb, self._table, self._questions(item["sk"]["S"]))
        remove_partition(self._dynamodb, self._table, self._pk)
        self._dynamodb.delete_item(**self._lock)

    def _taken(self, made: Evaluation) -> Write:
        """The place of the one that runs, free or left behind by one that is long gone."""
        seconds = made.created_at // 1000
        update = {
            **self._lock,
            "UpdateExpression": "SET evaluation = :id, expires_at = :end",
            "ConditionExpression": "attribute_not_exists(evaluation) OR expires_at < :now",
            "ExpressionAttributeValues": {
                ":id": {"S": made.id},
                ":end": {"N": str(seconds + KEPT_SECONDS)},
                ":now": {"N": str(seconds)},
            },
        }
        return Write({"Update": update}, EvaluationRunningError(made.id))

    def _move(
        self,
        evaluation_id: str,
        come_from: Sequence[str],
        sets: str,
        values: JsonObject,
        names: JsonObject,
        *beside: Write,
    ) -> None:
        allowed = {f":from{place}": {"S": one} for place, one in enumerate(come_from)}
        update = {
            **self._place(evaluation_id),
            "UpdateExpression": f"SET {sets}",
            "ConditionExpression": f"#state IN ({', '.join(allowed)})",
            "ExpressionAttributeNames": {"#state": "state", **names},
            "ExpressionAttributeValues": {**values, **allowed},
        }
        refusal = EvaluationStateError(evaluation_id)
        commit(self._dynamodb, [Write({"Update": update}, refusal), *beside])

    def _put_new(self, item: JsonObject) -> None:
        try:
            self._dynamodb.put_item(
                TableName=self._table,
                Item=item,
                ConditionExpression="attribute_not_exists(pk)",
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return

    def _questions(self, evaluation_id: str) -> str:
        return evaluation_keys.evaluation(self._tenant, evaluation_id)

    def _question_key(self, evaluation_id: str, number: int) -> JsonObject:
        return keys.key(self._questions(evaluation_id), evaluation_keys.question(number))

    def _place(self, evaluation_id: str) -> JsonObject:
        return {"TableName": self._table, "Key": keys.key(self._pk, evaluation_id)}


def digest_of(versions: Mapping[str, int]) -> str:
    """Of the versions that questions are answered from, by document: another when one is added,
    replaced, indexed again, switched off or deleted."""
    told = "\n".join(f"{id_}:{version}" for id_, version in sorted(versions.items()))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def is_current(one: Evaluation, settings: Mapping[str, Any], documents: str) -> bool:
    """Whether an evaluation tells of a knowledge base whose record has these settings, and whose
    documents have this digest. One that has not begun tells of nothing yet."""
    return one.documents == documents and dict(settings) in (dict(one.own), dict(one.settings))


def _evaluation(item: JsonObject) -> Evaluation:
    body = json.loads(item["body"]["S"])
    return Evaluation(
        id=item["sk"]["S"],
        created_at=int(item["created_at"]["N"]),
        state=item["state"]["S"],
        finished_at=int(item.get("finished_at", {}).get("N", 0)),
        total=int(item.get("total", {}).get("N", 0)),
        judged=frozenset(int(one) for one in item.get("judged", {}).get("NS", ())),
        documents=item.get("documents", {}).get("S", ""),
        totals=json.loads(item["totals"]["S"]) if "totals" in item else None,
        **body,
    )


def _asked(item: JsonObject) -> Asked:
    body = json.loads(item["asked"]["S"])
    return Asked(
        number=int(item["sk"]["S"].removeprefix(evaluation_keys.QUESTIONS)),
        golden=GoldenQuestion(**body["golden"]),
        document_ids=tuple(body["document_ids"]),
        result=Result(**json.loads(item["result"]["S"])) if "result" in item else None,
    )
