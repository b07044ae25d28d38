"""Campaigns of a workspace: what is sent to whom, and how far it is.

People change a draft under its revision; whoever sends moves it from state to state. What the pacer
releases is committed with how far it came (`release`), and kept until it is in the queue: a pacer
that died is followed by one that hands over the same again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from shared.campaigns.halts import Halt, because
from shared.json_types import JsonObject
from shared.store import campaign_keys, keys, pages
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant

DRAFT, SCHEDULED, PREPARING, RUNNING = "draft", "scheduled", "preparing", "running"
PAUSED, FINISHED, CANCELLED = "paused", "finished", "cancelled"
STATUSES: Final = (DRAFT, SCHEDULED, PREPARING, RUNNING, PAUSED, FINISHED, CANCELLED)
BEGINNING: Final = (0, 0)
_FREEZING: Final = "#status = :preparing AND (freezing = :start OR attribute_not_exists(freezing))"


class CampaignNotFoundError(Exception):
    """The workspace has no such campaign."""


class CampaignStateError(Exception):
    """The campaign is not in a state that allows this."""


class CampaignChangedError(Exception):
    """Somebody else changed the campaign since it was read."""


class PartTakenError(Exception):
    """Somebody else freezes this part of the audience, or has, or nobody is to any more."""


class AlreadyPacedError(Exception):
    """Somebody else released of the campaign since it was read."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """`plan` is what people wrote: channel_id, message, variables, audience, frequency_cap,
    quiet_hours, time_zone (see `blast.shapes.NewCampaign`).

    `starts_at` is local time of the plan's zone, and `schedule` the name of what fires then.
    `cursor` is the block and number that is released next; `epoch` counts the times it was set
    back. `freezing` is the name of the start whose work freezes the audience. `outbox` are chunks
    that were released and may not be in the queue yet. `paces` counts the pacer's looks, the newest
    of which was at `paced_at`; `released_at` is the newest that let anything go. `samples` are
    [time, accepted] of the last minutes; `baseline` [failed, accepted, opted out] when people last
    let it run, and `quality` the number's then. `parts` are those of the audience that are frozen,
    with the people in them. Times in milliseconds, None where there is none."""

    id: str
    name: str
    status: str
    plan: Mapping[str, Any]
    weight: int = 1
    revision: int = 1
    created_at: int = 0
    created_by: str = ""
    updated_at: int = 0
    started_at: int | None = None
    finished_at: int | None = None
    starts_at: str | None = None
    schedule: str | None = None
    freezing: str = ""
    reason: Halt | None = None
    people: int | None = None
    parts: Mapping[int, int] = field(default_factory=dict)
    cursor: tuple[int, int] = BEGINNING
    epoch: int = 0
    paces: int = 0
    paced_at: int = 0
    released_at: int = 0
    outbox: Sequence[JsonObject] = ()
    samples: Sequence[Sequence[int]] = ()
    baseline: Sequence[int] = (0, 0, 0)
    quality: str = ""

    @property
    def channel(self) -> str:
        return str(self.plan["channel_id"])


@dataclass(frozen=True, slots=True)
class Release:
    """What a pacer lets go, and where the campaign stands afterwards."""

    chunks: Sequence[JsonObject]
    cursor: tuple[int, int]
    epoch: int
    samples: Sequence[Sequence[int]]


class Campaigns:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._pk = campaign_keys.campaigns(tenant)
        self._table = table
        self._dynamodb = dynamodb

    def get(self, campaign_id: str) -> Campaign:
        """Raises CampaignNotFoundError."""
        item = self._dynamodb.get_item(**self._place(campaign_id), ConsistentRead=True).get("Item")
        if item is None:
            raise CampaignNotFoundError(campaign_id)
        return _campaign(item)

    def page(self, limit: int, cursor: str | None) -> tuple[list[Campaign], str | None]:
        """Newest first: ids sort by time. Raises InvalidCursorError."""
        found, next_cursor = pages.newest(
            self._dynamodb, self._table, self._pk, limit=limit, cursor=cursor
        )
        return [_campaign(item) for item in found], next_cursor

    def create(self, campaign: Campaign, beside: Write) -> None:
        item: JsonObject = {
            **self._place(campaign.id)["Key"],
            "name": {"S": campaign.name},
            "status": {"S": campaign.status},
            "plan": _value(dict(campaign.plan)),
            "weight": _value(campaign.weight),
            "revision": _value(campaign.revision),
            "created_at": _value(campaign.created_at),
            "created_by": {"S": campaign.created_by},
            "updated_at": _value(campaign.updated_at),
        }
        put = {"Put": {"TableName": self._table, "Item": item}}
        commit(self._dynamodb, [Write(put), beside])

    def change(
        self, before: Campaign, name: str, plan: Mapping[str, Any], weight: int, at: int
    ) -> None:
        """What people may edit. Raises CampaignChangedError."""
        self._update(
            before.id,
            {
                "name": name,
                "plan": dict(plan),
                "weight": weight,
                "revision": before.revision + 1,
                "updated_at": at,
            },
            "revision = :revision_before AND #status = :status_before",
            {":revision_before": before.revision, ":status_before": before.status},
            CampaignChangedError(before.id),
        )

    def move(
        self,
        campaign_id: str,
        come_from: tuple[str, ...],
        to: str,
        *,
        beside: Write | None = None,
        unchanged: int | None = None,
        **known: Any,
    ) -> None:
        """Into another state (or the same) with what is known then; None removes it. `unchanged`
        is the revision that it must still have. Raises CampaignStateError."""
        values: dict[str, Any] = {f":from{place}": one for place, one in enumerate(come_from)}
        condition = f"#status IN ({', '.join(values)})"
        if unchanged is not None:
            condition += " AND revision = :unchanged"
            values[":unchanged"] = unchanged
        self._update(
            campaign_id,
            {"status": to, **known},
            condition,
            values,
            CampaignStateError(campaign_id),
            beside=beside,
        )

    def take_part(self, before: Campaign, part: int, now: int, until: int) -> None:
        """Have a part of the audience in hand, alone, until a time. Raises PartTakenError."""
        self._update(
            before.id,
            {taken(part): until},
            f"{_FREEZING} AND attribute_not_exists(part_{part})"
            f" AND (attribute_not_exists({taken(part)}) OR {taken(part)} <= :now)",
            {":preparing": PREPARING, ":start": before.freezing, ":now": now},
            PartTakenError(before.id),
        )

    def part_frozen(self, before: Campaign, part: int, people: int) -> Campaign:
        """Raises CampaignStateError."""
        self._update(
            before.id,
            {f"part_{part}": people},
            _FREEZING,
            {":preparing": PREPARING, ":start": before.freezing},
            CampaignStateError(before.id),
        )
        return self.get(before.id)

    def release(
        self, before: Campaign, release: Release, at: int, beside: Sequence[Write] = ()
    ) -> None:
        """Raises AlreadyPacedError; what stands in `beside`'s way is raised as it says."""
        self._update(
            before.id,
            {
                "outbox": list(release.chunks),
                "cursor": list(release.cursor),
                "epoch": release.epoch,
                "samples": [list(one) for one in release.samples],
                "paces": before.paces + 1,
                "paced_at": at,
                **({"released_at": at} if release.chunks else {}),
            },
            "#status = :running AND (attribute_not_exists(paces) OR paces = :paces_before)",
            {":running": RUNNING, ":paces_before": before.paces},
            AlreadyPacedError(before.id),
            beside_all=beside,
            names={"#status": "status"},
        )

    def handed_over(self, campaign_id: str, paces: int) -> None:
        """What was released is in the queue."""
        try:
            self._dynamodb.update_item(
                **self._place(campaign_id),
                UpdateExpression="REMOVE outbox",
                ConditionExpression="paces = :paces",
                ExpressionAttributeValues={":paces": _value(paces)},
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return

    def remove(self, campaign_id: str, come_from: tuple[str, ...], beside: Write) -> None:
        """Raises CampaignStateError."""
        allowed = {f":from{place}": {"S": state} for place, state in enumerate(come_from)}
        delete = {
            **self._place(campaign_id),
            "ConditionExpression": f"#status IN ({', '.join(allowed)})",
            "ExpressionAttributeNames": {"#status": "status"},
            "ExpressionAttributeValues": allowed,
        }
        write = Write({"Delete": delete}, CampaignStateError(campaign_id))
        commit(self._dynamodb, [write, beside])

    def _update(
        self,
        campaign_id: str,
        known: Mapping[str, Any],
        condition: str,
        values: Mapping[str, Any],
        refusal: Exception,
        *,
        beside: Write | None = None,
        beside_all: Sequence[Write] = (),
        names: Mapping[str, str] | None = None,
    ) -> None:
        used = {**(names or {}), **{f"#{name}": name for name in known}}
        if "#status" in condition:
            used["#status"] = "status"
        sets = [f"#{name} = :{name}" for name, value in known.items() if value is not None]
        gone = [f"#{name}" for name, value in known.items() if value is None]
        update = ("SET " + ", ".join(sets) if sets else "") + (
            " REMOVE " + ", ".join(gone) if gone else ""
        )
        told = {f":{name}": _value(value) for name, value in known.items() if value is not None}
        request = {
            **self._place(campaign_id),
            "UpdateExpression": update,
            "ConditionExpression": condition,
            "ExpressionAttributeNames": used,
            "ExpressionAttributeValues": {
                **told,
                **{name: _value(value) for name, value in values.items()},
            },
        }
        others = [*beside_all, beside] if beside else list(beside_all)
        commit(self._dynamodb, [Write({"Update": request}, refusal), *others])

    def _place(self, campaign_id: str) -> JsonObject:
        return {"TableName": self._table, "Key": keys.key(self._pk, campaign_id)}


_TEXTS: Final = ("starts_at", "schedule", "freezing", "quality")
_NUMBERS: Final = ("started_at", "finished_at", "people")
_COUNTS: Final = ("epoch", "paces", "paced_at", "released_at")
_LISTS: Final = ("outbox", "samples", "baseline")


def taken(part: int) -> str:
    """The attribute that says until when a part of the audience is in somebody's hand."""
    return f"taken_{part}"


def _value(value: Any) -> JsonObject:
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, int):
        return {"N": str(value)}
    if isinstance(value, Halt):
        return _value({"code": value.code, "values": dict(value.values)})
    return {"S": value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))}


