"""Stored flows of older schemas, brought to the newest one step at a time.

A step takes the JSON of one schema and answers that of the next; it keeps what it does not know.
The store keeps what was stored: a published version never changes, it is migrated when it is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from flow.engine.errors import FlowInvalidError
from shared.json_types import JsonObject

SCHEMA_VERSION: Final = 2
_PLACE = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_.]{0,200})\s*\}\}")
_IS_PATH = re.compile(r"[a-z]+(\.[A-Za-z0-9_]{1,64}){1,20}")
_SCOPES: Final = frozenset({"contact", "message"})
_CALL_EXITS: Final = ("success", "failure", "timeout")


def migrated(stored: JsonObject) -> JsonObject:
    """The flow in the newest schema. Raises FlowInvalidError for one that is none of ours."""
    if not isinstance(stored, dict):
        raise FlowInvalidError("A flow is an object")
    schema = stored.get("schema")
    if type(schema) is not int or not 1 <= schema <= SCHEMA_VERSION:
        raise FlowInvalidError(f"schema: 1 to {SCHEMA_VERSION}", ((("schema",), "Not known"),))
    for version in range(schema, SCHEMA_VERSION):
        stored = _STEPS[version](stored)
    return stored


def newest(draft: JsonObject) -> JsonObject:
    """As `migrated`, but a draft that is none of our schemas is left as it is."""
    try:
        return migrated(draft)
    except FlowInvalidError:
        return draft


def _from_1(stored: JsonObject) -> JsonObject:
    """Variables moved into the scope `vars`, questions became asks, texts contents, and the exits
    of a call need edges of their own. Sessions never expired, and no try was the last."""
    nodes, edges = stored.get("nodes"), stored.get("edges")
    if isinstance(nodes, list) and isinstance(edges, list):
        nodes = [_node_from_1(node) for node in nodes]
        calls = {node["id"] for node in nodes if _is_call(node)}
        edges = _edges_from_1(edges, calls)
    added = {"settings": {"expires_after": None}, "triggers": [{"type": "any_message"}]}
    return {**added, **stored, "schema": 2, "nodes": nodes, "edges": edges}


def _is_call(node: Any) -> bool:
    return isinstance(node, dict) and node.get("type") == "http" and isinstance(node.get("id"), str)


def _node_from_1(node: Any) -> Any:
    data = node.get("data") if isinstance(node, dict) else None
    if not isinstance(node, dict) or not isinstance(data, dict):
        return node
    match node.get("type"):
        case "message":
            return {**node, "data": _text_from_1(data)}
        case "question":
            answer = {"answer": {"kind": "text"}, "tries": None}
            return {**node, "type": "ask", "data": {**_text_from_1(data), **answer}}
        case "condition" if isinstance(data.get("cases"), list):
            return {**node, "data": {**data, "cases": [_case_from_1(c) for c in data["cases"]]}}
        case "http":
            return {**node, "data": _places_from_1(data)}
    return node


def _text_from_1(data: JsonObject) -> JsonObject:
    rest = {key: value for key, value in data.items() if key != "text"}
    return {**rest, "content": {"kind": "text", "text": _places_from_1(data.get("text"))}}


def _case_from_1(case: Any) -> Any:
    if not isinstance(case, dict):
        return case
    rest = {key: value for key, value in case.items() if key != "handle"}
    return {**rest, "exit": case.get("handle"), "rule": _rule_from_1(case.get("rule"))}


def _places_from_1(value: Any) -> Any:
    """`{{answer}}` as `{{vars.answer}}`; braces that were no place stay text."""
    match value:
        case str():
            pieces, end = [], 0
            for place in _PLACE.finditer(value):
                pieces.append(_no_place(value[end : place.start()]))
                if _IS_PATH.fullmatch(path := _path(place[1])):
                    pieces.append(f"{{{{{path}}}}}")
                end = place.end()
            return "".join([*pieces, _no_place(value[end:])])
        case dict():
            return {key: _places_from_1(part) for key, part in value.items()}
    return value


def _no_place(text: str) -> str:
    return text.replace("{{", "{ {")


def _rule_from_1(rule: Any, depth: int = 50) -> Any:
    if depth == 0 or not isinstance(rule, list | dict):
        return rule
    if isinstance(rule, list):
        return [_rule_from_1(part, depth - 1) for part in rule]
    return {key: _operands_from_1(key, part, depth - 1) for key, part in rule.items()}


def _operands_from_1(operator: Any, operands: Any, depth: int) -> Any:
    """With the paths that a look-up names; those that it computes stay as they are."""
    match operator, operands:
        case "var" | "missing", str(path):
            return _path(path)
        case "var", [str(path), *otherwise]:
            return [_path(path), *(_rule_from_1(one, depth) for one in otherwise)]
        case "missing", list(paths):
            return [_path(one) if isinstance(one, str) else one for one in paths]
    return _rule_from_1(operands, depth)


def _path(path: str) -> str:
    first = path.split(".", maxsplit=1)[0]
    return path if first in _SCOPES or not path else f"vars.{path}"


def _edges_from_1(edges: list[Any], calls: set[Any]) -> list[Any]:
    """A call's edge by `default` stood for those of its exits that had none."""
    taken = {_end(edge) for edge in edges}
    found = []
    for edge in edges:
        source, exit_ = _end(edge)
        if source in calls and exit_ == "default":
            free = [one for one in _CALL_EXITS if (source, one) not in taken]
            found += [{**edge, "id": f"{source}-{one}", "sourceHandle": one} for one in free]
        else:
            found.append(edge)
    return found


def _end(edge: Any) -> tuple[Any, Any]:
    if not isinstance(edge, dict):
        return None, None
    source, handle = edge.get("source"), edge.get("sourceHandle")
    if not isinstance(source, str) or not isinstance(handle, str | None):
        return None, None
    return source, handle or "default"


_STEPS: Final[dict[int, Callable[[JsonObject], JsonObject]]] = {1: _from_1}
