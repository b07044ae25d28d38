"""Flows that start by the clock: each moment is planned when the one before has come.

A publication asks for a plan. What is planned is put by until it is due, and is dropped when the
flow has another version by then, which has plans of its own. When it is due, the segment's contacts
are worked through, shard by shard, and the next moment is planned. Everything may come twice: what
it asks for has the same name each time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from pydantic import ValidationError

from flow.engine.calendar import WORKSPACE, zone
from flow.engine.triggers import ScheduleTrigger
from flow.occurrences import next_occurrence
from flow.put_by import PutBy, Shelf
from shared.aws import client
from shared.clock import Clock, now_ms
from shared.contacts.ids import SHARDS
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.queues import send_all
from shared.schedules import Due, Plan, Shard, entry_of, from_body, to_body
from shared.settings import load
from shared.standard_batch import run_each
from shared.starts import StartRequest, start_entry
from shared.store.flow_records import LiveFlow
from shared.store.flows import FlowStore
from shared.store.segments import Audience, SegmentNotFoundError, Segments
from shared.store.workspaces import Workspaces, scope_of
from shared.tenancy import Tenant

_STARTED_TOGETHER: Final = 200


@dataclass(frozen=True, slots=True)
class Settings:
    workspaces_table: str
    contacts_table: str
    starts_queue_url: str
    schedules_queue_url: str
    schedules_queue_arn: str
    schedules_dlq_arn: str
    schedule_group: str
    schedule_role_arn: str


@dataclass(frozen=True, slots=True)
class Schedules:
    settings: Settings
    dynamodb: Any
    sqs: Any
    put_by: PutBy
    clock: Clock = now_ms

    def run(self, record: JsonObject) -> None:
        """One queue record: one flow to plan, one moment, or a part of one's contacts."""
        asked = from_body(json.loads(record["body"]))
        match asked:
            case Plan():
                self._plan(asked)
            case Due():
                self._due(asked)
            case Shard():
                self._start(asked)

    def _plan(self, plan: Plan) -> None:
        live = self._live(plan.tenant_id, plan.flow)
        for trigger in _schedules(live) if live else ():
            self._put_by_next(plan, live.version if live else 0, trigger, self.clock())

    def _due(self, due: Due) -> None:
        trigger = self._trigger(due)
        if trigger is None:
            return
        if self.put_by.later(to_body(due), due.at, name=_name(due), group=due.tenant_id):
            return
        if self._next(due.tenant_id, trigger, due.at - 1) != due.at:
            self._put_by_next(due, due.version, trigger, self.clock())  # the zone is another now
            return
        shards = [Shard(**_place(due), at=due.at, shard=shard) for shard in range(SHARDS)]
        send_all(self.sqs, self.settings.schedules_queue_url, map(entry_of, shards))
        count("SchedulesDue")
        self._put_by_next(due, due.version, trigger, due.at)

    def _start(self, shard: Shard) -> None:
        """Some contacts; what is left is asked for anew."""
        trigger = self._trigger(shard)
        if trigger is None:
            return
        tenant, table = Tenant(shard.tenant_id), self.settings.contacts_table
        try:
            segment = Segments(tenant, table, self.dynamodb).get(trigger.segment_id)
        except SegmentNotFoundError:
            count("SchedulesOfNoSegment")
            return
        members = Audience(tenant, table, self.dynamodb).members_of_shard(
            segment.filter, self.clock(), shard.shard, shard.after
        )
        chosen = [member.id for member in islice(members, _STARTED_TOGETHER)]
        starts = [
            StartRequest(
                id=f"schedule:{shard.flow}:{shard.schedule}:{shard.at}:{contact}",
                tenant_id=shard.tenant_id,
                channel=trigger.channels[0] if trigger.channels else "",
                trigger=trigger.type,
                at=shard.at,
                flow=shard.flow,
                contact_id=contact,
                values={"schedule_id": shard.schedule, "at": shard.at},
            )
            for contact in chosen
        ]
        send_all(self.sqs, self.settings.starts_queue_url, map(start_entry, starts))
        if len(chosen) == _STARTED_TOGETHER:
            rest = Shard(**_place(shard), at=shard.at, shard=shard.shard, after=chosen[-1])
            send_all(self.sqs, self.settings.schedules_queue_url, [entry_of(rest)])

    def _put_by_next(
        self, of: Plan | Due, version: int, trigger: ScheduleTrigger, after: int
    ) -> None:
        at = self._next(of.tenant_id, trigger, after)
        if at is None:
            return
        due = Due(of.tenant_id, of.flow, version, trigger.id, at)
        if not self.put_by.later(to_body(due), at, name=_name(due), group=due.tenant_id):
            send_all(self.sqs, self.settings.schedules_queue_url, [entry_of(due)])

    def _next(self, tenant_id: str, trigger: ScheduleTrigger, after: int) -> int | None:
        """For all contacts at once: who has a zone of their own is reached at the workspace's."""
        tenant = Tenant(tenant_id)
        found = Workspaces(tenant, self.settings.workspaces_table, self.dynamodb).get()
        name = trigger.zone if trigger.zone != "contact" else WORKSPACE
        return next_occurrence(trigger, zone(name, {}, scope_of(tenant, found)), after)

    def _trigger(self, of: Due | Shard) -> ScheduleTrigger | None:
        """None when the flow is another by now."""
        live = self._live(of.tenant_id, of.flow)
        if live is None or live.version != of.version:
            return None
        return next((one for one in _schedules(live) if one.id == of.schedule), None)

    def _live(self, tenant_id: str, flow_id: str) -> LiveFlow | None:
        table = self.settings.workspaces_table
        return FlowStore(Tenant(tenant_id), table, self.dynamodb).live().flows.get(flow_id)


def _schedules(live: LiveFlow) -> Iterator[ScheduleTrigger]:
    """What was published passed its checks; what an older schema wrote otherwise is left out."""
    for trigger in live.triggers:
        if trigger.get("type") == "schedule":
            try:
                yield ScheduleTrigger.model_validate(trigger)
            except ValidationError:
                count("FlowUnusable")


def _place(of: Due | Shard) -> JsonObject:
    return {
        "tenant_id": of.tenant_id,
        "flow": of.flow,
        "version": of.version,
        "schedule": of.schedule,
    }


def _name(due: Due) -> str:
    """Tells nothing of whose it is."""
    place = "\n".join((due.tenant_id, due.flow, str(due.version), due.schedule, str(due.at)))
    return f"flow-{hashlib.sha256(place.encode()).hexdigest()[:40]}"


@lru_cache(maxsize=1)
def _all() -> Schedules:
    settings, sqs = load(Settings), client("sqs")
    shelf = Shelf(
        settings.schedules_queue_url,
        settings.schedules_queue_arn,
        settings.schedules_dlq_arn,
        settings.schedule_group,
        settings.schedule_role_arn,
    )
    put_by = PutBy(shelf, sqs, client("scheduler"))
    return Schedules(settings, client("dynamodb"), sqs, put_by)


@counted
def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """SQS batch with partial failures."""
    return run_each(event["Records"], _all().run)
