"""The JSON Schema of a stored flow, made from its models."""

from __future__ import annotations

from typing import Any, Final

from flow.engine.definition import Definition
from flow.engine.nodes import NODE_TYPES
from shared.json_types import JsonObject

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> JsonObject:
    """JSON Schema, draft 2020-12. `x-exits` of a node are those that all of its type have;
    `x-text` marks what may hold `{{…}}`: "local" by language, "template" in one; `x-rule` marks
    JsonLogic, `x-pattern` a regular expression."""
    schema = Definition.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
    for node in NODE_TYPES.values():
        schema["$defs"][node.__name__]["x-exits"] = list(node.EXITS)
        schema["$defs"][node.__name__]["x-waits"] = node.WAITS
    _without_titles(schema)
    return {"$schema": DIALECT, "title": "A flow of Kabar, schema 2", **schema}


def _without_titles(schema: Any) -> None:
    """Pydantic names every field after itself, which says nothing."""
    if isinstance(schema, dict):
        if isinstance(schema.get("title"), str):
            del schema["title"]
        for part in schema.values():
            _without_titles(part)
    elif isinstance(schema, list):
        for part in schema:
            _without_titles(part)
