"""Files stay small, are named for what they do, and name no machine."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT, place, tracked, tree

SOURCE = {".py", ".ts", ".tsx"}
MOST_LINES = 400
SAYS_NOTHING = re.compile(
    r"(^|_|-|\.)(utils?|helpers?|managers?|common|misc|stuff)(_|-|\.|$)", re.IGNORECASE
)
HALVES = [
    ("registry.npm", "js"),
    ("files.python", "hosted"),
    ("pypi", ".org/simple"),
    ("arti", "factory"),
    ("index", "-url"),
    ("/wo", "rk/"),
    ("/ro", "ot/"),
    ("/home", "/user"),
    ("/Us", "ers/"),
    ("/tmp", "/bash"),
]
FORBIDDEN = [first + second for first, second in HALVES]


def _source() -> list[Path]:
    return [path for path in tracked() if path.suffix in SOURCE]


def test_the_tree_is_seen() -> None:
    assert len(_source()) > 100


def test_source_files_are_short() -> None:
    long = {place(path): len(path.read_text().splitlines()) for path in _source()}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def test_files_are_named_for_what_they_do() -> None:
    assert [place(path) for path in _source() if SAYS_NOTHING.search(path.name)] == []


def test_no_folder_is_named_for_nothing() -> None:
    folders = {part for path in _source() for part in path.relative_to(ROOT).parent.parts}
    assert [name for name in folders if SAYS_NOTHING.search(name)] == []


@pytest.mark.parametrize("word", FORBIDDEN)
def test_no_file_names_a_registry_or_a_machine(word: str) -> None:
    named = []
    for path in tracked():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        if word in text:
            named.append(place(path))
    assert named == []


def test_no_test_is_left_out() -> None:
    """A test that cannot run fails."""
    marks = {"skip", "skipif", "xfail", "importorskip"}
    found = [
        f"{place(path)}:{node.lineno}"
        for path in _source()
        if path.suffix == ".py" and "tests" in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in marks
    ]
    assert found == []


def test_every_folder_of_tests_is_run() -> None:
    folders = {
        path.relative_to(ROOT / "tests").parts[0] for path in ROOT.glob("tests/*/**/test_*.py")
    }
    makefile = (ROOT / "Makefile").read_text()
    recipe = makefile.split("\ntest: ")[1].split("\n\n")[0]
    assert folders
    assert set(re.findall(r"\btests/(\w+)", recipe)) == folders


def test_no_browser_test_is_left_out() -> None:
    left_out = re.compile(r"\b(it|test|describe)\.(skip|only|todo|fails)\b|\bx(it|describe)\(")
    tests = [path for path in _source() if ".test." in path.name]
    assert tests
    assert [place(path) for path in tests if left_out.search(path.read_text())] == []


def test_locks_of_node_name_no_host() -> None:
    locks = [path for path in tracked() if path.name == "package-lock.json"]
    assert len(locks) == 2
    for path in locks:
        assert '"resolved"' not in path.read_text()
        assert '"integrity": "sha512-' in path.read_text()


def test_a_decision_has_a_number_of_its_own() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert decisions
    assert [
        place(one) for one in decisions if not re.match(r"\d{4}-[a-z0-9-]+\.md$", one.name)
    ] == []
    assert len({one.name[:4] for one in decisions}) == len(decisions)
    headed = [one for one in decisions if one.read_text().startswith(f"# {one.name[:4]}")]
    assert headed == decisions
