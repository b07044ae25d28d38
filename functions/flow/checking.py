"""What stands against publishing a flow, given what its workspace has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from flow.engine.checks import Catalogue, Finding, check
from flow.engine.checks.catalogue import TemplateShape
from flow.place import contact_fields, flows, knowledge_bases, members, teams, templates
from shared.json_types import JsonObject
from shared.store.flow_records import LiveFlows
from shared.store.templates import Template
from shared.templates.filling import wanted
from shared.tenancy import Tenant

_PAGE: Final = 100


def findings(tenant: Tenant, flow_id: str, definition: JsonObject) -> list[Finding]:
    return check(definition, _catalogue(tenant, flow_id))


def _catalogue(tenant: Tenant, flow_id: str) -> Catalogue:
    return Catalogue(
        templates=_shapes(templates(tenant).approved()),
        flows=_runnable(flow_id, flows(tenant).live()),
        knowledge_bases=frozenset(base.id for base in knowledge_bases(tenant).all()),
        fields=frozenset(contact_fields(tenant).all()),
        teams=frozenset(team.id for team in teams(tenant).all()),
        people=frozenset(_people(tenant)),
        this_flow=flow_id,
    )


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
