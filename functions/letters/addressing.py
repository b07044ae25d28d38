"""Whose a dead letter is. A body of several workspaces is cut, so that each is filed what is its
own; what cannot be read far enough to tell is the platform's, and shown to nobody."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple, Protocol, TypeAlias

from shared.channels.webhook_bodies import read_lane, read_receipts
from shared.events import OF_A_TENANT, to_body
from shared.json_types import JsonObject
from shared.queues import encode
from shared.store.dead_letters import About
from shared.tenancy import InvalidTenantIdError, Tenant


class Owners(Protocol):
    """Whose numbers and accounts are, if anybody's."""

    def of_number(self, channel: str) -> Tenant | None: ...

    def of_account(self, waba_id: str) -> Tenant | None: ...


class Piece(NamedTuple):
    """What one holder is filed; `tenant` None is the platform."""

    tenant: Tenant | None
    body: str
    about: About = About()


Cut: TypeAlias = Callable[[JsonObject, str, Owners], list[Piece]]


def pieces(queue: str, text: str, owners: Owners) -> list[Piece]:
    """`text` is a body of that queue, whatever it holds."""
    try:
        body = json.loads(text)
        return _BY_QUEUE.get(queue, _named)(body, text, owners)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return [Piece(None, text)]


def _named(body: JsonObject, text: str, owners: Owners) -> list[Piece]:
    """Most bodies name their tenant, some only their number."""
    return [Piece(_tenant(body, owners), text, _about(body))]


def _lane(body: JsonObject, text: str, owners: Owners) -> list[Piece]:
    """One that travels verbatim holds whatever Meta sent with it, of others too."""
    if "webhook" not in body:
        return [Piece(_owner_of_events(body, owners), text, _about(body))]
    own = to_body(read_lane(body))
    return [Piece(_owner_of_events(own, owners), encode(own), _about(own))]


def _receipts(body: JsonObject, text: str, owners: Owners) -> list[Piece]:
    del text
    found = read_receipts(body)
    statuses, kept = defaultdict(list), defaultdict(list)
    for status in found.statuses:
        statuses[owners.of_number(status[0])].append(status)
    for one in found.kept:
        kept[owners.of_number(one.channel) if one.channel else None].append(one)
    return [
        Piece(
            tenant,
            encode({"v": 1, "at": found.at, "statuses": statuses[tenant], "kept": kept[tenant]}),
        )
        for tenant in dict.fromkeys((*statuses, *kept))
    ]


def _account(body: JsonObject, text: str, owners: Owners) -> list[Piece]:
    channel, waba_id = body["channel"], body["waba_id"]
    tenant = (owners.of_number(channel) if channel else None) or (
        owners.of_account(waba_id) if waba_id else None
    )
    return [Piece(tenant, text, About(channel=channel))]


_BY_QUEUE: Final[Mapping[str, Cut]] = {
    "inbound": _lane,
    "receipts": _receipts,
    "account_events": _account,
}


def _owner_of_events(body: JsonObject, owners: Owners) -> Tenant | None:
    """Some events name the tenant that asked for them; the number may have changed hands."""
    asked = {event["body"]["tenant"] for event in body["events"] if event["kind"] in OF_A_TENANT}
    if len(asked) > 1:
        return None
    return Tenant(*asked) if asked else owners.of_number(body["channel"])


def _tenant(body: JsonObject, owners: Owners) -> Tenant | None:
    named = body.get("tenant", body.get("tenant_id"))
    if named is not None:
        try:
            return Tenant(named)
        except InvalidTenantIdError:
            return None
    channel = body.get("channel")
    return owners.of_number(channel) if channel else None


def _about(body: JsonObject) -> About:
    names = ("channel", "contact", "campaign")
    told = {name: body[name] for name in names if isinstance(body.get(name), str)}
    return About(**told)
