"""What is metered, as a table. A new meter is a line here and somebody who counts it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Meter:
    """`words` complete "… allows 1,000 {words}". A `level` is what there is at one time, and is
    stored as the change of each month; other meters begin at nothing every month. Only what is
    `limited` can be refused: what customers write is always taken."""

    id: str
    unit: str
    words: str
    level: bool = False
    limited: bool = True


MESSAGES_IN: Final = Meter("messages_in", "messages", "messages received a month", limited=False)
MESSAGES_OUT: Final = Meter("messages_out", "messages", "messages sent a month")
AI_ANSWERS: Final = Meter("ai_answers", "answers", "AI answers a month")
AI_TOKENS: Final = Meter("ai_tokens", "tokens", "AI tokens a month")
STORAGE_BYTES: Final = Meter("storage_bytes", "bytes", "bytes of storage", level=True)
PEOPLE: Final = Meter("people", "people", "people", level=True)

METERS: Final = {
    meter.id: meter
    for meter in (MESSAGES_IN, MESSAGES_OUT, AI_ANSWERS, AI_TOKENS, STORAGE_BYTES, PEOPLE)
}
