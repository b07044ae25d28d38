"""Imports and exports of contacts: what is to be done, how far it is, what came of it.

Every part of an import keeps its own item with its own numbers, so that a part that is done again
counts once. How far an import is, is the sum of its parts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import keys, pages
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant

WAITING, READING, READY, RUNNING = "waiting", "reading", "ready", "running"
DONE, FAILED, CANCELLED = "done", "failed", "cancelled"
KEPT_SECONDS: Final = 8 * 24 * 3600  # as long as their files
_FOUND_OUT: Final[tuple[str, ...]] = ("preview", "dialect", "options")


class JobNotFoundError(Exception):
    """There is no such import or export."""


class JobStateError(Exception):
    """The import is not in a state that allows this."""


@dataclass(frozen=True, slots=True)
class Job:
    """An import or an export. `detail` is what was asked for and found out: `preview`, `dialect`
    and `options` of an import among it. `report` says that its file is there. Times are
    milliseconds."""

    id: str
    status: str
    created_at: int
    started_at: int | None = None
    finished_at: int | None = None
    total: int | None = None
    parts: int | None = None
    done: int | None = None
    reason: str | None = None
    report: bool = False
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """What became of the rows of one part."""

    created: int = 0
    updated: int = 0
    skipped: int = 0
    rejected: int = 0

    @property
    def done(self) -> int:
        return self.created + self.updated + self.skipped + self.rejected


class Jobs:
    """`kind` is "IMPORT" or "EXPORT"."""

    def __init__(self, tenant: Tenant, kind: str, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._kind = kind
        self._pk = keys.contact_jobs(tenant, kind)
        self._table = table
        self._dynamodb = dynamodb

    def create(self, job: Job, beside: Write) -> None:
        item = {
            **keys.key(self._pk, job.id),
            "status": {"S": job.status},
            "created_at": {"N": str(job.created_at)},
            "expires_at": {"N": str(job.created_at // 1000 + KEPT_SECONDS)},
            "detail": {"S": json.dumps(dict(job.detail))},
        }
        put = {"Put": {"TableName": self._table, "Item": item}}
        commit(self._dynamodb, [Write(put), beside])

    def get(self, job_id: str) -> Job:
        """Raises JobNotFoundError."""
        item = self._dynamodb.get_item(
            TableName=self._table, Key=keys.key(self._pk, job_id), ConsistentRead=True
        ).get("Item")
        if item is None:
            raise JobNotFoundError(job_id)
        return _job(item)

    def page(self, limit: int, cursor: str | None) -> tuple[list[Job], str | None]:
        """Newest first: ids sort by time. Raises InvalidCursorError."""
        found, next_cursor = pages.newest(
            self._dynamodb, self._table, self._pk, limit=limit, cursor=cursor
        )
        return [_job(item) for item in found], next_cursor

    def move(
        self,
        job_id: str,
        come_from: tuple[str, ...],
        to: str,
        *,
        beside: Write | None = None,
        **known: str | int | JsonObject | None,
    ) -> None:
        """Into another state (or the same) with what is known then. Raises JobStateError."""
        names, values = {"#status": "status"}, {":to": {"S": to}}
        changes = ["#status = :to"]
        for name, value in known.items():
            names[f"#{name}"] = name
            values[f":{name}"] = _typed(value)
            changes.append(f"#{name} = :{name}")
        allowed = []
        for place, state in enumerate(come_from):
            values[f":from{place}"] = {"S": state}
            allowed.append(f":from{place}")
        update = {
            "TableName": self._table,
            "Key": keys.key(self._pk, job_id),
            "UpdateExpression": "SET " + ", ".join(changes),
            "ConditionExpression": f"#status IN ({', '.join(allowed)})",
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": values,
        }
        write = Write({"Update": update}, JobStateError(job_id))
        commit(self._dynamodb, [write, beside] if beside else [write])

    def give_up(self, job_id: str, reason: str, at: int) -> None:
        """It failed, and says why; `at` in milliseconds. Raises JobStateError."""
        self.move(job_id, (WAITING, READING, RUNNING), FAILED, reason=reason, finished_at=at)

    def lease(self, job_id: str, number: int, now: int, seconds: int) -> bool:
        """Take a part to work on, unless it is done (see `parts`) or somebody else is at it.
        `now` in seconds."""
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=self._part_key(job_id, number),
                UpdateExpression="SET leased_until = :until, expires_at = :expires_at",
                ConditionExpression="attribute_not_exists(leased_until) OR leased_until <= :now",
                ExpressionAttributeValues={
                    ":now": {"N": str(now)},
                    ":until": {"N": str(now + seconds)},
                    ":expires_at": {"N": str(now + KEPT_SECONDS)},
                },
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def give_back(self, job_id: str, number: int) -> None:
        """Let somebody else take the part at once."""
        self._dynamodb.update_item(
            TableName=self._table,
            Key=self._part_key(job_id, number),
            UpdateExpression="REMOVE leased_until",
        )

    def finish_part(self, job_id: str, number: int, part: Part, now: int) -> None:
        """`now` in seconds."""
        self._dynamodb.put_item(
            TableName=self._table,
            Item={
                **self._part_key(job_id, number),
                "created": {"N": str(part.created)},
                "updated": {"N": str(part.updated)},
                "skipped": {"N": str(part.skipped)},
                "rejected": {"N": str(part.rejected)},
                "expires_at": {"N": str(now + KEPT_SECONDS)},
            },
        )

    def parts(self, job_id: str) -> dict[int, Part]:
        """Those that are done, by number."""
        found: dict[int, Part] = {}
        start: JsonObject = {}
        while True:
            page = self._dynamodb.query(
                TableName=self._table,
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={
                    ":pk": {"S": keys.contact_job(self._tenant, self._kind, job_id)}
                },
                ConsistentRead=True,
                **start,
            )
            for item in page["Items"]:
                if "created" in item:
                    found[int(item["sk"]["S"])] = Part(
                        int(item["created"]["N"]),
                        int(item["updated"]["N"]),
                        int(item["skipped"]["N"]),
                        int(item["rejected"]["N"]),
                    )
            if "LastEvaluatedKey" not in page:
                return found
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}

    def _part_key(self, job_id: str, number: int) -> JsonObject:
        return keys.key(keys.contact_job(self._tenant, self._kind, job_id), f"{number:06d}")


def summed(parts: Mapping[int, Part]) -> Part:
    return Part(
        sum(one.created for one in parts.values()),
        sum(one.updated for one in parts.values()),
        sum(one.skipped for one in parts.values()),
        sum(one.rejected for one in parts.values()),
    )


def seconds_left(job: Job, done: int, now: int) -> int | None:
    """At the pace so far; None when nothing can be said yet. `now` in milliseconds."""
    if job.status != RUNNING or not done or not job.total or job.started_at is None:
        return None
    spent = max(1, now - job.started_at) / 1000
    return round(spent / done * max(0, job.total - done))


def _typed(value: Any) -> JsonObject:
    if value is None:
        return {"NULL": True}
    if isinstance(value, int):
        return {"N": str(value)}
    return {"S": value if isinstance(value, str) else json.dumps(value)}


def _job(item: JsonObject) -> Job:
    found: dict[str, Any] = {
        name: json.loads(item[name]["S"]) for name in _FOUND_OUT if name in item
    }

    def number(name: str) -> int | None:
        return int(item[name]["N"]) if "N" in item.get(name, {}) else None

    return Job(
        id=item["sk"]["S"],
        status=item["status"]["S"],
        created_at=int(item["created_at"]["N"]),
        started_at=number("started_at"),
        finished_at=number("finished_at"),
        total=number("total"),
        parts=number("parts"),
        done=number("done"),
        reason=item.get("reason", {}).get("S"),
        report="report" in item,
        detail={**json.loads(item["detail"]["S"]), **found},
    )
