"""Settings, tenants, lanes, caches, applied ids, contacts."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.caller import caller_of
from shared.conversation import (
    REMEMBERED_IDS,
    AppliedIds,
    Contact,
    Conversation,
    Handover,
    from_json,
    to_json,
)
from shared.events import Event, LaneEvents, Sender, entry, from_body, to_body
from shared.lanes import Identity, contact_id, lane
from shared.settings import SettingsError, load
from shared.tenancy import InvalidTenantIdError, Tenant
from shared.ttl_cache import TtlCache
from tests.fakes import FakeClock


@dataclass(frozen=True)
class Example:
    table_name: str
    window_seconds: float
    most: int
    optional: str = "here"


def test_settings_come_from_the_environment() -> None:
    environ = {"TABLE_NAME": "t", "WINDOW_SECONDS": "1.5", "MOST": "7", "OTHER": "x"}
    assert load(Example, environ) == Example("t", 1.5, 7)
    assert load(Example, {**environ, "OPTIONAL": "set"}).optional == "set"


def test_every_problem_of_the_settings_is_told_at_once() -> None:
    with pytest.raises(SettingsError) as raised:
        load(Example, {"WINDOW_SECONDS": "soon", "MOST": "1.5"})
    for name in ("TABLE_NAME", "WINDOW_SECONDS", "MOST"):
        assert name in str(raised.value)


@pytest.mark.parametrize(
    "text", ["", "ab", "A_b", "a#b", "a b", "a" * 41, "ws_a\n", "é_é", "ws-a", "PLATFORM", "٣٣٣"]
)
def test_a_tenant_id_holds_nothing_that_separates_keys(text: str) -> None:
    with pytest.raises(InvalidTenantIdError):
        Tenant(text)


def test_a_caller_is_whom_the_authorizer_named() -> None:
    context = {"workspace_id": "ws_a", "role": "owner", "user_id": "", "email": ""}
    caller = caller_of({"requestContext": {"authorizer": {"lambda": context}}})
    assert (caller.tenant, caller.role, caller.user_id) == (Tenant("ws_a"), "owner", None)
    with pytest.raises(InvalidTenantIdError):
        hostile = {**context, "workspace_id": "ws_a#C#1"}
        caller_of({"requestContext": {"authorizer": {"lambda": hostile}}})


@given(st.text("0123456789", min_size=1, max_size=64), st.text(max_size=99).filter(str.isascii))
def test_contact_ids_are_opaque_and_fit_everywhere(channel: str, value: str) -> None:
    made = contact_id(channel, "wa_id", value)
    assert made.isascii()
    assert made.isalnum()
    assert len(made) == 24
    assert made == contact_id(channel, "wa_id", value)
    assert made != contact_id(channel, "bsuid", value)
    assert made != contact_id(channel + "1", "wa_id", value)
    assert len(lane(channel, made)) <= 128


def test_a_cache_forgets_in_time_and_remembers_nothing_as_well() -> None:
    clock = FakeClock()
    cache: TtlCache[str, int | None] = TtlCache(60, clock)
    loads: list[int | None] = []

    def get(value: int | None) -> int | None:
        def load_value() -> int | None:
            loads.append(value)
            return value

        return cache.get("k", load_value)

    assert get(None) is None
    assert get(1) is None
    clock.advance(59.999)
    assert get(2) is None
    clock.advance(0.001)
    assert get(3) == 3
    cache.forget("k")
    cache.forget("k")
    assert get(4) == 4
    assert loads == [None, 3, 4]


def test_a_cache_is_bounded_and_keeps_no_failure() -> None:
    cache: TtlCache[int, int] = TtlCache(60, FakeClock(), max_entries=3)
    for n in range(10):
        cache.get(n, lambda n=n: n)  # type: ignore[misc]
        assert len(cache._entries) <= 3

    def failing() -> int:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        cache.get(99, failing)
    assert cache.get(99, lambda: 7) == 7


IDS = st.lists(
    st.tuples(st.integers(0, 99).map("wamid.{}".format), st.integers(0, 500)),
    max_size=3 * REMEMBERED_IDS,
    unique_by=lambda pair: pair[0],
)
MANY_IDS = st.permutations(range(2 * REMEMBERED_IDS)).map(
    lambda times: [(f"wamid.{n}", at) for n, at in enumerate(times)]
)


@given(IDS | MANY_IDS)
def test_an_applied_event_is_remembered_or_doubted_for_ever(story: list[tuple[str, int]]) -> None:
    """Never both forgotten and not doubted: that would apply it twice."""
    ids = AppliedIds()
    for event_id, at in story:
        ids = ids.with_id(event_id, at)
        assert event_id in ids
    assert len(ids.recent) <= REMEMBERED_IDS
    for event_id, at in story:
        assert event_id in ids or ids.unsure(at)
    for event_id, _ in story[-REMEMBERED_IDS:]:
        assert event_id in ids
    assert "never" not in ids
    if len(story) <= REMEMBERED_IDS:
        assert not ids.unsure(1)


@given(IDS, st.text(st.characters(codec="utf-8"), max_size=9))
def test_a_conversation_survives_its_json(story: list[tuple[str, int]], name: str) -> None:
    ids = AppliedIds()
    for event_id, at in story:
        ids = ids.with_id(event_id, at)
    before = Conversation(
        channel="1",
        contact=Contact("c", wa_id="62", name=name or None),
        version=3,
        seq=9,
        session={"a": name},
        applied=ids,
        outbox=(Handover("e", 3, 5, None, ({"kind": "send"},)),),
    )
    assert from_json("1", 3, to_json(before)) == before


@given(st.text(st.characters(codec="utf-8"), max_size=9), st.booleans())
def test_events_survive_their_queue(name: str, known: bool) -> None:
    sender = Sender((Identity("bsuid", "US.1"),), name, None, (Identity("wa_id", "1"),))
    event = Event("e", "message", 5, {"text": name}, sender if known else None, hops=2)
    batch = LaneEvents("1", "c", (event, event))
    assert from_body(to_body(batch)) == batch
    assert entry(batch) == entry(batch)
    assert entry(batch).dedup != entry(LaneEvents("1", "c", (event,))).dedup


def test_what_a_message_leaves_out_stays() -> None:
    known = Contact("c", wa_id="62", bsuid="US.1", name="Ana", username="ana")
    assert known.seen_as(Sender((Identity("wa_id", "62"),)), 1) == known
    moved = known.seen_as(Sender((Identity("wa_id", "62"),), becomes=(Identity("wa_id", "63"),)), 1)
    assert (moved.wa_id, moved.bsuid, moved.id) == ("63", "US.1", "c")
    assert moved.address() == {"wa_id": "63"}
    assert Contact("c", bsuid="US.1").address() == {"bsuid": "US.1"}
