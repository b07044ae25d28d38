"""Conversations in a table: commits, aliases, log and pages."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.conversation import Contact, Conversation
from shared.lanes import Identity, contact_id
from shared.store.conversations import (
    ConversationChangedError,
    Conversations,
    LoggedMessage,
    LogLine,
    LogUnavailableError,
    Summary,
)
from shared.store.cursors import InvalidCursorError, encode
from shared.store.deliveries import Deliveries
from shared.tenancy import Tenant

CHANNEL = "200300"
BSUID = Identity("bsuid", "US.1")
WA_ID = Identity("wa_id", "62811")
BOTH = [BSUID, WA_ID]
A = contact_id(CHANNEL, "bsuid", "US.1")
B = contact_id(CHANNEL, "wa_id", "62811")
_tenants = count(1)


def fresh(dynamodb: Any) -> Conversations:
    return Conversations(Tenant(f"store_{next(_tenants)}"), "conversations", dynamodb)


def conversation(contact: str = A, version: int = 1, **extra: Any) -> Conversation:
    return Conversation(CHANNEL, Contact(contact), version=version, **extra)


def line(seq: int, direction: str = "in", event: str = "e") -> LogLine:
    return LogLine(seq, direction, 1000 + seq, event, {"type": "text", "text": {"body": f"{seq}"}})


def summary(contact: str = A, at: int = 5) -> Summary:
    return Summary(CHANNEL, Contact(contact, name="Ana"), 1, at, {"text": "hi"})


def test_a_commit_is_read_back_whole(dynamodb: Any) -> None:
    store = fresh(dynamodb)
    before = conversation(seq=7, session={"a": [1, None, "😀"]})
    store.commit(before, on_top_of=0)
    opened = store.open(CHANNEL, A)
    assert opened.conversation == before
    assert (opened.handed, opened.linked) == (0, False)


@pytest.mark.parametrize("stale", [0, 1, 3, 9])
def test_a_commit_on_top_of_anything_else_is_refused(stale: int, dynamodb: Any) -> None:
    store = fresh(dynamodb)
    store.commit(conversation(), on_top_of=0)
    store.commit(conversation(version=2, seq=5), on_top_of=1)
    with pytest.raises(ConversationChangedError):
        store.commit(conversation(version=stale + 1, seq=99), on_top_of=stale)
    assert store.open(CHANNEL, A).conversation.seq == 5


def test_a_commit_without_a_stored_version_is_refused_when_one_was_read(dynamodb: Any) -> None:
    with pytest.raises(ConversationChangedError):
        fresh(dynamodb).commit(conversation(version=2), on_top_of=1)


def test_other_identities_lead_to_the_same_conversation(dynamodb: Any) -> None:
    store = fresh(dynamodb)
    store.link_identities(conversation(), BOTH)
    store.commit(conversation(seq=4), on_top_of=0)
    opened = store.open(CHANNEL, B)
    assert (opened.conversation.contact.id, opened.conversation.seq, opened.linked) == (A, 4, True)


def test_a_lane_without_a_conversation_finds_the_persons_own(dynamodb: Any) -> None:
    """Known by number first; then messages come with a business-scoped id as well."""
    store = fresh(dynamodb)
    store.commit(conversation(B, seq=4), on_top_of=0)
    assert store.open(CHANNEL, A, BOTH).conversation.contact.id == B
    assert store.open(CHANNEL, A).conversation.seq == 4, "the link is stored"


def test_a_worker_that_died_between_link_and_commit_leaves_a_lane_that_works(
    dynamodb: Any,
) -> None:
    store = fresh(dynamodb)
    opened = store.open(CHANNEL, A, BOTH)
    store.link_identities(opened.conversation, BOTH)
    for _ in range(2):  # and died; the event comes again
        opened = store.open(CHANNEL, A, BOTH)
        assert opened.conversation.contact.id == A
        assert opened.conversation.version == 0
    assert store.open(CHANNEL, B, BOTH).conversation.contact.id == A
    store.commit(conversation(), on_top_of=0)
    assert store.open(CHANNEL, B).conversation.version == 1


@settings(max_examples=40, deadline=None)
@given(
    story=st.lists(
        st.tuples(
            st.integers(0, 2),
            st.sets(st.integers(0, 2), max_size=3),
            st.sampled_from(["dies", "commits"]),
        ),
        max_size=6,
    )
)
def test_however_workers_die_a_lane_always_opens_and_commits(
    story: list[tuple[int, set[int], str]], dynamodb: Any
) -> None:
    people = [Identity("bsuid", "US.1"), Identity("wa_id", "62811"), Identity("lid", "9")]
    store = fresh(dynamodb)
    for own, others, end in [*story, (0, set(), "commits"), (1, set(), "commits")]:
        identities = [people[i] for i in sorted({own} | others)]
        contact = contact_id(CHANNEL, people[own].kind, people[own].value)
        found = store.open(CHANNEL, contact, identities).conversation
        store.link_identities(found, identities)
        if end == "commits":
            version = found.version
            after = Conversation(CHANNEL, found.contact, version=version + 1, seq=found.seq + 1)
            store.commit(after, on_top_of=version)


def test_a_link_never_replaces_what_is_there(dynamodb: Any) -> None:
    store = fresh(dynamodb)
    store.commit(conversation(B, seq=9), on_top_of=0)
    store.link_identities(conversation(A), BOTH)
    assert store.open(CHANNEL, B).conversation.seq == 9


def test_the_log_tells_which_events_it_holds(dynamodb: Any) -> None:
    tenant = Tenant(f"store_{next(_tenants)}")
    store = Conversations(tenant, "conversations", dynamodb)
    lines = [line(n, event=f"e{n}") for n in range(1, 60)]
    echo = LogLine(61, "out", 61, "echoed", {"type": "text"}, "echo")
    store.record(summary(), [*lines, line(60, "out", "answer"), echo])
    asked = {"e1", "e30", "e59", "e60", "answer", "echoed"}
    there = {"e1", "e30", "e59", "answer", "echoed"}
    assert store.logged_among(CHANNEL, A, asked) == there
    deliveries = Deliveries(tenant, "conversations", dynamodb)
    deliveries.claim(CHANNEL, A, 60, now=1, silent_before=0)
    assert store.logged_among(CHANNEL, A, asked) == there, "a delivery names no event"
    assert store.logged_among(CHANNEL, B, asked) == set()
    assert fresh(dynamodb).logged_among(CHANNEL, A, asked) == set()


def test_the_log_is_searched_to_its_end(dynamodb: Any) -> None:
    """Filters apply after a page is read; a page may be empty and not the last."""
    store = fresh(dynamodb)
    big = {"type": "text", "text": {"body": "x" * 200_000}}
    lines = [LogLine(n, "in", n, f"e{n}", big) for n in range(1, 13)]
    for one in lines:
        store.record(summary(), [one])
    assert store.logged_among(CHANNEL, A, {"e12", "e13"}) == {"e12"}


def pages(store: Conversations, limit: int, contact: str = A) -> list[LoggedMessage]:
    found: list[LoggedMessage] = []
    cursor = None
    for _ in range(100):
        page, cursor = store.messages(CHANNEL, contact, limit, cursor)
        assert len(page) <= limit
        found += page
        if cursor is None:
            return found
    raise AssertionError("the pages never end")


@settings(max_examples=25, deadline=None)
@given(ours=st.lists(st.booleans(), max_size=14), limit=st.integers(1, 6), data=st.data())
def test_pages_show_every_message_once_with_its_own_delivery(
    ours: list[bool], limit: int, data: st.DataObject, dynamodb: Any
) -> None:
    tenant = Tenant(f"store_{next(_tenants)}")
    store = Conversations(tenant, "conversations", dynamodb)
    deliveries = Deliveries(tenant, "conversations", dynamodb)
    lines = [line(n, "out" if out else "in") for n, out in enumerate(ours, start=1)]
    if lines:
        store.record(summary(), lines)
    claimed = {n for n, out in enumerate(ours, start=1) if out and data.draw(st.booleans())}
    for seq in claimed:
        deliveries.claim(CHANNEL, A, seq, now=seq, silent_before=0)
    shown = pages(store, limit)
    assert [logged.line for logged in shown] == lines[::-1]
    for logged in shown:
        since = int(logged.delivery["since"]["N"]) if logged.delivery else None
        assert since == (logged.line.seq if logged.line.seq in claimed else None)


def test_a_delivery_whose_message_is_not_logged_yet_belongs_to_no_other(dynamodb: Any) -> None:
    """The sender may be ahead of the log."""
    tenant = Tenant(f"store_{next(_tenants)}")
    store = Conversations(tenant, "conversations", dynamodb)
    store.record(summary(), [line(1)])
    Deliveries(tenant, "conversations", dynamodb).claim(CHANNEL, A, 2, now=1, silent_before=0)
    assert [logged.delivery for logged in pages(store, 5)] == [None]


def test_the_inbox_is_newest_first_and_pages(dynamodb: Any) -> None:
    store = fresh(dynamodb)
    contacts = [f"{n:024d}" for n in range(7)]
    for at, contact in enumerate(contacts):
        store.record(summary(contact, at // 2), [])
    shown: list[str] = []
    cursor = None
    while True:
        page, cursor = store.inbox(2, cursor)
        shown += [one.contact.id for one in page]
        if cursor is None:
            break
    assert sorted(shown) == contacts
    assert [int(contact) // 2 for contact in shown] == [3, 2, 2, 1, 1, 0, 0]
    assert store.inbox(50, None)[0][0].contact.name == "Ana"


HOSTILE = [
    "x",
    "é",
    "=",
    "\ud800",
    "bnVsbA==",
    encode(),
    encode("a"),
    encode("1", "2"),
    encode("1", "2", "3", "4"),
    encode("Z"),
    encode("A"),
    encode(""),
    encode("M#0000000001"),
    encode("-1"),
    encode("1" * 40),
    encode("٣"),
    encode("1\n"),
    encode("a", "b", "x"),
    encode("a", "b", "1e999"),
    encode("a", "b#c", "1"),
    encode("", "", "1"),
    encode("a", "b" * 3000, "1"),
    encode("STATE"),
    encode("SUMMARY"),
]


@pytest.mark.parametrize("cursor", HOSTILE)
def test_a_cursor_that_no_page_gave_out_is_refused(cursor: str, dynamodb: Any) -> None:
    store = fresh(dynamodb)
    store.commit(conversation(), on_top_of=0)
    store.record(summary(), [line(1)])
    with pytest.raises(InvalidCursorError):
        store.inbox(5, cursor)
    with pytest.raises(InvalidCursorError):
        store.messages(CHANNEL, A, 5, cursor)


def test_a_cursor_of_one_tenant_reads_nothing_of_it_for_another(dynamodb: Any) -> None:
    owner, other = fresh(dynamodb), fresh(dynamodb)
    for n in range(3):
        owner.record(summary(f"{n:024d}", n), [line(1), line(2), line(3)])
    _, inbox_cursor = owner.inbox(1, None)
    _, log_cursor = owner.messages(CHANNEL, f"{0:024d}", 1, None)
    assert inbox_cursor
    assert log_cursor
    assert other.inbox(50, inbox_cursor)[0] == []
    assert other.messages(CHANNEL, f"{0:024d}", 50, log_cursor)[0] == []
    other.record(summary("mine", 0), [line(1)])
    assert {one.contact.id for one in other.inbox(50, inbox_cursor)[0]} <= {"mine"}


class Refusing:
    """Writes a part of each batch, as a throttled table does."""

    def __init__(self, dynamodb: Any, takes: int) -> None:
        self._dynamodb = dynamodb
        self._takes = takes
        self.calls = 0

    def batch_write_item(self, RequestItems: Any) -> Any:
        self.calls += 1
        ((table, items),) = RequestItems.items()
        if items[: self._takes]:
            self._dynamodb.batch_write_item(RequestItems={table: items[: self._takes]})
        rest = items[self._takes :]
        return {"UnprocessedItems": {table: rest} if rest else {}}


def test_what_a_table_leaves_unprocessed_is_written_again(
    dynamodb: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.store.conversations.time.sleep", lambda seconds: None)
    tenant = Tenant(f"store_{next(_tenants)}")
    lines = [line(n) for n in range(1, 41)]
    Conversations(tenant, "conversations", Refusing(dynamodb, 7)).record(summary(), lines)
    store = Conversations(tenant, "conversations", dynamodb)
    assert [logged.line for logged in pages(store, 50)] == lines[::-1]
    with pytest.raises(LogUnavailableError):
        Conversations(tenant, "conversations", Refusing(dynamodb, 0)).record(summary(), lines)
