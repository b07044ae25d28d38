"""A campaign's recipient, and how it is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.campaigns.callbacks import RecipientRef
from shared.campaigns.outcomes import IN_FLIGHT, QUEUED, RANKS, WAITING
from shared.campaigns.tallies import Standing
from shared.json_types import JsonObject
from shared.store import campaign_keys, keys


@dataclass(frozen=True, slots=True)
class Recipient:
    """`lane` is the contact of the conversation, on the campaign's channel; `contact_id` the
    person's record, None where there is none; `country` that of the number (ISO 3166), by which
    WhatsApp bills, empty where it is not known; `values` what fills the message's places.

    `attempts` counts the claims of this try, `rounds` how often it was held back and tried anew;
    `since` is the newest claim, `retry_at` when one that waits may be sent; `told` says that the
    conversation knows of the message; `reopened` that it had failed, and people wanted it tried
    again. Times in milliseconds, zero where there is none."""

    block: int
    number: int
    lane: str
    phone: str | None = None
    bsuid: str | None = None
    contact_id: str | None = None
    name: str | None = None
    country: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    state: str = QUEUED
    class_: str | None = None
    reason: str | None = None
    attempts: int = 0
    rounds: int = 0
    since: int = 0
    retry_at: int = 0
    sent_at: int = 0
    updated_at: int = 0
    wamid: str | None = None
    old_wamids: frozenset[str] = frozenset()
    told: bool = False
    opted_out: bool = False
    reopened: bool = False
    category: str | None = None
    billable: bool = False

    def ref(self, campaign: str) -> RecipientRef:
        return RecipientRef(campaign, self.block, self.number)

    def due_at(self, window_ms: int) -> int | None:
        """When somebody has to look at it again, though nobody releases it; None: not at all."""
        if self.state == WAITING:
            return self.retry_at
        if self.state in IN_FLIGHT or self.is_untold:
            return self.since + window_ms
        return None

    @property
    def is_somebody(self) -> bool:
        """Whoever was forgotten is not any more."""
        return bool(self.phone or self.bsuid)

    @property
    def is_untold(self) -> bool:
        """A status has settled it, and whoever sent it died before its conversation knew."""
        return bool(self.sent_at) and not self.told

    def may_be_sent(self, now: int, window_ms: int) -> bool:
        if self.state == QUEUED:
            return True
        due = self.due_at(window_ms)
        return self.state in (WAITING, *IN_FLIGHT) and due is not None and due <= now


def standing_of(one: Recipient, window_ms: int) -> Standing:
    return Standing(
        one.state,
        one.class_,
        one.due_at(window_ms),
        one.opted_out,
        one.category,
        one.billable,
        one.country,
    )


def item_of(pk: str, one: Recipient) -> JsonObject:
    """Of one that was never claimed."""
    item: JsonObject = {
        **keys.key(pk, campaign_keys.recipient(one.number)),
        "lane": {"S": one.lane},
        "state": {"S": one.state},
        "rank": {"N": str(RANKS[one.state])},
        "attempts": {"N": "0"},
        "updated_at": {"N": str(one.updated_at)},
    }
    texts = {
        "phone": one.phone,
        "bsuid": one.bsuid,
        "contact_id": one.contact_id,
        "name": one.name,
        "country": one.country,
        "class": one.class_,
        "reason": one.reason,
    }
    item |= {name: {"S": text} for name, text in texts.items() if text}
    if one.values:
        item["values"] = {"S": json.dumps(dict(one.values), separators=(",", ":"))}
    return item


def recipient_of(block: int, item: JsonObject) -> Recipient:
    def text(name: str) -> str | None:
        return item[name]["S"] if name in item else None

    def number(name: str) -> int:
        return int(item[name]["N"]) if name in item else 0

    return Recipient(
        block=block,
        number=int(item["sk"]["S"]),
        lane=item["lane"]["S"],
        phone=text("phone"),
        bsuid=text("bsuid"),
        contact_id=text("contact_id"),
        name=text("name"),
        country=text("country") or "",
        values=json.loads(item["values"]["S"]) if "values" in item else {},
        state=item["state"]["S"],
        class_=text("class"),
        reason=text("reason"),
        attempts=number("attempts"),
        rounds=number("rounds"),
        since=number("since"),
        retry_at=number("retry_at"),
        sent_at=number("sent_at"),
        updated_at=number("updated_at"),
        wamid=text("wamid"),
        old_wamids=frozenset(item["old_wamids"]["SS"]) if "old_wamids" in item else frozenset(),
        told="told" in item,
        opted_out="opted_out" in item,
        reopened="reopened" in item,
        category=text("category"),
        billable=text("billable") == "yes",
    )
