"""Why a letter is dead: as its worker said, as its body says, or as its silence does."""

from __future__ import annotations

import json
from typing import Final, NamedTuple

from shared.json_types import JsonObject
from shared.last_words import BEHIND, RAISED, WAITED, Words

REFUSED: Final = "refused"  # the worker set it aside itself, and wrote why into it
UNDELIVERED: Final = "undelivered"  # a schedule could not put it into its queue
SILENT: Final = "silent"
CAUSES: Final = (RAISED, WAITED, BEHIND, REFUSED, UNDELIVERED, SILENT)

_SENTENCES: Final = {
    BEHIND: "An earlier message of the same conversation failed each time: this one was never run.",
    SILENT: "Its worker ended without a word: it was stopped in the middle, or ran out of time.",
    UNDELIVERED: "The schedule could not hand it over.",
}


class Reason(NamedTuple):
    """`cause` is one of CAUSES; `error` the name of an exception or of AWS's refusal, or empty;
    `text` a sentence, or empty."""

    cause: str
    error: str
    text: str


def reason_of(record: JsonObject, text: str, words: Words | None) -> Reason:
    """`text` is the record's body."""
    if words is not None:
        return Reason(words.cause, words.error, words.says or _SENTENCES.get(words.cause, ""))
    if said := _written(text):
        return Reason(REFUSED, "", said)
    if code := (record.get("messageAttributes") or {}).get("ERROR_CODE", {}).get("stringValue"):
        return Reason(UNDELIVERED, code, _SENTENCES[UNDELIVERED])
    return Reason(SILENT, "", _SENTENCES[SILENT])


def _written(text: str) -> str | None:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return None
    said = body.get("reason") if isinstance(body, dict) else None
    return said if isinstance(said, str) and said else None
