"""The workspace's price list, and what it says of a campaign."""

from __future__ import annotations

from collections.abc import Mapping

from blast import place
from blast.app import api, told
from blast.price_shapes import (
    CostEstimated,
    CostLine,
    CostShown,
    NewRateCard,
    PricesShown,
    RateCardShown,
)
from shared.campaigns.prices import (
    CATEGORIES,
    NONE_YET,
    SERVICE,
    Cost,
    RateCard,
    billed_as,
    by_category,
    cost,
    priced_as,
)
from shared.clock import now_ms
from shared.permissions import Permission


@api.endpoint("GET", "/v1/rate-card", permission=Permission.READ_CAMPAIGNS)
def get_rate_card() -> RateCardShown:
    """Get what a message costs, as the workspace has entered it, with its revision as ETag."""
    return _shown(place.rate_cards(api.caller.workspace).get())


@api.endpoint("PUT", "/v1/rate-card", permission=Permission.UPDATE_WORKSPACE, if_match=True)
def put_rate_card(body: NewRateCard) -> RateCardShown:
    """Enter what a message costs. Estimates and reports reckon with it from now on."""
    given = body.model_dump(exclude_none=True)
    prices = {name: given[name] for name in CATEGORIES if name in given}
    countries = {country: own for country, own in given["countries"].items() if own}
    card = RateCard(body.currency, prices, api.revision + 1, countries)
    abroad = {"countries": ", ".join(sorted(countries))} if countries else {}
    beside = told("rate_card.changed", body.currency, now_ms(), **card.prices, **abroad)
    place.rate_cards(api.caller.workspace).put(card, beside)
    return _shown(card)


def estimated(
    card: RateCard | None, category: str | None, people: Mapping[str, int]
) -> CostEstimated:
    """Of one message to each; `category` is the template's, None for what is no template;
    `people` by country."""
    line = priced_as(category or SERVICE)
    found = cost(card, {billed_as(line, country): number for country, number in people.items()})
    prices = {one.price for one in found.lines} or {card.price(line) if card else None}
    return CostEstimated(
        category=line,
        price=prices.pop() if len(prices) == 1 else None,
        amount=found.amount,
        currency=card.currency if card and found.amount is not None else None,
        lines=_lines(found),
    )


def billed(card: RateCard | None, billable: Mapping[str, int], free: int) -> CostShown:
    """`billable` are messages by `billed_as`."""
    found = cost(card, billable)
    return CostShown(
        billable=by_category(billable),
        free=free,
        amount=found.amount if card else None,
        currency=card.currency if card else None,
        unpriced=list(found.unpriced) if card else [],
        lines=_lines(found),
    )


def _lines(found: Cost) -> list[CostLine]:
    return [
        CostLine(
            category=one.category,
            country=one.country or None,
            messages=one.messages,
            price=one.price,
            amount=one.amount,
        )
        for one in found.lines
    ]


def _shown(card: RateCard | None) -> RateCardShown:
    revision = card.revision if card else NONE_YET
    prices = card.prices if card else {}
    api.tell_revision(revision)
    return RateCardShown(
        revision=revision,
        currency=card.currency if card else None,
        countries={
            country: PricesShown(**{name: own.get(name) for name in CATEGORIES})
            for country, own in sorted(card.countries.items())
        }
        if card
        else {},
        **{name: prices.get(name) for name in CATEGORIES},
    )
