"""What a step wants done. Data: the worker commits it and hands it over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from shared.json_types import JsonObject


@dataclass(frozen=True, slots=True)
class Send:
    """A message to the contact: `type` and the object named by it, as Meta wants them."""

    message: JsonObject


@dataclass(frozen=True, slots=True)
class CallHttp:
    """Call an address; the answer returns as an HttpAnswered event with this correlation."""

    correlation: str
    method: str
    url: str
    timeout_seconds: int
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """The session was ended by a limit; `code` is the limit's."""

    code: str


Effect: TypeAlias = Send | CallHttp | Stopped
