"""What the measurement in real time is made of: faults, deaths, and the reading of the journal."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from benchmarks.blast_live import judged, script
from benchmarks.worker_deaths import Deaths
from shared.json_types import JsonObject
from tests.unit.blast.virtual_meta import Faults

_WORKER = """
import threading, time
for _ in range(5):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
print("at work", flush=True)
time.sleep(60)
"""


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


@contextmanager
def worker(function: str, code: str = _WORKER) -> Iterator[subprocess.Popen[bytes]]:
    """The leader of a process group of its own."""
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env={"AWS_LAMBDA_FUNCTION_NAME": function},
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="processes are told apart by /proc")
def test_only_a_worker_of_the_function_that_is_at_work_is_killed() -> None:
    idle = "import time; print(flush=True); time.sleep(60)"
    with worker("Deliver") as at_work, worker("Deliver", idle) as waiting:
        assert not Deaths(at_work.pid, "Pacer").kill_one()
        assert not Deaths(waiting.pid, "Deliver").kill_one()
        assert Deaths(at_work.pid, "Deliver").kill_one()
        assert at_work.wait(10) == -9
        assert waiting.poll() is None
