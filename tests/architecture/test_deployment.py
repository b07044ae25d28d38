"""The templates and the code agree, and what is deployed is complete."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import json
import re
from pathlib import Path
from typing import Any

import pytest

from shared.last_words import LastWordsSettings
from tests.architecture.source_tree import FUNCTIONS, SHARED, modules, tree
from tests.templates import (
    ALARM,
    QUEUE,
    STAGES,
    TABLE,
    own_functions,
    queue_sources,
    referred,
    resources,
)

OF_THE_PLATFORM = re.compile(r"POWERTOOLS_.*|AWS_.*|LOG_LEVEL")
HANDLERS = sorted(
    ".".join([*path.relative_to(FUNCTIONS).with_suffix("").parts, "handler"])
    for path in modules(FUNCTIONS)
    if re.search(r"^(def handler\(|handler = )", path.read_text(), re.MULTILINE)
)


@pytest.fixture(params=STAGES, scope="module")
def stage(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_handler_in_the_code_is_deployed_and_no_other(stage: str) -> None:
    assert "gateway.webhook.handler" in HANDLERS
    assert sorted(own_functions(stage)) == HANDLERS


@pytest.mark.parametrize("handler", HANDLERS)
def test_every_handler_takes_an_event_and_a_context(handler: str) -> None:
    module, _, name = handler.rpartition(".")
    function = getattr(importlib.import_module(module), name)
    inspect.signature(function).bind({}, None)


@pytest.mark.parametrize("handler", HANDLERS)
def test_a_function_is_given_exactly_what_it_reads(stage: str, handler: str) -> None:
    module = importlib.import_module(handler.rpartition(".")[0])
    read = [found for name, found in vars(module).items() if name.endswith("Settings")]
    given = own_functions(stage)[handler]["Environment"]["Variables"]
    if "MAX_RECEIVES" in given:
        read.append(LastWordsSettings)  # by way of what runs its batches
    fields = {field.name.upper() for found in read for field in dataclasses.fields(found)}
    assert {name for name in given if not OF_THE_PLATFORM.fullmatch(name)} == fields
    assert {"POWERTOOLS_SERVICE_NAME", "LOG_LEVEL"} <= given.keys()


def _dead_letters(queues: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Dead-letter queue by the queue that it serves."""
    return {
        name: referred(queue["Properties"]["RedrivePolicy"]["deadLetterTargetArn"])
        for name, queue in queues.items()
        if "RedrivePolicy" in queue["Properties"]
    }


def test_every_queue_has_a_consumer_dead_letters_and_alarms(stage: str) -> None:
    queues = resources(stage, QUEUE)
    dead = _dead_letters(queues)
    consumed = {
        referred(source["EventSourceArn"])
        for source in queue_sources(stage).values()
        if source.get("Enabled", True)
    }
    watched = {
        name
        for name in queues
        for alarm in resources(stage, ALARM).values()
        if f'"{name}"' in json.dumps(alarm["Properties"]["Dimensions"])
        and alarm["Properties"]["AlarmActions"]
    }
    assert dead
    for name in queues:
        assert name in watched
        assert name in consumed
    assert dead.keys() | set(dead.values()) == queues.keys()


def test_every_table_can_be_restored(stage: str) -> None:
    tables = resources(stage, TABLE)
    assert len(tables) >= 5
    for table in tables.values():
        recovery = table["Properties"]["PointInTimeRecoverySpecification"]
        assert recovery == {"PointInTimeRecoveryEnabled": True}


def test_metrics_are_named_in_the_code_and_alike() -> None:
    """A metric costs by its name; one that a tenant could name would cost without end."""
    names: set[str] = set()
    for path in [*modules(FUNCTIONS), *modules(SHARED)]:
        if path.name != "observability.py":
            names.update(name for call in _counts(path) for name in _constants(call.args[0]))
    assert len(names) > 5
    assert [name for name in names if not re.fullmatch(r"([A-Z][a-z]+)+", name)] == []


def _counts(path: Path) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "count"
    ]


def _constants(name: ast.expr) -> list[str]:
    match name:
        case ast.Constant(str(text)):
            return [text]
        case ast.IfExp(body=one, orelse=other):
            return [*_constants(one), *_constants(other)]
    raise AssertionError(f"a metric's name is computed: {ast.unparse(name)}")
