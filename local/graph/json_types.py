"""The name for a parsed JSON object."""

from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
