"""Who may be in a block, as its tally remembers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shared.campaigns.people_marks import marks_of, may_hold
from shared.campaigns.tallies import Tally, to_json

names = st.sets(st.text(min_size=1), max_size=20)


@given(names)
def test_who_is_in_it_is_always_found(among: set[str]) -> None:
    marks = marks_of(among)
    assert all(may_hold(marks, [name]) for name in among)
    assert not may_hold(marks, [])


def test_a_full_block_seldom_seems_to_hold_somebody_else() -> None:
    marks = marks_of(f"{kind}{n}" for n in range(100) for kind in ("lane", "phone", "contact"))
    wrong = sum(may_hold(marks, [f"stranger{n}"]) for n in range(5000))
    assert wrong / 5000 < 0.02


def test_a_tally_with_its_marks_stays_one_write_unit() -> None:
    """Of a block in which much has happened."""
    busy = Tally(
        states={"delivered": 40, "read": 30, "replied": 5, "failed": 15, "skipped": 10},
        failures={"undeliverable": 9, "frequency_capped": 3, "refused": 3},
        skips={"opted_out": 8, "blocked": 2},
        billable={"marketing.ID": 60, "marketing.MY": 10, "marketing.SG": 5},
        free=5,
        opted_out=2,
        due=3,
        due_at=1_795_430_400_000,
    )
    names_and_keys = 160
    assert len(str(to_json(busy))) + len(marks_of([])) + names_and_keys <= 1024
