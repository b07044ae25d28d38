"""Every type of node, by examples that people can read: golden/README.md says how."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flow.engine.nodes import NODE_TYPES
from tests.unit.flow.engine.golden_talk import FILES, play

CASES = [
    pytest.param(case, id=f"{file.stem}: {case['about']}")
    for file in FILES
    for case in json.loads(file.read_text())
]


def test_every_type_of_node_has_its_examples() -> None:
    shown = {
        node["type"]
        for file in FILES
        for case in json.loads(file.read_text())
        for node in case["nodes"]
        if node["type"] == file.stem
    }
    assert shown == set(NODE_TYPES)
    assert {file.stem for file in FILES} >= set(NODE_TYPES)


@pytest.mark.parametrize("case", CASES)
def test_golden(case: dict[str, object]) -> None:
    talk = case["talk"]
    assert isinstance(talk, list)
    expected = [{key: value for key, value in turn.items() if key != "when"} for turn in talk]
    assert play(case) == expected


def test_each_file_is_written_as_people_write_it() -> None:
    for file in FILES:
        assert isinstance(file, Path)
        assert file.read_text().endswith("]\n")
