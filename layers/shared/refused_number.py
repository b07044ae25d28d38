"""What a refusal of one message says of its whole number: no payment method, a locked account, too
many complaints. Whoever keeps the channels tells the owners."""

from __future__ import annotations

from typing import Final

from shared.channels.errors import ERROR_CODES, Action
from shared.channels.found import AccountChange
from shared.channels.webhook_bodies import account_body, account_group
from shared.queues import Entry

NUMBER_REFUSED: Final = "kabar_number_refused"
"""As `shared.dead_token`: stands where a webhook's field does, and no webhook can say it."""


def is_of_number(code: int | None) -> bool:
    """Whether other messages of the number will be refused as well."""
    known = ERROR_CODES.get(code) if code is not None else None
    return known is not None and known.action is Action.PAUSE_CAMPAIGN


def refused_entry(channel: str, code: int, at: int) -> Entry:
    """Told once in five minutes, of however many messages. `code` is one that `is_of_number`."""
    reason = f"{ERROR_CODES[code].words} ({code})."
    change = AccountChange(None, channel, NUMBER_REFUSED, None, {"reason": reason})
    return Entry(
        body=account_body(change, at),
        group=account_group(change),
        dedup=f"refused:{channel}:{code}",
    )