def _halt(text: str) -> Halt:
    """What was written before reasons had codes is told as it stands."""
    try:
        return Halt(**json.loads(text))
    except ValueError:
        return because("refused", details=text)


def _campaign(item: JsonObject) -> Campaign:
    found: dict[str, Any] = {name: item[name]["S"] for name in _TEXTS if name in item}
    found |= {name: int(item[name]["N"]) for name in (*_NUMBERS, *_COUNTS) if name in item}
    found |= {name: json.loads(item[name]["S"]) for name in _LISTS if name in item}
    if "reason" in item:
        found["reason"] = _halt(item["reason"]["S"])
    if "cursor" in item:
        block, number = json.loads(item["cursor"]["S"])
        found["cursor"] = block, number
    return Campaign(
        id=item["sk"]["S"],
        name=item["name"]["S"],
        status=item["status"]["S"],
        plan=json.loads(item["plan"]["S"]),
        weight=int(item["weight"]["N"]),
        revision=int(item["revision"]["N"]),
        created_at=int(item["created_at"]["N"]),
        created_by=item["created_by"]["S"],
        updated_at=int(item["updated_at"]["N"]),
        parts={
            int(name.removeprefix("part_")): int(value["N"])
            for name, value in item.items()
            if name.startswith("part_")
        },
        **found,
    )
