"""What the measurement in real time is made of: the faults, and the reading of the journal."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.blast_live import judged, script
from shared.json_types import JsonObject
from tests.unit.blast.virtual_meta import Faults


def send(at: int, to: str, wamid: str | None, **more: object) -> JsonObject:
    told = {"status": 200, "error_code": None, "fault": None, **more}
    return {"at": at, "body": {"to": to}, "wamid": wamid, **told}


def test_faults_have_their_shares() -> None:
    many = Counter[str]()
    for fault in script(Faults(), 100_000):
        many[f"{fault['mode']} {fault.get('http_status', 0) // 100}"] += fault["times"]
    share = {name: number / many.total() for name, number in many.items()}
    assert share["drop_answer 0"] == pytest.approx(0.01, rel=0.1)
    assert share["error 5"] == pytest.approx(0.01, rel=0.1)
    assert share["error 4"] == pytest.approx(0.005, rel=0.1)


def test_a_journal_is_judged() -> None:
    sends = [send(1_000 + n * 50, f"62{n}", f"wamid.{n}") for n in range(100)]
    sends[7] |= {"wamid": None, "status": 500, "fault": "error"}
    sends[8] |= {"wamid": None, "status": 429, "error_code": 130429}
    sends.append(send(8_000, "627", "wamid.again"))
    sends.append(send(9_000, "6299", "wamid.twice"))
    row = judged(sends, people=100, kills=3, outcomes={"delivered": 99})
    assert (row.twice, row.lost, row.too_close) == (1, 1, 1)
    assert (row.busiest, row.refused, row.kills) == (20, 1, 3)
    assert row.faults == {"error 500": 1}
    assert row.held == pytest.approx(20 / 19)
