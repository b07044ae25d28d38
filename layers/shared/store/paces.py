"""Buckets that many senders draw from at once (see `shared.pacing`): one item each.

A bucket that is full stands in the past and is set anew; one that is in use is moved on from
wherever others have left it. Each is one conditional write, and mostly it is known which is due.
"""

from __future__ import annotations

from typing import Any, Final

from shared.json_types import JsonObject
from shared.pacing import SECOND, Pace, TooSoonError, drawn
from shared.store import keys, request_keys
from shared.tenancy import Tenant

_TRIES: Final = 6
_KEPT_SECONDS: Final = 3600
_MOST_REMEMBERED: Final = 10_000


class Paces:
    """One for as long as a function is warm."""

    def __init__(self, table: str, dynamodb: Any) -> None:
        self._table = table
        self._dynamodb = dynamodb
        self._seen: dict[tuple[str, str], int] = {}

    def draw(self, tenant: Tenant, channel: str, contact: str | None, pace: Pace, now: int) -> int:
        """When the next message of the number (to this contact, where one is named) may go, in
        microseconds. Raises TooSoonError."""
        place = request_keys.pace(tenant, channel), contact or keys.NUMBER
        known = self._seen.get(place)
        if known is not None:
            drawn(known, now, pace)  # a bucket never moves back: this asks nobody
        for _ in range(_TRIES):
            in_use = known is not None and known >= now
            taken, stood = self._move(place, pace, now) if in_use else self._begin(place, pace, now)
            if taken:
                starts, after = drawn(stood, now, pace)
                self._remember(place, after)
                return starts
            known = stood
            if known is not None:
                self._remember(place, known)
                drawn(known, now, pace)
        raise TooSoonError(SECOND)

    def rest(self, tenant: Tenant, channel: str, until: int) -> None:
        """Nothing is drawn from the number's bucket before it may stand at `until` again."""
        place = request_keys.pace(tenant, channel), keys.NUMBER
        condition = "attribute_not_exists(next_at) OR next_at < :now"
        self._update(place, "next_at = :now", condition, {":now": until})
        self._remember(place, until)

    def _begin(self, place: tuple[str, str], pace: Pace, now: int) -> tuple[bool, int | None]:
        return self._update(
            place,
            "next_at = :moved",
            "attribute_not_exists(next_at) OR next_at < :now",
            {":moved": now + pace.every, ":now": now},
        )

    def _move(self, place: tuple[str, str], pace: Pace, now: int) -> tuple[bool, int | None]:
        return self._update(
            place,
            "next_at = next_at + :every",
            "next_at BETWEEN :now AND :latest",
            {":every": pace.every, ":now": now, ":latest": now + pace.ahead},
        )

    def _update(
        self, place: tuple[str, str], change: str, condition: str, values: dict[str, int]
    ) -> tuple[bool, int | None]:
        """Whether it was written, and where the bucket stood before."""
        until = values[":now"] // SECOND + _KEPT_SECONDS
        wire = {name: {"N": str(value)} for name, value in {**values, ":until": until}.items()}
        try:
            before = self._dynamodb.update_item(
                TableName=self._table,
                Key=keys.key(*place),
                UpdateExpression=f"SET {change}, expires_at = :until",
                ConditionExpression=condition,
                ExpressionAttributeValues=wire,
                ReturnValues="UPDATED_OLD",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            ).get("Attributes")
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            return False, _next_at(error.response.get("Item"))
        return True, _next_at(before)

    def _remember(self, place: tuple[str, str], next_at: int) -> None:
        if len(self._seen) >= _MOST_REMEMBERED:
            self._seen.clear()
        self._seen[place] = next_at


def _next_at(item: JsonObject | None) -> int | None:
    return int(item["next_at"]["N"]) if item and "next_at" in item else None
