"""A stage may bound flows otherwise than the engine does."""

from __future__ import annotations

import pytest

from flow.engine.limits import DEFAULT_LIMITS, Limits
from flow.stage_limits import stage_limits
from shared.settings import SettingsError


def test_without_a_word_of_the_stage_the_engines_own_hold() -> None:
    assert stage_limits({}) == DEFAULT_LIMITS


def test_what_the_stage_names_is_bounded_by_it() -> None:
    written = {"FLOW_LIMITS": '{"steps_per_event": 500, "wait_seconds": 3600}'}
    assert stage_limits(written) == Limits(steps_per_event=500, wait_seconds=3600)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{", "no JSON"),
        ("[]", "no object"),
        ('{"steps": 5}', "no limits: steps"),
        ('{"frames": 0}', "positive numbers: frames"),
        ('{"frames": true}', "positive numbers: frames"),
        ('{"frames": 1.5}', "positive numbers: frames"),
    ],
)
def test_what_is_no_limit_is_told_at_once(written: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        stage_limits({"FLOW_LIMITS": written})
