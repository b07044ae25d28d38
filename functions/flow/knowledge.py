"""Where the AI node's questions are answered."""

from __future__ import annotations

from typing import Protocol

from shared.json_types import JsonObject


class Knowledge(Protocol):
    def answer(self, tenant_id: str, question: JsonObject) -> JsonObject:
        """`question` is the engine's AskKnowledge as JSON. Answers what AiAnswered says: outcome
        ("answered", "no_answer" or "failed"), text, sources."""
        ...


class NoKnowledge:
    """A deployment without knowledge bases: every question leaves its node by `failed`."""

    def answer(self, tenant_id: str, question: JsonObject) -> JsonObject:  # noqa: ARG002
        return {"outcome": "failed"}
