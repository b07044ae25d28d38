"""What a workspace has that a flow may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TemplateShape:
    """Of an approved template: the languages it is in, and how many places its body has (None:
    not known)."""

    languages: frozenset[str]
    body_places: int | None = None


@dataclass(frozen=True, slots=True)
class ClosedGate:
    """Why a knowledge base does not let a flow that uses it be published, and the id of the
    evaluation that says so, if there is one."""

    words: str
    evaluation_id: str | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """None: not known, so not checked. `flows` are the published ones, by id, each with the ids of
    the flows that it runs as subflows; `this_flow` is the id of the one that is checked.
    `closed_gates` are those of knowledge bases, by id."""

    templates: Mapping[str, TemplateShape] | None = None
    flows: Mapping[str, frozenset[str]] | None = None
    knowledge_bases: frozenset[str] | None = None
    closed_gates: Mapping[str, ClosedGate] = field(default_factory=dict)
    fields: frozenset[str] | None = None
    teams: frozenset[str] | None = None
    people: frozenset[str] | None = None
    this_flow: str | None = None
    workspace_variables: frozenset[str] | None = field(default=None)
