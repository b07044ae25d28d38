import os
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.failures import NotHealthyError, ProcessDiedError
from local.processes import Command, Supervisor, group_alive

REPOSITORY = Path(__file__).parents[3]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder whose modules can be started, with the leash among them."""
    (tmp_path / "local").mkdir()
    (tmp_path / "local/__init__.py").touch()
    leash = (REPOSITORY / "local/leash.py").read_text()
    (tmp_path / "local/leash.py").write_text(leash)
    return tmp_path


@pytest.fixture
def supervisor(root: Path) -> Iterator[Supervisor]:
    made = Supervisor(root)
    yield made
    made.stop()


def command(root: Path, module: str, code: str) -> Command:
    (root / f"{module}.py").write_text(textwrap.dedent(code))
    env = {"PATH": os.defpath}
    return Command(module, Path(sys.executable), module, env, root / f"{module}.log")


SLEEPER = """
    import subprocess, sys, pathlib, time
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    pathlib.Path("ready").touch()
    time.sleep(60)
"""

STUBBORN = """
    import pathlib, signal, time
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    pathlib.Path("ready").touch()
    time.sleep(60)
"""


def test_stop_ends_a_child_and_its_children(root: Path, supervisor: Supervisor) -> None:
    supervisor.start(command(root, "sleeper", SLEEPER))
    supervisor.wait_until("sleeper", (root / "ready").exists, 20)
    group = supervisor.pids()["sleeper"]
    assert group_alive(group)

    supervisor.stop()

    assert not group_alive(group)


def test_stop_ends_what_does_not_listen(
    root: Path, supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("local.processes._GRACE_SECONDS", 0.2)
    supervisor.start(command(root, "stubborn", STUBBORN))
    supervisor.wait_until("stubborn", (root / "ready").exists, 20)
    group = supervisor.pids()["stubborn"]

    supervisor.stop()

    assert not group_alive(group)


def test_a_child_ends_when_its_starter_is_gone(root: Path, supervisor: Supervisor) -> None:
    supervisor.start(command(root, "sleeper", SLEEPER))
    supervisor.wait_until("sleeper", (root / "ready").exists, 20)
    ((_, child),) = supervisor._children
    assert child.stdin

    child.stdin.close()  # as the system does for a process that was killed

    child.wait(timeout=20)
    deadline = time.monotonic() + 20
    while group_alive(child.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not group_alive(child.pid)


def test_a_child_that_dies_is_told_with_its_log(root: Path, supervisor: Supervisor) -> None:
    supervisor.start(command(root, "broken", "raise SystemExit(3)"))

    with pytest.raises(ProcessDiedError, match=r"broken stopped with exit code 3: .*broken\.log"):
        supervisor.wait_until("broken", lambda: False, 20)
    with pytest.raises(ProcessDiedError):
        supervisor.check()


def test_a_child_that_never_answers_is_told_with_its_log(
    root: Path, supervisor: Supervisor
) -> None:
    supervisor.start(command(root, "mute", "import time; time.sleep(60)"))

    with pytest.raises(NotHealthyError, match=r"mute did not answer .*mute\.log"):
        supervisor.wait_until("mute", lambda: False, 0.2)
