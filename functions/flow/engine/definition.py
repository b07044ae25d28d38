"""A flow as it is stored (the shape React Flow draws), and compiled to be run.

    {"schema": 2, "name": "…", "language": "id", "start": "<node id>",
     "triggers": [{"type", …}], "settings": {…}, "parameters": [{"name", "kind"?, "default"?}],
     "nodes": [{"id", "type", "title"?, "data": {…}, "position"?}],
     "edges": [{"source", "sourceHandle"?, "target"}]}

An edge without `sourceHandle` leaves by the exit `default`. Keys that only the builder needs
(`position`, `canvas`, edge ids) are kept by the store and ignored here. docs/flows.md tells more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from flow.engine.errors import FlowInvalidError
from flow.engine.limits import DEFAULT_LIMITS, Limits
from flow.engine.migrations import SCHEMA_VERSION, migrated
from flow.engine.nodes import BaseNode, Node
from flow.engine.nodes.jump import JumpNode
from flow.engine.outcomes import DEFAULT_EXIT
from flow.engine.parts import Data, Duration, Id, Kind, Language, Name
from flow.engine.triggers import Trigger
from shared.json_types import JsonObject

MOST_NODES: Final = 500


class _Model(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)


class Edge(_Model):
    source: Id
    target: Id
    source_handle: str | None = Field(default=None, alias="sourceHandle")

    @property
    def exit(self) -> str:
        return self.source_handle or DEFAULT_EXIT


class Parameter(Data):
    """What a flow may be started with: a variable that is there from the beginning."""

    name: Name
    kind: Kind | None = None
    default: Any = None


class Settings(Data):
    """`interrupts`: this flow's keywords and buttons break off another that is running;
    `interruptible`: this one lets itself be broken off. `when_busy` is for starts other than by a
    message. `expires_after`: so long without a word from the contact, an unanswered question is
    given up (None: never). `merge_seconds`: short messages within it answer as one."""

    interrupts: bool = True
    interruptible: bool = True
    when_busy: Literal["skip", "interrupt"] = "skip"
    expires_after: Duration | None = Field(default_factory=lambda: Duration(amount=3, unit="days"))
    merge_seconds: int = Field(default=0, ge=0, le=30)
    hand_back_after: Duration | None = None


class Definition(_Model):
    version: Literal[2] = Field(alias="schema")
    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    description: Annotated[str, StringConstraints(max_length=2000)] = ""
    language: Language = "en"
    start: Id
    triggers: list[Trigger] = Field(default_factory=list, max_length=50)
    settings: Settings = Field(default_factory=Settings)
    parameters: list[Parameter] = Field(default_factory=list, max_length=50)
    nodes: list[Node] = Field(min_length=1, max_length=MOST_NODES)
    edges: list[Edge] = Field(max_length=4 * MOST_NODES)


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow ready to run: nodes by id, targets by (node, exit)."""

    definition: Definition
    nodes: Mapping[str, BaseNode]
    targets: Mapping[tuple[str, str], str]

    @property
    def name(self) -> str:
        return self.definition.name

    @property
    def start(self) -> str:
        return self.definition.start

    def after(self, node: BaseNode, exit_: str) -> str | None:
        """Where an exit leads. One that the node's data name follows `default` without an edge of
        its own; one that every such node has leads nowhere then."""
        target = self.targets.get((node.id, exit_))
        if target is None and exit_ not in node.EXITS:
            return self.targets.get((node.id, DEFAULT_EXIT))
        return target


def compile_flow(stored: JsonObject, limits: Limits = DEFAULT_LIMITS) -> Flow:
    """Check a stored flow and make it runnable. Raises FlowInvalidError naming what is wrong."""
    definition = validated(stored, limits)
    nodes: dict[str, BaseNode] = {node.id: node for node in definition.nodes}
    problems = [*_node_problems(definition, nodes), *_edge_problems(definition.edges, nodes)]
    if problems:
        raise FlowInvalidError(_told(problems[0]), tuple(problems))
    targets = {(edge.source, edge.exit): edge.target for edge in definition.edges}
    return Flow(definition, MappingProxyType(nodes), MappingProxyType(targets))


def validated(stored: JsonObject, limits: Limits = DEFAULT_LIMITS) -> Definition:
    """The stored flow, of whichever schema, as its model. Raises FlowInvalidError."""
    try:
        return Definition.model_validate(migrated(stored), context={"limits": limits})
    except ValidationError as error:
        problems = tuple((found["loc"], _words(found)) for found in error.errors())
        raise FlowInvalidError(_told(problems[0]), problems) from error


Problem = tuple[tuple[str | int, ...], str]


def _node_problems(definition: Definition, nodes: Mapping[str, BaseNode]) -> list[Problem]:
    problems: list[Problem] = []
    seen: set[str] = set()
    for place, node in enumerate(definition.nodes):
        if node.id in seen:
            problems.append((("nodes", place, "id"), f"Two nodes have the same id {node.id!r}"))
        seen.add(node.id)
        if isinstance(node, JumpNode) and node.data.node and node.data.node not in nodes:
            where = ("nodes", place, "data", "node")
            problems.append((where, f"There is no node {node.data.node!r}"))
    if definition.start not in nodes:
        problems.append((("start",), f"There is no node {definition.start!r}"))
    return problems


def _edge_problems(edges: list[Edge], nodes: Mapping[str, BaseNode]) -> list[Problem]:
    problems: list[Problem] = []
    seen: set[tuple[str, str]] = set()
    for place, edge in enumerate(edges):
        for end in (edge.source, edge.target):
            if end not in nodes:
                problems.append((("edges", place), f"There is no node {end!r}"))
        if (edge.source, edge.exit) in seen:
            problem = f"Exit {edge.exit!r} of node {edge.source!r} has two edges"
            problems.append((("edges", place), problem))
        seen.add((edge.source, edge.exit))
    return problems


def _words(problem: Any) -> str:
    return str(problem["msg"]).removeprefix("Value error, ")


def _told(problem: Problem) -> str:
    where, what = problem
    return f"{'.'.join(str(part) for part in where)}: {what}"


__all__ = ["DEFAULT_EXIT", "SCHEMA_VERSION", "Definition", "Flow", "compile_flow", "validated"]
