"""What became of each message that we send: claimed by one sender, settled by answer or receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from shared.clock import Clock, now_ms
from shared.delivery import ACCEPTED, CLAIMED, FAILED, RANK, RETRY, SENT, UNSETTLED, Delivery
from shared.json_types import JsonObject
from shared.store import keys
from shared.tenancy import Tenant

_NAMES = {"#state": "state", "#rank": "rank", "#since": "since"}


@dataclass(frozen=True, slots=True)
class Claim:
    """`delivery` as it stands now: claimed by us when `taken`, otherwise what forbids it."""

    taken: bool
    delivery: Delivery


class Deliveries:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any, clock: Clock = now_ms) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb
        self._clock = clock

    def claim(
        self,
        channel: str,
        contact: str,
        seq: int,
        *,
        now: int,
        silent_before: int,
        asked: str = "",
    ) -> Claim:
        """Take the message for sending, or learn what stands against it. `asked` is the id by
        which a program knows it, to be told with its states.

        It can be taken when nobody has, when Meta surely refused it before, or when an earlier
        claim has heard nothing since `silent_before` (milliseconds).
        """
        try:
            answer = self._dynamodb.update_item(
                TableName=self._table,
                Key=self._key(channel, contact, seq),
                UpdateExpression=(
                    "SET #state = :claimed, #rank = :lowest, #since = :now"
                    f"{', asked = :asked' if asked else ''} ADD attempts :one"
                ),
                ConditionExpression=(
                    "attribute_not_exists(pk) OR #state = :retry"
                    " OR (#state IN (:claimed, :unsettled) AND #since < :silent_before)"
                ),
                ExpressionAttributeNames=_NAMES,
                ExpressionAttributeValues={
                    ":claimed": {"S": CLAIMED},
                    ":retry": {"S": RETRY},
                    ":unsettled": {"S": UNSETTLED},
                    ":lowest": {"N": "0"},
                    ":now": {"N": str(now)},
                    ":one": {"N": "1"},
                    ":silent_before": {"N": str(silent_before)},
                    **({":asked": {"S": asked}} if asked else {}),
                },
                ReturnValues="ALL_NEW",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException as error:
            return Claim(taken=False, delivery=from_item(error.response["Item"]))
        return Claim(taken=True, delivery=from_item(answer["Attributes"]))

    def reopen(self, channel: str, contact: str, seq: int) -> None:
        """Let a failed message be sent once more, with its tries counted anew."""
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=self._key(channel, contact, seq),
                UpdateExpression="SET #state = :retry, #rank = :lowest, attempts = :lowest",
                ConditionExpression="#state = :failed",
                ExpressionAttributeNames={"#state": "state", "#rank": "rank"},
                ExpressionAttributeValues={
                    ":retry": {"S": RETRY},
                    ":failed": {"S": FAILED},
                    ":lowest": {"N": "0"},
                },
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return

    def sent(self, channel: str, contact: str, seq: int, *, wamid: str) -> None:
        """Meta took it. Keeps a higher state that a receipt has set already."""
        self._raise_to(channel, contact, seq, SENT, {"wamid": wamid})

    def unsettled(self, channel: str, contact: str, seq: int, *, reason: str) -> None:
        """Nobody knows whether Meta took it."""
        self._mark(channel, contact, seq, UNSETTLED, reason)

    def will_retry(self, channel: str, contact: str, seq: int, *, reason: str) -> None:
        """Meta surely did not take it, and may later."""
        self._mark(channel, contact, seq, RETRY, reason)

    def failed(self, channel: str, contact: str, seq: int, *, reason: str) -> None:
        """It will not be sent (again)."""
        self._raise_to(channel, contact, seq, FAILED, {"reason": reason})

    def receipt(
        self,
        channel: str,
        contact: str,
        seq: int,
        status: str,
        details: dict[str, str],
        *,
        pricing: Mapping[str, str] = MappingProxyType({}),
    ) -> bool:
        """Apply one of Meta's statuses; answers whether it moved the message (it does not move one
        that was never claimed). `details` are attributes to keep: wamid, reason, at; `pricing` are
        those that the first to tell them sets for good, even a status that comes too late."""
        moved = self._raise_to(channel, contact, seq, status, details, pricing=pricing)
        if not moved and pricing:
            self._price(channel, contact, seq, pricing)
        return moved

    def _raise_to(
        self,
        channel: str,
        contact: str,
        seq: int,
        state: str,
        details: dict[str, str],
        *,
        pricing: Mapping[str, str] = MappingProxyType({}),
    ) -> bool:
        names = {"#state": "state", "#rank": "rank"}
        values: JsonObject = {":state": {"S": state}, ":new": {"N": str(RANK[state])}}
        sets = ["#state = :state", "#rank = :new"]
        if state in ACCEPTED:
            # Never moved: the message counts as used in the month that this names.
            values[":at"] = {"N": str(self._clock())}
            sets.append("sent_at = if_not_exists(sent_at, :at)")
        for name, value in details.items():
            names[f"#{name}"] = name
            values[f":{name}"] = {"S": value}
            sets.append(f"#{name} = :{name}")
        for name, value in pricing.items():
            names[f"#{name}"] = name
            values[f":{name}"] = {"S": value}
            sets.append(f"#{name} = if_not_exists(#{name}, :{name})")
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=self._key(channel, contact, seq),
                UpdateExpression="SET " + ", ".join(sets),
                ConditionExpression="#rank < :new",
                ExpressionAttributeNames=names,
                ExpressionAttributeValues=values,
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def _price(self, channel: str, contact: str, seq: int, pricing: Mapping[str, str]) -> None:
        """Of a message that is further than the status that tells it."""
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=self._key(channel, contact, seq),
                UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in pricing),
                ConditionExpression="attribute_exists(#state) AND attribute_not_exists(#category)",
                ExpressionAttributeNames={
                    "#state": "state",
                    "#category": "category",
                    **{f"#{name}": name for name in pricing},
                },
                ExpressionAttributeValues={
                    f":{name}": {"S": value} for name, value in pricing.items()
                },
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return

    def _mark(self, channel: str, contact: str, seq: int, state: str, reason: str) -> None:
        """Change a claim's state unless a receipt has settled the message meanwhile."""
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=self._key(channel, contact, seq),
                UpdateExpression="SET #state = :state, reason = :reason",
                ConditionExpression="#rank = :lowest",
                ExpressionAttributeNames={"#state": "state", "#rank": "rank"},
                ExpressionAttributeValues={
                    ":state": {"S": state},
                    ":reason": {"S": reason},
                    ":lowest": {"N": "0"},
                },
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return

    def _key(self, channel: str, contact: str, seq: int) -> JsonObject:
        return keys.key(keys.conversation(self._tenant, channel, contact), keys.delivery(seq))


def from_item(item: JsonObject) -> Delivery:
    return Delivery(
        state=item["state"]["S"],
        since=int(item.get("since", {"N": "0"})["N"]),
        attempts=int(item.get("attempts", {"N": "0"})["N"]),
        reason=item["reason"]["S"] if "reason" in item else None,
        wamid=item["wamid"]["S"] if "wamid" in item else None,
    )
