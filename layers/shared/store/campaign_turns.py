"""Which campaign is writing to a person just now, asked by campaigns that heed how many a person
gets: what another has sent is known once the conversation has been told of it, and not before.
"""

from __future__ import annotations

from typing import Any, Final

from shared.store import campaign_keys
from shared.tenancy import Tenant

HELD_MS: Final = 300_000
"""Longer than a chunk takes and its lanes need to hear of it."""


class CampaignTurns:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def take(self, person: str, campaign: str, now: int) -> bool:
        """False while another campaign has it. `person` is a contact's id, or the contact of a
        conversation where there is no record; `now` in milliseconds."""
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=campaign_keys.turn(self._tenant, person),
                UpdateExpression="SET campaign = :campaign, held_until = :held, expires_at = :gone",
                ConditionExpression=(
                    "attribute_not_exists(pk) OR campaign = :campaign OR held_until <= :now"
                ),
                ExpressionAttributeValues={
                    ":campaign": {"S": campaign},
                    ":held": {"N": str(now + HELD_MS)},
                    ":now": {"N": str(now)},
                    ":gone": {"N": str((now + HELD_MS) // 1000)},
                },
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    def forget(self, person: str) -> bool:
        """Answers whether there was anything."""
        key = campaign_keys.turn(self._tenant, person)
        answer = self._dynamodb.delete_item(TableName=self._table, Key=key, ReturnValues="ALL_OLD")
        return "Attributes" in answer
