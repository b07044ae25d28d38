"""A workspace's people at the flow API."""

from __future__ import annotations

import json
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from flow import api
from shared.conversation import Contact, Conversation
from shared.json_types import JsonObject
from shared.store.audit import Actor, AuditLog
from shared.store.conversations import Conversations, Summary
from shared.store.flows import FlowStore
from shared.store.members import Member, joining
from shared.store.tables import Tables
from shared.store.teams import Teams
from shared.store.transactions import commit
from shared.tenancy import Tenant
from tests.api_events import api_event, authorized
from tests.fakes import FakeSqs

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
    sqs: FakeSqs

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

    def conversation(
        self, contact: str = "ana", channel: str = "55", *, blocked: bool = False
    ) -> str:
        """One that there is; answers its id."""
        last = {"text": "halo", "direction": "in", "type": "text"}
        summary = Summary(channel, Contact(contact, wa_id="62811"), 1, 1, last)
        store = Conversations(Tenant(self.workspace_id), "conversations", self.dynamodb)
        store.record(summary, [])
        if blocked:
            known = Conversation(channel, Contact(contact), version=1, profile={"blocked": True})
            store.commit(known, on_top_of=0)
        return f"{channel}.{contact}"

    def team(self, name: str) -> str:
        """One that there is; answers its id."""
        teams = Teams(Tenant(self.workspace_id), "workspaces", self.dynamodb)
        return teams.create(name, [], by=Actor("user-ana", ""), at=1).id

    def member(self, user_id: str) -> str:
        """Somebody who is in the workspace."""
        tables = Tables("workspaces", "directory", "usage")
        member = Member(user_id, f"{user_id}@kabar.test", "agent", 1)
        commit(self.dynamodb, joining(Tenant(self.workspace_id), tables, member))
        return user_id

    def queued(self, queue: str) -> list[JsonObject]:
        return [json.loads(entry["MessageBody"]) for entry in self.sqs.sent[queue]]

    def audited(self) -> list[str]:
        """Oldest first."""
        log = AuditLog(Tenant(self.workspace_id), "workspaces", self.dynamodb)
        return [change.action for _, change in reversed(log.newest(100, None)[0])]
