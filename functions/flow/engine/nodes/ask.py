"""Ask the contact, wait for an answer that can be used, and keep it in a variable."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import Field

from flow.engine.answers import Answer, ChoiceAnswer
from flow.engine.contents import Content, TextContent
from flow.engine.effects import WakeAt
from flow.engine.events import EngineEvent, Said, TimerFired
from flow.engine.nodes.base import BaseNode
from flow.engine.outcomes import DEFAULT_EXIT, Leave, Outcome, Stay
from flow.engine.parts import Data, Duration, Name, Text
from flow.engine.run import Run
from flow.engine.session import CUSTOMER, Waiting
from flow.engine.texts import LocalText
from shared.json_types import JsonObject

INVALID = "invalid"
TIMEOUT = "timeout"


class AskData(Data):
    """`content` is the question; the options of a choice are added to one that is text.

    What cannot be used is answered with `retry_text`, at most `tries` times in all (None: for
    ever), then the node is left by `invalid`. No usable answer within `timeout`: by `timeout`.
    """

    content: Content
    answer: Answer
    variable: Name
    retry_text: Text | None = None
    tries: int | None = Field(default=3, ge=1, le=20)
    timeout: Duration | None = None


class AskNode(BaseNode):
    """Left by `default` with an answer; a choice by the id of the option, if an edge leaves by
    it."""

    EXITS: ClassVar[tuple[str, ...]] = (DEFAULT_EXIT, INVALID, TIMEOUT)
    WAITS: ClassVar[bool] = True

    type: Literal["ask"]
    data: AskData

    def exits(self) -> tuple[str, ...]:
        answer = self.data.answer
        options = answer.options if isinstance(answer, ChoiceAnswer) else []
        unused = {INVALID} if self.data.tries is None else set()
        unused |= {TIMEOUT} if self.data.timeout is None else set()
        always = (exit_ for exit_ in self.EXITS if exit_ not in unused)
        return (*always, *(option.id for option in options))

    def enter(self, run: Run) -> Outcome:
        message = self._question(run)
        if message is not None:
            run.send(message)
        timeout = self.data.timeout
        waiting = run.waits(CUSTOMER, timeout.seconds if timeout else None)
        if waiting.deadline is not None:
            run.want(WakeAt(waiting.correlation, waiting.deadline), None)
        return Stay(waiting)

    def resume(self, run: Run, event: EngineEvent) -> Outcome:
        if isinstance(event, TimerFired):
            return Leave(TIMEOUT)
        assert isinstance(event, Said)
        assert run.waiting is not None
        value = self.data.answer.read(event, run)
        if value is None:
            return self._again(run, run.waiting)
        run.set(self.data.variable, value)
        answer = self.data.answer
        if isinstance(answer, ChoiceAnswer) and answer.options:
            return Leave(str(value))
        return Leave()

    def _again(self, run: Run, waiting: Waiting) -> Outcome:
        tries = waiting.tries + 1
        if self.data.tries is not None and tries >= self.data.tries:
            return Leave(INVALID)
        if self.data.retry_text is not None:
            message = self._worded(run, self.data.retry_text)
            if message is not None:
                run.send(message)
        return Stay(replace(waiting, tries=tries))

    def _question(self, run: Run) -> JsonObject | None:
        content = self.data.content
        if isinstance(content, TextContent):
            return self._worded(run, content.text)
        return content.message(run)

    def _worded(self, run: Run, text: LocalText) -> JsonObject | None:
        """In these words, and with what helps to answer: options to tap, a button for a place."""
        answer = self.data.answer
        if isinstance(answer, ChoiceAnswer):
            return answer.question(run, text)
        body = run.text(text)
        if not body.strip():
            return None
        if answer.kind == "location":
            return {
                "type": "interactive",
                "interactive": {
                    "type": "location_request_message",
                    "body": {"text": body[:1024]},
                    "action": {"name": "send_location"},
                },
            }
        return {"type": "text", "text": {"body": body}}
