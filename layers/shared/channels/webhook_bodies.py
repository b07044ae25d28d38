"""How webhook bodies travel in the queues.

What belongs to one lane, or to the receipts alone, travels as the very text that Meta sent: it was
parsed once to find that out, and is not written again. Anything mixed is split. The readers here
give the same result for both.
"""

from __future__ import annotations

from dataclasses import dataclass

from shared.channels.attribution import (
    AddressedStatus,
    Found,
    NotUnderstood,
    find,
    lanes,
)
from shared.events import LaneEvents, from_body, to_body
from shared.json_types import JsonObject
from shared.queues import encode


@dataclass(frozen=True, slots=True)
class Receipts:
    """`at`: when the webhook arrived, in milliseconds."""

    at: int
    statuses: list[AddressedStatus]
    kept: list[NotUnderstood]


def verbatim_lane(channel: str, contact: str, arrived_at: int, text: str) -> str:
    """A queue body for the one lane of a webhook. `text` is the webhook's own, in ASCII."""
    place = f'"channel":"{channel}","contact":"{contact}"'  # letters and digits, both
    return f'{{"v":1,{place},"at":{arrived_at},"webhook":{text}}}'


def split_lanes(found: Found, arrived_at: int) -> list[tuple[LaneEvents, str]]:
    """A queue body per lane."""
    return [(lane, encode(to_body(lane))) for lane in lanes(found.messages, arrived_at)]


def read_lane(body: JsonObject) -> LaneEvents:
    webhook = body.get("webhook")
    if webhook is None:
        return from_body(body)
    for lane in lanes(find(webhook).messages, body["at"]):
        if (lane.channel, lane.contact) == (body["channel"], body["contact"]):
            return lane
    return LaneEvents(body["channel"], body["contact"])


def verbatim_receipts(arrived_at: int, text: str) -> str:
    """A queue body for a webhook without messages."""
    return f'{{"v":1,"at":{arrived_at},"webhook":{text}}}'


def split_receipts(found: Found, arrived_at: int) -> str:
    return encode({"v": 1, "at": arrived_at, "statuses": found.statuses, "kept": found.kept})


def read_receipts(body: JsonObject) -> Receipts:
    webhook = body.get("webhook")
    if webhook is not None:
        found = find(webhook)
        return Receipts(body["at"], found.statuses, found.kept)
    return Receipts(
        body["at"],
        [AddressedStatus(*status) for status in body["statuses"]],
        [NotUnderstood(*kept) for kept in body["kept"]],
    )
