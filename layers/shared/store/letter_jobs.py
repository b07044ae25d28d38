"""What becomes of dead letters by a person's order: put back or dropped, one after another at a
pace. Every letter's end and the count of it are one write, so that the progress is exact."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import keys, letter_keys
from shared.store.audit import Actor, Change, entry
from shared.store.dead_letters import DeadLetters, Letter, LetterNotFoundError, Selection
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant

REDRIVE: Final = "redrive"
DROP: Final = "drop"
WAITING: Final = "waiting"
RUNNING: Final = "running"
DONE: Final = "done"
STOPPED: Final = "stopped"
_OPEN: Final = {":waiting": {"S": WAITING}, ":running": {"S": RUNNING}}
_KEPT_SECONDS: Final = 30 * 24 * 3600


class LetterJobNotFoundError(Exception):
    """There is no such job."""


class LetterJobEndedError(Exception):
    """The job is done, or was stopped."""


class LetterJobTakenError(Exception):
    """Another run has the job in hand."""


@dataclass(frozen=True, slots=True)
class LetterJob:
    """`ids` names the letters, sorted; None stands for all of the selection that were filed up to
    the moment of the order. `total` is None until they are counted. `after` is the last letter
    that is done with; `skipped` were gone, or another job's. Times in milliseconds."""

    id: str
    kind: str
    per_second: int
    ids: tuple[str, ...] | None
    selection: Selection
    created_at: int
    state: str = WAITING
    total: int | None = None
    done: int = 0
    skipped: int = 0
    after: str = ""
    finished_at: int | None = None


