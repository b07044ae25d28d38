"""A template as callers see it."""

from __future__ import annotations

from typing import Any

from channels.templates.handing_in import next_edit_at
from channels.templates.shapes import ButtonWanted, CardWanted, FillingWanted, TemplateShown
from shared.store.templates import Template
from shared.templates import limits
from shared.templates.filling import Wanted, wanted
from shared.templates.preview import preview


def shown(template: Template, now: int) -> TemplateShown:
    return TemplateShown(
        id=template.id,
        waba_id=template.waba_id,
        meta_id=template.meta_id,
        name=template.name,
        language=template.language,
        category=template.category,
        status=template.status,
        parameter_format=template.parameter_format,
        components=template.components,
        message_send_ttl_seconds=template.ttl_seconds or None,
        quality=template.quality,
        reason=template.reason,
        details=template.details,
        becomes=template.becomes,
        changes_at=template.changes_at or None,
        editable=template.status in limits.EDITABLE,
        next_edit_at=next_edit_at(template, now) or None,
        wants=_wants(wanted(template.components)),
        preview=preview(template.components),
        created_at=template.created_at,
        updated_at=template.updated_at,
    )


def _wants(wants: Wanted) -> FillingWanted:
    return FillingWanted(
        **_common(wants),
        header_names=list(wants.header_names),
        named=wants.named,
        offer=wants.offer,
        cards=[CardWanted(**_common(card)) for card in wants.cards],
    )


def _common(wants: Wanted) -> dict[str, Any]:
    buttons = [
        ButtonWanted(index=one.index, kind=one.kind, text=one.text, needed=one.needed)
        for one in wants.buttons
    ]
    return {"header": wants.header, "body": list(wants.body), "buttons": buttons}
