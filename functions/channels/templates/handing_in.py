"""What Meta is asked to do with templates, and what its refusals mean for the fields of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from shared.channels.errors import Action
from shared.channels.graph import Graph, GraphError
from shared.field_error import FieldError
from shared.json_types import JsonObject
from shared.store.templates import PAUSED, Template
from shared.templates import limits

DAY_MS: Final = 24 * 3600 * 1000
_NAMED: Final = {2388019: "name", 2388023: "name", 2388024: "name"}
_PARTS: Final = {
    2388047: "HEADER",
    2388072: "BODY",
    2388293: "BODY",
    2388299: "BODY",
    2388073: "FOOTER",
}


class NotEditableError(Exception):
    """Meta lets nobody edit a template in this status."""


class NotPausedError(Exception):
    """Only a paused template can be let go on."""


class EditedTooOftenError(Exception):
    """`next_at` (milliseconds) is when the template may be edited again."""

    def __init__(self, next_at: int) -> None:
        super().__init__()
        self.next_at = next_at


def create(graph: Graph, token: str, waba_id: str, draft: JsonObject) -> JsonObject:
    """{"id", "status", "category"}. Raises GraphError or GraphUnreachableError, as all do here."""
    return graph.post(f"{waba_id}/message_templates", token, draft)


def edit(graph: Graph, token: str, template: Template, changes: JsonObject) -> None:
    graph.post(template.meta_id, token, changes)


def unpause(graph: Graph, token: str, template: Template) -> None:
    """Raises NotPausedError before Meta is asked."""
    if template.status != PAUSED:
        raise NotPausedError(template.status)
    graph.post(f"{template.meta_id}/unpause", token)


def delete(graph: Graph, token: str, template: Template) -> None:
    """One that Meta does not have any more is deleted already."""
    path = f"{template.waba_id}/message_templates"
    try:
        graph.delete(path, token, hsm_id=template.meta_id, name=template.name)
    except GraphError as error:
        if error.code != _UNKNOWN or error.action is not Action.MISCONFIGURED:
            raise


_UNKNOWN: Final = 100


def check_editable(template: Template, now: int) -> None:
    """Raises NotEditableError or EditedTooOftenError."""
    if template.status not in limits.EDITABLE:
        raise NotEditableError(template.status)
    next_at = next_edit_at(template, now)
    if next_at > now:
        raise EditedTooOftenError(next_at)


def next_edit_at(template: Template, now: int) -> int:
    """When it may be edited again; 0 for at once. Only approved ones are counted."""
    if template.status != "APPROVED":
        return 0
    lately = sorted(at for at in template.edited_at if now - at < 30 * DAY_MS)
    free = []
    if len(lately) >= limits.EDITS_A_MONTH:
        free.append(lately[-limits.EDITS_A_MONTH] + 30 * DAY_MS)
    if lately and now - lately[-1] < DAY_MS:
        free.append(lately[-1] + DAY_MS)
    return max(free, default=0)


def field_of(error: GraphError, components: Sequence[JsonObject]) -> list[FieldError]:
    """Which field Meta means, where its code says so."""
    words = str(error)
    if error.code in _NAMED:
        return [FieldError(_NAMED[error.code], words)]
    kind: Any = _PARTS.get(error.code or 0)
    return [
        FieldError(f"components.{place}.text", words)
        for place, one in enumerate(components)
        if one.get("type") == kind
    ]