class LetterJobs:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb
        self._letters = DeadLetters(tenant, table, dynamodb)

    def order(self, job: LetterJob, by: Actor, audit_table: str) -> None:
        """With its entry in the audit log. The same order again is the same job."""
        what: JsonObject = {"letters": len(job.ids)} if job.ids else job.selection.to_json()
        change = Change(
            by,
            f"dead_letters.{job.kind}",
            job.id,
            job.created_at,
            {**what, "per_second": job.per_second},
        )
        item: JsonObject = {
            **self._key(job.id),
            "kind": {"S": job.kind},
            "per_second": {"N": str(job.per_second)},
            "selection": {"S": json.dumps(job.selection.to_json())},
            "state": {"S": WAITING},
            "done": {"N": "0"},
            "skipped": {"N": "0"},
            "lease_until": {"N": "0"},
            "created_at": {"N": str(job.created_at)},
            "expires_at": {"N": str(job.created_at // 1000 + _KEPT_SECONDS)},
        }
        if job.ids is not None:
            item["ids"] = {"S": json.dumps(job.ids)}
            item["in_all"] = {"N": str(len(job.ids))}
        commit(
            self._dynamodb,
            [Write({"Put": self._at(Item=item)}), entry(self._tenant, audit_table, change)],
        )

    def get(self, id_: str) -> LetterJob:
        """Raises LetterJobNotFoundError."""
        item = self._dynamodb.get_item(
            TableName=self._table, Key=self._key(id_), ConsistentRead=True
        ).get("Item")
        if item is None:
            raise LetterJobNotFoundError(id_)
        return _job(item)

    def newest(self, limit: int) -> list[LetterJob]:
        """Ids sort by time."""
        answer = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": letter_keys.jobs(self._tenant)}},
            ScanIndexForward=False,
            Limit=limit,
        )
        return [_job(item) for item in answer["Items"]]

    def stop(self, id_: str, now: int) -> LetterJob:
        """The letter that is in hand is still finished. A job that has ended stays as it is.

        Raises LetterJobNotFoundError."""
        self.get(id_)
        self._end(id_, STOPPED, now)
        return self.get(id_)

    def take(self, id_: str, now: int, until: int) -> LetterJob:
        """Have the job in hand, alone, until a time. Raises LetterJobNotFoundError,
        LetterJobEndedError or LetterJobTakenError."""
        try:
            answer = self._update(
                id_,
                "SET #state = :running, lease_until = :until",
                "#state IN (:waiting, :running) AND lease_until <= :now",
                {":until": {"N": str(until)}, ":now": {"N": str(now)}, **_OPEN},
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            # As it stood then: written a moment later, it is nobody's yet.
            found = error.response.get("Item")
            if found is None:
                raise LetterJobNotFoundError(id_) from error
            if _job(found).state in (DONE, STOPPED):
                raise LetterJobEndedError(id_) from error
            raise LetterJobTakenError(id_) from error
        return _job(answer["Attributes"])

    def counted(self, id_: str, total: int) -> None:
        values = {":total": {"N": str(total)}}
        self._update(id_, "SET in_all = :total", "attribute_exists(#state)", values)

    def lay_down(self, id_: str) -> None:
        """For another run to go on."""
        values = {":zero": {"N": "0"}}
        self._update(id_, "SET lease_until = :zero", "attribute_exists(#state)", values)

    def finish(self, id_: str, now: int) -> None:
        self._end(id_, DONE, now)

    def letters(self, job: LetterJob) -> Iterator[str | Letter]:
        """What is left, oldest first: letters, or the ids of such as are no longer there."""
        if job.ids is None:
            yield from self._letters.oldest(job.selection, filed_by=job.created_at, after=job.after)
            return
        for id_ in job.ids:
            if id_ > job.after:
                try:
                    yield self._letters.get(id_)
                except LetterNotFoundError:
                    yield id_

    def number(self, selection: Selection, *, filed_by: int) -> int:
        return self._letters.number(selection, filed_by=filed_by)

    def body(self, letter: Letter) -> str:
        return self._letters.body(letter.id)

    def claim(self, job: LetterJob, letter: Letter, now: int) -> None:
        """Take a letter in hand. Raises LetterNotFoundError when it is gone or another's, and
        LetterJobEndedError."""
        running = {
            "Key": self._key(job.id),
            "ConditionExpression": "#state = :running",
            "ExpressionAttributeNames": {"#state": "state"},
            "ExpressionAttributeValues": {":running": {"S": RUNNING}},
        }
        commit(
            self._dynamodb,
            [
                Write({"ConditionCheck": self._at(**running)}, LetterJobEndedError(job.id)),
                self._letters.claiming(letter.id, job.id, now),
            ],
        )

    def answer(self, job: LetterJob, letter: Letter, now: int) -> None:
        """The letter in hand is done with. Raises LetterNotFoundError."""
        counting = {
            "Key": self._key(job.id),
            "UpdateExpression": "SET #after = :id ADD done :one",
            "ConditionExpression": "attribute_exists(pk)",
            "ExpressionAttributeNames": {"#after": "after"},
            "ExpressionAttributeValues": {":id": {"S": letter.id}, ":one": {"N": "1"}},
        }
        commit(
            self._dynamodb,
            [
                *self._letters.answering(letter, job.id, now),
                Write({"Update": self._at(**counting)}),
            ],
        )

    def skip(self, job: LetterJob, letter_id: str) -> None:
        self._dynamodb.update_item(
            TableName=self._table,
            Key=self._key(job.id),
            UpdateExpression="SET #after = :id ADD skipped :one",
            ConditionExpression="attribute_exists(pk)",
            ExpressionAttributeNames={"#after": "after"},
            ExpressionAttributeValues={":id": {"S": letter_id}, ":one": {"N": "1"}},
        )

    def _end(self, id_: str, state: str, now: int) -> None:
        try:
            self._update(
                id_,
                "SET #state = :ended, finished_at = :now",
                "#state IN (:waiting, :running)",
                {":ended": {"S": state}, ":now": {"N": str(now)}, **_OPEN},
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return

    def _update(self, id_: str, update: str, condition: str, values: JsonObject) -> JsonObject:
        answer: JsonObject = self._dynamodb.update_item(
            TableName=self._table,
            Key=self._key(id_),
            UpdateExpression=update,
            ConditionExpression=condition,
            ExpressionAttributeNames={"#state": "state"},
            ExpressionAttributeValues=values,
            ReturnValues="ALL_NEW",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
        return answer

    def _at(self, **request: Any) -> JsonObject:
        return {"TableName": self._table, **request}

    def _key(self, id_: str) -> JsonObject:
        return keys.key(letter_keys.jobs(self._tenant), id_)


def named(ids: Sequence[str]) -> tuple[str, ...]:
    """Each once, oldest first."""
    return tuple(sorted(set(ids)))


def _job(item: JsonObject) -> LetterJob:
    def number(name: str) -> int | None:
        return int(item[name]["N"]) if name in item else None

    return LetterJob(
        id=item["sk"]["S"],
        kind=item["kind"]["S"],
        per_second=int(item["per_second"]["N"]),
        ids=tuple(json.loads(item["ids"]["S"])) if "ids" in item else None,
        selection=Selection(**json.loads(item["selection"]["S"])),
        created_at=int(item["created_at"]["N"]),
        state=item["state"]["S"],
        total=number("in_all"),
        done=int(item["done"]["N"]),
        skipped=int(item["skipped"]["N"]),
        after=item["after"]["S"] if "after" in item else "",
        finished_at=number("finished_at"),
    )
