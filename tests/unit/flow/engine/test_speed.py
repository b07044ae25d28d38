"""The engine is as quick as `make bench` says, with room for a busy machine."""

from __future__ import annotations

import pytest

from benchmarks import engine, timing


def test_events_and_steps_cost_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "ROUNDS", 5)
    monkeypatch.setattr(timing, "ROUND_SECONDS", 0.02)
    rows = engine.run()
    assert [row.case for row in rows[:-1]] == list(engine.CASES)
    first, further = rows[0], rows[-1]
    assert first.microseconds <= engine.TARGET_MICROSECONDS
    assert further.microseconds <= 3 * engine.STEP_TARGET_MICROSECONDS
