"""The kinds of channel: what a number is reached through."""

from __future__ import annotations

from typing import Final

CLOUD_API: Final = "cloud_api"
BAILEYS: Final = "baileys"
LINKED: Final = "wa"
"""What the ids of linked phones begin with; Meta's are digits alone."""

HAS_WINDOW: Final = frozenset({CLOUD_API})
"""The kinds of channel that may write freely for 24 hours only after the customer has."""


def kind_of_channel(channel: str) -> str:
    """By its id."""
    return BAILEYS if channel.startswith(LINKED) else CLOUD_API
