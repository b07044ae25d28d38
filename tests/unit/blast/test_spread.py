"""Threads that send: whoever asks for room is told how many would run at once."""

from __future__ import annotations

from threading import Event

from blast.spread import Threads
from shared.clock import now_ms


def waits(event: Event) -> None:
    event.wait(10)


def test_room_is_what_no_thread_works_at() -> None:
    goes_on = Event()
    with Threads(2, now_ms) as threads:
        assert threads.has_room(2)
        assert not threads.has_room(3)
        threads.submit(lambda: waits(goes_on))
        assert threads.has_room(1)
        assert not threads.has_room(2)
        goes_on.set()
        threads.drain()
        assert threads.has_room(2)
