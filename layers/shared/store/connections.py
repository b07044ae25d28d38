"""How the linked phone of a channel is connected (see `shared.channels.baileys.connection`)."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from shared.channels.baileys.connection import Connection
from shared.store import keys
from shared.tenancy import Tenant


class Connections:
    """In the workspaces table, beside the channel's record."""

    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def get(self, channel_id: str) -> Connection | None:
        item = self._dynamodb.get_item(
            TableName=self._table, Key=self._key(channel_id), ConsistentRead=True
        ).get("Item")
        if item is None:
            return None
        return Connection(**{one.name: _value(item[one.name]) for one in fields(Connection)})

    def begin(self, channel_id: str, connection: Connection) -> None:
        """An attempt that takes the place of whatever was before."""
        self._dynamodb.put_item(TableName=self._table, Item=self._item(channel_id, connection))

    def move(self, channel_id: str, connection: Connection) -> bool:
        """Whether it was written: not over another attempt, nor over a later epoch."""
        try:
            self._dynamodb.put_item(
                TableName=self._table,
                Item=self._item(channel_id, connection),
                ConditionExpression="attempt = :attempt AND epoch <= :epoch",
                ExpressionAttributeValues={
                    ":attempt": {"S": connection.attempt},
                    ":epoch": {"N": str(connection.epoch)},
                },
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def forget(self, channel_id: str) -> None:
        self._dynamodb.delete_item(TableName=self._table, Key=self._key(channel_id))

    def _key(self, channel_id: str) -> dict[str, dict[str, str]]:
        return keys.key(self._tenant.id, keys.connection(channel_id))

    def _item(self, channel_id: str, connection: Connection) -> dict[str, Any]:
        stored = {name: _wire(value) for name, value in asdict(connection).items()}
        return {**self._key(channel_id), **stored}


def _wire(value: str | int | bool) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"BOOL": value}
    return {"N": str(value)} if isinstance(value, int) else {"S": value}


def _value(wire: dict[str, Any]) -> Any:
    (kind, value), *_ = wire.items()
    return int(value) if kind == "N" else value
