"""A run on its way from node to node, through subflows, until it waits or ends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from flow.engine.conversions import converted
from flow.engine.definition import Flow
from flow.engine.effects import Visit
from flow.engine.errors import (
    FlowMissingError,
    TooManyFramesError,
    TooManyStepsError,
)
from flow.engine.lookup import Find
from flow.engine.nodes import BaseNode
from flow.engine.outcomes import Call, End, GoTo, Leave, Outcome, Stay
from flow.engine.run import Run
from flow.engine.session import Frame, Waiting
from flow.engine.texts import fallbacks

ENDED: Final = "end"  # stands for an exit in the trace, at a node that ends its flow
JUMPED: Final = "jump"
_SHORT: Final = 300  # characters of a value in the trace


@dataclass(slots=True)
class Walk:
    """`callers` are the frames that wait for the running flow to return, the first flow first."""

    run: Run
    find: Find
    callers: list[Frame]
    flow: Flow
    node: BaseNode
    visits: list[Visit] = field(default_factory=list)
    _steps: int = 0
    _entered: bool = True
    _has_left: bool = False

    @classmethod
    def at(cls, run: Run, find: Find, frames: list[Frame]) -> Walk:
        """Where the last of the frames stands. Raises FlowMissingError."""
        *callers, frame = frames
        flow = _flow(find, frame.flow, frame.version)[1]
        walk = cls(run, find, callers, flow, _node(flow, frame.node))
        walk._entered = False
        walk._runs(flow, frame)
        return walk

    @classmethod
    def from_start(
        cls, run: Run, find: Find, flow_id: str, version: int, parameters: Mapping[str, Any]
    ) -> Walk:
        """Raises FlowMissingError."""
        flow = _flow(find, flow_id, version)[1]
        walk = cls(run, find, [], flow, _node(flow, flow.start))
        walk._runs(flow, Frame(flow_id, version, flow.start, _parameters(flow, parameters)))
        return walk

    def frames(self) -> tuple[Frame, ...]:
        run = self.run
        return (*self.callers, Frame(run.flow, run.version, self.node.id, run.scope["vars"]))

    def enter(self) -> Outcome:
        self._entered, self._has_left = True, False
        self._steps += 1
        if self._steps > self.run.limits.steps_per_event:
            raise TooManyStepsError(f"{self._steps} steps")
        return self.node.enter(self.run)

    def go_on(self, outcome: Outcome) -> Waiting | None:
        """Follow the outcomes until the run waits; None: it has ended. Raises FlowStoppedError."""
        while not isinstance(outcome, Stay):
            if not isinstance(outcome, End):
                outcome = self._next(outcome)
                continue
            if not self._has_left:
                self._visited(ENDED)
            if not self.callers:
                return None
            outcome = self._return(outcome)
        self._visited(None)
        return outcome.waiting

    def dropped(self, code: str) -> None:
        self._visited(None, code)

    def _next(self, outcome: Leave | Call | GoTo) -> Outcome:
        match outcome:
            case Leave(exit_):
                target = self.flow.after(self.node, exit_)
                self._visited(exit_)
                if target is None:
                    self._has_left = True
                    return End()
                self._move(target)
            case Call(flow_id, parameters):
                self._visited(None)
                self._call(flow_id, parameters)
            case GoTo(node=str(node)):
                self._visited(JUMPED)
                self._move(node)
            case GoTo(flow=str(flow_id)):
                self._visited(JUMPED)
                self._replace(flow_id)
        return self.enter()

    def _move(self, node: str) -> None:
        self.node = _node(self.flow, node)
        self.run.node = node

    def _call(self, flow_id: str, parameters: Mapping[str, Any]) -> None:
        if len(self.callers) + 1 >= self.run.limits.frames:
            raise TooManyFramesError(f"{self.run.limits.frames} flows within one another")
        version, flow = _flow(self.find, flow_id, None)
        self.callers.append(self.frames()[-1])
        self._runs(flow, Frame(flow_id, version, flow.start, _parameters(flow, parameters)))

    def _replace(self, flow_id: str) -> None:
        version, flow = _flow(self.find, flow_id, None)
        variables = _parameters(flow, self.run.scope["vars"])
        self._runs(flow, Frame(flow_id, version, flow.start, variables))

    def _return(self, end: End) -> Outcome:
        values = {**self.run.scope["vars"], **end.returned}
        frame = self.callers.pop()
        self._runs(_flow(self.find, frame.flow, frame.version)[1], frame)
        self._entered = self._has_left = False
        return self.node.returned(self.run, values)

    def _runs(self, flow: Flow, frame: Frame) -> None:
        run = self.run
        self.flow, self.node = flow, _node(flow, frame.node)
        run.flow, run.version, run.node = frame.flow, frame.version, frame.node
        run.scope["vars"] = dict(frame.variables)
        language = run.contact.get("language") or run.workspace.get("language")
        run.languages = fallbacks(str(language or ""), flow.definition.language)

    def _visited(self, exit_: str | None, dropped: str | None = None) -> None:
        run = self.run
        if not (self._entered or exit_ or dropped or run.written):
            return  # it still waits where it did
        values = {name: _in_short(value) for name, value in run.written.items()}
        run.written = {}
        self.visits.append(
            Visit(run.flow, run.version, self.node.id, self._entered, exit_, dropped, values)
        )


def _in_short(value: Any) -> Any:
    """A trace tells what was set, and need not hold a whole answer of a call."""
    if isinstance(value, str):
        return value if len(value) <= _SHORT else value[:_SHORT] + "…"
    if isinstance(value, list | dict):
        written = json.dumps(value, ensure_ascii=False)
        return value if len(written) <= _SHORT else written[:_SHORT] + "…"
    return value


def _flow(find: Find, flow_id: str, version: int | None) -> tuple[int, Flow]:
    found = find(flow_id, version)
    if found is None:
        raise FlowMissingError(f"{flow_id} version {version or 'published'}")
    return found


def _node(flow: Flow, node_id: str) -> BaseNode:
    node = flow.nodes.get(node_id)
    if node is None:
        raise FlowMissingError(f"node {node_id}")
    return node


def _parameters(flow: Flow, given: Mapping[str, Any]) -> dict[str, Any]:
    """The flow's own parameters, of their kinds; what else is given is left out."""
    found = {}
    for parameter in flow.definition.parameters:
        value = converted(given.get(parameter.name), parameter.kind)
        found[parameter.name] = parameter.default if value is None else value
    return found
