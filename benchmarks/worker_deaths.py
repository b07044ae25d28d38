"""Workers of a function on the running stack, and their deaths, as by a power cut. Linux only."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_IDLE_THREADS: Final = 2


@dataclass
class Deaths:
    """`group` is the process group of the local AWS, whose children the workers are."""

    group: int
    function: str
    _random: random.Random = field(default_factory=lambda: random.Random(7))

    def kill_one(self) -> bool:
        """One of those that send just now. False when nobody does."""
        at_work = list(self._at_work())
        if not at_work:
            return False
        os.kill(self._random.choice(at_work), signal.SIGKILL)
        return True

    def _at_work(self) -> Iterator[int]:
        """A worker sends with many threads, and waits for its next chunk with one."""
        for process in _PROC.glob("[0-9]*"):
            try:
                threads = len(list((process / "task").iterdir()))
                if threads > _IDLE_THREADS and self._is_ours(process):
                    yield int(process.name)
            except OSError:
                continue  # it has ended, or is somebody else's

    def _is_ours(self, process: Path) -> bool:
        group = (process / "stat").read_text().rpartition(")")[2].split()[2]
        if int(group) != self.group:
            return False
        named = f"AWS_LAMBDA_FUNCTION_NAME={self.function}".encode()
        return named in (process / "environ").read_bytes().split(b"\0")
