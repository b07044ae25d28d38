"""What bounds a flow, so that it always stops. Each limit has an error of its own in `errors`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    steps_per_event: int = 200  # nodes that one event leads through
    events_per_session: int = 500
    frames: int = 8  # subflows within subflows, the first flow included
    state_bytes: int = 32_768  # of a session's variables, as JSON
    output_bytes: int = 200_000  # of all effects of one event; they are committed as one item
    sends_per_event: int = 30
    rule_depth: int = 20
    rule_parts: int = 500
    rule_steps_per_event: int = 10_000  # parts of rules, loops as often as they ran, and of texts
    rule_growth: int = 100_000  # characters of a text, items of a list that a rule makes
    text_characters: int = 4096  # what WhatsApp takes as one text message
    template_parts: int = 1000  # places to fill in one text
    starts_per_session: int = 20  # flows started for other contacts
    generation: int = 3  # flows started by flows that were started by flows
    wait_seconds: int = 365 * 24 * 3600
    same_text_times: int = 20  # the same text of one contact within `same_text_seconds`
    same_text_seconds: int = 300
    own_starts: int = 20  # of one contact by changes that flows make, within `own_starts_seconds`
    own_starts_seconds: int = 3600


DEFAULT_LIMITS = Limits()
