"""What moto's streams hold: its stream service answers no calls."""

from __future__ import annotations

from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from shared.json_types import JsonObject

_REGION = "ap-southeast-1"


def told(table: str) -> list[JsonObject]:
    """What a table's stream has told since it was there, as a function is given it."""
    return [_as_lambda_tells(record) for record in _shard(table).items]


def forget_told(table: str) -> list[JsonObject]:
    """The same since it was last asked."""
    shard = _shard(table)
    found = [_as_lambda_tells(record) for record in shard.items]
    shard.items = []
    return found


def _as_lambda_tells(record: Any) -> JsonObject:
    told: JsonObject = record.to_json()
    change = told["dynamodb"]
    at = change["ApproximateCreationDateTime"].timestamp()
    return {**told, "dynamodb": {**change, "ApproximateCreationDateTime": at}}


def _shard(table: str) -> Any:
    return dynamodb_backends[DEFAULT_ACCOUNT_ID][_REGION].get_table(table).stream_shard
