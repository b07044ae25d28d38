"""A reaction to a message: one emoji, or an empty string that takes it back."""

import re

from pydantic import field_validator

from local.graph.shapes.strict import Shape, Wamid, invalid

_BASE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe"
    "\u2600-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_STYLE = "[\ufe0f\U0001f3fb-\U0001f3ff]"
ONE_EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|[#*0-9]\ufe0f?\u20e3"
    f"|{_BASE}{_STYLE}*(?:\u200d{_BASE}{_STYLE}*)*[\U000e0020-\U000e007f]*"
)


class ReactionContent(Shape):
    message_id: Wamid
    emoji: str

    @field_validator("emoji")
    @classmethod
    def _one_emoji_or_none(cls, emoji: str) -> str:
        if emoji and not ONE_EMOJI.fullmatch(emoji):
            raise invalid("must be a single emoji")
        return emoji
