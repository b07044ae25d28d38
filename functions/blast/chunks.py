"""A chunk of a campaign as it travels in the queue `Campaigns`."""

from __future__ import annotations

from dataclasses import dataclass

from shared.json_types import JsonObject
from shared.queues import Entry, encode
from shared.tenancy import Tenant


@dataclass(frozen=True, slots=True)
class Chunk:
    """Recipients `first` to `last` of a block, or those that are due in it. `every` is the pace of
    the number's campaigns, in microseconds a message."""

    tenant: Tenant
    campaign: str
    epoch: int
    block: int
    every: int
    first: int = 0
    last: int = 0
    due: bool = False

    def holds(self, number: int) -> bool:
        return self.due or self.first <= number <= self.last


def entry(tenant: Tenant, campaign: str, epoch: int, every: int, released: JsonObject) -> Entry:
    """`released` as `planning.Planned` has it. The group is the workspace's share of the queue."""
    place = {name: value for name, value in released.items() if name != "delay"}
    body = {
        "v": 1,
        "tenant": tenant.id,
        "campaign": campaign,
        "epoch": epoch,
        "every": every,
        **place,
    }
    return Entry(encode(body), group=tenant.id, delay=released["delay"])


def from_body(body: JsonObject) -> Chunk:
    fields = {name: value for name, value in body.items() if name != "v"}
    return Chunk(**{**fields, "tenant": Tenant(fields["tenant"])})
