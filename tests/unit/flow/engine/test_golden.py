"""Every type of node, by examples that people can read: golden/README.md says how."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from flow.engine.definition import compile_flow
from flow.engine.nodes import NODE_TYPES
from tests.unit.flow.engine.golden_talk import FILES, flows_of, play

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


def test_every_option_of_every_node_has_its_example() -> None:
    shown: set[tuple[str, str]] = set()
    for case in (case for file in FILES for case in json.loads(file.read_text())):
        for stored in flows_of(case).values():
            for node in compile_flow(stored).definition.nodes:
                shown |= set(_options_set(node))
    there = {option for node in NODE_TYPES.values() for option in _options_of(node, set())}
    assert there - shown == {(name, "title") for name in _titled()}


def _titled() -> set[str]:
    """What stands on a card of the builder is of no meaning to the engine."""
    return {node.__name__ for node in NODE_TYPES.values()}


def _options_set(value: object) -> Iterator[tuple[str, str]]:
    match value:
        case BaseModel():
            for name in value.model_fields_set:
                yield type(value).__name__, name
                yield from _options_set(getattr(value, name))
        case list():
            for part in value:
                yield from _options_set(part)
        case dict():
            for part in value.values():
                yield from _options_set(part)


def _options_of(annotation: Any, seen: set[type]) -> Iterator[tuple[str, str]]:
    """Of a model and of all models within it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation in seen:
            return
        seen.add(annotation)
        for name, field in annotation.model_fields.items():
            yield annotation.__name__, name
            yield from _options_of(field.annotation, seen)
    for part in get_args(annotation):
        yield from _options_of(part, seen)


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
