"""What stands against a whole campaign, before any of a chunk is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shared.channels.capabilities import IN_BULK
from shared.json_types import JsonObject
from shared.store.campaigns import Campaign
from shared.store.directory import Number
from shared.store.templates import APPROVED, Templates
from shared.tenancy import Tenant
from shared.usage.limits import LimitReachedError, Limits
from shared.usage.meters import MESSAGES_OUT

_MARKETING = "marketing"


class StopError(Exception):
    """The campaign is to be paused; the text is the reason for people."""


@dataclass(frozen=True, slots=True)
class Obstacles:
    templates: Callable[[Tenant], Templates]
    limits: Limits

    def check(self, tenant: Tenant, number: Number | None, campaign: Campaign) -> str | None:
        """The opt-in that the message needs, None for one that is no template. Raises StopError."""
        if number is None or number.tenant != tenant:
            raise StopError("The number is no longer connected to this workspace.")
        if number.kind not in IN_BULK:
            raise StopError("A linked phone writes to one person at a time: WhatsApp bans others.")
        if number.held is not None:
            raise StopError(number.held)
        try:
            self.limits.check(tenant, MESSAGES_OUT)
        except LimitReachedError as error:
            raise StopError(str(error)) from error
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
        return _MARKETING
    if known.status != APPROVED:
        words = known.details or known.reason
        why = f": {words}" if words else ""
        raise StopError(f"The template {known.name} is {known.status} at WhatsApp{why}.")
    return known.category.lower()


def _named(message: JsonObject) -> tuple[str, str] | None:
    """The template's name and language, as far as a draft has them."""
    match message.get("template"):
        case {"name": str(name), "language": {"code": str(language)}} if name and language:
            return name, language
    return None
