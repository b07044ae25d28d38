"""What a campaign's messages cost by a workspace's price list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.campaigns.prices import (
    CATEGORIES,
    SOMEWHERE,
    Line,
    RateCard,
    billed_as,
    by_category,
    cost,
    scaled,
)

CARD = RateCard(
    "IDR",
    {"marketing": 586.33, "utility": 350},
    countries={"MY": {"marketing": 1239.5}, "JP": {"service": 20}},
)


def test_each_category_at_its_own_price() -> None:
    found = cost(CARD, {"marketing": 10, "marketing_lite": 2, "utility": 1})
    assert (found.amount, found.unpriced) == (7385.96, ())


def test_each_country_at_its_own_price_and_the_others_at_theirs() -> None:
    found = cost(CARD, {"marketing.ID": 10, "marketing.MY": 4, "marketing": 1, "utility.MY": 2})
    assert found.amount == round(11 * 586.33 + 4 * 1239.5 + 2 * 350, 2)
    assert found.lines[:2] == (
        Line("marketing", "ID", 10, 586.33),
        Line("marketing", "MY", 4, 1239.5),
    )


def test_what_has_no_price_is_told_apart() -> None:
    found = cost(CARD, {"utility": 2, "service.ID": 3, "service.JP": 1})
    assert (found.amount, found.unpriced) == (720, ("service",))
    assert [one.country for one in found.lines if one.price is None] == ["ID"]
    assert cost(CARD, {"service.ID": 3}).amount is None


def test_what_was_not_sent_needs_no_price() -> None:
    assert (cost(CARD, {"service": 0}).amount, cost(CARD, {}).amount) == (0, 0)
    assert cost(None, {}).amount is None
    assert cost(None, {"marketing.ID": 3}).lines == (Line("marketing", "ID", 3, None),)


countries = st.sampled_from(["ID", "MY", SOMEWHERE])
lines = st.builds(billed_as, st.sampled_from([*CATEGORIES, "marketing_lite"]), countries)
sums = st.dictionaries(lines, st.integers(0, 1_000_000))


@given(sums)
def test_every_message_is_in_one_line_with_a_price_or_without(billed: dict[str, int]) -> None:
    found = cost(CARD, billed)
    assert sum(one.messages for one in found.lines) == sum(billed.values())
    assert sum(by_category(billed).values()) == sum(billed.values())
    known = [one.amount for one in found.lines if one.amount is not None]
    assert found.amount == pytest.approx(sum(known), abs=0.01 * len(known) + 0.01) or not known


@given(st.dictionaries(countries, st.integers(0, 50)), st.integers(0, 1_000_000))
def test_the_shares_of_a_sample_are_everybody(counts: dict[str, int], total: int) -> None:
    found = scaled(counts, total)
    assert sum(found.values()) == total
    sample = sum(counts.values())
    for name, number in found.items():
        if sample:
            assert abs(number - counts[name] * total / sample) <= len(counts)
