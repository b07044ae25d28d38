"""The keys of campaigns.

| table | pk | sk | what |
|---|---|---|---|
| campaigns | <tenant>#CAMPAIGNS | <campaign id> | a campaign: what is sent, how far it is |
| campaigns | <tenant>#CAMPAIGN#<id>#<block> | <number> | a recipient, and what became of it |
| campaigns | <tenant>#CAMPAIGN#<id>#TALLY#<shard> | <block> | what a block adds up to |
| campaigns | <tenant>#TIER | <portfolio or account> | how many people were written to, by time |
| campaigns | <tenant>#RATES | card | what a message costs |
| campaigns | <tenant>#TURN#<person> | TURN | which campaign is writing to a person just now |
| campaigns | <tenant>#CAMPAIGN_UPLOADS | <id> | a file of people |
| campaigns | <tenant>#CAMPAIGN_EXPORTS | <id> | a report as a file |
| directory | CAMPAIGNS | <channel>#<tenant>#<campaign id> | a campaign that is under way |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from shared.json_types import JsonObject
from shared.store import keys
from shared.tenancy import Tenant

ACTIVE_CAMPAIGNS: Final = "CAMPAIGNS"
_WORKSPACE: Final = "PORTFOLIO"


def campaigns(tenant: Tenant) -> str:
    return f"{tenant.id}#CAMPAIGNS"


def recipients(tenant: Tenant, campaign_id: str, block: int) -> str:
    return f"{tenant.id}#CAMPAIGN#{campaign_id}#{block:07d}"


def recipient(number: int) -> str:
    return f"{number:03d}"


@dataclass(frozen=True, slots=True)
class RecipientPlace:
    """Where a recipient's item lies, but for its number."""

    tenant: Tenant
    campaign: str
    block: int


def recipient_place(pk: str) -> RecipientPlace | None:
    """What `recipients` made of these; None for any other item."""
    tenant, *rest = pk.split("#")
    if len(rest) != 3 or rest[0] != "CAMPAIGN":
        return None
    return RecipientPlace(Tenant(tenant), rest[1], int(rest[2]))


def tallies(tenant: Tenant, campaign_id: str, shard: int) -> str:
    return f"{tenant.id}#CAMPAIGN#{campaign_id}#TALLY#{shard}"


def tier(tenant: Tenant) -> str:
    return f"{tenant.id}#TIER"


def tier_names(portfolio: str, waba_id: str) -> list[str]:
    """Under what a business is counted, and then under what it was before its portfolio was known,
    and before businesses were told apart."""
    known = [f"PORTFOLIO#{portfolio}"] if portfolio else []
    return [*known, f"ACCOUNT#{waba_id}", _WORKSPACE]


def rate_card(tenant: Tenant) -> JsonObject:
    """The whole key: there is one."""
    return keys.key(f"{tenant.id}#RATES", "card")


def turn(tenant: Tenant, person: str) -> JsonObject:
    """The whole key: there is one."""
    return keys.key(f"{tenant.id}#TURN#{person}", "TURN")


def active_campaign(channel: str, tenant_id: str, campaign_id: str) -> str:
    return f"{channel}#{tenant_id}#{campaign_id}"
