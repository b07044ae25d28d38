"""The webhook: what it answers, where everything goes, and that a retry does no harm."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway import webhook as module
from shared.json_types import JsonObject
from shared.lanes import contact_id
from tests.builders import (
    BSUID,
    PHONE_NUMBER_ID,
    WA_ID,
    http_post,
    meta_bytes,
    status,
    text_message,
    value,
    webhook_body,
)
from tests.unit.gateway.gateway_parts import Stage


def post(stage: Stage, *values: JsonObject, field: str = "messages") -> int:
    raw = meta_bytes(webhook_body(*values, field=field))
    return int(stage.webhook.receive(http_post(raw))["statusCode"])


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"{}}",
        b"nul",
        b"{'a':1}",
        b'"\xff"',
        b'{"a":"\n"}',
        b"\x00",
        b'{"object":"\x01"}',
    ],
)
def test_malformed_json_with_a_valid_signature_is_400(raw: bytes) -> None:
    stage = Stage()
    assert stage.webhook.receive(http_post(raw, base64=True))["statusCode"] == 400
    assert stage.sqs.calls == 0


@pytest.mark.parametrize("depth", [10, 400, 900, 960, 980, 985, 990, 2_000, 100_000])
def test_no_depth_of_nesting_makes_it_fail(depth: int) -> None:
    """Too deep to read is malformed; what can be read is taken. Never 500: Meta would send it
    again for a week."""
    nested = "[" * depth + "]" * depth
    for raw in (nested, '{"object":"x","a":' + nested + "}"):
        assert Stage().webhook.receive(http_post(raw.encode()))["statusCode"] in (200, 400)
        large = " " * 100_000 + raw
        assert Stage().webhook.receive(http_post(large.encode()))["statusCode"] in (200, 400)


def test_every_change_goes_to_its_own_number() -> None:
    stage = Stage()
    numbers = ["111", "222", "333"]
    values = [
        value(
            messages=[text_message(id_=f"wamid.{n}", wa_id="62811", bsuid=None)],
            phone_number_id=n,
        )
        for n in numbers
    ]
    body = webhook_body(*values)
    second = webhook_body(value(statuses=[status()], phone_number_id="222"))["entry"][0]["changes"]
    body["entry"][0]["changes"] += second
    assert stage.webhook.receive(http_post(meta_bytes(body)))["statusCode"] == 200
    assert {(channel, event.id) for channel, _, event in stage.events()} == {
        (n, f"wamid.{n}") for n in numbers
    }
    assert [channel for channel, _ in stage.statuses()] == ["222"]
    lanes = {contact for _, contact, _ in stage.events()}
    assert len(lanes) == 3, "one person on three numbers is three contacts"


def test_contacts_are_matched_by_id_and_never_by_position() -> None:
    stage = Stage()
    contacts = [
        {"profile": {"name": "Second"}, "wa_id": "222", "user_id": "ID.2"},
        {"profile": {"name": "Stranger"}, "wa_id": "999", "user_id": "ID.9"},
        {"profile": {"name": "First"}, "wa_id": "111", "user_id": "ID.1"},
    ]
    messages = [
        text_message(id_="m1", wa_id="111", bsuid=None),
        text_message(id_="m2", wa_id=None, bsuid="ID.2"),
        text_message(id_="m3", wa_id="333", bsuid=None),
    ]
    post(stage, value(messages=messages, contacts=contacts))
    senders = {event.id: event.sender for _, _, event in stage.events()}
    names = {id_: sender and sender.name for id_, sender in senders.items()}
    assert names == {"m1": "First", "m2": "Second", "m3": None}
    first = {(i.kind, i.value) for i in senders["m1"].identities} if senders["m1"] else set()
    assert first == {("bsuid", "ID.1"), ("wa_id", "111")}


@pytest.mark.parametrize("large", [False, True])
def test_lanes_follow_the_strongest_identity(large: bool) -> None:
    stage = Stage()
    filler = "x" * 70_000 if large else ""
    both = [{"profile": {}, "wa_id": WA_ID, "user_id": BSUID}]
    post(stage, value(messages=[text_message(filler, id_="a", bsuid=None)], contacts=both))
    post(stage, value(messages=[text_message(filler, id_="b", wa_id=None)], contacts=both))
    post(stage, value(messages=[text_message(filler, id_="c", wa_id=BSUID, bsuid=None)]))
    post(stage, value(messages=[text_message(filler, id_="d", wa_id="+" + WA_ID, bsuid=BSUID)]))
    assert {contact for _, contact, _ in stage.events()} == {
        contact_id(PHONE_NUMBER_ID, "bsuid", BSUID)
    }


def test_a_number_without_any_business_scoped_id_is_a_lane_of_its_own() -> None:
    stage = Stage()
    message = text_message(bsuid=None)
    post(stage, value(messages=[message], contacts=[{"profile": {}, "wa_id": "999"}]))
    assert stage.events()[0][1] == contact_id(PHONE_NUMBER_ID, "wa_id", WA_ID)


def test_messages_of_one_person_keep_their_order() -> None:
    stage = Stage()
    messages = [text_message(id_=f"wamid.{n}") for n in range(25)]
    post(stage, value(messages=messages[:10]), value(messages=messages[10:]))
    assert [event.id for *_, event in stage.events()] == [f"wamid.{n}" for n in range(25)]
    assert len(stage.sqs.sent["inbound"]) == 1, "one entry, so that none overtakes another"


KEPT: list[tuple[str, JsonObject, str]] = [
    ("unknown_field", {"field": "horoscope", "value": {"event": "X"}}, ""),
    ("group_event", {"field": "group_status_update", "value": value()}, PHONE_NUMBER_ID),
    ("unknown_content", {"field": "calls", "value": value()}, PHONE_NUMBER_ID),
    ("unknown_field", {"value": value(messages=[text_message()])}, ""),
    ("no_number", {"field": "messages", "value": {"messages": [text_message()]}}, ""),
    ("unknown_field", {"field": "messages", "value": None}, ""),
    (
        "no_number",
        {"field": "messages", "value": value(messages=[], phone_number_id="1#2")},
        "",
    ),
    (
        "no_number",
        {"field": "messages", "value": value(messages=[], phone_number_id="1" * 65)},
        "",
    ),
    ("unknown_content", {"field": "messages", "value": value()}, PHONE_NUMBER_ID),
    (
        "reported_errors",
        {"field": "messages", "value": {**value(), "errors": [{"code": 1}]}},
        PHONE_NUMBER_ID,
    ),
    (
        "unknown_type",
        {"field": "messages", "value": value(messages=[text_message() | {"type": "hologram"}])},
        PHONE_NUMBER_ID,
    ),
    (
        "unknown_type",
        {"field": "messages", "value": value(messages=[text_message() | {"type": ["text"]}])},
        PHONE_NUMBER_ID,
    ),
    (
        "no_sender_or_id",
        {"field": "messages", "value": value(messages=[text_message(wa_id=None, bsuid=None)])},
        PHONE_NUMBER_ID,
    ),
    (
        "no_sender_or_id",
        {"field": "messages", "value": value(messages=[text_message(id_="")])},
        PHONE_NUMBER_ID,
    ),
    (
        "no_sender_or_id",
        {"field": "messages", "value": value(messages=[text_message(id_="\ud800")])},
        PHONE_NUMBER_ID,
    ),
    (
        "no_sender_or_id",
        {"field": "messages", "value": value(messages=[text_message(wa_id="\udfff", bsuid=None)])},
        PHONE_NUMBER_ID,
    ),
    (
        "group_message",
        {"field": "messages", "value": value(messages=[text_message() | {"group_id": "g"}])},
        PHONE_NUMBER_ID,
    ),
]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(("reason", "change", "channel"), KEPT)
def test_what_is_not_understood_is_kept(
    reason: str, change: JsonObject, channel: str, large: bool
) -> None:
    stage = Stage()
    filler = value(messages=[text_message("x" * 70_000)])
    body = webhook_body(*[filler] * large)
    body["entry"].append({"id": "waba", "changes": [change]})
    assert stage.webhook.receive(http_post(meta_bytes(body)))["statusCode"] == 200
    assert [(kept.reason, kept.channel or "") for kept in stage.kept()] == [(reason, channel)]
    assert len(stage.events()) == large


@pytest.mark.parametrize("payload", [None, [], 0, "text", {}, {"object": "page"}, [[]], True])
def test_a_body_that_is_not_a_webhook_is_kept_whole(payload: object) -> None:
    stage = Stage()
    raw = json.dumps(payload).encode()
    assert stage.webhook.receive(http_post(raw))["statusCode"] == 200
    (kept,) = stage.kept()
    assert kept.reason == "unknown_object"
    assert kept.body == (payload if isinstance(payload, dict) else {"value": payload})


def test_a_body_of_three_megabytes_passes_by_reference() -> None:
    stage = Stage()
    texts = {f"wamid.{n}": f"{n}" * 1_000_000 for n in range(3)}
    people = {f"wamid.{n}": f"ID.{n % 2}" for n in range(3)}
    messages = [text_message(text, id_=id_, bsuid=people[id_]) for id_, text in texts.items()]
    raw = meta_bytes(webhook_body(value(messages=messages, statuses=[status()])))
    assert len(raw) > 3_000_000
    assert stage.webhook.receive(http_post(raw, base64=True))["statusCode"] == 200
    assert {event.id: event.body["text"]["body"] for *_, event in stage.events()} == texts
    assert len(stage.statuses()) == 1
    assert all(len(e["MessageBody"]) < 1_000_000 for q in stage.sqs.sent.values() for e in q)
    assert len(stage.s3.objects) == 2
    assert all(key.startswith("overflow/") for key in stage.s3.objects)


def test_a_large_body_splits_so_that_no_lane_carries_what_is_not_its_own() -> None:
    stage = Stage()
    messages = [
        text_message(f"secret-{n}-" + "x" * 9_000, id_=f"w{n}", bsuid=f"ID.{n}") for n in range(9)
    ]
    post(stage, value(messages=messages))
    for n, entry in enumerate(stage.sqs.sent["inbound"]):
        assert [f"secret-{m}-" in entry["MessageBody"] for m in range(9)] == [
            m == n for m in range(9)
        ]


@pytest.mark.parametrize("size", [1, 5_000, 50_000, 80_000])
@pytest.mark.parametrize("lanes", [1, 5, 10])
def test_ten_events_take_at_most_two_queue_calls(size: int, lanes: int) -> None:
    stage = Stage()
    messages = [
        text_message("x" * size, id_=f"wamid.{n}", bsuid=f"ID.{n % lanes}", wa_id=None)
        for n in range(10)
    ]
    post(stage, value(messages=messages, statuses=[status()]))
    assert stage.sqs.calls <= 2
    assert len(stage.events()) == 10
    assert len(stage.statuses()) == 1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 14), st.sampled_from([1, 9_000])), min_size=1, max_size=24),
    st.sets(st.integers(0, 40), max_size=12),
    st.booleans(),
)
def test_a_queue_that_fails_half_a_batch_costs_nothing(
    sent: list[tuple[int, int]], refuse: set[int], soon: bool
) -> None:
    """500, and Meta's retry of the whole brings each event at least once: exactly once where SQS
    still remembers, and recognisably (the same ids in the same lanes) where it does not."""
    stage = Stage()
    stage.sqs.refuse = refuse
    messages = [
        text_message("x" * size, id_=f"wamid.{n}", bsuid=f"ID.{who}", wa_id=None)
        for n, (who, size) in enumerate(sent)
    ]
    raw = meta_bytes(webhook_body(value(messages=messages, statuses=[status()])))
    codes = []
    for _ in range(60):
        before = stage.sqs.asked
        codes.append(stage.webhook.receive(http_post(raw))["statusCode"])
        assert (codes[-1] == 200) == (not refuse & set(range(before, stage.sqs.asked)))
        if codes[-1] == 200:
            break
        stage.clock.advance(1 if soon else 400)
        if not soon:
            stage.sqs.forget_duplicates()
    assert codes[-1] == 200
    events = [(contact, event.id) for _, contact, event in stage.events()]
    if soon:
        assert len(events) == len(messages)
    expected = {
        (contact_id(PHONE_NUMBER_ID, "bsuid", f"ID.{who}"), f"wamid.{n}")
        for n, (who, _) in enumerate(sent)
    }
    assert set(events) == expected
    assert stage.statuses()


def test_a_retry_carries_the_same_events_byte_for_byte_in_time() -> None:
    """Event times are the source's own, so that a redelivery is not newer than the original."""
    stage = Stage()
    raw = meta_bytes(webhook_body(value(messages=[text_message()])))
    stage.webhook.receive(http_post(raw))
    stage.clock.advance(4000)
    stage.sqs.forget_duplicates()
    stage.webhook.receive(http_post(raw))
    first, second = stage.events()
    assert first == second


class Broken:
    def __getattr__(self, name: str) -> Any:
        raise ConnectionError("the queue is gone")


def test_any_failure_behind_the_signature_is_a_plain_500(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage()
    stage.sqs = Broken()  # type: ignore[assignment]
    monkeypatch.setattr(module, "_webhook", lambda: stage.webhook)
    raw = meta_bytes(webhook_body(value(messages=[text_message()])))
    answer = module.handler(http_post(raw), None)
    assert answer["statusCode"] == 500
    assert "queue is gone" not in answer["body"]


def test_the_handler_tells_handshakes_from_posts(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage()
    monkeypatch.setattr(module, "_webhook", lambda: stage.webhook)
    get: JsonObject = {"requestContext": {"http": {"method": "GET"}}, "headers": {}}
    assert module.handler(get, None)["statusCode"] == 403
    query = {"hub.mode": "subscribe", "hub.verify_token": "verify-token-of-tests"}
    assert module.handler({**get, "queryStringParameters": query}, None)["statusCode"] == 200
    assert module.handler(http_post(b"{}"), None)["statusCode"] == 200
    assert module.handler(http_post(b"{}", sign=False), None)["statusCode"] == 401
