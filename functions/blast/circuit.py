"""When a campaign is stopped by itself, and with which words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shared.campaigns.tallies import Tally
from shared.delivery import FAILED, SENT

_TOLD: Final = 50  # messages whose end is known, before anything is said of their share
_FAILED_SHARE: Final = 0.3
_OPTED_OUT_SHARE: Final = 0.05
_POOR: Final = frozenset({"RED", "LOW", "FLAGGED"})  # the last is the webhook's word


def marks(total: Tally) -> list[int]:
    """[failed, accepted, opted out], as a campaign keeps them when people let it run: what was
    before is forgiven."""
    return [total.outcomes[FAILED], total.funnel[SENT], total.opted_out]


def why_to_stop(
    total: Tally, baseline: Sequence[int], quality: str, forgiven: str = ""
) -> str | None:
    """A reason for people; `quality` is the number's, as WhatsApp names it. WhatsApp may never say
    that it rose again: one that people let it go on with (`forgiven`) stops it no more."""
    if quality.upper() in _POOR and quality != forgiven:
        return "WhatsApp rates the number's quality as low: more messages would make it worse."
    failed, accepted, opted_out = (
        after - before for after, before in zip(marks(total), baseline, strict=True)
    )
    told = failed + accepted
    if told >= _TOLD and failed >= told * _FAILED_SHARE:
        return f"{failed} of the last {told} messages failed: see the report for the reasons."
    if accepted >= _TOLD and opted_out >= accepted * _OPTED_OUT_SHARE:
        return f"{opted_out} of the last {accepted} people opted out."
    return None
