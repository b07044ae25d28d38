"""Answer from a knowledge base."""

from __future__ import annotations

from typing import ClassVar, Final, Literal

from pydantic import Field

from flow.engine.effects import AskKnowledge
from flow.engine.events import AiAnswered, EngineEvent
from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import Leave, Outcome, Stay
from flow.engine.parts import Data, Filled, Id, Name, Text
from flow.engine.ratings import Rating
from flow.engine.run import Run
from flow.engine.session import ACTION
from flow.engine.texts import compile_template

ANSWERED = "answered"
NO_ANSWER = "no_answer"
FAILED = "failed"
_LATE_SECONDS: Final = 300


class AiData(Data):
    """`variable` keeps {text, sources}. With `send` an answer is sent to the contact as well, and
    after it, with `rating`, the question whether it helped. Nobody waits for an answer to that."""

    knowledge_base: Id
    question: Filled = Field(default_factory=lambda: compile_template("{{message.text}}"))
    instructions: Text | None = None
    variable: Name | None = None
    send: bool = True
    rating: Rating | None = None
    timeout_seconds: int = Field(default=30, ge=5, le=60)


class AiNode(BaseNode):
    EXITS: ClassVar[tuple[str, ...]] = (ANSWERED, NO_ANSWER, FAILED)
    WAITS: ClassVar[bool] = True

    type: Literal["ai"]
    data: AiData

    def enter(self, run: Run) -> Outcome:
        data = self.data
        question = run.fill(data.question).strip()
        if not question:
            return Leave(NO_ANSWER)
        waiting = run.waits(ACTION, data.timeout_seconds + _LATE_SECONDS)
        ask = AskKnowledge(
            correlation=waiting.correlation,
            knowledge_base=data.knowledge_base,
            question=question,
            language=str(run.contact.get("language") or ""),
            instructions=run.text(data.instructions) if data.instructions else "",
            timeout_seconds=data.timeout_seconds,
        )
        run.want(ask, [question, ask.instructions])
        return Stay(waiting)

    def resume(self, run: Run, event: EngineEvent) -> Outcome:
        if not isinstance(event, AiAnswered) or event.outcome not in self.EXITS:
            return Leave(FAILED)
        if self.data.variable is not None:
            run.set(self.data.variable, {"text": event.text, "sources": event.sources})
        if event.outcome == ANSWERED and self.data.send and event.text.strip():
            body = event.text[: run.limits.text_characters]
            run.send({"type": "text", "text": {"body": body}})
            self._ask_whether_it_helped(run, event)
        return Leave(event.outcome)

    def _ask_whether_it_helped(self, run: Run, event: AiAnswered) -> None:
        rating = self.data.rating
        if rating is None:
            return
        answer = event.answer or event.correlation  # one that is kept nowhere is rated by nobody
        question = rating.question(run, self.data.knowledge_base, answer)
        if question is not None:
            run.send(question)
