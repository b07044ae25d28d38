"""The directory: what must be looked up before a tenant is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shared.channels.kinds import CLOUD_API
from shared.json_types import JsonObject
from shared.store import keys
from shared.store.partitions import items
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class Number:
    """A WhatsApp business number. `phone_number_id` is Meta's id; `sealed_token` the access token
    encrypted for the tenant (see `shared.sealed`); `flow_id` the flow that answers on it.

    `per_second` is how many messages Meta takes in a second; `held` says why nothing is sent for
    now, None when it is; `sealed_app` holds the secrets of the tenant's own Meta app, if it has
    one, as `gateway.meta_secrets` reads them. `kind` is one of
    `shared.channels.kinds`; `webhook_hash` is the SHA-256 in hex of the token that posts
    about a linked phone carry.
    """

    phone_number_id: str
    tenant_id: str
    display_phone_number: str
    name: str
    flow_id: str
    sealed_token: bytes
    waba_id: str = ""
    per_second: int = 80
    held: str | None = None
    sealed_app: bytes | None = None
    kind: str = CLOUD_API
    webhook_hash: str = ""

    @property
    def tenant(self) -> Tenant:
        return Tenant(self.tenant_id)


@dataclass(frozen=True, slots=True)
class Membership:
    user_id: str
    tenant_id: str
    role: str


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of somebody who signs in. `active` is the workspace they work in, if it is
    still theirs; sessions that began before `valid_from` (seconds) have ended."""

    memberships: tuple[Membership, ...]
    active: Membership | None
    valid_from: int

    @property
    def working_in(self) -> Membership | None:
        """The active workspace; the first of theirs when that one is theirs no longer."""
        return self.active or next(iter(self.memberships), None)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """`key_hash` is the SHA-256 in hex; the key itself is shown once and stored nowhere.
    `expires_at` is in seconds since 1970."""

    key_hash: str
    tenant_id: str
    key_id: str
    name: str
    scopes: frozenset[str]
    expires_at: int


@dataclass(frozen=True, slots=True)
class TenantRecord:
    """What is known of a workspace outside of it. `delete_after` in milliseconds; `plan` is an id,
    None for the default."""

    tenant_id: str
    name: str
    delete_after: int | None
    plan: str | None = None

    def gone(self, now: int) -> bool:
        return self.delete_after is not None and self.delete_after <= now


@dataclass(frozen=True, slots=True)
class InvitePlace:
    """Where the invitation of a token is kept."""

    tenant_id: str
    invite_id: str


class NotAMemberError(Exception):
    """The person is not in that workspace."""


