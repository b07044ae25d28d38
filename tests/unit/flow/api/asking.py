"""A workspace's people at the flow API."""

from __future__ import annotations

import json
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from flow import api
from shared.json_types import JsonObject
from shared.store.audit import AuditLog
from shared.store.flows import FlowStore
from shared.tenancy import Tenant
from tests.api_events import api_event, authorized

CONTEXT = SimpleNamespace(
    function_name="flow",
    memory_limit_in_mb=512,
    invoked_function_arn="arn",
    aws_request_id="1",
)


@dataclass(frozen=True)
class Answer:
    status: int
    body: JsonObject
    headers: dict[str, str]

    @property
    def kind(self) -> tuple[int, str]:
        return self.status, str(self.body["type"]).rpartition(":")[2]


@dataclass(frozen=True)
class Flows:
    workspace_id: str
    dynamodb: Any

    @property
    def store(self) -> FlowStore:
        return FlowStore(Tenant(self.workspace_id), "workspaces", self.dynamodb)

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        query: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        **caller: Any,
    ) -> Answer:
        event = api_event(
            method,
            f"/v1/{path}",
            body=body,
            query=query,
            headers=headers,
            caller=authorized(**{"workspace_id": self.workspace_id, **caller}),
        )
        answer = api.handler(event, CONTEXT)
        return Answer(answer["statusCode"], json.loads(answer["body"] or "{}"), answer["headers"])

    def ok(self, method: str, path: str, body: object = None, **extra: Any) -> JsonObject:
        answer = self.ask(method, path, body, **extra)
        assert answer.status < 300, answer
        return answer.body

    def audited(self) -> list[str]:
        """Oldest first."""
        log = AuditLog(Tenant(self.workspace_id), "workspaces", self.dynamodb)
        return [change.action for _, change in reversed(log.newest(100, None)[0])]
