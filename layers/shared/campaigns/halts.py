"""Why a campaign is paused, or could not start: a code with its values, and how it reads.

Whoever shows it in another language goes by the code; `details` are words of others as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_OURS: Final = "Something went wrong on our side. Please start it again."
WORDS: Final[Mapping[str, str]] = {
    "by_hand": "{name} paused it.",
    "quality": "WhatsApp rates the number's quality as low: more messages would make it worse.",
    "failures": "{failed} of the last {told} messages failed: see the report for the reasons.",
    "opt_outs": "{opted_out} of the last {accepted} people opted out.",
    "number_gone": "The number is no longer connected to this workspace.",
    "number_held": "{details}",
    "linked_phone": "A linked phone writes to one person at a time: WhatsApp bans others.",
    "limit": "{details}",
    "template": "The template {template} is {status} at WhatsApp.",
    "template_because": "The template {template} is {status} at WhatsApp: {details}.",
    "file": "{details}",
    "refused": "{details}",
    "nobody": "The audience has nobody in it.",
    "segment_gone": "A segment of the audience is not there any more.",
    "audience_file_gone": "The file with the audience is not there any more.",
    "ours": _OURS,
}


@dataclass(frozen=True, slots=True)
class Halt:
    """`code` is one of WORDS, whose places are filled with `values`."""

    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def words(self) -> str:
        known = WORDS.get(self.code)
        if known is None:  # of a newer version than the one that reads it
            return str(self.values.get("details", _OURS))
        return known.format_map(self.values)


def because(code: str, **values: str | int) -> Halt:
    return Halt(code, values)
