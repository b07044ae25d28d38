"""What stands against publishing a flow, given what its workspace has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from flow.engine.checks import Catalogue, Finding, check
from flow.engine.checks.catalogue import ClosedGate, TemplateShape
from flow.place import (
    contact_fields,
    documents,
    evaluations,
    flows,
    knowledge_bases,
    members,
    teams,
    templates,
)
from flow.stage_limits import stage_limits
from shared.json_types import JsonObject
from shared.store.evaluations import digest_of
from shared.store.flow_records import LiveFlows
from shared.store.gates import gate_of, unmet
from shared.store.knowledge_bases import KnowledgeBase
from shared.store.templates import Template
from shared.templates.filling import wanted
from shared.tenancy import Tenant

_PAGE: Final = 100
_EVALUATIONS: Final = 50  # looked at for one that tells of a base as it is now


def findings(tenant: Tenant, flow_id: str, definition: JsonObject) -> list[Finding]:
    return check(definition, _catalogue(tenant, flow_id), stage_limits())


def _catalogue(tenant: Tenant, flow_id: str) -> Catalogue:
    bases = knowledge_bases(tenant).all()
    return Catalogue(
        templates=_shapes(templates(tenant).approved()),
        flows=_runnable(flow_id, flows(tenant).live()),
        knowledge_bases=frozenset(base.id for base in bases),
        closed_gates=dict(_closed_gates(tenant, bases)),
        fields=frozenset(contact_fields(tenant).all()),
        teams=frozenset(team.id for team in teams(tenant).all()),
        people=frozenset(_people(tenant)),
        this_flow=flow_id,
    )


def _closed_gates(
    tenant: Tenant, bases: Iterable[KnowledgeBase]
) -> Iterator[tuple[str, ClosedGate]]:
    for base in bases:
        if (gate := gate_of(base.gate)) is None:
            continue
        newest, _ = evaluations(tenant, base.id).page(_EVALUATIONS, None)
        versions = digest_of(documents(tenant, base.id).all_live())
        if closed := unmet(gate, newest, base.settings, versions):
            yield base.id, ClosedGate(closed.words, closed.evaluation_id)


def _runnable(flow_id: str, live: LiveFlows) -> dict[str, frozenset[str]]:
    """A flow may name itself, and what is live."""
    calls = {id_: frozenset(flow.calls) for id_, flow in live.flows.items()}
    return {flow_id: frozenset(), **calls}


def _shapes(approved: Iterable[Template]) -> dict[str, TemplateShape]:
    """By name; a name is in several languages, which all have the same places."""
    shapes: dict[str, TemplateShape] = {}
    for one in approved:
        known = shapes.get(one.name)
        languages = {one.language} | (known.languages if known else frozenset())
        places = len(wanted(one.components).body)
        shapes[one.name] = TemplateShape(frozenset(languages), places)
    return shapes


def _people(tenant: Tenant) -> Iterable[str]:
    cursor: str | None = None
    while True:
        page, cursor = members(tenant).page(_PAGE, cursor)
        yield from (member.user_id for member in page)
        if cursor is None:
            return
