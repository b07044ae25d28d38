"""The tables that people and workspaces live in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tables:
    """Names. What one workspace owns is in `workspaces`; what must be found before the workspace
    is known has a twin in `directory`, written in the same transaction; what is metered of either
    is counted in `usage`, in the same transaction too."""

    workspaces: str
    directory: str
    usage: str
