"""How webhook bodies travel in the queues.

A small body travels as the very text that Meta sent, to every lane that it concerns: it was parsed
once to address it, and is not written again. A large one is split, so that no lane carries what is
not its own. The readers here give the same result for both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from shared.channels.attribution import MAX_NUMBER_ID, find, lanes
from shared.channels.found import (
    AccountChange,
    AddressedMessage,
    AddressedStatus,
    Found,
    NotUnderstood,
)
from shared.events import LaneEvents, from_body, to_body
from shared.json_types import JsonObject
from shared.queues import encode

VERBATIM_BYTES = 60_000  # of all copies together: SQS bills by 64 kB
Lane: TypeAlias = tuple[str, str]
"""Channel and contact."""


@dataclass(frozen=True, slots=True)
class Receipts:
    """`at`: when the webhook arrived, in milliseconds."""

    at: int
    statuses: list[AddressedStatus]
    kept: list[NotUnderstood]


def event_ids_by_lane(messages: Iterable[AddressedMessage]) -> dict[Lane, list[str]]:
    ids: dict[Lane, list[str]] = {}
    for found in messages:
        ids.setdefault((found.channel, found.contact), []).append(found.event_id)
    return ids


def may_travel_verbatim(text: str, copies: int) -> bool:
    """Whether so many copies of a body are small enough. It must be in ASCII besides: SQS refuses
    some other characters."""
    return len(text) * copies <= VERBATIM_BYTES


def verbatim_lanes(places: Iterable[Lane], arrived_at: int, text: str) -> dict[Lane, str]:
    return {
        (channel, contact): (
            f'{{"v":1,"channel":"{channel}","contact":"{contact}",'
            f'"at":{arrived_at},"webhook":{text}}}'
        )
        for channel, contact in places
    }


def split_lanes(found: Found, arrived_at: int) -> dict[Lane, str]:
    return {
        (lane.channel, lane.contact): encode(to_body(lane))
        for lane in lanes(found.messages, arrived_at)
    }


def account_body(change: AccountChange, arrived_at: int) -> str:
    return encode({"v": 1, "at": arrived_at, **change._asdict()})


def account_group(change: AccountChange) -> str:
    """Changes of one account are applied in order."""
    for name in (change.waba_id, change.channel):
        if name and name.isalnum() and len(name) <= MAX_NUMBER_ID:
            return name
    return "unknown"


def read_account(body: JsonObject) -> tuple[int, AccountChange]:
    """When it arrived (milliseconds), and the change."""
    fields = {name: body[name] for name in AccountChange._fields}
    return body["at"], AccountChange(**fields)


def read_lane(body: JsonObject) -> LaneEvents:
    webhook = body.get("webhook")
    if webhook is None:
        return from_body(body)
    place = (body["channel"], body["contact"])
    own = [message for message in find(webhook).messages if message[:2] == place]
    (lane,) = lanes(own, body["at"])
    return lane


def verbatim_receipts(arrived_at: int, text: str) -> str:
    return f'{{"v":1,"at":{arrived_at},"webhook":{text}}}'


def split_receipts(found: Found, arrived_at: int) -> str:
    return encode({"v": 1, "at": arrived_at, "statuses": found.statuses, "kept": found.kept})


def read_receipts(body: JsonObject) -> Receipts:
    if "webhook" in body:  # it may be null
        found = find(body["webhook"])
        return Receipts(body["at"], found.statuses, found.kept)
    return Receipts(
        body["at"],
        [(channel, status) for channel, status in body["statuses"]],
        [NotUnderstood(*kept) for kept in body["kept"]],
    )
