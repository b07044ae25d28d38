"""Messages in and out, counted from what the conversations table tells of itself.

A line of the log with the direction "in" is a message received; a delivery that is given its
`sent_at` is a message sent. Either was written by whoever handled the message, in a write they made
anyway, so that counting costs nothing on a message's way. The stream tells it at least once; the
message's number in its conversation makes it once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shared.aws import client
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.settings import load
from shared.store import keys
from shared.store.usage import Conversed, Usage
from shared.tenancy import Tenant
from shared.usage.meters import MESSAGES_IN, MESSAGES_OUT
from shared.usage.months import month_of


@dataclass(frozen=True, slots=True)
class Settings:
    usage_table: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """One message to be counted, as often as it is told. `at` in milliseconds."""

    place: keys.ConversationPlace
    meter: str
    seq: int
    at: int


@dataclass(frozen=True, slots=True)
class Metering:
    settings: Settings
    dynamodb: Any

    def run(self, records: Iterable[JsonObject]) -> None:
        """Some records of the table's stream. Raises when they must be told again."""
        for (tenant, month), conversed in _by_month(sightings(records)).items():
            usage = Usage(tenant, self.settings.usage_table, self.dynamodb)
            count("MessagesMetered", usage.count_messages(month, conversed))


def sightings(records: Iterable[JsonObject]) -> list[Sighting]:
    """What of a stream's records is to be counted."""
    return [found for record in records if (found := _sighting(record["dynamodb"])) is not None]


def _sighting(change: JsonObject) -> Sighting | None:
    new, old = change.get("NewImage", {}), change.get("OldImage", {})
    seq = keys.seq_of(change["Keys"]["sk"]["S"])
    if seq is None:
        return None
    place = keys.conversation_place(change["Keys"]["pk"]["S"])
    if "sent_at" in new and "sent_at" not in old:
        return Sighting(place, MESSAGES_OUT.id, seq, int(new["sent_at"]["N"]))
    is_said = new.get("direction", {}).get("S") == "in" and not old
    # History, calls and what another app answers are told by their kind.
    if is_said and "kind" not in new and "history" not in new:
        return Sighting(place, MESSAGES_IN.id, seq, int(new["at"]["N"]))
    return None


def _by_month(found: Iterable[Sighting]) -> dict[tuple[Tenant, str], list[Conversed]]:
    numbers: dict[tuple[Tenant, str], dict[tuple[str, str], dict[str, set[int]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(set))
    )
    for one in found:
        month = numbers[one.place.tenant, month_of(one.at)]
        month[one.place.channel, one.place.contact][one.meter].add(one.seq)
    return {
        month: [Conversed(*place, by_meter) for place, by_meter in conversations.items()]
        for month, conversations in numbers.items()
    }


@lru_cache(maxsize=1)
def _metering() -> Metering:
    return Metering(load(Settings), client("dynamodb"))


@counted
def handler(event: JsonObject, context: object) -> None:  # noqa: ARG001
    """A batch of the conversations table's stream."""
    _metering().run(event["Records"])
