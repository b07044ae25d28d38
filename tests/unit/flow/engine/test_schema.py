"""The JSON Schema that other programs are given: current, and of one mind with the engine."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given

from apidoc.__main__ import FLOW_SCHEMA, flow_schema
from flow.engine.definition import validated
from flow.engine.json_schema import json_schema
from shared.json_types import JsonObject
from tests.architecture.source_tree import FUNCTIONS
from tests.unit.flow.engine.any_flow import flows
from tests.unit.flow.engine.golden_talk import FILES, stored_flows

GALLERY = sorted((FUNCTIONS / "flow" / "gallery").glob("*.json"))
VALIDATOR = jsonschema_rs.validator_for(json_schema())


def test_the_schema_is_current() -> None:
    """`make openapi` writes it."""
    assert FLOW_SCHEMA.read_text() == flow_schema()


@pytest.mark.parametrize("file", [*GALLERY, *FILES], ids=lambda file: file.stem)
def test_what_the_engine_takes_the_schema_takes(file: Path) -> None:
    stored = json.loads(file.read_text())
    cases = stored_flows(stored) if isinstance(stored, list) else [stored["flow"]]
    for flow in cases:
        VALIDATOR.validate(flow)


@given(flow=flows())
def test_any_flow_of_ours_is_one_of_the_schema(flow: JsonObject) -> None:
    validated(flow)
    VALIDATOR.validate(flow)


def test_what_the_schema_refuses() -> None:
    flow = json.loads(GALLERY[0].read_text())["flow"]
    wrong: list[JsonObject] = [{"schema": 3}, {"nodes": []}, {"triggers": [{"type": "x"}]}]
    for broken in wrong:
        assert not VALIDATOR.is_valid({**flow, **broken})
