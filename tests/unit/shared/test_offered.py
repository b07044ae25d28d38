"""Numbered options, and the number that comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.channels.inbound import payload_of, text_of
from shared.channels.kinds import BAILEYS, CLOUD_API
from shared.json_types import JsonObject
from shared.offered import as_tapped, from_json, offered_by, to_json

DAY_MS = 24 * 3600 * 1000


def buttons(*titles: str) -> JsonObject:
    made = [{"type": "reply", "reply": {"id": f"id {one}", "title": one}} for one in titles]
    content = {"type": "button", "body": {"text": "Which?"}, "action": {"buttons": made}}
    return {"type": "interactive", "interactive": content}


def rows(*titles: str) -> JsonObject:
    made = [{"id": f"id {one}", "title": one} for one in titles]
    action = {"button": "Open", "sections": [{"rows": made}]}
    content = {"type": "list", "body": {"text": "Which?"}, "action": action}
    return {"type": "interactive", "interactive": content}


def typed(text: str) -> JsonObject:
    return {"id": "wamid.1", "from": "62811", "type": "text", "text": {"body": text}}


@pytest.mark.parametrize("message", [buttons("Tea", "Coffee"), rows("Tea", "Coffee")])
@pytest.mark.parametrize("said", ["2", " 2. ", "(2)", "٢", "coffee", "COFFEE"])
def test_a_typed_number_or_title_is_the_tap(message: JsonObject, said: str) -> None:
    tapped = as_tapped(typed(said), offered_by(message, BAILEYS, 0), 1)
    assert tapped is not None
    assert (payload_of(tapped), text_of(tapped)) == ("id Coffee", "Coffee")
    assert (tapped["id"], tapped["from"]) == ("wamid.1", "62811")
    assert "text" not in tapped


@pytest.mark.parametrize("said", ["0", "3", "99", "milk", "", "2 please"])
def test_what_names_no_option_is_what_it_says(said: str) -> None:
    assert as_tapped(typed(said), offered_by(buttons("Tea", "Coffee"), BAILEYS, 0), 1) is None


def test_a_channel_that_shows_buttons_needs_none_of_this() -> None:
    assert offered_by(buttons("Tea"), CLOUD_API, 0) is None


def test_options_are_open_for_a_day() -> None:
    offered = offered_by(buttons("Tea"), BAILEYS, 0)
    assert as_tapped(typed("1"), offered, DAY_MS) is not None
    assert as_tapped(typed("1"), offered, DAY_MS + 1) is None


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=1, max_size=3, unique=True))
def test_every_option_is_found_again_after_it_was_stored(titles: list[str]) -> None:
    offered = from_json(to_json(offered_by(buttons(*titles), BAILEYS, 0)))
    for place, title in enumerate(titles, start=1):
        tapped = as_tapped(typed(str(place)), offered, 1)
        assert tapped is not None
        assert payload_of(tapped) == f"id {title}"
