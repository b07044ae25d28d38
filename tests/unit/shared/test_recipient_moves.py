"""DynamoDB refuses a write that names or gives what its expressions do not use, or the reverse."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from shared.campaigns.outcomes import CANCELLED, CAPPED, WAITING
from shared.delivery import CLAIMED, FAILED, SENT, UNSETTLED
from shared.store import recipient_moves as moves
from shared.store.recipient_items import Recipient
from shared.store.recipient_moves import Move

NOW = 1_790_000_000_000
BEFORE = Recipient(1, 2, "lane", "62812", state=SENT, attempts=1, since=NOW - 5, wamid="wamid.old")
WHY = {"reason": "busy", "class": "busy"}
PRICING = {"category": "marketing", "billable": "yes"}
FAILURES = [
    moves.failure(BEFORE, {"wamid": "wamid.old", "code": code}, NOW)
    for code in ("131049", "131026")
]
MOVES = [
    moves.TOLD,
    moves.OPTED_OUT,
    moves.claim(BEFORE, NOW),
    moves.claim(replace(BEFORE, wamid=None), NOW),
    moves.sent("wamid.new", NOW),
    moves.ended(UNSETTLED, NOW, WHY),
    moves.ended(WAITING, NOW, WHY, NOW + 5),
    moves.failed(CAPPED, "later", 0, NOW),
    moves.failed("undeliverable", "never", 0, NOW),
    moves.unclaimed(WAITING, NOW, WHY, NOW + 5),
    moves.unclaimed(CANCELLED, NOW, {}),
    moves.reopened(NOW),
    moves.status("delivered", {"wamid": "wamid.new"}, PRICING, NOW),
    moves.status("played", {}, {}, NOW),
    moves.status(SENT, {"wamid": "wamid.new"}, {}, NOW),
    moves.status(SENT, {}, {}, NOW),
    moves.priced(PRICING),
    moves.replied(NOW),
    *(move for move in FAILURES if move),
]


@pytest.mark.parametrize("move", MOVES)
def test_a_write_gives_just_what_it_uses(move: Move) -> None:
    asked = move.request()
    text = f"{asked['UpdateExpression']} {asked['ConditionExpression']}"
    assert set(re.findall(r":\w+", text)) == set(asked["ExpressionAttributeValues"])
    assert set(re.findall(r"#\w+", text)) == set(asked["ExpressionAttributeNames"])


def test_a_failure_moves_the_try_that_it_is_about() -> None:
    assert all(FAILURES)
    earlier = replace(BEFORE, old_wamids=frozenset({"wamid.old"}))
    for before in (earlier, replace(BEFORE, since=0), replace(BEFORE, state=WAITING)):
        assert moves.failure(before, {"wamid": "wamid.old", "code": "131026"}, NOW) is None


@pytest.mark.parametrize("state", [CLAIMED, UNSETTLED, SENT, FAILED])
def test_a_claim_is_of_what_was_read(state: str) -> None:
    asked = moves.claim(replace(BEFORE, state=state), NOW).request()
    assert asked["ConditionExpression"] == "#state = :was AND #attempts = :tried"
    assert asked["ExpressionAttributeValues"][":was"] == {"S": state}
    assert asked["ExpressionAttributeValues"][":tried"] == {"N": "1"}
