"""A flow as it is stored (the shape React Flow draws), and compiled to be run.

    {"schema": 1, "name": "…", "start": "<node id>",
     "nodes": [{"id", "type", "data": {…}, "position"?}],
     "edges": [{"source", "sourceHandle", "target"}]}

An edge without `sourceHandle` leaves by the exit `default`. Keys that only the builder needs
(`position`, edge ids) are kept by the store and ignored here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from flow.engine.errors import FlowInvalidError, RuleInvalidError
from flow.engine.limits import DEFAULT_LIMITS, Limits
from flow.engine.rules import Rule, compile_rule
from shared.json_types import JsonObject

DEFAULT_EXIT = "default"
SCHEMA_VERSION = 1

Name: TypeAlias = Annotated[
    str, StringConstraints(pattern=re.compile(r"^[A-Za-z_][A-Za-z0-9_]{0,63}\Z"))
]
Text: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=4096)]
NodeId: TypeAlias = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MessageData(_Data):
    text: Text


class QuestionData(_Data):
    """Ask, wait for the customer's next message, and keep its text in `variable`."""

    text: Text
    variable: Name


class Case(_Data):
    """Leave by `handle` when `rule` (JsonLogic) holds."""

    handle: Name
    rule: Any


class ConditionData(_Data):
    """The first case that holds decides; none leaves by `default`."""

    cases: list[Case] = Field(min_length=1, max_length=50)


class HttpData(_Data):
    """Call an address, wait for its answer, and keep the answer's JSON in `variable`. Leaves by
    `success` (2xx), `failure` or `timeout`."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "GET"
    url: Text
    headers: dict[str, str] = Field(default_factory=dict, max_length=20)
    body: str | None = Field(default=None, max_length=20_000)
    variable: Name
    timeout_seconds: int = Field(default=10, ge=1, le=30)


class MessageNode(_Model):
    id: NodeId
    type: Literal["message"]
    data: MessageData


class QuestionNode(_Model):
    id: NodeId
    type: Literal["question"]
    data: QuestionData


class ConditionNode(_Model):
    id: NodeId
    type: Literal["condition"]
    data: ConditionData


class HttpNode(_Model):
    id: NodeId
    type: Literal["http"]
    data: HttpData


Node: TypeAlias = Annotated[
    MessageNode | QuestionNode | ConditionNode | HttpNode, Field(discriminator="type")
]


class Edge(_Model):
    source: NodeId
    target: NodeId
    source_handle: str | None = Field(default=None, alias="sourceHandle")


class Definition(_Model):
    version: Literal[1] = Field(alias="schema")
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    start: NodeId
    nodes: list[Node] = Field(min_length=1, max_length=500)
    edges: list[Edge] = Field(max_length=2000)


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow ready to run: nodes by id, targets by (node, exit), rules by (node, handle)."""

    name: str
    start: str
    nodes: Mapping[str, Node]
    targets: Mapping[tuple[str, str], str]
    rules: Mapping[tuple[str, str], Rule]

    def after(self, node: str, exit_: str) -> str | None:
        """Where an exit leads; an exit without an edge of its own follows `default`."""
        return self.targets.get((node, exit_)) or self.targets.get((node, DEFAULT_EXIT))


def compile_flow(stored: JsonObject, limits: Limits = DEFAULT_LIMITS) -> Flow:
    """Check a stored flow and make it runnable. Raises FlowInvalidError naming what is wrong."""
    try:
        definition = Definition.model_validate(stored)
    except ValidationError as error:
        raise FlowInvalidError(_first_problem(error)) from error
    nodes = {node.id: node for node in definition.nodes}
    if len(nodes) < len(definition.nodes):
        raise FlowInvalidError("Two nodes have the same id")
    if definition.start not in nodes:
        raise FlowInvalidError(f"start: there is no node {definition.start!r}")
    return Flow(
        name=definition.name,
        start=definition.start,
        nodes=MappingProxyType(nodes),
        targets=MappingProxyType(_targets(definition.edges, nodes)),
        rules=MappingProxyType(_rules(nodes.values(), limits)),
    )


def _targets(edges: list[Edge], nodes: Mapping[str, Node]) -> dict[tuple[str, str], str]:
    targets: dict[tuple[str, str], str] = {}
    for edge in edges:
        for end in (edge.source, edge.target):
            if end not in nodes:
                raise FlowInvalidError(f"edges: there is no node {end!r}")
        place = (edge.source, edge.source_handle or DEFAULT_EXIT)
        if place in targets:
            raise FlowInvalidError(f"edges: exit {place[1]!r} of node {place[0]!r} has two edges")
        targets[place] = edge.target
    return targets


def _rules(nodes: Any, limits: Limits) -> dict[tuple[str, str], Rule]:
    rules: dict[tuple[str, str], Rule] = {}
    for node in nodes:
        if not isinstance(node, ConditionNode):
            continue
        for case in node.data.cases:
            if (node.id, case.handle) in rules:
                raise FlowInvalidError(f"node {node.id!r} has two cases {case.handle!r}")
            try:
                rules[node.id, case.handle] = compile_rule(case.rule, limits)
            except RuleInvalidError as error:
                raise RuleInvalidError(f"node {node.id!r}, {case.handle}: {error}") from error
    return rules


def _first_problem(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}"
