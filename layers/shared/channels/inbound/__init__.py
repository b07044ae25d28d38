"""What customers send, as typed contents; and what a logged message says in words."""

from __future__ import annotations

from shared.channels.inbound.contents import Content, Inbound, Media
from shared.channels.inbound.reading import media_of, parse
from shared.channels.inbound.wishes import opt_change
from shared.channels.inbound.words import line_of, payload_of, speaks, target_of, text_of

__all__ = [
    "Content",
    "Inbound",
    "Media",
    "line_of",
    "media_of",
    "opt_change",
    "parse",
    "payload_of",
    "speaks",
    "target_of",
    "text_of",
]
