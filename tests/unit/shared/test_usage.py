"""What a workspace uses: months, ranges, plans, and sums in which everything is once."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.store.directory import Directory
from shared.store.transactions import commit
from shared.store.usage import (
    AlreadyCountedError,
    Conversed,
    Usage,
    added,
    counted_once,
)
from shared.tenancy import Tenant
from shared.usage import meters, months, plans
from shared.usage.limits import LimitReachedError, Limits, check
from shared.usage.ranges import with_numbers
from tests.fakes import FakeClock

IN, OUT = meters.MESSAGES_IN, meters.MESSAGES_OUT
STARTER = plans.plan_named("starter")
_serial = itertools.count(1)


def somebody() -> Tenant:
    return Tenant(f"ws_usage_{next(_serial)}")


def of(tenant: Tenant, dynamodb: Any) -> Usage:
    return Usage(tenant, "usage", dynamodb)


# Months.


@pytest.mark.parametrize(
    ("at", "month"),
    [
        (0, "1970-01"),
        (months.starts_at("2026-11") - 1, "2026-10"),
        (months.starts_at("2026-11"), "2026-11"),
        (months.ends_at("2026-11") - 1, "2026-11"),
        (months.ends_at("2026-11"), "2026-12"),
    ],
)
def test_a_month_begins_with_its_first_millisecond_in_utc(at: int, month: str) -> None:
    assert months.month_of(at) == month


@given(st.dates(min_value=date(2020, 1, 1)), st.integers(-30, 30))
def test_months_later_and_back_is_the_same_month(day: Any, count: int) -> None:
    month = f"{day.year:04d}-{day.month:02d}"
    if day.year < 9990:
        assert months.after(months.after(month, count), -count) == month


# Ranges.


@given(st.lists(st.sets(st.integers(1, 40)), max_size=8))
def test_ranges_are_a_set(batches: list[set[int]]) -> None:
    text, known = "", set[int]()
    for batch in batches:
        text, fresh = with_numbers(text, batch)
        assert fresh == batch - known
        known |= batch
    parts = [part.split("-") for part in text.split(",") if part]
    ranges = [(int(part[0]), int(part[-1])) for part in parts]
    assert [n for low, high in ranges for n in range(low, high + 1)] == sorted(known)
    assert all(low > before + 1 for (_, before), (low, _) in itertools.pairwise(ranges))


# Plans and limits.


def test_the_default_plan_limits_nothing() -> None:
    assert plans.plan_of(None).limits == {}
    assert plans.plan_of("left the table").id == plans.DEFAULT.id


def test_a_plan_limits_only_what_can_be_refused() -> None:
    for limits in ({IN.id: 1}, {"hats": 1}, {OUT.id: -1}):
        with pytest.raises(ValueError, match="cannot limit"):
            plans.Plan("odd", "Odd", limits)
    with pytest.raises(plans.PlanUnknownError, match="starter"):
        plans.plan_named("odd")


def test_what_a_plan_allows_is_allowed_to_the_last() -> None:
    now = months.starts_at("2026-11")
    check(STARTER, OUT, 999, now)
    check(STARTER, IN, 10**9, now)
    with pytest.raises(LimitReachedError) as reached:
        check(STARTER, OUT, 1000, now)
    assert (reached.value.meter, reached.value.limit) == (OUT.id, 1000)
    assert reached.value.resets_at == months.starts_at("2026-12")
    assert str(reached.value) == (
        "The plan Starter allows 1,000 messages sent a month, and they are used up until "
        "1 December 2026 (UTC). A larger plan allows more at once."
    )


def test_a_level_does_not_begin_anew() -> None:
    with pytest.raises(LimitReachedError, match="allows 3 people") as reached:
        check(STARTER, meters.PEOPLE, 3, 0)
    assert reached.value.resets_at is None


def test_workers_learn_of_a_plan_and_of_use_after_a_while(dynamodb: Any) -> None:
    tenant, clock = somebody(), FakeClock()
    limits = Limits(Directory("directory", dynamodb), "usage", dynamodb, clock)
    limits.check(tenant, OUT)
    key = {"pk": {"S": f"TENANT#{tenant.id}"}, "sk": {"S": "TENANT"}}
    named = {"name": {"S": "Toko"}, "plan": {"S": "starter"}}
    dynamodb.put_item(TableName="directory", Item={**key, **named})
    month = months.month_of(clock())
    commit(dynamodb, [added(tenant, "usage", month, {OUT.id: 1000})])
    limits.check(tenant, OUT)
    clock.advance(61)
    with pytest.raises(LimitReachedError):
        limits.check(tenant, OUT)
    limits.check(tenant, meters.AI_ANSWERS)


# Sums.


@given(
    batches=st.lists(
        st.dictionaries(st.sampled_from(["ana", "budi"]), st.sets(st.integers(1, 30)), min_size=1),
        max_size=6,
    ),
    again=st.randoms(use_true_random=False),
)
@settings(max_examples=30, deadline=None)
def test_messages_told_in_any_order_and_number_are_counted_once(
    dynamodb: Any, batches: list[dict[str, set[int]]], again: Any
) -> None:
    usage = of(somebody(), dynamodb)
    told = [batch for batch in batches for _ in range(again.randint(1, 3))]
    again.shuffle(told)
    counted = sum(
        usage.count_messages(
            "2026-11",
            [
                # Odd numbers are the customer's.
                Conversed(
                    "55",
                    contact,
                    {
                        IN.id: {n for n in numbers if n % 2},
                        OUT.id: {n for n in numbers if not n % 2},
                    },
                )
                for contact, numbers in batch.items()
            ],
        )
        for batch in told
    )
    all_ = {(contact, n) for batch in batches for contact, ns in batch.items() for n in ns}
    assert counted == len(all_)
    assert usage.used(IN, "2026-11") == sum(n % 2 for _, n in all_)
    assert usage.used(OUT, "2026-11") == sum(not n % 2 for _, n in all_)


def test_many_conversations_are_counted_in_one_go(dynamodb: Any) -> None:
    usage = of(somebody(), dynamodb)
    many = [Conversed("55", f"contact{n}", {IN.id: {1, 2}}) for n in range(120)]
    assert usage.count_messages("2026-11", many) == 240
    assert usage.count_messages("2026-11", many) == 0
    assert usage.used(IN, "2026-11") == 240


def test_who_counts_the_same_at_once_counts_it_once(dynamodb: Any) -> None:
    tenant = somebody()
    usage = of(tenant, dynamodb)

    class Rival:
        acted = False

        def __getattr__(self, name: str) -> Any:
            return getattr(dynamodb, name)

        def transact_write_items(self, **request: Any) -> Any:
            if not self.acted:
                self.acted = True
                usage.count_messages("2026-11", [Conversed("55", "ana", {IN.id: {1, 2}})])
            return dynamodb.transact_write_items(**request)

    late = of(tenant, Rival())
    assert late.count_messages("2026-11", [Conversed("55", "ana", {IN.id: {2, 3}})]) == 1
    assert usage.used(IN, "2026-11") == 3


def test_a_thing_with_an_id_is_counted_once(dynamodb: Any) -> None:
    tenant, at = somebody(), months.starts_at("2026-11")
    amounts = {meters.AI_ANSWERS: 1, meters.AI_TOKENS: 812}
    commit(dynamodb, counted_once(tenant, "usage", "answer:1", amounts, at))
    for _ in range(2):
        with pytest.raises(AlreadyCountedError):
            commit(dynamodb, counted_once(tenant, "usage", "answer:1", amounts, at))
    commit(dynamodb, counted_once(tenant, "usage", "answer:2", amounts, at))
    usage = of(tenant, dynamodb)
    assert usage.used(meters.AI_ANSWERS, "2026-11") == 2
    assert usage.used(meters.AI_TOKENS, "2026-11") == 1624


def test_a_level_is_what_all_months_left_of_it(dynamodb: Any) -> None:
    tenant = somebody()
    for month, change in (("2026-08", 500), ("2026-10", -200)):
        commit(dynamodb, [added(tenant, "usage", month, {meters.STORAGE_BYTES.id: change})])
    usage = of(tenant, dynamodb)
    seen = [usage.used(meters.STORAGE_BYTES, f"2026-{month:02d}") for month in (7, 8, 9, 10, 11)]
    assert seen == [0, 500, 500, 300, 300]
    assert [one.month for one in usage.months()] == ["2026-08", "2026-10"]


def test_nothing_of_another_workspace_is_counted(dynamodb: Any) -> None:
    mine, other = of(somebody(), dynamodb), of(somebody(), dynamodb)
    mine.count_messages("2026-11", [Conversed("55", "ana", {IN.id: {1}})])
    assert other.months() == []
