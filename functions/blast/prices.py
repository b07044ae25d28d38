"""The workspace's price list, and what it says of a campaign."""

from __future__ import annotations

from collections.abc import Mapping

from blast import place
from blast.app import api, told
from blast.price_shapes import CostEstimated, CostShown, NewRateCard, RateCardShown
from shared.campaigns.prices import CATEGORIES, NONE_YET, SERVICE, RateCard, cost, priced_as
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
    card = RateCard(body.currency, prices, api.revision + 1)
    beside = told("rate_card.changed", body.currency, now_ms(), **card.prices)
    place.rate_cards(api.caller.workspace).put(card, beside)
    return _shown(card)


def estimated(card: RateCard | None, category: str | None, people: int) -> CostEstimated:
    """Of one message to each; `category` is the template's, None for what is no template."""
    line = priced_as(category or SERVICE)
    price = card.price(line) if card else None
    return CostEstimated(
        category=line,
        price=price,
        amount=None if price is None else round(people * price, 2),
        currency=card.currency if card and price is not None else None,
    )


def billed(card: RateCard | None, billable: Mapping[str, int], free: int) -> CostShown:
    found = cost(card, billable) if card else None
    return CostShown(
        billable=dict(billable),
        free=free,
        amount=found.amount if found else None,
        currency=found.currency if found else None,
        unpriced=list(found.unpriced) if found else [],
    )


def _shown(card: RateCard | None) -> RateCardShown:
    prices, revision = (card.prices, card.revision) if card else ({}, NONE_YET)
    api.tell_revision(revision)
    return RateCardShown(
        revision=revision,
        currency=card.currency if card else None,
        **{name: prices.get(name) for name in CATEGORIES},
    )
