"""Reads a file in a process of its own, which may fail in any way without harm to us."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rag.sources.blocks import Parsed, UnreadableError, from_json

# Lambda's Python needs its own libraries; elsewhere there is no such folder.
_LIBRARIES: Final = "/var/lang/lib:/lib64:/usr/lib64"
_TOO_SLOW: Final = "Reading the file takes longer than a document may need."
_TOO_MUCH: Final = "The file cannot be read: it is damaged, or needs far more than a document does."


@dataclass(frozen=True, slots=True)
class Limits:
    """Memory in MB, time in seconds of the clock."""

    megabytes: int = 1024
    seconds: int = 120


_LIMITS: Final = Limits()


def read(kind: str, content: bytes, limits: Limits = _LIMITS) -> Parsed:
    """Raises UnreadableError with words for the person who brought the file."""
    with tempfile.TemporaryDirectory() as folder:
        source, result = Path(folder, "source"), Path(folder, "result")
        source.write_bytes(content)
        command = [sys.executable, "-m", "rag.sources.child", kind, str(source), str(result)]
        try:
            done = subprocess.run(
                [*command, str(limits.megabytes), str(limits.seconds)],
                env={"PYTHONPATH": os.pathsep.join(sys.path), "LD_LIBRARY_PATH": _LIBRARIES},
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=limits.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableError(_TOO_SLOW) from error
        if done.returncode != 0 or not result.exists():
            raise UnreadableError(_TOO_SLOW if done.returncode == -24 else _TOO_MUCH)
        answer = json.loads(result.read_text(encoding="utf-8"))
    if "refused" in answer:
        raise UnreadableError(answer["refused"])
    return from_json(answer["parsed"])
