"""What goes in and out of the routes of prices, and how a cost is told."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints

from shared.api import Input, Output

Price = Annotated[float, Field(ge=0, le=1_000_000)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
_EXAMPLE: dict[str, Any] = {
    "currency": "IDR",
    "marketing": 586.33,
    "utility": 356.65,
    "countries": {"MY": {"marketing": 1239.5}},
}


class NewPrices(Input):
    """The price of one message by category. `service` is what is no template."""

    marketing: Price | None = None
    utility: Price | None = None
    authentication: Price | None = None
    service: Price | None = None


class NewRateCard(NewPrices):
    """What messages cost, in one currency (ISO 4217), from WhatsApp's price list: `countries` by
    the country of the person's number (ISO 3166), and besides them the prices for all others, which
    also hold for what a country leaves out. What is left out of both is not known."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    currency: Currency
    countries: dict[Country, NewPrices] = Field(default_factory=dict, max_length=250)


class PricesShown(Output):
    marketing: float | None
    utility: float | None
    authentication: float | None
    service: float | None


class RateCardShown(PricesShown):
    """`currency` is null where nobody has entered prices."""

    revision: int
    currency: str | None
    countries: dict[str, PricesShown]


class CostLine(Output):
    """Messages to one country, null where that is not known; `price` of one and `amount` of all,
    null where the rate card has no price for them."""

    category: str
    country: str | None
    messages: int
    price: float | None
    amount: float | None


class CostEstimated(Output):
    """At most: a message that WhatsApp bills nothing for is counted too. `category` is the line of
    the workspace's rate card that was used; `price` is null where people's countries have several;
    `amount` is of the `lines` with a price, and null with `currency` where none has one."""

    category: str
    price: float | None
    amount: float | None
    currency: str | None
    lines: list[CostLine]


class CostShown(Output):
    """As far as WhatsApp has told: how many messages it bills, by category. `amount` is by the
    workspace's rate card as it is now, null without one; `unpriced` are the categories in which
    some messages have no price, which are not in the amount; `lines` tell which."""

    billable: dict[str, int]
    free: int
    amount: float | None
    currency: str | None
    unpriced: list[str]
    lines: list[CostLine]
