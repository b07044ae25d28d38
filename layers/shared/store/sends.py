"""What programs asked to be sent: one item per request, by which each message is found again.

It names conversations by their opaque ids and holds nothing of what was said, or to whom.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from shared.store import keys, request_keys
from shared.tenancy import Tenant

KEPT_SECONDS: Final = 30 * 24 * 3600
_PREFIX: Final = "msg_"


class MessageNotFoundError(Exception):
    """Nobody asked for such a message, or it is too long ago."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a message was sent: the lane that it was put into. `at` in milliseconds."""

    channel: str
    contact: str
    at: int


def message_id(request_id: str, place: int) -> str:
    """Of the recipient at a place of a request."""
    return f"{_PREFIX}{request_id}_{place}"


class Sends:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def keep(self, request_id: str, channel: str, contacts: Sequence[str | None], at: int) -> None:
        """The lanes of a request's recipients, in order; None for those who were refused. The
        same request, kept again, stays as it was."""
        try:
            self._dynamodb.put_item(
                TableName=self._table,
                Item={
                    **keys.key(request_keys.sends(self._tenant), request_id),
                    "channel": {"S": channel},
                    "contacts": {"S": json.dumps(list(contacts), separators=(",", ":"))},
                    "at": {"N": str(at)},
                    "expires_at": {"N": str(at // 1000 + KEPT_SECONDS)},
                },
                ConditionExpression="attribute_not_exists(pk)",
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return

    def find(self, id_: str) -> Asked:
        """By a message's id. Raises MessageNotFoundError."""
        request_id, _, place = id_.removeprefix(_PREFIX).rpartition("_")
        if not (id_.startswith(_PREFIX) and request_id and place.isascii() and place.isdigit()):
            raise MessageNotFoundError(id_)
        item = self._dynamodb.get_item(
            TableName=self._table,
            Key=keys.key(request_keys.sends(self._tenant), request_id),
            ConsistentRead=True,
        ).get("Item")
        contacts = json.loads(item["contacts"]["S"]) if item else []
        contact = contacts[int(place)] if len(place) < 6 and int(place) < len(contacts) else None
        if item is None or contact is None:
            raise MessageNotFoundError(id_)
        return Asked(item["channel"]["S"], contact, int(item["at"]["N"]))
