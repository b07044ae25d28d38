"""How much a flow may do in this stage: the engine's limits, but for those that the stage names."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Final

from flow.engine.limits import DEFAULT_LIMITS, Limits
from shared.settings import SettingsError, load

VARIABLE: Final = "FLOW_LIMITS"
_NAMES: Final = frozenset(field.name for field in dataclasses.fields(Limits))


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    flow_limits: str = "{}"


def stage_limits(environ: Mapping[str, str] | None = None) -> Limits:
    """By FLOW_LIMITS, a JSON object such as {"steps_per_event": 500}; without it the engine's own.

    Raises SettingsError naming what is no limit.
    """
    try:
        named = json.loads(load(Settings, environ).flow_limits)
    except ValueError as error:
        raise SettingsError(f"{VARIABLE} is no JSON") from error
    if not isinstance(named, dict):
        raise SettingsError(f"{VARIABLE} is no object")
    if unknown := sorted(named.keys() - _NAMES):
        raise SettingsError(f"{VARIABLE} names no limits: {', '.join(unknown)}")
    if wrong := sorted(name for name, value in named.items() if not _is_limit(value)):
        raise SettingsError(f"{VARIABLE} needs positive numbers: {', '.join(wrong)}")
    return dataclasses.replace(DEFAULT_LIMITS, **named)


def _is_limit(value: object) -> bool:
    return type(value) is int and value > 0
