"""Compiled flows, remembered by a warm function: a published version never changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flow.engine import session as sessions
from flow.engine.definition import Flow, compile_flow
from flow.engine.lookup import FlowRef
from shared.clock import Clock, now_ms
from shared.conversation import Conversation
from shared.store.directory import Number
from shared.store.flow_records import FlowNotFoundError, LiveFlows
from shared.store.flows import FlowStore
from shared.ttl_cache import TtlCache

_LIVE_SECONDS = 15
_COMPILED_SECONDS = 24 * 3600


class FlowMissingError(RuntimeError):
    """A session is pinned to a version that the store does not have."""


@dataclass(slots=True)
class Flows:
    table: str
    dynamodb: Any
    clock: Clock = now_ms
    _live: TtlCache[str, LiveFlows] = field(init=False)
    _compiled: TtlCache[tuple[str, str, int], Flow] = field(init=False)

    def __post_init__(self) -> None:
        self._live = TtlCache(_LIVE_SECONDS, self.clock)
        self._compiled = TtlCache(_COMPILED_SECONDS, self.clock, max_entries=200)

    def for_conversation(
        self, number: Number, conversation: Conversation
    ) -> tuple[Flow | None, FlowRef | None]:
        """The flow that the session is pinned to; without a session the number's live one."""
        if conversation.session is not None:
            session = sessions.from_json(conversation.session)
            ref = FlowRef(session.top.flow, session.top.version)
            return self._flow(number, ref), ref
        live = self._live.get(number.tenant_id, lambda: self._store(number).live())
        default = live.flows.get(number.flow_id)
        if default is None:
            return None, None
        ref = FlowRef(number.flow_id, default.version)
        return self._flow(number, ref), ref

    def _flow(self, number: Number, ref: FlowRef) -> Flow:
        return self._compiled.get(
            (number.tenant_id, ref.id, ref.version), lambda: self._load(number, ref)
        )

    def _load(self, number: Number, ref: FlowRef) -> Flow:
        try:
            _, stored = self._store(number).version(ref.id, ref.version)
        except FlowNotFoundError as error:
            raise FlowMissingError(f"{ref.id} version {ref.version}") from error
        return compile_flow(stored)

    def _store(self, number: Number) -> FlowStore:
        return FlowStore(number.tenant, self.table, self.dynamodb)
