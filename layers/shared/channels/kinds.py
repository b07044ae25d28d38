"""The kinds of channel: what a number is reached through."""

from __future__ import annotations

from typing import Final

CLOUD_API: Final = "cloud_api"
BAILEYS: Final = "baileys"
