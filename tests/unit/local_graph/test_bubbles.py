from typing import Any

import pytest

from local.graph.bubbles import bubble_text
from tests.unit.local_graph.graph_builders import outbound_examples

FILES = {
    "image",
    "video",
    "audio",
    "document",
    "sticker",
}  # drawn, with their kind said by the page
MESSAGES = [body for _, body in outbound_examples() if "type" in body]


@pytest.mark.parametrize("body", MESSAGES)
def test_every_kind_of_message_has_a_line(body: dict[str, Any]) -> None:
    content = body[body["type"]]
    named = body["type"] not in FILES or content.get("caption") or content.get("filename")
    assert bool(bubble_text(body["type"], content).strip()) == bool(named)


def test_choices_are_listed_below_the_text() -> None:
    reply = {"type": "reply", "reply": {"id": "1", "title": "Yes"}}
    content = {"type": "button", "body": {"text": "Sure?"}, "action": {"buttons": [reply]}}
    assert bubble_text("interactive", content) == "Sure?\n• Yes"
