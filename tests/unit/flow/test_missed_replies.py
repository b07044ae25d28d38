"""A campaign without a reply starts a flow when its time is over; a reply keeps it away."""

from __future__ import annotations

from typing import Any

import pytest

from shared.events import CAMPAIGN_SENT, TAKEN_OVER
from tests.unit.flow.test_conversations import DAY, flow, lane, text
from tests.unit.flow.whole_lane import Lane

HOUR = 3600


def _missed(hours: int, *campaigns: str) -> dict[str, Any]:
    after = {"amount": hours, "unit": "hours"}
    return {"type": "campaign_no_reply", "campaign_ids": list(campaigns), "after": after}


def _lane(dynamodb: Any) -> Lane:
    again = flow(text("a", "Did you see? {{vars.trigger.campaign_id}}"), triggers=[_missed(2)])
    late = flow(text("b", "Last call"), triggers=[_missed(24, "sale")])
    other = flow(text("c", "Never"), triggers=[_missed(1, "another")])
    one = lane(dynamodb, flow(text("x", "Bye")), again=again, late=late, other=other)
    return one.says("halo")


def test_nobody_has_replied(dynamodb: Any) -> None:
    one = _lane(dynamodb).happens(CAMPAIGN_SENT, "campaign:sale:1", campaign="sale")
    one.later(2 * HOUR - 60, step=60)
    assert one.sent() == ["Bye"]
    one.later(120, step=60)
    assert one.sent() == ["Bye", "Did you see? sale"]
    one.later(DAY, step=600)
    assert one.sent() == ["Bye", "Did you see? sale", "Last call"]
    assert one.conversation.handling.unanswered == ()


def test_a_reply_in_time_keeps_it_away(dynamodb: Any) -> None:
    one = _lane(dynamodb).happens(CAMPAIGN_SENT, "campaign:sale:1", campaign="sale")
    one.later(HOUR, step=600).says("thanks").later(2 * DAY, step=1800)
    assert one.sent() == ["Bye", "Bye"]


def test_told_twice_it_starts_once(dynamodb: Any) -> None:
    one = _lane(dynamodb)
    for _ in range(2):
        one.happens(CAMPAIGN_SENT, "campaign:sale:1", campaign="sale")
    one.later(3 * HOUR, step=600)
    assert one.sent() == ["Bye", "Did you see? sale"]


@pytest.mark.parametrize("many", [30])
def test_so_many_campaigns_are_waited_for_and_no_more(dynamodb: Any, many: int) -> None:
    one = _lane(dynamodb)
    for number in range(many):
        one.happens(CAMPAIGN_SENT, f"campaign:{number}", campaign=str(number))
    assert len(one.conversation.handling.unanswered) == 20


def test_a_person_who_answers_is_not_talked_over(dynamodb: Any) -> None:
    one = _lane(dynamodb).happens(CAMPAIGN_SENT, "campaign:sale:1", campaign="sale")
    one.happens(TAKEN_OVER, "t1", by="budi").later(3 * HOUR, step=600)
    assert one.sent() == ["Bye"]
