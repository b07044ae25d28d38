"""How an app comes to an account and its number (sections 5.5 and 5.6): what a token was granted,
whether the app hears of the account, and the number's two-step PIN."""

from collections.abc import Callable
from dataclasses import dataclass, field

from local.graph.business import Business
from local.graph.graph_errors import GraphError
from local.graph.json_types import JsonObject

SCOPES = ("whatsapp_business_management", "whatsapp_business_messaging")
WRONG_PIN = 133005
REGISTERED_TOO_OFTEN = 133016
REGISTRATIONS = 10
REGISTRATION_WINDOW_MS = 72 * 3600 * 1000
PIN_DIGITS = 6


@dataclass
class Onboarding:
    business: Business
    now_ms: Callable[[], int]
    subscribed: bool = False
    pin: str | None = None
    registered_at: list[int] = field(default_factory=list)

    def token_data(self, app_id: str, *, valid: bool) -> JsonObject:
        scopes = [{"scope": one, "target_ids": [self.business.waba_id]} for one in SCOPES]
        return {"app_id": app_id, "is_valid": valid, "granular_scopes": scopes if valid else []}

    def number(self) -> JsonObject:
        return {
            "id": self.business.phone_number_id,
            "display_phone_number": self.business.display_phone_number,
            "verified_name": self.business.name,
            "quality_rating": "GREEN",
            "name_status": "APPROVED",
            "status": "CONNECTED",
            "throughput": {"level": "STANDARD"},
            "whatsapp_business_manager_messaging_limit": "TIER_2K",
            "is_on_biz_app": False,
        }

    def account(self) -> JsonObject:
        """Its business has one account."""
        owner = {"id": f"7{self.business.waba_id}", "name": self.business.name}
        return {
            "id": self.business.waba_id,
            "name": self.business.name,
            "owner_business_info": owner,
        }

    def register(self, pin: str) -> None:
        """Sets the PIN where there is none; else it must be the same."""
        if not (pin.isdecimal() and len(pin) == PIN_DIGITS):
            raise GraphError(100, f"Param pin must have {PIN_DIGITS} digits.")
        now = self.now_ms()
        lately = [at for at in self.registered_at if now - at < REGISTRATION_WINDOW_MS]
        if len(lately) >= REGISTRATIONS:
            raise GraphError(REGISTERED_TOO_OFTEN, "The number was registered too often.")
        if self.pin not in (None, pin):
            raise GraphError(WRONG_PIN, "Two step verification PIN Mismatch")
        self.registered_at = [*lately, now]
        self.pin = pin
