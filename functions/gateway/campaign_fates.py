"""What became of campaigns' messages, for whoever looks at a conversation: its log has them as
sent, and their recipients know more. Nobody writes for that; whoever looks reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from shared.campaigns.callbacks import RecipientRef, ref_of_event
from shared.campaigns.outcomes import REPLIED, WAITING
from shared.delivery import CLAIMED, SENT
from shared.events import CAMPAIGN_SENT
from shared.store.conversations import LoggedMessage
from shared.store.recipient_items import Recipient

_SHOWN: Final = {CLAIMED: "sending", WAITING: "queued", "played": "read", REPLIED: "read"}
_WITH_REASON: Final = ("failed", "unsettled", WAITING)
_UNKNOWN: Final = {"wamid": None, "status": SENT, "reason": None}


def refs(messages: Iterable[LoggedMessage]) -> list[RecipientRef]:
    """Of the campaigns' messages among them."""
    found = (ref_of(message) for message in messages)
    return [ref for ref in found if ref is not None]


def ref_of(message: LoggedMessage) -> RecipientRef | None:
    line = message.line
    return ref_of_event(line.event) if line.kind == CAMPAIGN_SENT else None


def campaign_fate(
    message: LoggedMessage, known: Mapping[RecipientRef, Recipient]
) -> dict[str, str | None]:
    """Meta's id for it, its status, why it is not better. Of a deleted campaign it was sent."""
    ref = ref_of(message)
    one = known.get(ref) if ref else None
    if one is None:
        return _UNKNOWN
    return {
        "wamid": one.wamid,
        "status": _SHOWN.get(one.state, one.state),
        "reason": one.reason if one.state in _WITH_REASON else None,
    }
