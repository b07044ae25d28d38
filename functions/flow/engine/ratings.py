"""Whether an answer from knowledge helped: what is asked after it, and the tap that says so.

A tap carries what it is about. It is no answer to anything that a flow asks, whenever it comes.
"""

from __future__ import annotations

import re
from typing import Final

from flow.engine.effects import RateAnswer
from flow.engine.interactive import BODY, TITLE, reply_buttons
from flow.engine.parts import Data, ShortText, Text
from flow.engine.run import Run
from shared.json_types import JsonObject

UP: Final = "up"
DOWN: Final = "down"
_TAPPED: Final = re.compile(r"kabar-rate:([!-9;-~]{1,200}):([0-9a-z]{1,64}):(up|down)")


class Rating(Data):
    """The question, and the two answers to tap."""

    text: Text
    yes: ShortText
    no: ShortText

    def question(self, run: Run, knowledge_base: str, answer: str) -> JsonObject | None:
        """None without words, or where both answers look the same."""
        body = run.text(self.text, BODY)
        titles = [run.text(title, TITLE).strip() for title in (self.yes, self.no)]
        if not body.strip() or not all(titles) or titles[0] == titles[1]:
            return None
        ids = [f"kabar-rate:{knowledge_base}:{answer}:{thumb}" for thumb in (UP, DOWN)]
        action = reply_buttons(list(zip(ids, titles, strict=True)))
        content: JsonObject = {"type": "button", "body": {"text": body}, "action": action}
        return {"type": "interactive", "interactive": content}


def rating_of(payload: str | None) -> RateAnswer | None:
    """What a tap says of an answer; None for every other tap."""
    tapped = _TAPPED.fullmatch(payload) if payload else None
    return RateAnswer(tapped[1], tapped[2], tapped[3]) if tapped else None
