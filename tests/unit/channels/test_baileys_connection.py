"""A number's connection, followed through events in any order (reference 4.6)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.channels.baileys.connection import CAPPED, LOOP, RESTRICTED, SCAN, Connection, after
from shared.json_types import JsonObject

QR = {"qr": "2@x", "connection": "connecting", "qrDataUrl": "data:image/png;base64,AA=="}
OPEN = {"connection": "open", "isOnline": True}


def update(data: JsonObject, **more: Any) -> JsonObject:
    return {"event": "connection.update", "data": {**data, **more}}


def told(*events: JsonObject, start: Connection | None = None) -> Connection:
    connection = start or Connection("attempt")
    for at, event in enumerate(events, start=1):
        connection = after(connection, event, at * 1000) or connection
    return connection


def test_a_code_is_shown_renewed_and_gone_once_it_is_scanned() -> None:
    shown = told(update(QR))
    assert (shown.qr_now(2000), shown.trouble) == (QR["qrDataUrl"], SCAN)
    assert shown.qr_now(120_000) == ""
    renewed = told(update(QR), update({**QR, "qrDataUrl": "data:other"}))
    assert renewed.qr == "data:other"
    scanned = told(update(QR), update({"connection": "connecting"}))
    assert scanned.qr == ""
    assert told(update(QR), update(OPEN)).trouble == ""


def test_a_late_event_of_an_older_epoch_is_history() -> None:
    opened = told(update(OPEN, epoch=3))
    assert after(opened, update({"connection": "close"}, epoch=2), 9) is None
    assert told(update({"connection": "reconnecting"}, epoch=4), start=opened).state != "open"


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["open", "close"])), max_size=8))
def test_the_epoch_never_falls_and_the_newest_decides(events: list[tuple[int, str]]) -> None:
    connection = Connection("attempt")
    for epoch, state in events:
        moved = after(connection, update({"connection": state}, epoch=epoch), 1)
        assert (moved is None) == (epoch < connection.epoch)
        if moved is not None:
            assert (moved.epoch, moved.state) == (epoch, state)
            connection = moved


def test_an_event_without_a_state_changes_none() -> None:
    locked = {"reachoutTimeLock": {"isActive": True, "timeEnforcementEnds": "1748006765"}}
    alone = told(update(OPEN), update(locked))
    assert alone.state == "open"
    assert "1748006765" in alone.trouble
    over = told(update(OPEN), update(locked), update({"reachoutTimeLock": {"isActive": False}}))
    assert over.trouble == ""


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (update({"error": "wrong_phone_number"}), "another number"),
        (update({"error": "reconnect_loop_detected"}), LOOP),
        (
            update(
                {
                    "connection": "close",
                    "lastDisconnect": {"error": {"output": {"statusCode": 401}}},
                }
            ),
            "unlinked",
        ),
        (update({"connection": "close"}), "ended the connection"),
        ({"event": "messages.update", "data": {"restricted": True}}, RESTRICTED),
        ({"event": "message-capping.update", "data": {"capping_status": "CAPPED"}}, CAPPED),
        (
            {"event": "message-capping.update", "data": {"total_quota": 10, "used_quota": 10}},
            CAPPED,
        ),
    ],
)
def test_what_stops_a_number_says_why(event: JsonObject, words: str) -> None:
    assert words in told(update(OPEN), event).trouble


def test_a_restriction_outlasts_a_reconnect() -> None:
    restricted = {"event": "messages.update", "data": {"restricted": True}}
    again = told(update(OPEN), restricted, update({"connection": "reconnecting"}), update(OPEN))
    assert again.trouble == RESTRICTED


def test_a_code_that_nobody_scanned_gives_the_number_back() -> None:
    unscanned = {
        "connection": "close",
        "lastDisconnect": {"error": {"message": "QR refs attempts ended", "output": {}}},
    }
    assert told(update(QR), update(unscanned)).was_given_up
    assert not told(update(OPEN), update(unscanned)).was_given_up
