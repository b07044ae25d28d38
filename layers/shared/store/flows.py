"""A workspace's flows: a draft that people edit, and versions that never change once published.

What is live is one item per workspace (`LiveFlows`): which version of which flow runs, and what
starts it. It is written in the transaction of every publication, so that the flow worker finds by
one small read what it needs to know of all flows.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from shared.json_types import JsonObject
from shared.store import cursors, keys
from shared.store.audit import Actor, Change, entry
from shared.store.flow_records import (
    DraftChangedError,
    FlowExistsError,
    FlowNotFoundError,
    FlowRecord,
    FlowsBusyError,
    LiveFlows,
    Version,
    bounded,
    live_attributes,
    live_flow,
    live_of,
    packed,
    record_attributes,
    record_of,
    triggers_of,
    unpacked,
    version_attributes,
    version_of,
)
from shared.store.pages import below
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant


class FlowStore:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    # What people edit.

    def create(
        self, flow_id: str, name: str, draft: JsonObject, *, by: Actor, at: int
    ) -> FlowRecord:
        """Raises FlowExistsError."""
        record = FlowRecord(flow_id, name, 1, at, at, by.name, triggers=triggers_of(draft))
        commit(
            self._dynamodb,
            [
                Write(
                    {
                        "Put": {
                            "TableName": self._table,
                            "Item": {**self._record_key(flow_id), **record_attributes(record)},
                            "ConditionExpression": "attribute_not_exists(pk)",
                        }
                    },
                    FlowExistsError(flow_id),
                ),
                self._put_draft(flow_id, draft, 1),
                self._tell(by, "flow.created", flow_id, at, name=name),
            ],
        )
        return record

    def get(self, flow_id: str) -> FlowRecord:
        """Raises FlowNotFoundError."""
        item = self._get(self._tenant.id, keys.workspace_flow(flow_id))
        if item is None:
            raise FlowNotFoundError(flow_id)
        return record_of(item)

    def page(self, limit: int, cursor: str | None) -> tuple[list[FlowRecord], str | None]:
        """In the order of their ids. Raises InvalidCursorError."""
        items, next_cursor = below(
            self._dynamodb, self._table, self._tenant, keys.FLOWS, limit=limit, cursor=cursor
        )
        return [record_of(item) for item in items], next_cursor

    def draft(self, flow_id: str) -> tuple[JsonObject, int]:
        """The draft and its revision. Raises FlowNotFoundError."""
        item = self._get(keys.flow(self._tenant, flow_id), keys.DRAFT)
        if item is None:
            raise FlowNotFoundError(flow_id)
        return unpacked(item["definition"]["B"]), int(item["revision"]["N"])

    def save_draft(
        self, flow_id: str, draft: JsonObject, revision: int, *, by: Actor, at: int
    ) -> FlowRecord:
        """On top of the revision that was read. Not in the audit log: drafts are saved all the
        time, and versions say who made them. Raises FlowNotFoundError or DraftChangedError."""
        before = self.get(flow_id)
        commit(
            self._dynamodb,
            [
                self._update_record(
                    flow_id,
                    "SET revision = :next, updated_at = :at, updated_by = :by, triggers = :what",
                    {
                        ":next": {"N": str(revision + 1)},
                        ":at": {"N": str(at)},
                        ":by": {"S": by.name},
                        ":what": {"S": json.dumps(triggers_of(draft))},
                        ":revision": {"N": str(revision)},
                    },
                    condition="revision = :revision",
                    refusal=DraftChangedError(revision),
                ),
                self._put_draft(flow_id, draft, revision + 1),
            ],
        )
        return replace(
            before,
            revision=revision + 1,
            updated_at=at,
            updated_by=by.name,
            triggers=triggers_of(draft),
        )

    def rename(self, flow_id: str, name: str, *, by: Actor, at: int) -> None:
        """Raises FlowNotFoundError."""
        before = self.get(flow_id)
        commit(
            self._dynamodb,
            [
                self._update_record(
                    flow_id, "SET #name = :name", {":name": {"S": name}}, names={"#name": "name"}
                ),
                self._tell(by, "flow.renamed", flow_id, at, before=before.name, after=name),
            ],
        )

    def archive(self, flow_id: str, *, by: Actor, at: int) -> None:
        """Nothing starts it any more; who is in it goes on. Raises FlowNotFoundError."""
        self.get(flow_id)
        live = self.live()
        flows = {id_: flow for id_, flow in live.flows.items() if id_ != flow_id}
        commit(
            self._dynamodb,
            [
                self._update_record(flow_id, "SET archived = :yes", {":yes": {"BOOL": True}}),
                self._put_live(LiveFlows(live.revision + 1, flows)),
                self._tell(by, "flow.archived", flow_id, at),
            ],
        )

    def bring_back(self, flow_id: str, *, by: Actor, at: int) -> None:
        """Its live version starts again by its triggers. Raises FlowNotFoundError or
        TooManyFlowsError."""
        record = self.get(flow_id)
        live = self.live()
        flows = dict(live.flows)
        if record.live_version is not None:
            flows[flow_id] = live_flow(*self.version(flow_id, record.live_version))
        commit(
            self._dynamodb,
            [
                self._update_record(flow_id, "REMOVE archived", {}),
                self._put_live(bounded(LiveFlows(live.revision + 1, flows))),
                self._tell(by, "flow.brought_back", flow_id, at),
            ],
        )

    # What runs.

    def publish(self, flow_id: str, revision: int, note: str, *, by: Actor, at: int) -> Version:
        """Make the draft of that revision the next version and the live one, at once.

        Raises FlowNotFoundError, DraftChangedError, TooManyFlowsError or FlowsBusyError.
        """
        draft, saved = self.draft(flow_id)
        if saved != revision:
            raise DraftChangedError(revision)
        number = self._newest_version(flow_id) + 1
        version = Version(number, note, at, by.name, triggers_of(draft))
        live = self.live()
        flows = {**live.flows, flow_id: live_flow(version, draft)}
        commit(
            self._dynamodb,
            [
                self._update_record(
                    flow_id,
                    "SET live_version = :version, published_revision = :revision REMOVE archived",
                    {":version": {"N": str(number)}, ":revision": {"N": str(revision)}},
                    condition="revision = :revision",
                    refusal=DraftChangedError(revision),
                ),
                Write(
                    {
                        "Put": {
                            "TableName": self._table,
                            "Item": {
                                **keys.key(
                                    keys.flow(self._tenant, flow_id), keys.flow_version(number)
                                ),
                                **version_attributes(version, draft),
                            },
                            "ConditionExpression": "attribute_not_exists(pk)",
                        }
                    },
                    FlowsBusyError(flow_id),
                ),
                self._put_live(bounded(LiveFlows(live.revision + 1, flows))),
                self._tell(by, "flow.published", flow_id, at, version=number, note=note),
            ],
        )
        return version

    def live(self) -> LiveFlows:
        return live_of(self._get(self._tenant.id, keys.LIVE_FLOWS))

    def versions(
        self, flow_id: str, limit: int, cursor: str | None
    ) -> tuple[list[Version], str | None]:
        """Newest first, and the next page's cursor. Raises InvalidCursorError."""
        pk = keys.flow(self._tenant, flow_id)
        request: JsonObject = {}
        if cursor is not None:
            (number,) = cursors.decode(cursor, cursors.NUMBER)
            request["ExclusiveStartKey"] = keys.key(pk, keys.flow_version(int(number)))
        answer = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :versions)",
            ExpressionAttributeValues={":pk": {"S": pk}, ":versions": {"S": keys.VERSIONS}},
            ProjectionExpression="sk, note, #at, #by, triggers",
            ExpressionAttributeNames={"#at": "at", "#by": "by"},
            ScanIndexForward=False,
            Limit=limit,
            **request,
        )
        found = [version_of(item) for item in answer["Items"]]
        more = "LastEvaluatedKey" in answer and found
        return found, cursors.encode(str(found[-1].number)) if more else None

    def version(self, flow_id: str, number: int) -> tuple[Version, JsonObject]:
        """Raises FlowNotFoundError."""
        item = self._get(keys.flow(self._tenant, flow_id), keys.flow_version(number))
        if item is None:
            raise FlowNotFoundError(f"{flow_id} version {number}")
        return version_of(item), unpacked(item["definition"]["B"])

    def _newest_version(self, flow_id: str) -> int:
        newest, _ = self.versions(flow_id, 1, None)
        return newest[0].number if newest else 0

    def _put_draft(self, flow_id: str, draft: JsonObject, revision: int) -> Write:
        return Write(
            {
                "Put": {
                    "TableName": self._table,
                    "Item": {
                        **keys.key(keys.flow(self._tenant, flow_id), keys.DRAFT),
                        "revision": {"N": str(revision)},
                        "definition": {"B": packed(draft)},
                    },
                }
            }
        )

    def _put_live(self, live: LiveFlows) -> Write:
        """On top of the revision before."""
        return Write(
            {
                "Put": {
                    "TableName": self._table,
                    "Item": {
                        **keys.key(self._tenant.id, keys.LIVE_FLOWS),
                        **live_attributes(live),
                    },
                    "ConditionExpression": "attribute_not_exists(pk) OR revision = :before",
                    "ExpressionAttributeValues": {":before": {"N": str(live.revision - 1)}},
                }
            },
            FlowsBusyError(),
        )

    def _update_record(
        self,
        flow_id: str,
        update: str,
        values: JsonObject,
        *,
        condition: str = "attribute_exists(pk)",
        refusal: Exception | None = None,
        names: JsonObject | None = None,
    ) -> Write:
        request: JsonObject = {
            "TableName": self._table,
            "Key": self._record_key(flow_id),
            "UpdateExpression": update,
            "ConditionExpression": condition,
        }
        if values:
            request["ExpressionAttributeValues"] = values
        if names:
            request["ExpressionAttributeNames"] = names
        return Write({"Update": request}, refusal or FlowNotFoundError(flow_id))

    def _record_key(self, flow_id: str) -> JsonObject:
        return keys.key(self._tenant.id, keys.workspace_flow(flow_id))

    def _tell(self, by: Actor, action: str, flow_id: str, at: int, **detail: object) -> Write:
        return entry(self._tenant, self._table, Change(by, action, flow_id, at, detail))

    def _get(self, pk: str, sk: str) -> Any:
        key = keys.key(pk, sk)
        return self._dynamodb.get_item(TableName=self._table, Key=key, ConsistentRead=True).get(
            "Item"
        )
