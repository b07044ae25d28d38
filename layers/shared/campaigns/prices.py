"""What WhatsApp's messages cost a workspace, by the price list that it keeps. Pure.

WhatsApp bills each delivered message by its category and the country of the number, and publishes
its prices as files for people: a workspace enters those of the country in which its customers are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

MARKETING, UTILITY, AUTHENTICATION, SERVICE = "marketing", "utility", "authentication", "service"
CATEGORIES: Final = (MARKETING, UTILITY, AUTHENTICATION, SERVICE)
NONE_YET: Final = 1
_PRICED_AS: Final[Mapping[str, str]] = {
    "marketing_lite": MARKETING,
    "authentication_international": AUTHENTICATION,
}


@dataclass(frozen=True, slots=True)
class RateCard:
    """`prices` of one message by category, in `currency` (ISO 4217); what is left out is not
    known. `revision` counts the changes; NONE_YET is that of a workspace without one."""

    currency: str
    prices: Mapping[str, float] = field(default_factory=dict)
    revision: int = NONE_YET + 1

    def price(self, category: str) -> float | None:
        return self.prices.get(priced_as(category))


@dataclass(frozen=True, slots=True)
class Cost:
    """`unpriced` are categories that the card has no price for; `amount` is of all the others."""

    amount: float
    currency: str
    unpriced: tuple[str, ...] = ()


def priced_as(category: str) -> str:
    """The line of the price list that a category of WhatsApp's statuses is billed by."""
    return _PRICED_AS.get(category, category)


def cost(card: RateCard, billed: Mapping[str, int]) -> Cost:
    """Of messages by category."""
    known = {category: card.price(category) for category, number in billed.items() if number}
    amount = sum(billed[name] * price for name, price in known.items() if price is not None)
    missing = {priced_as(name) for name, price in known.items() if price is None}
    return Cost(round(amount, 2), card.currency, tuple(sorted(missing)))
