"""Compiled flows, remembered by a warm function: a published version never changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flow.engine import session as sessions
from flow.engine.definition import Flow, compile_flow
from flow.engine.step import FlowRef
from shared.clock import Clock, now_ms
from shared.conversation import Conversation
from shared.store.directory import Number
from shared.store.workspaces import Workspaces
from shared.ttl_cache import TtlCache

_VERSION_SECONDS = 15
_COMPILED_SECONDS = 24 * 3600


class FlowMissingError(RuntimeError):
    """A session is pinned to a version that the store does not have."""


@dataclass(slots=True)
class Flows:
    table: str
    dynamodb: Any
    clock: Clock = now_ms
    _versions: TtlCache[tuple[str, str], int | None] = field(init=False)
    _compiled: TtlCache[tuple[str, str, int], Flow] = field(init=False)

    def __post_init__(self) -> None:
        self._versions = TtlCache(_VERSION_SECONDS, self.clock)
        self._compiled = TtlCache(_COMPILED_SECONDS, self.clock, max_entries=200)

    def for_conversation(
        self, number: Number, conversation: Conversation
    ) -> tuple[Flow | None, FlowRef | None]:
        """The flow that the session is pinned to; without a session the number's live one."""
        if conversation.session is not None:
            session = sessions.from_json(conversation.session)
            ref = FlowRef(session.flow, session.version)
            return self._flow(number, ref), ref
        version = self._versions.get(
            (number.tenant_id, number.flow_id),
            lambda: self._workspaces(number).published_version(number.flow_id),
        )
        if version is None:
            return None, None
        ref = FlowRef(number.flow_id, version)
        return self._flow(number, ref), ref

    def _flow(self, number: Number, ref: FlowRef) -> Flow:
        return self._compiled.get(
            (number.tenant_id, ref.id, ref.version), lambda: self._load(number, ref)
        )

    def _load(self, number: Number, ref: FlowRef) -> Flow:
        stored = self._workspaces(number).flow(ref.id, ref.version)
        if stored is None:
            raise FlowMissingError(f"{ref.id} version {ref.version}")
        return compile_flow(stored)

    def _workspaces(self, number: Number) -> Workspaces:
        return Workspaces(number.tenant, self.table, self.dynamodb)
