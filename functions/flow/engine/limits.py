"""What bounds a flow, so that it always stops."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    steps_per_event: int = 50
    events_per_session: int = 500
    state_bytes: int = 32_768
    rule_depth: int = 20
    rule_parts: int = 500
    rule_parts_per_event: int = 10_000  # of all conditions that one event leads through
    output_bytes: int = 200_000  # of all effects of one event; they are committed as one item
    text_characters: int = 4096  # what WhatsApp takes as one text message


DEFAULT_LIMITS = Limits()
