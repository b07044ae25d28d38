"""Whether what the templates are made of has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_SKIPPED = {"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", "node_modules"}


def fingerprint(root: Path, sources: Iterable[str], *facts: str) -> str:
    """A hash over the names and contents of files and folders below `root`, and over further facts
    that the result depends on (the interpreter's version, say)."""
    digest = hashlib.sha256()
    for fact in facts:
        _add(digest, fact.encode())
    for source in sources:
        for path in _files(root / source):
            _add(digest, path.relative_to(root).as_posix().encode())
            _add(digest, path.read_bytes())
    return digest.hexdigest()


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir() and path.name not in _SKIPPED:
        for child in sorted(path.iterdir()):
            if child.suffix != ".pyc":
                yield from _files(child)


def _add(digest: hashlib._Hash, part: bytes) -> None:
    digest.update(len(part).to_bytes(8, "big"))
    digest.update(part)
