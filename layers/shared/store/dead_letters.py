"""Dead letters: messages that a queue's worker gave up, each filed under the workspace it is of.

A letter's line and its body are items apart, so that a list reads no bodies. What was put back or
dropped leaves its id behind: the queue may hand over the same letter once more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from shared.json_types import JsonObject
from shared.storable import storable
from shared.store import cursors, keys, letter_keys
from shared.store.partitions import items
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant

KEPT_SECONDS: Final = 14 * 24 * 3600
_ABANDONED_MS: Final = 3600 * 1000  # a job that holds a letter so long has died for good
_PART: Final = 90_000  # characters: an item holds 400 kB
MAX_BODY: Final = 3_500_000  # bytes, which one transaction takes; a queue takes 1 MiB
_ROUNDS: Final = 10  # of reading for one page
_LONGEST_REASON: Final = 1000  # characters
ID: Final = r"[0-9]{13}-[0-9A-Za-z-]{1,100}"


class LetterNotFoundError(Exception):
    """There is no such letter, or it was put back, dropped or forgotten."""


class AlreadyFiledError(Exception):
    """The letter was filed before, and may have been answered since."""


@dataclass(frozen=True, slots=True)
class About:
    """What a letter's body tells of whom and what it concerns."""

    channel: str | None = None
    contact: str | None = None
    campaign: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """`queue` is the queue's name; `group` its lane. Times in milliseconds; `sent_at` is SQS's own
    stamp. `cause` and `error` as `letters.reasons` makes them; `job` has it in hand."""

    id: str
    queue: str
    sent_at: int
    filed_at: int
    receives: int
    cause: str
    error: str
    reason: str
    group: str | None
    about: About = About()
    parts: int = 1
    job: str | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which letters: None matches all."""

    queue: str | None = None
    cause: str | None = None
    campaign: str | None = None

    def to_json(self) -> JsonObject:
        named = (("queue", self.queue), ("cause", self.cause), ("campaign", self.campaign))
        return {name: value for name, value in named if value is not None}


def letter_id(sent_at: int, message_id: str) -> str:
    """The same whenever the queue hands it over; sorts by time."""
    return f"{sent_at:013d}-{message_id}"


class DeadLetters:
    """Of a tenant, or of the platform (None) for what no tenant's number explains."""

    def __init__(self, tenant: Tenant | None, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._pk = letter_keys.letters(tenant)
        self._table = table
        self._dynamodb = dynamodb

    def file(self, letter: Letter, body: str) -> None:
        """`body` has at most MAX_BODY bytes. Raises AlreadyFiledError."""
        parts = [body[at : at + _PART] for at in range(0, len(body), _PART)]
        until = {"expires_at": {"N": str(letter.filed_at // 1000 + KEPT_SECONDS)}}
        line = {**self._key(letter.id), **_item(letter, len(parts)), **until}
        bodies = [
            {**key, "text": {"S": part}, **until}
            for key, part in zip(self._body_keys(letter.id, len(parts)), parts, strict=True)
        ]
        filed = AlreadyFiledError(letter.id)
        new = "attribute_not_exists(pk)"
        unanswered = {"Key": self._answered(letter.id), "ConditionExpression": new}
        commit(
            self._dynamodb,
            [
                Write({"Put": self._at(Item=line, ConditionExpression=new)}, filed),
                Write({"ConditionCheck": self._at(**unanswered)}, filed),
                *(Write({"Put": self._at(Item=one)}) for one in bodies),
            ],
        )

    def get(self, id_: str) -> Letter:
        """Raises LetterNotFoundError."""
        item = self._dynamodb.get_item(
            TableName=self._table, Key=self._key(id_), ConsistentRead=True
        ).get("Item")
        if item is None:
            raise LetterNotFoundError(id_)
        return letter_of(item)

    def body(self, id_: str) -> str:
        """As it was in the queue; one that had travelled by reference, whole."""
        pk = letter_keys.body(self._tenant, id_)
        parts = [str(part["text"]["S"]) for part in items(self._dynamodb, self._table, pk)]
        if not parts:
            raise LetterNotFoundError(id_)
        return "".join(parts)

    def newest(
        self, limit: int, cursor: str | None, selection: Selection
    ) -> tuple[list[Letter], str | None]:
        """Newest first. With a selection, a page may hold fewer than `limit` and still have a next.

        Raises InvalidCursorError.
        """
        request = self._selecting(selection)
        if cursor is not None:
            request["ExclusiveStartKey"] = self._key(*cursors.decode(cursor, ID))
        found: list[Letter] = []
        for _ in range(_ROUNDS):
            answer = self._dynamodb.query(
                ScanIndexForward=False, Limit=limit - len(found), **request
            )
            found += [letter_of(item) for item in answer["Items"]]
            last = answer.get("LastEvaluatedKey")
            if last is None:
                return found, None
            request["ExclusiveStartKey"] = last
            if len(found) == limit:
                break
        return found, cursors.encode(last["sk"]["S"])

    def oldest(self, selection: Selection, *, filed_by: int, after: str) -> Iterator[Letter]:
        """Oldest first, those after an id that were filed up to a time; read as they are wanted."""
        request = self._selecting(selection, filed_by)
        if after:
            request["ExclusiveStartKey"] = self._key(after)
        while True:
            answer = self._dynamodb.query(ConsistentRead=True, **request)
            yield from map(letter_of, answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def number(self, selection: Selection, *, filed_by: int) -> int:
        """How many there are."""
        request, number = self._selecting(selection, filed_by), 0
        while True:
            answer = self._dynamodb.query(Select="COUNT", ConsistentRead=True, **request)
            number += int(answer["Count"])
            if "LastEvaluatedKey" not in answer:
                return number
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def claiming(self, id_: str, job: str, now: int) -> Write:
        """That a job takes a letter in hand; refused with LetterNotFoundError when it is gone, or
        another's."""
        claim = {
            "Key": self._key(id_),
            "UpdateExpression": "SET job = :job, claimed_at = :now",
            "ConditionExpression": (
                "attribute_exists(pk) AND"
                " (attribute_not_exists(job) OR job = :job OR claimed_at < :abandoned)"
            ),
            "ExpressionAttributeValues": {
                ":job": {"S": job},
                ":now": {"N": str(now)},
                ":abandoned": {"N": str(now - _ABANDONED_MS)},
            },
        }
        return Write({"Update": self._at(**claim)}, LetterNotFoundError(id_))

    def answering(self, letter: Letter, job: str, now: int) -> list[Write]:
        """That a letter which the job has in hand is gone, and stays known as answered; refused
        with LetterNotFoundError when it was forgotten meanwhile."""
        in_hand = {
            "Key": self._key(letter.id),
            "ConditionExpression": "job = :job",
            "ExpressionAttributeValues": {":job": {"S": job}},
        }
        answered = {
            **self._answered(letter.id),
            "job": {"S": job},
            "expires_at": {"N": str(now // 1000 + KEPT_SECONDS)},
        }
        return [
            Write({"Delete": self._at(**in_hand)}, LetterNotFoundError(letter.id)),
            *(
                Write({"Delete": self._at(Key=key)})
                for key in self._body_keys(letter.id, letter.parts)
            ),
            Write({"Put": self._at(Item=answered)}),
        ]

    def forget(self, letter: Letter) -> int:
        """Without a trace of what it said; answers how many items went."""
        gone = [self._key(letter.id), *self._body_keys(letter.id, letter.parts)]
        commit(self._dynamodb, [Write({"Delete": self._at(Key=key)}) for key in gone])
        return len(gone)

    def _selecting(self, selection: Selection, filed_by: int | None = None) -> JsonObject:
        values: JsonObject = {":pk": {"S": self._pk}}
        names: JsonObject = {}
        conditions = []
        for name, value in selection.to_json().items():
            names[f"#{name}"], values[f":{name}"] = name, {"S": value}
            conditions.append(f"#{name} = :{name}")
        if filed_by is not None:
            values[":filed_by"] = {"N": str(filed_by)}
            conditions.append("filed_at <= :filed_by")
        return {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": values,
            **({"FilterExpression": " AND ".join(conditions)} if conditions else {}),
            **({"ExpressionAttributeNames": names} if names else {}),
        }

    def _at(self, **request: Any) -> JsonObject:
        return {"TableName": self._table, **request}

    def _key(self, id_: str) -> JsonObject:
        return keys.key(self._pk, id_)

    def _answered(self, id_: str) -> JsonObject:
        return keys.key(letter_keys.answered(self._tenant), id_)

    def _body_keys(self, id_: str, parts: int) -> list[JsonObject]:
        pk = letter_keys.body(self._tenant, id_)
        return [keys.key(pk, letter_keys.body_part(number)) for number in range(parts)]


def _item(letter: Letter, parts: int) -> JsonObject:
    about = letter.about
    texts = {
        "queue": letter.queue,
        "cause": letter.cause,
        "error": letter.error,
        "reason": storable(letter.reason, _LONGEST_REASON),
        "group": letter.group,
        "channel": about.channel,
        "contact": about.contact,
        "campaign": about.campaign,
    }
    numbers = {
        "sent_at": letter.sent_at,
        "filed_at": letter.filed_at,
        "receives": letter.receives,
        "parts": parts,
    }
    return {
        **{name: {"S": text} for name, text in texts.items() if text is not None},
        **{name: {"N": str(number)} for name, number in numbers.items()},
    }


def letter_of(item: JsonObject) -> Letter:
    def text(name: str) -> str | None:
        return item[name]["S"] if name in item else None

    return Letter(
        id=item["sk"]["S"],
        queue=item["queue"]["S"],
        sent_at=int(item["sent_at"]["N"]),
        filed_at=int(item["filed_at"]["N"]),
        receives=int(item["receives"]["N"]),
        cause=item["cause"]["S"],
        error=item["error"]["S"],
        reason=item["reason"]["S"],
        group=text("group"),
        about=About(text("channel"), text("contact"), text("campaign")),
        parts=int(item["parts"]["N"]),
        job=text("job"),
    )
