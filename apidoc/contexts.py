"""Every context's API."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Final

from shared.api import Api

ROOT: Final = Path(__file__).resolve().parent.parent


def apis() -> dict[str, Api]:
    """By the handler's name: whatever functions/<context>/api.py calls `api`."""
    contexts = sorted(path.parent.name for path in (ROOT / "functions").glob("*/api.py"))
    return {
        f"{context}.api.handler": importlib.import_module(f"{context}.api").api
        for context in contexts
    }
