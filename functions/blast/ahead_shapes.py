"""What goes in and out of the routes of a campaign that has not started: its estimate, previews and
test sends."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from blast.price_shapes import CostEstimated
from blast.shapes import Id, Phone, Text, TierShown, VariableName
from shared.api import Input, Output
from shared.json_types import JsonObject

MOST_TRIED = 10  # people of one test send


class WarningShown(Output):
    """`code` is nobody, nobody_open, spread or quiet_now."""

    code: str
    words: str


class Estimate(Output):
    """`people` is exact or told from a part of very many. `days` is more than one when the tier
    spreads it."""

    people: int
    exact: bool
    per_second: float
    minutes: int
    days: int
    tier: TierShown
    cost: CostEstimated
    warnings: list[WarningShown]


class ToPreview(Input):
    """Some of the workspace's contacts; none: a few of the audience."""

    contact_ids: Annotated[list[Id], Field(default_factory=list, max_length=20)]


class CampaignPreviewShown(Output):
    """`message` is what the person would get; null with the `reason` why they would get none, and
    its `class` as in reports."""

    model_config = ConfigDict(populate_by_name=True, extra="forbid", frozen=True)

    contact_id: str | None
    name: str | None
    phone: str | None
    message: JsonObject | None
    class_: Annotated[str | None, Field(alias="class", serialization_alias="class")]
    reason: str | None


class Previews(Output):
    items: list[CampaignPreviewShown]


class ToTest(Input):
    """Who is sent the message now: contacts, or phone numbers with the country's code. `values`
    fill variables that come from a file's columns."""

    contact_ids: Annotated[list[Id], Field(default_factory=list, max_length=MOST_TRIED)]
    phones: Annotated[list[Phone], Field(default_factory=list, max_length=MOST_TRIED)]
    values: Annotated[dict[VariableName, Text], Field(default_factory=dict, max_length=50)]

    @model_validator(mode="after")
    def _some(self) -> Self:
        if not 1 <= len(self.contact_ids) + len(self.phones) <= MOST_TRIED:
            raise ValueError(f"1 to {MOST_TRIED} people")
        return self


class TestedShown(Output):
    """One of those who were to be sent a test: its conversation, or why not."""

    model_config = ConfigDict(populate_by_name=True, extra="forbid", frozen=True)

    to: str
    conversation_id: str | None
    class_: Annotated[str | None, Field(alias="class", serialization_alias="class")]
    reason: str | None


class Tested(Output):
    items: list[TestedShown]
