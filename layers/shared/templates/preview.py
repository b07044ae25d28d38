"""How a template looks once it is filled with its samples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shared.json_types import JsonObject
from shared.templates.texts import samples_of
from shared.templates.variables import filled

_CODE: Final = "{{1}} is your verification code."
_WARNING: Final = " For your security, do not share this code."
_CODE_SAMPLE: Final = {"1": "482913"}


def preview(components: Sequence[JsonObject]) -> JsonObject:
    """{"header": {"kind", "text"} | None, "body", "footer", "buttons": [{"kind", "text"}],
    "cards": […]}."""
    parts = {str(one.get("type", "")).upper(): one for one in components}
    return {
        "header": _header(parts.get("HEADER")),
        "body": _body(parts.get("BODY")),
        "footer": _footer(parts.get("FOOTER")),
        "buttons": [
            {"kind": str(one.get("type", "")).lower(), "text": str(one.get("text") or "")}
            for one in parts.get("BUTTONS", {}).get("buttons", ())
        ],
        "cards": [
            preview(card.get("components", ()))
            for card in parts.get("CAROUSEL", {}).get("cards", ())
        ],
    }


def _header(header: JsonObject | None) -> JsonObject | None:
    if header is None:
        return None
    text = str(header.get("text") or "")
    shown = filled(text, samples_of(header, "header"))
    return {"kind": str(header.get("format", "TEXT")).lower(), "text": shown}


def _body(body: JsonObject | None) -> str:
    if body is None:
        return ""
    text = body.get("text")
    if isinstance(text, str):
        return filled(text, samples_of(body, "body"))
    warned = _WARNING if body.get("add_security_recommendation") else ""
    return filled(_CODE, _CODE_SAMPLE) + warned


def _footer(footer: JsonObject | None) -> str:
    if footer is None:
        return ""
    minutes = footer.get("code_expiration_minutes")
    return f"This code expires in {minutes} minutes." if minutes else str(footer.get("text") or "")