class Directory:
    def __init__(self, table: str, dynamodb: Any) -> None:
        self._table = table
        self._dynamodb = dynamodb

    def number(self, phone_number_id: str) -> Number | None:
        item = self._get(keys.number(phone_number_id), keys.NUMBER)
        if item is None:
            return None
        return Number(
            phone_number_id=phone_number_id,
            tenant_id=item["tenant_id"]["S"],
            display_phone_number=item["display_phone_number"]["S"],
            name=item["name"]["S"],
            flow_id=item["flow_id"]["S"],
            sealed_token=bytes(item["sealed_token"]["B"]),
            waba_id=item.get("waba_id", {"S": ""})["S"],
            per_second=int(item.get("per_second", {"N": "80"})["N"]),
            held=item["held"]["S"] if "held" in item else None,
            sealed_app=bytes(item["sealed_app"]["B"]) if "sealed_app" in item else None,
            kind=item["kind"]["S"] if "kind" in item else CLOUD_API,
            webhook_hash=item["webhook_hash"]["S"] if "webhook_hash" in item else "",
        )

    def put_number(self, number: Number) -> None:
        self._dynamodb.put_item(TableName=self._table, Item=number_item(number))

    def account(self, waba_id: str) -> Tenant | None:
        """Whose WhatsApp account it is."""
        item = self._get(keys.account(waba_id), keys.ACCOUNT)
        return Tenant(item["tenant_id"]["S"]) if item else None

    def put_account(self, waba_id: str, tenant: Tenant) -> None:
        self._put(keys.account(waba_id), keys.ACCOUNT, tenant_id={"S": tenant.id})

    def compare_daily(self, waba_id: str, tenant: Tenant) -> None:
        """From now on the account's templates are compared with Meta's each day."""
        place = keys.DAILY_TEMPLATE_SYNCS, keys.account(waba_id)
        self._put(*place, tenant_id={"S": tenant.id})

    def compare_no_more(self, waba_id: str) -> None:
        place = keys.key(keys.DAILY_TEMPLATE_SYNCS, keys.account(waba_id))
        self._dynamodb.delete_item(TableName=self._table, Key=place)

    def compared_daily(self) -> list[tuple[str, Tenant]]:
        """The accounts, with whose they are."""
        found = items(self._dynamodb, self._table, keys.DAILY_TEMPLATE_SYNCS)
        return [
            (item["sk"]["S"].removeprefix(keys.account("")), Tenant(item["tenant_id"]["S"]))
            for item in found
        ]

    def person(self, user_id: str) -> Person:
        """Somebody unknown is a person without a workspace."""
        items: list[JsonObject] = []
        request: JsonObject = {
            "TableName": self._table,
            "KeyConditionExpression": "pk = :pk",
            "ExpressionAttributeValues": {":pk": {"S": keys.user(user_id)}},
            "ConsistentRead": True,
        }
        while True:
            answer = self._dynamodb.query(**request)
            items += answer["Items"]
            if "LastEvaluatedKey" not in answer:
                return _person(user_id, items)
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def activate(self, user_id: str, tenant_id: str) -> None:
        """Make a workspace the one that the person works in. Raises NotAMemberError."""
        pk = keys.user(user_id)
        is_member = {
            "TableName": self._table,
            "Key": keys.key(pk, keys.membership(tenant_id)),
            "ConditionExpression": "attribute_exists(pk)",
        }
        active = {**keys.key(pk, keys.ACTIVE), "tenant_id": {"S": tenant_id}}
        commit(
            self._dynamodb,
            [
                Write({"ConditionCheck": is_member}, NotAMemberError(tenant_id)),
                Write({"Put": {"TableName": self._table, "Item": active}}),
            ],
        )

    def end_sessions(self, user_id: str, at: int) -> None:
        """Sessions that began before `at` (milliseconds) no longer count."""
        self._put(keys.user(user_id), keys.SESSIONS, valid_from={"N": str(at // 1000)})

    def tenant_record(self, tenant_id: str) -> TenantRecord | None:
        item = self._get(keys.tenant_record(tenant_id), keys.TENANT)
        return _tenant_record(item) if item else None

    def tenant_records(self, tenant_ids: Sequence[str]) -> dict[str, TenantRecord]:
        """Those that are there, by id; at most 100."""
        if not tenant_ids:
            return {}
        asked = [keys.key(keys.tenant_record(tenant_id), keys.TENANT) for tenant_id in tenant_ids]
        found: list[JsonObject] = []
        while asked:
            answer = self._dynamodb.batch_get_item(RequestItems={self._table: {"Keys": asked}})
            found += answer["Responses"].get(self._table, [])
            asked = answer.get("UnprocessedKeys", {}).get(self._table, {}).get("Keys", [])
        return {record.tenant_id: record for record in map(_tenant_record, found)}

    def invite(self, token_hash: str) -> InvitePlace | None:
        item = self._get(keys.invite_token(token_hash), keys.INVITE)
        return InvitePlace(item["tenant_id"]["S"], item["invite_id"]["S"]) if item else None

    def api_key(self, key_hash: str) -> ApiKey | None:
        item = self._get(keys.api_key(key_hash), keys.API_KEY)
        if item is None:
            return None
        return ApiKey(
            key_hash=key_hash,
            tenant_id=item["tenant_id"]["S"],
            key_id=item["key_id"]["S"],
            name=item["name"]["S"],
            scopes=frozenset(item["scopes"]["SS"]),
            expires_at=int(item["expires_at"]["N"]),
        )

    def _get(self, pk: str, sk: str) -> Any:
        return self._dynamodb.get_item(TableName=self._table, Key=keys.key(pk, sk)).get("Item")

    def _put(self, pk: str, sk: str, **attributes: Any) -> None:
        self._dynamodb.put_item(TableName=self._table, Item={**keys.key(pk, sk), **attributes})


def number_item(number: Number) -> JsonObject:
    """As the directory keeps it, in DynamoDB's wire form."""
    item: JsonObject = {
        **keys.key(keys.number(number.phone_number_id), keys.NUMBER),
        "tenant_id": {"S": number.tenant_id},
        "display_phone_number": {"S": number.display_phone_number},
        "name": {"S": number.name},
        "flow_id": {"S": number.flow_id},
        "sealed_token": {"B": number.sealed_token},
        "waba_id": {"S": number.waba_id},
        "per_second": {"N": str(number.per_second)},
    }
    if number.held is not None:
        item["held"] = {"S": number.held}
    if number.sealed_app is not None:
        item["sealed_app"] = {"B": number.sealed_app}
    if number.kind != CLOUD_API:
        item |= {"kind": {"S": number.kind}, "webhook_hash": {"S": number.webhook_hash}}
    return item


def _person(user_id: str, items: list[JsonObject]) -> Person:
    by_sort_key = {item["sk"]["S"]: item for item in items}
    memberships = tuple(
        Membership(user_id, item["tenant_id"]["S"], item["role"]["S"])
        for sort_key, item in sorted(by_sort_key.items())
        if sort_key.startswith(keys.MEMBERSHIPS)
    )
    chosen = by_sort_key.get(keys.ACTIVE, {"tenant_id": {"S": ""}})["tenant_id"]["S"]
    sessions = by_sort_key.get(keys.SESSIONS, {"valid_from": {"N": "0"}})
    return Person(
        memberships=memberships,
        active=next((one for one in memberships if one.tenant_id == chosen), None),
        valid_from=int(sessions["valid_from"]["N"]),
    )


def _tenant_record(item: JsonObject) -> TenantRecord:
    delete_after = item.get("delete_after")
    return TenantRecord(
        tenant_id=item["pk"]["S"].removeprefix("TENANT#"),
        name=item["name"]["S"],
        delete_after=int(delete_after["N"]) if delete_after else None,
        plan=item["plan"]["S"] if "plan" in item else None,
    )
