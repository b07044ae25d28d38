from pathlib import Path

import pytest

from local.changes import fingerprint


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "infra/stacks").mkdir(parents=True)
    (tmp_path / "infra/stacks/app.py").write_text("one")
    (tmp_path / "cdk.json").write_text("{}")
    return tmp_path


def of(root: Path) -> str:
    return fingerprint(root, ["infra", "cdk.json", "absent"], "3.13")


def test_nothing_changed_nothing_new(root: Path) -> None:
    before = of(root)
    (root / "infra/__pycache__").mkdir()
    (root / "infra/__pycache__/app.pyc").write_bytes(b"x")
    (root / "README.md").write_text("outside of the sources")

    assert of(root) == before


def test_contents_count(root: Path) -> None:
    before = of(root)
    (root / "infra/stacks/app.py").write_text("two")

    assert of(root) != before


def test_names_count(root: Path) -> None:
    before = of(root)
    (root / "infra/stacks/app.py").rename(root / "infra/stacks/data.py")

    assert of(root) != before


def test_new_files_count_even_when_empty(root: Path) -> None:
    before = of(root)
    (root / "infra/empty.py").touch()

    assert of(root) != before


def test_facts_count(root: Path) -> None:
    assert fingerprint(root, ["infra"], "3.13") != fingerprint(root, ["infra"], "3.11")
