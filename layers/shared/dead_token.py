"""What the sender says when Meta no longer takes a number's token."""

from __future__ import annotations

from typing import Final

from shared.channels.found import AccountChange

TOKEN_DEAD: Final = "kabar_token_dead"
"""Stands where a webhook's field does, in the queue of account events. No webhook can say it: only
fields that are known come into that queue."""


def token_dead(waba_id: str, channel: str, reason: str) -> AccountChange:
    return AccountChange(waba_id, channel, TOKEN_DEAD, None, {"reason": reason})
