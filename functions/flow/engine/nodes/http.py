"""Call an address of the workspace's own, and keep what it answers."""

from __future__ import annotations

from typing import ClassVar, Final, Literal

from pydantic import Field

from flow.engine.effects import CallHttp
from flow.engine.events import EngineEvent, HttpAnswered
from flow.engine.expressions import look_up
from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import Leave, Outcome, Stay
from flow.engine.parts import Data, Filled, FilledBody, Name
from flow.engine.run import Run
from flow.engine.session import ACTION

SUCCESS = "success"
FAILURE = "failure"
TIMEOUT = "timeout"
ANSWER_LATE_SECONDS: Final = 300  # beyond the call's own timeout: queues, retries


class HttpData(Data):
    """`variable` keeps {status, body}; `mapping` keeps parts of the body's JSON:
    {"our name": "path.in.the.body"}."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "GET"
    url: Filled
    headers: dict[str, Filled] = Field(default_factory=dict, max_length=20)
    body: FilledBody | None = None
    variable: Name | None = None
    mapping: dict[Name, str] = Field(default_factory=dict, max_length=50)
    timeout_seconds: int = Field(default=10, ge=1, le=30)


class HttpNode(BaseNode):
    """Left by `success` (2xx), `failure` or `timeout`."""

    EXITS: ClassVar[tuple[str, ...]] = (SUCCESS, FAILURE, TIMEOUT)
    WAITS: ClassVar[bool] = True

    type: Literal["http"]
    data: HttpData

    def enter(self, run: Run) -> Outcome:
        data = self.data
        waiting = run.waits(ACTION, data.timeout_seconds + ANSWER_LATE_SECONDS)
        url = run.fill(data.url)
        headers = {name: run.fill(value) for name, value in data.headers.items()}
        body = None if data.body is None else run.fill(data.body)
        call = CallHttp(
            correlation=waiting.correlation,
            method=data.method,
            url=url,
            timeout_seconds=data.timeout_seconds,
            headers=headers,
            body=body,
        )
        run.want(call, [url, headers, body])
        return Stay(waiting)

    def resume(self, run: Run, event: EngineEvent) -> Outcome:
        if not isinstance(event, HttpAnswered):
            return Leave(TIMEOUT)
        if self.data.variable is not None:
            run.set(self.data.variable, {"status": event.status, "body": event.body})
        for name, path in self.data.mapping.items():
            run.set(name, look_up(tuple(path.split(".")), event.body))
        return Leave(event.outcome if event.outcome in self.EXITS else FAILURE)
