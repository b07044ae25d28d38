"""Knowledge bases: what documents are collected in, and asked together."""

from __future__ import annotations

from dataclasses import replace

from rag import place
from rag.app import api
from rag.asking_settings import settings_of
from rag.shapes import BaseChange, BaseList, BaseShown, GateSetting, NewBase
from rag.work import FORGET_BASE, entry
from shared.clock import now_ms
from shared.contacts.ids import contact_id_at
from shared.permissions import Permission
from shared.store.knowledge_bases import KnowledgeBase, KnowledgeBaseChangedError

_ONE = "/v1/knowledge-bases/{knowledge_base_id}"


@api.endpoint("GET", "/v1/knowledge-bases", permission=Permission.READ_KNOWLEDGE)
def list_knowledge_bases() -> BaseList:
    """List the workspace's knowledge bases."""
    return BaseList(items=[_shown(base) for base in place.bases(api.caller.workspace).all()])


@api.endpoint("POST", "/v1/knowledge-bases", permission=Permission.EDIT_KNOWLEDGE, status=201)
def create_knowledge_base(body: NewBase) -> BaseShown:
    """Begin a knowledge base. Then add documents to it."""
    now = now_ms()
    made = KnowledgeBase(contact_id_at(now), body.name, now, body.description)
    place.bases(api.caller.workspace).create(made, by=api.actor, at=now)
    return _told(made)


@api.endpoint("GET", _ONE, permission=Permission.READ_KNOWLEDGE)
def get_knowledge_base(knowledge_base_id: str) -> BaseShown:
    """Get a knowledge base, with its revision as ETag."""
    return _told(place.bases(api.caller.workspace).get(knowledge_base_id))


@api.endpoint("PATCH", _ONE, permission=Permission.EDIT_KNOWLEDGE, if_match=True)
def change_knowledge_base(knowledge_base_id: str, body: BaseChange) -> BaseShown:
    """Rename or describe a knowledge base."""
    bases = place.bases(api.caller.workspace)
    before = bases.get(knowledge_base_id)
    if before.revision != api.revision:
        raise KnowledgeBaseChangedError(knowledge_base_id)
    changed = replace(
        before,
        name=before.name if body.name is None else body.name,
        description=before.description if body.description is None else body.description,
    )
    return _told(bases.change(changed, by=api.actor, at=now_ms()))


@api.endpoint("DELETE", _ONE, permission=Permission.EDIT_KNOWLEDGE, status=204)
def delete_knowledge_base(knowledge_base_id: str) -> None:
    """Delete a knowledge base with all its documents. They are answered from no more at once; their
    files and passages go in the background."""
    tenant = api.caller.workspace
    place.bases(tenant).get(knowledge_base_id)
    # Handed over before it is gone: the work waits for that, and no crash leaves documents behind.
    place.hand_over(entry(tenant, FORGET_BASE, knowledge_base_id))
    place.bases(tenant).delete(knowledge_base_id, by=api.actor, at=now_ms())


@api.endpoint("PUT", f"{_ONE}/gate", permission=Permission.EDIT_KNOWLEDGE, if_match=True)
def set_gate(knowledge_base_id: str, body: GateSetting) -> BaseShown:
    """Set what publishing a flow that uses the knowledge base asks of its answers. If-Match names
    the knowledge base's revision."""
    bases = place.bases(api.caller.workspace)
    before = bases.get(knowledge_base_id)
    if before.revision != api.revision:
        raise KnowledgeBaseChangedError(knowledge_base_id)
    return _told(bases.change(replace(before, gate=body.model_dump()), by=api.actor, at=now_ms()))


def _told(base: KnowledgeBase) -> BaseShown:
    api.tell_revision(base.revision)
    return _shown(base)


def _shown(base: KnowledgeBase) -> BaseShown:
    return BaseShown(
        id=base.id,
        name=base.name,
        description=base.description,
        settings=settings_of(base.settings).model_dump(),
        can_rerank=bool(place.rerank_model()),
        gate=GateSetting(**base.gate),
        revision=base.revision,
        created_at=base.created_at,
    )
