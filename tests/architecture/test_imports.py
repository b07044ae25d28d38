"""Who may import whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.source_tree import (
    CONTEXTS,
    ENGINE,
    FUNCTIONS,
    ROOT,
    SHARED,
    calls,
    imports,
    modules,
    place,
)

PURE_LIBRARIES = {
    *("__future__", "collections", "contextvars", "dataclasses", "enum", "functools", "hashlib"),
    *("datetime", "itertools", "json", "math", "re", "types", "typing", "typing_extensions"),
    *("unicodedata", "urllib", "zoneinfo"),
    *("json_logic", "minijinja", "pydantic", "re2"),
}
FOREIGN = {"infra", "local", "tests", "benchmarks", "moto", "ministack"}


def _of(folder: Path) -> list[object]:
    return [pytest.param(path, id=place(path)) for path in modules(folder)]


def test_the_contexts_are_seen() -> None:
    assert {"account", "flow", "gateway"} <= set(CONTEXTS)
    assert len(modules(ENGINE)) > 5


@pytest.mark.parametrize("path", _of(FUNCTIONS))
def test_a_context_imports_no_other_context(path: Path) -> None:
    own = path.relative_to(FUNCTIONS).parts[0]
    roots = {name.split(".")[0] for name in imports(path)}
    assert not roots & (set(CONTEXTS) - {own} | FOREIGN)


@pytest.mark.parametrize("path", _of(SHARED))
def test_shared_imports_no_context(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports(path)}
    assert not roots & {*CONTEXTS, *FOREIGN}


@pytest.mark.parametrize("path", [*_of(FUNCTIONS), *_of(SHARED)])
def test_imports_are_absolute_and_in_sight(path: Path) -> None:
    assert not [name for name in imports(path) if name.startswith(".")]
    assert not {"__import__", ".import_module", "eval", "exec"} & set(calls(path))


@pytest.mark.parametrize("path", _of(ENGINE))
def test_the_engine_does_no_input_or_output(path: Path) -> None:
    for name in imports(path):
        is_own = name.startswith(("flow.engine.", "shared.json_types."))
        assert is_own or name.split(".")[0] in PURE_LIBRARIES, name
    assert not {"open", "print", "input"} & set(calls(path))


@pytest.mark.parametrize("path", [*_of(FUNCTIONS), *_of(SHARED)])
def test_one_module_makes_aws_clients(path: Path) -> None:
    makes = [name for name in imports(path) if name.split(".")[0] == "boto3"]
    assert bool(makes) == (path == SHARED / "aws.py")
    assert not [name for name in imports(path) if name.startswith("botocore.session")]


@pytest.mark.parametrize("path", [*_of(FUNCTIONS), *_of(SHARED)])
def test_one_module_reads_the_environment(path: Path) -> None:
    text = path.read_text()
    reads = "os.environ" in text or "getenv" in text or "import environ" in text
    assert reads == (path == SHARED / "settings.py")


@pytest.mark.parametrize("path", [*_of(FUNCTIONS), *_of(SHARED), *_of(ROOT / "infra")])
def test_nothing_prints(path: Path) -> None:
    assert "print" not in set(calls(path))
