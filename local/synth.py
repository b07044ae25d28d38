"""The cloud assembly of stage `local`, synthesized only when its sources have changed."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from local.changes import fingerprint
from local.failures import SynthesisError

_SOURCES = ("infra", "functions", "layers", "requirements", "cdk.json")
_KEPT = 3


def assembly(root: Path, cache: Path, log: Path) -> Path:
    """The folder of an assembly that fits the sources. Assemblies are kept by fingerprint, so that
    stacks running side by side never see each other's half-written one."""
    machine = (platform.python_version(), platform.platform())
    wanted = cache / fingerprint(root, _SOURCES, *machine)[:16]
    if not wanted.exists():
        _synthesize(root, wanted, log)
        _forget_old(cache)
    wanted.touch()
    return wanted


def _synthesize(root: Path, target: Path, log: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix="making-", dir=target.parent))
    with log.open("wb") as output:
        code = subprocess.run(
            [sys.executable, "-m", "infra.app", "-c", "stage=local", "-o", making],
            cwd=root,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        ).returncode
    if code or not (making / "manifest.json").exists():
        shutil.rmtree(making, ignore_errors=True)
        raise SynthesisError(log)
    try:
        making.rename(target)
    except OSError:  # somebody else made the same one meanwhile
        shutil.rmtree(making, ignore_errors=True)


def _environment() -> dict[str, str]:
    """Without what would keep Python from remembering its bytecode: importing the CDK's library
    takes several times as long then."""
    return {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _forget_old(cache: Path) -> None:
    by_use = sorted(
        (path for path in cache.iterdir() if not path.name.startswith("making-")),
        key=lambda path: path.stat().st_mtime,
        reverse=True,
    )
    for path in by_use[_KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
