"""A flow's question as its worker hands it over, and the answer as the lane takes it back."""

from __future__ import annotations

from rag.answering import ANSWERED, Answer
from shared.events import AI_ANSWERED, Event, LaneEvents, entry
from shared.json_types import JsonObject
from shared.queues import Entry


def outcome_of(id_: str, answer: Answer) -> JsonObject:
    """What the flow's step is told; `id_` is the answer's."""
    if answer.outcome != ANSWERED:
        return {"outcome": answer.outcome}
    told = {"text": answer.text, "sources": list(answer.sources), "answer": id_}
    return {"outcome": answer.outcome, **told}


def answer_entry(asked: JsonObject, outcome: JsonObject, at: int) -> Entry:
    """`asked` is what came through the queue. The same question has the same id, however often it
    is answered: the lane takes one answer."""
    event = Event(
        id=f"ai:{asked['correlation']}",
        kind=AI_ANSWERED,
        at=at,
        body={"correlation": asked["correlation"], **outcome},
        hops=asked["hops"],
    )
    return entry(LaneEvents(asked["channel"], asked["contact"], (event,)))
