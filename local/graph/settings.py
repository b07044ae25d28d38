"""What the stand-in reads from its environment."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from local.graph.business import Business
from local.graph.retry_policy import RetryPolicy
from local.graph.templates.office import REVIEW_SECONDS

DEFAULT_PORT = 4600
DEFAULT_STATUS_DELAY_SECONDS = 0.3
REQUIRED = (
    "WEBHOOK_URL",
    "APP_SECRET",
    "PHONE_NUMBER_ID",
    "WABA_ID",
    "ACCESS_TOKEN",
    "DISPLAY_PHONE_NUMBER",
)


class SettingsError(Exception):
    """The environment lacks a variable or holds one that cannot be read."""


@dataclass(frozen=True)
class Settings:
    port: int
    webhook_url: str
    app_secret: str
    access_token: str
    business: Business
    phone_dist: Path | None
    status_delay_seconds: float
    review_seconds: float
    retry: RetryPolicy


def settings_from(env: Mapping[str, str]) -> Settings:
    missing = [name for name in REQUIRED if not env.get(name)]
    if missing:
        raise SettingsError(f"set {', '.join(missing)} in the environment")
    defaults = RetryPolicy()
    return Settings(
        port=int(_number(env, "PORT", DEFAULT_PORT)),
        webhook_url=env["WEBHOOK_URL"],
        app_secret=env["APP_SECRET"],
        access_token=env["ACCESS_TOKEN"],
        business=Business(
            name=env.get("BUSINESS_NAME") or "Toko Kabar",
            phone_number_id=env["PHONE_NUMBER_ID"],
            waba_id=env["WABA_ID"],
            display_phone_number=env["DISPLAY_PHONE_NUMBER"],
        ),
        phone_dist=Path(env["PHONE_DIST"]) if env.get("PHONE_DIST") else None,
        status_delay_seconds=_number(env, "STATUS_DELAY_SECONDS", DEFAULT_STATUS_DELAY_SECONDS),
        review_seconds=_number(env, "TEMPLATE_REVIEW_SECONDS", REVIEW_SECONDS),
        retry=RetryPolicy(
            attempts=max(1, int(_number(env, "WEBHOOK_ATTEMPTS", defaults.attempts))),
            first_wait_seconds=_number(env, "WEBHOOK_RETRY_SECONDS", defaults.first_wait_seconds),
        ),
    )


def _number(env: Mapping[str, str], name: str, default: float) -> float:
    raw = env.get(name) or str(default)
    try:
        value = float(raw)
    except ValueError:
        raise SettingsError(f"{name} must be a number, not {raw!r}") from None
    if value < 0:
        raise SettingsError(f"{name} must not be negative")
    return value
