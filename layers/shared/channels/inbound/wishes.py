"""What people wish to be sent, as a change of their contact."""

from __future__ import annotations

from typing import Final

from shared.json_types import JsonObject

_STATES: Final = {"stop": "out", "resume": "in", "signup": "in"}
_KINDS: Final = {"marketing_messages": "marketing"}


def opt_change(body: JsonObject) -> JsonObject | None:
    """The change that the body of a preference event asks for: {"op": "opt", "kind", "state",
    "source"}; None for a wish that nobody knows."""
    wish = body.get("preference")
    if not isinstance(wish, dict):
        return None
    kind, state = _KINDS.get(str(wish.get("category"))), _STATES.get(str(wish.get("value")))
    if kind is None or state is None:
        return None
    return {"op": "opt", "kind": kind, "state": state, "source": "whatsapp"}
