"""What goes in and out of the routes of prices, and how a cost is told."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import ConfigDict, Field, StringConstraints

from shared.api import Input, Output

Price = Annotated[float, Field(ge=0, le=1_000_000)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
_EXAMPLE: dict[str, Any] = {"currency": "IDR", "marketing": 586.33, "utility": 356.65}


class NewRateCard(Input):
    """The price of one message by category, in one currency (ISO 4217), from WhatsApp's price list
    for the country in which the customers are. `service` is what is no template. What is left out
    is not known."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    currency: Currency
    marketing: Price | None = None
    utility: Price | None = None
    authentication: Price | None = None
    service: Price | None = None


class RateCardShown(Output):
    """`currency` is null where nobody has entered prices."""

    revision: int
    currency: str | None
    marketing: float | None
    utility: float | None
    authentication: float | None
    service: float | None


class CostEstimated(Output):
    """At most: a message that WhatsApp bills nothing for is counted too. `category` is the line of
    the workspace's rate card that was used; `amount`, `price` and `currency` are null where the
    card has no price for it."""

    category: str
    price: float | None
    amount: float | None
    currency: str | None


class CostShown(Output):
    """As far as WhatsApp has told: how many messages it bills, by category. `amount` is by the
    workspace's rate card as it is now, null without one; `unpriced` are the categories that it has
    no price for, whose messages are not in the amount."""

    billable: dict[str, int]
    free: int
    amount: float | None
    currency: str | None
    unpriced: list[str]
