"""The directory: what must be looked up before a tenant is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shared.store import keys
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class Number:
    """A WhatsApp business number. `phone_number_id` is Meta's id; `sealed_token` the access token
    encrypted for the tenant (see `shared.sealed`); `flow_id` the flow that answers on it."""

    phone_number_id: str
    tenant_id: str
    display_phone_number: str
    name: str
    flow_id: str
    sealed_token: bytes

    @property
    def tenant(self) -> Tenant:
        return Tenant(self.tenant_id)


@dataclass(frozen=True, slots=True)
class Membership:
    user_id: str
    tenant_id: str
    role: str


@dataclass(frozen=True, slots=True)
class ApiKey:
    """`key_hash` is the SHA-256 in hex; the key itself is shown once and stored nowhere.
    `expires_at` is in seconds since 1970."""

    key_hash: str
    tenant_id: str
    name: str
    expires_at: int


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
        )

    def put_number(self, number: Number) -> None:
        self._put(
            keys.number(number.phone_number_id),
            keys.NUMBER,
            tenant_id={"S": number.tenant_id},
            display_phone_number={"S": number.display_phone_number},
            name={"S": number.name},
            flow_id={"S": number.flow_id},
            sealed_token={"B": number.sealed_token},
        )

    def memberships(self, user_id: str) -> list[Membership]:
        answer = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": keys.user(user_id)}},
        )
        return [
            Membership(user_id, item["tenant_id"]["S"], item["role"]["S"])
            for item in answer["Items"]
        ]

    def put_membership(self, membership: Membership) -> None:
        self._put(
            keys.user(membership.user_id),
            f"{keys.WORKSPACE}#{membership.tenant_id}",
            tenant_id={"S": membership.tenant_id},
            role={"S": membership.role},
        )

    def api_key(self, key_hash: str) -> ApiKey | None:
        item = self._get(keys.api_key(key_hash), keys.API_KEY)
        if item is None:
            return None
        return ApiKey(
            key_hash, item["tenant_id"]["S"], item["name"]["S"], int(item["expires_at"]["N"])
        )

    def put_api_key(self, key: ApiKey) -> None:
        self._put(
            keys.api_key(key.key_hash),
            keys.API_KEY,
            tenant_id={"S": key.tenant_id},
            name={"S": key.name},
            expires_at={"N": str(key.expires_at)},
        )

    def _get(self, pk: str, sk: str) -> Any:
        return self._dynamodb.get_item(TableName=self._table, Key=keys.key(pk, sk)).get("Item")

    def _put(self, pk: str, sk: str, **attributes: Any) -> None:
        self._dynamodb.put_item(TableName=self._table, Item={**keys.key(pk, sk), **attributes})
