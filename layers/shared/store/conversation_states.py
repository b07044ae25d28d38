"""Many conversations at once, as they stand: for those who look at a thousand before they send."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from shared.conversation import Conversation, from_json
from shared.json_types import JsonObject
from shared.store import keys
from shared.store.transactions import BusyError
from shared.tenancy import Tenant

_MOST_KEYS: Final = 100  # of one BatchGetItem
_TRIES: Final = 6


class ConversationStates:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def of(self, channel: str, contacts: Sequence[str]) -> dict[str, Conversation]:
        """By the lane that was asked for; of an alias the conversation that it leads to. Lanes
        without one are left out. Raises BusyError."""
        items = self._items(channel, contacts)
        aliases = {
            contact: item["alias_of"]["S"] for contact, item in items.items() if "alias_of" in item
        }
        items |= self._items(channel, list(aliases.values()))
        found = {}
        for contact in contacts:
            item = items.get(aliases.get(contact, contact))
            if item is not None and "body" in item:
                version = int(item["version"]["N"])
                found[contact] = from_json(channel, version, json.loads(item["body"]["S"]))
        return found

    def _items(self, channel: str, contacts: Sequence[str]) -> dict[str, JsonObject]:
        places = {
            keys.conversation(self._tenant, channel, contact): contact
            for contact in dict.fromkeys(contacts)
        }
        wanted = [keys.key(pk, keys.STATE) for pk in places]
        items: dict[str, JsonObject] = {}
        for start in range(0, len(wanted), _MOST_KEYS):
            asked: Any = {
                self._table: {"Keys": wanted[start : start + _MOST_KEYS], "ConsistentRead": True}
            }
            for _ in range(_TRIES):
                answer = self._dynamodb.batch_get_item(RequestItems=asked)
                items |= {
                    places[item["pk"]["S"]]: item for item in answer["Responses"][self._table]
                }
                asked = answer.get("UnprocessedKeys")
                if not asked:
                    break
            else:
                raise BusyError
        return items
