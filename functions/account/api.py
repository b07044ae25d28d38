"""Who am I, and in which workspace."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response

from shared.aws import client
from shared.caller import caller_of
from shared.json_types import JsonObject
from shared.observability import count, counted
from shared.problems import problem
from shared.settings import load
from shared.store.workspaces import Workspaces

app = APIGatewayHttpResolver()


@dataclass(frozen=True, slots=True)
class Settings:
    workspaces_table: str


@app.get("/v1/me")
def me() -> JsonObject | Response[str]:
    caller = caller_of(app.current_event.raw_event)
    store = Workspaces(caller.tenant, _settings().workspaces_table, client("dynamodb"))
    workspace = store.get()
    if workspace is None:
        return problem(404, "workspace-not-found", "Your workspace no longer exists.")
    user = {"id": caller.user_id, "email": caller.email} if caller.user_id else None
    return {
        "user": user,
        "workspace": {"id": caller.tenant.id, "name": workspace.name},
        "role": caller.role,
    }


@app.not_found
def no_route(error: Exception) -> Response[str]:  # noqa: ARG001
    return problem(404, "no-such-route", "There is nothing at this address.")


@counted
def handler(event: JsonObject, context: Any) -> JsonObject:
    """API Gateway HTTP API, payload 2.0, behind the authorizer."""
    count("ApiRequests")
    return app.resolve(event, context)


@lru_cache(maxsize=1)
def _settings() -> Settings:
    return load(Settings)
