"""When a campaign is stopped by itself, and why. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shared.campaigns.halts import Halt, because
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
) -> Halt | None:
    """`quality` is the number's, as WhatsApp names it. WhatsApp may never say
    that it rose again: one that people let it go on with (`forgiven`) stops it no more."""
    if quality.upper() in _POOR and quality != forgiven:
        return because("quality")
    failed, accepted, opted_out = (
        after - before for after, before in zip(marks(total), baseline, strict=True)
    )
    told = failed + accepted
    if told >= _TOLD and failed >= told * _FAILED_SHARE:
        return because("failures", failed=failed, told=told)
    if accepted >= _TOLD and opted_out >= accepted * _OPTED_OUT_SHARE:
        return because("opt_outs", opted_out=opted_out, accepted=accepted)
    return None
