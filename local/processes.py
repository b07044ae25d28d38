"""Child processes: each leads a process group, logs to a file, and is stopped with its group."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from local.failures import LeftBehindError, NotHealthyError, ProcessDiedError

_GRACE_SECONDS = 6.0
_KILL_SECONDS = 4.0
_POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Command:
    """`env` is the child's whole environment; `module` runs on a leash (see `local.leash`)."""

    name: str
    python: Path
    module: str
    env: Mapping[str, str]
    log: Path


class Supervisor:
    """Starts children and stops every one of them, last started first."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._children: list[tuple[Command, subprocess.Popen[bytes]]] = []

    def start(self, command: Command) -> None:
        with command.log.open("wb") as log:
            child = subprocess.Popen(
                [command.python, "-m", "local.leash", command.module],
                cwd=self._root,
                env=dict(command.env),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._children.append((command, child))

    def wait_until(self, name: str, healthy: Callable[[], bool], seconds: float) -> None:
        """Until the child called `name` is healthy. Raises when it dies or the time is up."""
        command, child = next(pair for pair in self._children if pair[0].name == name)
        deadline = time.monotonic() + seconds
        while not healthy():
            if (code := child.poll()) is not None:
                raise ProcessDiedError(name, code, command.log)
            if time.monotonic() > deadline:
                raise NotHealthyError(name, seconds, command.log)
            time.sleep(_POLL_SECONDS)

    def check(self) -> None:
        """Raises when a child has ended by itself."""
        for command, child in self._children:
            if (code := child.poll()) is not None:
                raise ProcessDiedError(command.name, code, command.log)

    def pids(self) -> dict[str, int]:
        return {command.name: child.pid for command, child in self._children}

    def stop(self) -> None:
        """Ends every group: politely, then not. Raises when something is still there."""
        running, self._children = self._children[::-1], []
        children = [child for _, child in running]
        _signal(children, signal.SIGTERM)
        _wait_for_end(children, _GRACE_SECONDS)
        _signal(children, signal.SIGKILL)
        _wait_for_end(children, _KILL_SECONDS)
        for child in children:
            _collect(child)
        left = [command.name for command, child in running if group_alive(child.pid)]
        if left:
            raise LeftBehindError(left)


def _collect(child: subprocess.Popen[bytes]) -> None:
    if child.stdin:
        child.stdin.close()
    # The leader is dead before the last of its threads is, and only then to be collected.
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(timeout=_POLL_SECONDS * 20)


def _signal(children: Sequence[subprocess.Popen[bytes]], number: signal.Signals) -> None:
    for child in children:
        try:
            os.killpg(child.pid, number)
        except (ProcessLookupError, PermissionError):  # macOS says "permission" of a dead group
            continue


def _wait_for_end(children: Sequence[subprocess.Popen[bytes]], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for child in children:
            child.poll()
        if not any(group_alive(child.pid) for child in children):
            return
        time.sleep(_POLL_SECONDS)


def group_alive(group: int) -> bool:
    """Whether a process of the group still runs. Ended ones that nobody has collected yet (an init
    that does not reap) do not count."""
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    proc = Path("/proc")
    if not (proc / "self/stat").exists():
        return True
    return any(_runs_in_group(entry / "stat", group) for entry in proc.glob("[0-9]*"))


def _runs_in_group(stat: Path, group: int) -> bool:
    try:
        state, _parent, process_group = stat.read_text().rpartition(")")[2].split()[:3]
    except (OSError, ValueError):
        return False
    return int(process_group) == group and state not in "ZX"
