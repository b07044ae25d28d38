from pathlib import Path

import pytest

from local.graph.settings import SettingsError, settings_from

ENV = {
    "WEBHOOK_URL": "http://127.0.0.1:1/webhook",
    "APP_SECRET": "secret",
    "PHONE_NUMBER_ID": "200300400500600",
    "WABA_ID": "100200300400500",
    "ACCESS_TOKEN": "token",
    "DISPLAY_PHONE_NUMBER": "+1 555-000-1111",
}


def test_defaults_fill_what_is_optional() -> None:
    settings = settings_from(ENV)
    assert settings.port == 4600
    assert settings.status_delay_seconds == 0.3
    assert settings.phone_dist is None
    assert settings.business.digits == "15550001111"


def test_the_environment_wins() -> None:
    settings = settings_from(
        {**ENV, "PORT": "4", "STATUS_DELAY_SECONDS": "0", "PHONE_DIST": "dist"}
    )
    assert (settings.port, settings.status_delay_seconds) == (4, 0.0)
    assert settings.phone_dist == Path("dist")


@pytest.mark.parametrize("name", sorted(ENV))
def test_a_missing_variable_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        settings_from({key: value for key, value in ENV.items() if key != name})


@pytest.mark.parametrize("value", ["soon", "-1"])
def test_an_unusable_number_is_named(value: str) -> None:
    with pytest.raises(SettingsError, match="STATUS_DELAY_SECONDS"):
        settings_from({**ENV, "STATUS_DELAY_SECONDS": value})
