"""Whose a business number is, remembered for a minute by a warm function."""

from __future__ import annotations

from shared.clock import Clock, now_ms
from shared.store.directory import Directory, Number
from shared.ttl_cache import TtlCache

REMEMBER_SECONDS = 60


class Numbers:
    def __init__(self, directory: Directory, clock: Clock = now_ms) -> None:
        self._directory = directory
        self._cache: TtlCache[str, Number | None] = TtlCache(REMEMBER_SECONDS, clock)

    def get(self, phone_number_id: str) -> Number | None:
        """The number, or None when no tenant has connected it."""
        return self._cache.get(phone_number_id, lambda: self._directory.number(phone_number_id))
