"""A small API in the frame, over a table in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field

from shared.api import (
    Api,
    ApiSettings,
    Cursor,
    Input,
    Limit,
    NoPermission,
    Output,
    ProblemError,
    ProblemKind,
)
from shared.json_types import JsonObject
from shared.permissions import Permission
from tests.api_events import api_event
from tests.fakes import FakeClock

GONE = ProblemKind(410, "gone", "It was there once.")


class DroppedError(Exception):
    """One of a store's own."""


class NewThing(Input):
    name: Annotated[str, Field(min_length=1, max_length=10)]
    size: int = 1


class Thing(Output):
    name: str
    made: int


class ThingPage(Output):
    items: list[Thing]
    next_cursor: str | None


@dataclass
class Frame:
    """`made` counts what was really done."""

    clock: FakeClock = field(default_factory=FakeClock)
    made: int = 0

    def __post_init__(self) -> None:
        settings = ApiSettings("requests", "role")
        self.api = Api(
            "Things", settings=lambda: settings, refusals={DroppedError: GONE}, clock=self.clock
        )
        self._declare(self.api)

    def call(self, method: str, path: str, **more: Any) -> tuple[int, JsonObject]:
        answer = self.answer(method, path, **more)
        return answer["statusCode"], json.loads(answer["body"] or "{}")

    def answer(self, method: str, path: str, **more: Any) -> JsonObject:
        return self.api.handler(api_event(method, path, **more), None)

    def headers(self, method: str, path: str, **more: Any) -> Mapping[str, str]:
        headers: Mapping[str, str] = self.answer(method, path, **more)["headers"]
        return headers

    def _declare(self, api: Api) -> None:
        @api.endpoint("GET", "/v1/things", permission=Permission.READ_MEMBERS)
        def list_things(limit: Limit = 50, cursor: Cursor = None) -> ThingPage:
            """List things."""
            return ThingPage(items=[], next_cursor=cursor or str(limit))

        @api.endpoint("POST", "/v1/things", permission=Permission.MANAGE_MEMBERS, status=201)
        def make_thing(body: NewThing) -> Thing:
            """Make a thing.

            It is small.
            """
            self.made += 1
            if body.name == "dropped":
                raise DroppedError
            if body.name == "broken":
                raise KeyError("a customer's words")
            return Thing(name=body.name, made=self.made)

        @api.endpoint(
            "POST",
            "/v1/secrets",
            permission=Permission.MANAGE_API_KEYS,
            status=201,
            secret_answer=True,
        )
        def make_secret(body: NewThing) -> Thing:
            """Make a secret."""
            self.made += 1
            return Thing(name=f"secret of {body.name}", made=self.made)

        @api.endpoint("POST", "/v1/books", permission=Permission.MANAGE_MEMBERS, status=201)
        def write_book(body: NewThing) -> Thing:
            """Write what does not fit into an item."""
            self.made += 1
            return Thing(name=body.name * 450_000, made=self.made)

        @api.endpoint(
            "PATCH", "/v1/things/{thing_id}", permission=Permission.MANAGE_MEMBERS, if_match=True
        )
        def change_thing(thing_id: str, body: NewThing) -> Thing:
            """Change a thing."""
            api.tell_revision(api.revision + 1)
            return Thing(name=f"{thing_id} {body.name}", made=api.revision)

        @api.endpoint(
            "DELETE", "/v1/things/{thing_id}", permission=Permission.MANAGE_MEMBERS, status=204
        )
        def delete_thing(thing_id: str) -> None:
            """Delete a thing."""
            if thing_id == "gone":
                raise ProblemError(GONE, "Somebody was quicker.")

        @api.endpoint("GET", "/v1/self", permission=NoPermission("It is about oneself."))
        def who() -> Thing:
            """Who am I."""
            return Thing(name=str(api.caller.user_id), made=0)

        @api.endpoint("GET", "/v1/hello", permission=NoPermission("It is empty.", programs=True))
        def hello() -> Thing:
            """Say hello."""
            return Thing(name=api.caller.workspace.id, made=0)

        @api.endpoint("GET", "/v1/wrong", permission=Permission.READ_MEMBERS)
        def wrong() -> Thing:
            """Answer what was not promised."""
            return {"name": 1}  # type: ignore[return-value]
