"""Whether a message fills the template that it names as the workspace's own list has it.

Asked before Meta is: a wrong number of variables is told by its field, and costs nothing. What is
not in the list is left to Meta, and so is whether it may be sent at all: Meta's word is newer.
"""

from __future__ import annotations

from shared.channels.messages import validate
from shared.json_types import JsonObject
from shared.store.directory import Number
from shared.store.templates import Templates
from shared.templates.filling import misfits, wanted


def misfit(templates: Templates, number: Number, message: JsonObject) -> str | None:
    """Why Meta would refuse it, in words that name the field; None for messages of other types."""
    if message.get("type") != "template" or not number.waba_id or validate(message):
        return None
    content = message["template"]
    known = templates.find(number.waba_id, content["name"], content["language"]["code"])
    if known is None:
        return None
    wrong = misfits(content, wanted(known.components))
    return f"WhatsApp would refuse {wrong[0].field}: {wrong[0].message}." if wrong else None
