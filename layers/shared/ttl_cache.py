"""A value per key, remembered by a warm function for a stated time."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from shared.clock import Clock, now_ms

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class TtlCache(Generic[Key, Value]):
    """`get(key, load)` calls `load` when nothing fresher than `ttl_seconds` is known."""

    def __init__(self, ttl_seconds: float, clock: Clock = now_ms, max_entries: int = 1000) -> None:
        self._ttl_ms = ttl_seconds * 1000
        self._clock = clock
        self._max_entries = max_entries
        self._entries: dict[Key, tuple[float, Value]] = {}

    def get(self, key: Key, load: Callable[[], Value]) -> Value:
        now = self._clock()
        entry = self._entries.get(key)
        if entry is not None and now < entry[0]:
            return entry[1]
        value = load()
        if len(self._entries) >= self._max_entries:
            self._entries.clear()
        self._entries[key] = (now + self._ttl_ms, value)
        return value

    def forget(self, key: Key) -> None:
        self._entries.pop(key, None)
