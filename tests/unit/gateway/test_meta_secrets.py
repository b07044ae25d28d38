"""Secrets are remembered, and renewed when they were replaced, but not at a forger's pace."""

from __future__ import annotations

import pytest

from tests.builders import http_post
from tests.unit.gateway.gateway_parts import VERIFY_TOKEN, Stage


def test_a_replaced_secret_is_noticed_at_the_first_body_that_does_not_fit() -> None:
    stage = Stage()
    webhook = stage.webhook
    assert webhook.receive(http_post(b"{}"))["statusCode"] == 200
    stage.stored["app_secrets"] = ["the next secret"]
    stage.clock.advance(60)
    assert webhook.receive(http_post(b"{}", secret="the next secret"))["statusCode"] == 200
    assert stage.secret_reads == 2


def test_forgers_cause_no_more_than_one_read_in_ten_seconds() -> None:
    stage = Stage()
    webhook = stage.webhook
    for _ in range(100):
        assert webhook.receive(http_post(b"{}", secret="forged"))["statusCode"] == 401
        stage.clock.advance(0.1)
    assert stage.secret_reads <= 2


def test_a_removed_secret_stops_working_within_five_minutes() -> None:
    stage = Stage()
    webhook = stage.webhook
    webhook.receive(http_post(b"{}"))
    stage.stored["app_secrets"] = ["the next secret"]
    stage.clock.advance(301)
    assert webhook.receive(http_post(b"{}"))["statusCode"] == 401


def handshake(**query: str) -> dict[str, str]:
    return {
        "hub.mode": "subscribe",
        "hub.verify_token": VERIFY_TOKEN,
        "hub.challenge": "1158201444",
    } | {name.replace("_", ".", 1): text for name, text in query.items()}


def test_the_handshake_echoes_the_challenge() -> None:
    answer = Stage().webhook.verify(handshake())
    assert (answer["statusCode"], answer["body"]) == (200, "1158201444")
    assert answer["headers"]["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "query",
    [
        {},
        handshake(hub_verify_token="wrong"),
        handshake(hub_verify_token=""),
        handshake(hub_verify_token="é"),
        handshake(hub_verify_token=VERIFY_TOKEN + " "),
        handshake(hub_mode="unsubscribe"),
        handshake(hub_mode=""),
    ],
)
def test_a_wrong_handshake_is_403_and_echoes_nothing(query: dict[str, str]) -> None:
    answer = Stage().webhook.verify(query)
    assert answer["statusCode"] == 403
    assert "1158201444" not in answer["body"]


def test_an_empty_verify_token_verifies_nobody() -> None:
    stage = Stage(stored={"app_secrets": [], "verify_token": ""})
    assert stage.webhook.verify(handshake(hub_verify_token=""))["statusCode"] == 403
