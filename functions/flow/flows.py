"""Compiled flows and what flows know of their workspace, remembered by a warm function: a published
version never changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from flow.catalog import Catalog
from flow.engine.definition import SCHEMA_VERSION, Flow, compile_flow
from flow.engine.errors import FlowInvalidError
from flow.engine.limits import DEFAULT_LIMITS, Limits
from flow.engine.lookup import FlowRef
from flow.engine.starts import Startable
from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.observability import count, logger
from shared.store.directory import Number
from shared.store.flow_records import FlowNotFoundError, LiveFlow, LiveFlows
from shared.store.flows import FlowStore
from shared.store.workspaces import Workspaces, scope_of
from shared.tenancy import Tenant
from shared.ttl_cache import TtlCache

_LIVE_SECONDS: Final = 15
_WORKSPACE_SECONDS: Final = 60
_COMPILED_SECONDS: Final = 24 * 3600
_NEVER_ENTERED: Final = {"id": "end", "type": "end", "data": {}}


@dataclass(frozen=True, slots=True)
class _Live:
    flows: LiveFlows
    startables: tuple[Startable, ...]


@dataclass(slots=True)
class Flows:
    table: str
    dynamodb: Any
    clock: Clock = now_ms
    limits: Limits = DEFAULT_LIMITS
    _live: TtlCache[str, _Live] = field(init=False)
    _compiled: TtlCache[tuple[str, str, int], Flow] = field(init=False)
    _workspaces: TtlCache[str, JsonObject] = field(init=False)

    def __post_init__(self) -> None:
        self._live = TtlCache(_LIVE_SECONDS, self.clock)
        self._compiled = TtlCache(_COMPILED_SECONDS, self.clock, max_entries=200)
        self._workspaces = TtlCache(_WORKSPACE_SECONDS, self.clock)

    def catalog(self, number: Number) -> Catalog:
        """What can run on a number. A flow that cannot be used is as if it were not there: it must
        not block the lane."""
        tenant = number.tenant

        def find(flow_id: str, version: int | None) -> tuple[int, Flow] | None:
            if version is None:
                live = self._live_of(tenant).flows.flows.get(flow_id)
                if live is None:
                    return None
                version = live.version
            flow = self._flow(tenant, flow_id, version)
            return None if flow is None else (version, flow)

        default = self._live_of(tenant).flows.flows.get(number.flow_id)
        return Catalog(
            find=find,
            startables=self._live_of(tenant).startables,
            default=FlowRef(number.flow_id, default.version) if default else None,
            channel_kind=number.kind,
            limits=self.limits,
        )

    def workspace(self, tenant: Tenant) -> JsonObject:
        """What flows know of their workspace."""

        def load() -> JsonObject:
            return scope_of(tenant, Workspaces(tenant, self.table, self.dynamodb).get())

        return self._workspaces.get(tenant.id, load)

    def _live_of(self, tenant: Tenant) -> _Live:
        return self._live.get(tenant.id, lambda: self._load_live(tenant))

    def _load_live(self, tenant: Tenant) -> _Live:
        live = self._store(tenant).live()
        startables = (_startable(flow_id, flow) for flow_id, flow in live.flows.items())
        return _Live(live, tuple(one for one in startables if one is not None))

    def _flow(self, tenant: Tenant, flow_id: str, version: int) -> Flow | None:
        def load() -> Flow:
            stored = self._store(tenant).version(flow_id, version)[1]
            return compile_flow(stored, self.limits)

        try:
            return self._compiled.get((tenant.id, flow_id, version), load)
        except (FlowInvalidError, FlowNotFoundError) as error:
            logger.error("flow unusable", tenant_id=tenant.id, reason=str(error))
            count("FlowUnusable")
            return None

    def _store(self, tenant: Tenant) -> FlowStore:
        return FlowStore(tenant, self.table, self.dynamodb)


def _startable(flow_id: str, live: LiveFlow) -> Startable | None:
    """Compiled from its triggers and settings alone: which flow starts is asked of all flows, and
    none of them need be read for it."""
    alone: JsonObject = {
        "schema": SCHEMA_VERSION,
        "name": flow_id,
        "start": _NEVER_ENTERED["id"],
        "nodes": [_NEVER_ENTERED],
        "edges": [],
        "triggers": list(live.triggers),
        "settings": dict(live.settings),
    }
    try:
        return Startable(FlowRef(flow_id, live.version), compile_flow(alone))
    except FlowInvalidError as error:
        logger.error("triggers unusable", flow_id=flow_id, reason=str(error))
        count("FlowUnusable")
        return None
