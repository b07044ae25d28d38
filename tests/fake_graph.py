"""Meta's Graph API as one tenant's account sees it: what is asked is on record, answers can be
scripted."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import urllib3

from shared.channels.graph import Graph
from shared.json_types import JsonObject

APP_ID = "700700700"
APP_SECRET = "secret-of-the-app"
WABA_ID = "100200300400500"
NUMBER_ID = "200300400500600"
PORTFOLIO_ID = "300400500600700"
TOKEN = "EAA-token"
NUMBER: JsonObject = {
    "id": NUMBER_ID,
    "display_phone_number": "+1 555 000 1111",
    "verified_name": "Toko",
    "quality_rating": "GREEN",
    "name_status": "APPROVED",
    "status": "CONNECTED",
    "throughput": {"level": "STANDARD"},
    "whatsapp_business_manager_messaging_limit": "TIER_2K",
}


def refusal(code: int, status: int = 400, **error: Any) -> tuple[int, JsonObject]:
    return status, {"error": {"message": f"(#{code}) no", "code": code, **error}}


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    query: dict[str, str]
    token: str
    body: JsonObject


@dataclass
class FakeGraph:
    """`answers` by "METHOD path" (the path without a version): what to answer instead; a list is
    taken one by one. "down" means that nobody answers."""

    answers: dict[str, Any] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    granted: tuple[str, ...] = (WABA_ID,)

    @property
    def graph(self) -> Graph:
        return Graph("https://graph.invalid", "v25.0", self)

    def request(
        self, method: str, url: str, *, body: Any, headers: JsonObject, redirect: bool, **_: Any
    ) -> Any:
        assert redirect is False
        split = urlsplit(url)
        path = split.path.removeprefix("/v25.0/")
        token = headers.get("Authorization", "").removeprefix("Bearer ")
        is_json = "json" in headers.get("Content-Type", "")
        asked = Asked(
            method, path, dict(parse_qsl(split.query)), token, json.loads(body) if is_json else {}
        )
        self.asked.append(asked)
        status, answer = self._answer(asked)
        return SimpleNamespace(status=status, data=json.dumps(answer).encode())

    def calls(self) -> list[str]:
        return [f"{one.method} {one.path}" for one in self.asked]

    def body_of(self, call: str) -> JsonObject:
        return next(one.body for one in self.asked if f"{one.method} {one.path}" == call)

    def _answer(self, asked: Asked) -> tuple[int, JsonObject]:
        call = f"{asked.method} {asked.path}"
        scripted = self.answers.get(call)
        if isinstance(scripted, list):
            scripted = scripted.pop(0) if scripted else None
        if scripted == "down":
            raise urllib3.exceptions.ProtocolError("gone")
        if scripted is not None:
            return scripted if isinstance(scripted, tuple) else (200, scripted)
        return 200, self._usual(asked)

    def _usual(self, asked: Asked) -> JsonObject:
        match asked.path.split("/"):
            case ["oauth", "access_token"]:
                return {"access_token": TOKEN, "token_type": "bearer"}
            case ["debug_token"]:
                scope = {
                    "scope": "whatsapp_business_management",
                    "target_ids": list(self.granted),
                }
                told = {"is_valid": True, "app_id": APP_ID, "granular_scopes": [scope]}
                return {"data": told}
            case [_, "phone_numbers"]:
                return {"data": [{"id": NUMBER_ID}]}
            case [number] if number == NUMBER_ID:
                return NUMBER
            case [account] if account == WABA_ID:
                return {"id": WABA_ID, "owner_business_info": {"id": PORTFOLIO_ID}}
        return {"success": True}
