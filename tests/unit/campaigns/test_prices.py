"""What a campaign's messages cost by a workspace's price list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.campaigns.prices import CATEGORIES, Cost, RateCard, cost

CARD = RateCard("IDR", {"marketing": 586.33, "utility": 350})


def test_each_category_at_its_own_price() -> None:
    found = cost(CARD, {"marketing": 10, "marketing_lite": 2, "utility": 1})
    assert found == Cost(7385.96, "IDR")


def test_what_has_no_price_is_told_apart() -> None:
    found = cost(CARD, {"utility": 2, "service": 3, "authentication_international": 1})
    assert found == Cost(700, "IDR", ("authentication", "service"))


def test_what_was_not_sent_needs_no_price() -> None:
    assert cost(CARD, {"service": 0}) == Cost(0, "IDR")


counts = st.dictionaries(st.sampled_from(CATEGORIES), st.integers(0, 1_000_000))


@given(counts)
def test_nothing_is_billed_and_unpriced_at_once(billed: dict[str, int]) -> None:
    found = cost(CARD, billed)
    assert not set(found.unpriced) & set(CARD.prices)
    assert found.amount >= 0
