"""What WhatsApp's messages cost a workspace, by the price list that it keeps. Pure.

WhatsApp bills each delivered message by its category and the country of the person's number, and
publishes its prices as files for people: a workspace enters those of the countries in which it has
customers, and one price for all others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

MARKETING, UTILITY, AUTHENTICATION, SERVICE = "marketing", "utility", "authentication", "service"
CATEGORIES: Final = (MARKETING, UTILITY, AUTHENTICATION, SERVICE)
NONE_YET: Final = 1
SOMEWHERE: Final = ""
"""In the place of a country that is not known: of campaigns that were frozen before it was kept,
and of numbers that belong to none."""
_PRICED_AS: Final[Mapping[str, str]] = {
    "marketing_lite": MARKETING,
    "authentication_international": AUTHENTICATION,
}


@dataclass(frozen=True, slots=True)
class RateCard:
    """`prices` of one message by category, in `currency` (ISO 4217), and by `countries` (ISO 3166,
    "ID") where those are others; what is left out of both is not known. `revision` counts the
    changes; NONE_YET is that of a workspace without one."""

    currency: str
    prices: Mapping[str, float] = field(default_factory=dict)
    revision: int = NONE_YET + 1
    countries: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def price(self, category: str, country: str = SOMEWHERE) -> float | None:
        line = priced_as(category)
        return self.countries.get(country, {}).get(line, self.prices.get(line))


@dataclass(frozen=True, slots=True)
class Line:
    """Messages of one category (of the price list) to one country; `price` of one and `amount` of
    all, None where the card has no price for them."""

    category: str
    country: str
    messages: int
    price: float | None

    @property
    def amount(self) -> float | None:
        return None if self.price is None else round(self.messages * self.price, 2)


@dataclass(frozen=True, slots=True)
class Cost:
    """Most messages first. `amount` is of those with a price, None where none has one."""

    lines: tuple[Line, ...]
    amount: float | None

    @property
    def unpriced(self) -> tuple[str, ...]:
        """Categories in which some messages have no price."""
        return tuple(sorted({one.category for one in self.lines if one.price is None}))


def priced_as(category: str) -> str:
    """The line of the price list that a category of WhatsApp's statuses is billed by."""
    return _PRICED_AS.get(category, category)


def billed_as(category: str, country: str) -> str:
    """The name under which messages are added up: "marketing.ID", "marketing" of SOMEWHERE."""
    return f"{category}.{country}" if country else category


def by_category(billed: Mapping[str, int]) -> dict[str, int]:
    """The same sums, of all countries together."""
    found: Counter[str] = Counter()
    for name, messages in billed.items():
        found[name.partition(".")[0]] += messages
    return dict(found)


def cost(card: RateCard | None, billed: Mapping[str, int]) -> Cost:
    """`billed` are messages by `billed_as`."""
    sums: Counter[tuple[str, str]] = Counter()
    for name, messages in billed.items():
        category, _, country = name.partition(".")
        sums[priced_as(category), country] += messages
    lines = [
        Line(category, country, messages, card.price(category, country) if card else None)
        for (category, country), messages in sums.items()
        if messages
    ]
    lines.sort(key=lambda one: (-one.messages, one.category, one.country))
    known = [one.messages * one.price for one in lines if one.price is not None]
    is_known = known or (card is not None and not lines)
    return Cost(tuple(lines), round(sum(known), 2) if is_known else None)


def scaled(counts: Mapping[str, int], total: int) -> dict[str, int]:
    """The shares of a sample, of so many people."""
    sample = sum(counts.values())
    if not sample:
        return {SOMEWHERE: total} if total else {}
    found = {name: number * total // sample for name, number in counts.items()}
    found[max(counts, key=lambda name: counts[name])] += total - sum(found.values())
    return {name: number for name, number in found.items() if number}
