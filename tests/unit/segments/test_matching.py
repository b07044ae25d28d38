"""Filters against a model that is as plain as can be, and what is said of wrong ones."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contacts.record import ContactRecord, OptIn
from shared.json_types import JsonObject
from shared.segments.filters import LAST, MOST_CONDITIONS, FilterError, parse, to_json
from shared.segments.matching import matches
from shared.segments.sieve import Sieve, sieve
from shared.store.contact_items import record_item
from shared.tenancy import Tenant

NOW = 1_795_430_400_000
DAY = 86_400_000
TEXTS = ["Ana", "ana", "Budi", "Bandung", "band", "+62811", "id"]
VALUES: list[Any] = [*TEXTS, 0, 1, 7, 7.5, True, False, "2026-11-25", "2026-01-01"]
KEYS = ["city", "points"]
TAGS = ["vip", "new", 'so "called"', "caf\u00e9\n"]
CAMPAIGN_STATES = ["sent", "delivered", "read", "replied", "failed"]

maybe_text = st.none() | st.sampled_from(TEXTS)
maybe_time = st.none() | st.integers(0, 40).map(lambda days: NOW - days * DAY)
records = st.builds(
    ContactRecord,
    id=st.just("c1"),
    name=maybe_text,
    phone=maybe_text,
    email=maybe_text,
    language=maybe_text,
    tags=st.lists(st.sampled_from(TAGS), unique=True).map(tuple),
    fields=st.dictionaries(st.sampled_from(KEYS), st.sampled_from(VALUES)),
    opt_ins=st.dictionaries(
        st.sampled_from(["marketing", "utility"]),
        st.sampled_from(["in", "out"]).map(lambda state: OptIn(state, "test", 1)),
    ),
    blocked=st.booleans(),
    last_seen_at=maybe_time,
    created_at=st.integers(0, 40).map(lambda days: NOW - days * DAY),
    campaigns=st.dictionaries(st.just("k1"), st.sampled_from(CAMPAIGN_STATES)),
)


def _of(on: str, ops: list[str], values: Any, **names: Any) -> Any:
    return st.fixed_dictionaries(
        {
            "on": st.just(on),
            "op": st.sampled_from(ops),
            **names,
            **({"value": values} if values is not None else {}),
        }
    )


texts = st.sampled_from(TEXTS)
conditions = st.one_of(
    _of("tag", ["has", "has_not"], st.sampled_from(TAGS)),
    _of(
        "field", ["is", "is_not", "gt", "lt"], st.sampled_from(VALUES), field=st.sampled_from(KEYS)
    ),
    _of("field", ["contains"], texts, field=st.sampled_from(KEYS)),
    _of("field", ["set", "not_set"], None, field=st.sampled_from(KEYS)),
    _of(
        "opt_in",
        ["is", "is_not"],
        st.sampled_from(["in", "out", "unknown"]),
        kind=st.just("marketing"),
    ),
    _of("last_seen", ["within_days", "not_within_days"], st.integers(1, 40)),
    _of("created", ["within_days", "not_within_days"], st.integers(1, 40)),
    _of("blocked", ["is"], st.booleans()),
    *(
        _of(on, ["is", "is_not", "contains", "begins_with"], texts)
        for on in ("name", "phone", "email", "language")
    ),
    *(_of(on, ["set", "not_set"], None) for on in ("name", "phone", "email", "language")),
    _of(
        "campaign",
        [f"{no}{op}" for op in ("received", "read", "replied", "failed") for no in ("", "not_")],
        None,
        campaign_id=st.sampled_from(["k1", "k2", LAST]),
    ),
)
filters = st.fixed_dictionaries(
    {"match": st.sampled_from(["all", "any"]), "conditions": st.lists(conditions, max_size=4)}
)


def holds(condition: JsonObject, record: ContactRecord) -> bool:
    """One condition, spelt out."""
    on, op, value = condition["on"], condition["op"], condition.get("value")
    if on == "tag":
        return (value in record.tags) if op == "has" else (value not in record.tags)
    if on == "opt_in":
        state = record.opt_ins["marketing"].state if "marketing" in record.opt_ins else "unknown"
        return (state == value) if op == "is" else (state != value)
    if on in ("last_seen", "created"):
        at = record.last_seen_at if on == "last_seen" else record.created_at
        young = at is not None and NOW - at <= condition["value"] * DAY
        return young if op == "within_days" else not young
    if on == "blocked":
        return record.blocked == value
    if on == "campaign":
        id_ = "k1" if condition["campaign_id"] == LAST else condition["campaign_id"]
        state = record.campaigns.get(id_, "none")
        wanted = op.replace("not_", "")
        reached = {"received": CAMPAIGN_STATES[:4], "read": CAMPAIGN_STATES[2:4]}.get(
            wanted, [wanted]
        )
        return (state not in reached) if "not_" in op else (state in reached)
    known = record.fields.get(condition["field"]) if on == "field" else getattr(record, on)
    return compared(op, known, value)


def compared(op: str, known: Any, value: Any) -> bool:
    if op in ("set", "not_set"):
        return (known is None) == (op == "not_set")
    kinds = (kind(known), kind(value))
    if isinstance(known, str):
        known = known.lower()
    if isinstance(value, str):
        value = value.lower()
    alike = kinds[0] == kinds[1]
    is_text, same = kinds[0] == "text", alike and known == value
    comparable = alike and kinds[0] in ("text", "number")
    return {
        "is": same,
        "is_not": not same,
        "contains": is_text and str(value) in str(known),
        "begins_with": is_text and str(known)[: len(str(value))] == str(value),
        "gt": comparable and known > value,
        "lt": comparable and known < value,
    }[op]


def kind(value: Any) -> str:
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, str):
        return "text"
    return "nothing" if value is None else "number"


@given(filters, records)
def test_a_filter_means_whom_it_says(raw: JsonObject, record: ContactRecord) -> None:
    results = [holds(condition, record) for condition in raw["conditions"]]
    expected = not results or (all(results) if raw["match"] == "all" else any(results))
    assert matches(parse(raw), record, NOW) == expected


@given(filters, records)
def test_a_sieve_holds_back_nobody_who_is_meant(raw: JsonObject, record: ContactRecord) -> None:
    found = sieve(parse(raw))
    if found is not None and matches(parse(raw), record, NOW):
        body = record_item(Tenant("ws_1"), record)["body"]["S"]
        together = all if found.match == "all" else any
        assert together(piece in body for piece in found.pieces)


TAGGED = {"on": "tag", "op": "has", "value": "vip"}
UNTAGGED = {"on": "tag", "op": "has_not", "value": "vip"}
AGREED = {"on": "opt_in", "kind": "marketing", "op": "is", "value": "in"}


@pytest.mark.parametrize(
    ("match", "conditions", "expected"),
    [
        ("all", [TAGGED, UNTAGGED], Sieve("all", ('"vip"',))),
        ("any", [TAGGED, UNTAGGED], None),
        ("any", [TAGGED, AGREED], Sieve("any", ('"vip"', '"marketing":["in"'))),
        ("all", [UNTAGGED], None),
        ("all", [], None),
    ],
)
def test_what_a_sieve_looks_for(match: str, conditions: Any, expected: Sieve | None) -> None:
    assert sieve(parse({"match": match, "conditions": conditions})) == expected


@given(filters)
def test_a_filter_is_stored_as_it_was_said(raw: JsonObject) -> None:
    assert to_json(parse(raw)) == raw
    assert parse(to_json(parse(raw))) == parse(raw)


@pytest.mark.parametrize(
    ("condition", "field"),
    [
        ({"on": "shoe", "op": "is", "value": "x"}, "on"),
        ({"on": "tag", "op": "is", "value": "x"}, "op"),
        ({"on": "tag", "op": "has", "value": 3}, "value"),
        ({"on": "tag", "op": "has"}, "value"),
        ({"on": "field", "op": "is", "value": 3}, "field"),
        ({"on": "opt_in", "kind": "marketing", "op": "is", "value": "maybe"}, "value"),
        ({"on": "last_seen", "op": "within_days", "value": 0}, "value"),
        ({"on": "last_seen", "op": "within_days", "value": True}, "value"),
        ({"on": "last_seen", "op": "within_days", "value": 1.5}, "value"),
        ({"on": "last_seen", "op": "within_days", "value": float("inf")}, "value"),
        ({"on": "blocked", "op": "is", "value": "yes"}, "value"),
        ({"on": "name", "op": "set", "value": "x"}, "value"),
        ({"on": "tag", "op": "has", "value": "x", "field": "y"}, "field"),
        ("tag", "on"),
    ],
)
def test_what_is_wrong_is_named(condition: Any, field: str) -> None:
    with pytest.raises(FilterError) as raised:
        parse(
            {
                "match": "all",
                "conditions": [{"on": "blocked", "op": "is", "value": True}, condition],
            }
        )
    assert f"conditions.1.{field}" in [error.field for error in raised.value.errors]


def test_filters_have_a_size() -> None:
    one = {"on": "blocked", "op": "is", "value": True}
    with pytest.raises(FilterError):
        parse({"conditions": [one] * (MOST_CONDITIONS + 1)})
    with pytest.raises(FilterError):
        parse({"match": "none"})
