"""What is an emoji: Unicode's pictographs by their blocks, closely enough for what is typed."""

from __future__ import annotations

import re
from typing import Final

_SIGN: Final = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u25fe"
    "\u2600-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
)
_STYLE: Final = "[\ufe0f\U0001f3fb-\U0001f3ff]"
ONE_EMOJI: Final = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|[#*0-9]\ufe0f?\u20e3"
    f"|{_SIGN}{_STYLE}*(?:\u200d{_SIGN}{_STYLE}*)*[\U000e0020-\U000e007f]*"
)


def holds_emoji(text: str) -> bool:
    return ONE_EMOJI.search(text) is not None
