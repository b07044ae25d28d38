import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.graph.chats import RANKS, Chat, ChatMessage, Sender, advance


def message(number: int, sender: Sender, status: str = "sent") -> ChatMessage:
    return ChatMessage(str(number), sender, "text", "x", number, status=status)


@given(st.lists(st.sampled_from(sorted(RANKS)), max_size=8))
def test_ticks_never_go_back(statuses: list[str]) -> None:
    shown = message(1, "business", status="pending")
    for status in statuses:
        before = RANKS[shown.status]
        moved = advance(shown, status)
        assert moved == (RANKS[shown.status] > before)
        assert RANKS[shown.status] >= before


@pytest.mark.parametrize(("first", "then"), [("sent", "failed"), ("failed", "delivered")])
def test_failure_follows_sent_and_yields_to_delivered(first: str, then: str) -> None:
    shown = message(1, "business", status=first)
    assert advance(shown, then)


def test_reading_covers_the_customers_messages_up_to_one() -> None:
    chat = Chat()
    for number, sender in enumerate(("customer", "business", "customer", "customer")):
        chat.add(message(number, "customer" if sender == "customer" else "business"))
    assert [found.id for found in chat.up_to("2")] == ["0", "2"]
    assert chat.up_to("unknown") == []


def test_what_the_customer_has_not_seen_is_unread() -> None:
    chat = Chat([message(1, "business"), message(2, "business"), message(3, "customer")])
    chat.messages[0].seen = True
    assert chat.unread == 1
    assert chat.last is chat.messages[2]
