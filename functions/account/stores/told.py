"""What a store tells of somebody: the file that it belongs in, and one record."""

from __future__ import annotations

from typing import TypeAlias

from shared.json_types import JsonObject

Told: TypeAlias = tuple[str, JsonObject]
