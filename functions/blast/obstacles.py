"""What stands against a whole campaign, before any of a chunk is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shared.campaigns.halts import Halt, because
from shared.campaigns.prices import MARKETING
from shared.channels.capabilities import IN_BULK
from shared.json_types import JsonObject
from shared.store.campaigns import Campaign
from shared.store.directory import Number
from shared.store.templates import APPROVED, Templates
from shared.tenancy import Tenant
from shared.usage.limits import LimitReachedError, Limits
from shared.usage.meters import MESSAGES_OUT


class StopError(Exception):
    """The campaign is to be paused, for a reason that people are told."""

    def __init__(self, halt: Halt) -> None:
        super().__init__(halt.words)
        self.halt = halt


@dataclass(frozen=True, slots=True)
class Obstacles:
    templates: Callable[[Tenant], Templates]
    limits: Limits

    def check(self, tenant: Tenant, number: Number | None, campaign: Campaign) -> str | None:
        """The opt-in that the message needs, None for one that is no template. Raises StopError."""
        if number is None or number.tenant != tenant:
            raise StopError(because("number_gone"))
        if number.kind not in IN_BULK:
            raise StopError(because("linked_phone"))
        if number.held is not None:
            raise StopError(because("number_held", details=number.held))
        try:
            self.limits.check(tenant, MESSAGES_OUT)
        except LimitReachedError as error:
            raise StopError(because("limit", details=str(error))) from error
        return category_of(self.templates(tenant), number.waba_id, campaign)


def category_of(templates: Templates, waba_id: str, campaign: Campaign) -> str | None:
    """The same, by the message alone. Raises StopError."""
    message = campaign.plan["message"]
    if message.get("type") != "template":
        return None
    named = _named(message)
    known = templates.find(waba_id, *named) if named else None
    if known is None:
        # One that is not in our list yet is WhatsApp's to judge; a draft may name none.
        return MARKETING
    if known.status != APPROVED:
        words = known.details or known.reason
        told = {"template": known.name, "status": known.status}
        raise StopError(
            because("template_because", **told, details=words)
            if words
            else because("template", **told)
        )
    return known.category.lower()


def _named(message: JsonObject) -> tuple[str, str] | None:
    """The template's name and language, as far as a draft has them."""
    match message.get("template"):
        case {"name": str(name), "language": {"code": str(language)}} if name and language:
            return name, language
    return None
