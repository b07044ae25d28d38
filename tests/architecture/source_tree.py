"""The tracked source, as files and as imports."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FUNCTIONS = ROOT / "functions"
SHARED = ROOT / "layers" / "shared"
ENGINE = FUNCTIONS / "flow" / "engine"
CONTEXTS = tuple(
    sorted(path.name for path in FUNCTIONS.iterdir() if (path / "__init__.py").exists())
)


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that a clone gets, and those about to be added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def modules(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def place(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), place(path))


def imports(path: Path) -> Iterator[str]:
    """Full names of what a module imports, wherever in it; relative ones begin with dots."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def calls(path: Path) -> Iterator[str]:
    """Names that are called: `name` or `.attribute`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(name):
                    yield name
                case ast.Attribute(_, name):
                    yield f".{name}"
