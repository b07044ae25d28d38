"""The front door: who may come in, and that whatever comes in properly is answered once or kept."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from local.stack import LocalStack
from shared.json_types import JsonObject
from tests import builders
from tests.api_side import Api
from tests.meta_side import Meta
from tests.people import newcomer
from tests.platform import kept_of_the_platform
from tests.running import eventually

GREETING = "Halo! Apa kabar?"
QUESTION = "Baik, atau kurang baik?"
UNKNOWN_NUMBER = "999888777666555"


def test_handshake(stack: LocalStack, meta: Meta) -> None:
    answer = meta.shake_hands(stack.addresses.verify_token, "1158201444")

    assert (answer.status_code, answer.text) == (200, "1158201444")


def test_handshake_with_a_wrong_token(meta: Meta) -> None:
    answer = meta.shake_hands("guessed", "1158201444")

    assert answer.status_code == 403
    assert "1158201444" not in answer.text


def test_unsigned_bodies_are_not_read(meta: Meta, api: Api) -> None:
    """A body that everything would be done with, were it signed."""
    person = newcomer()
    raw = builders.meta_bytes(person.sends(meta.number, person.message("halo")))
    fits = builders.signature(raw, "another app's secret")

    answers = [
        meta.post_raw(raw, None),
        meta.post_raw(raw, fits),
        meta.post_raw(raw, "sha256="),
        meta.post_raw(raw, fits.removeprefix("sha256=")),
    ]

    assert [answer.status_code for answer in answers] == [401] * 4
    # Behind it in the same queue, so that what was let in would be there by now.
    other = newcomer()
    meta.hears(other, "halo")
    eventually(lambda: meta.texts(other), lambda texts: len(texts) == 2)
    assert api.conversation_of(person) is None
    assert meta.tries(person) == []


def test_a_changed_body_does_not_fit_its_signature(stack: LocalStack, meta: Meta) -> None:
    person = newcomer()
    raw = builders.meta_bytes(person.sends(meta.number, person.message("halo")))
    signature = builders.signature(raw, stack.addresses.app_secret)

    assert meta.post_raw(raw + b" ", signature).status_code == 401
    assert meta.post_raw(raw.replace(b"halo", b"hal0"), signature).status_code == 401
    assert meta.post_raw(raw, signature).status_code == 200


@pytest.mark.parametrize("raw", [b"", b"{", b'{"object":', b"\x00", b"[" * 100_000])
def test_malformed_json(meta: Meta, raw: bytes) -> None:
    assert meta.post_signed(raw).status_code == 400


@pytest.mark.parametrize("raw", [b"null", b"[]", b"7", b'"text"', b"{}", b'{"entry":7}'])
def test_json_of_another_shape_is_taken(meta: Meta, raw: bytes) -> None:
    assert meta.post_signed(raw).status_code == 200


def test_the_same_body_twice_and_twice_at_once(meta: Meta, api: Api) -> None:
    person = newcomer()
    body = person.sends(meta.number, person.message("halo"))

    with ThreadPoolExecutor(4) as threads:
        at_once = list(threads.map(meta.post, [body] * 4))
    eventually(lambda: meta.texts(person), lambda texts: len(texts) == 2)
    later = meta.post(body)

    assert [answer.status_code for answer in (*at_once, later)] == [200] * 5
    # The next message's answers come after whatever the repetitions might have caused.
    meta.hears(person, "baik")
    eventually(lambda: meta.texts(person), lambda texts: len(texts) >= 3)
    assert meta.texts(person)[:2] == [GREETING, QUESTION]
    assert len(meta.texts(person)) == 3
    log = eventually(lambda: api.log_of(person), lambda lines: len(lines) >= 5)
    assert [line["direction"] for line in log] == ["in", "out", "out", "in", "out"]


def test_statuses_that_come_before_and_after_their_time(meta: Meta, api: Api) -> None:
    """Read before delivered before sent, each twice, in one body."""
    person = newcomer()
    meta.misbehaves({"mode": "ok", "statuses": False})
    meta.hears(person, "halo")
    eventually(lambda: api.statuses_of(person), lambda seen: seen == ["sent", "sent"])
    callbacks = [message["biz_opaque_callback_data"] for message in meta.accepted(person)]
    statuses = [
        builders.status(name, callback=callback)
        for callback in callbacks
        for name in ("read", "delivered", "sent") * 2
    ]

    value = builders.value(statuses=statuses, phone_number_id=meta.number)
    assert meta.post(builders.webhook_body(value)).status_code == 200

    eventually(lambda: api.statuses_of(person), lambda seen: seen == ["read", "read"])


def test_messages_out_of_order_are_each_answered_once(meta: Meta, api: Api) -> None:
    """What was written later arrives first: the order accepted counts."""
    person = newcomer()
    earlier, later = person.message("baik"), person.message("halo")
    earlier["timestamp"] = str(int(later["timestamp"]) - 60)

    assert meta.post(person.sends(meta.number, later)).status_code == 200
    assert meta.post(person.sends(meta.number, earlier)).status_code == 200

    texts = eventually(lambda: meta.texts(person), lambda texts: len(texts) == 3)
    assert texts[2].startswith("Syukurlah")
    log = eventually(lambda: api.log_of(person), lambda lines: len(lines) == 5)
    assert [line["text"] for line in log if line["direction"] == "in"] == ["halo", "baik"]


def test_one_post_with_a_known_and_an_unknown_number(
    stack: LocalStack, meta: Meta, api: Api
) -> None:
    """Each change belongs to its own number: the known one is answered, the other's kept."""
    ours, theirs = newcomer(), newcomer()
    message = theirs.message("halo")
    body = builders.webhook_body(
        theirs.value(UNKNOWN_NUMBER, message), ours.value(meta.number, ours.message("halo"))
    )

    assert meta.post(body).status_code == 200

    eventually(lambda: meta.texts(ours), lambda texts: len(texts) == 2)
    found = eventually(
        lambda: [
            kept
            for kept in kept_of_the_platform(stack)
            if kept.body.get("message", {}).get("id") == message["id"]
        ]
    )
    assert [kept.reason for kept in found] == ["unknown_number"]
    assert found[0].body["phone_number_id"] == UNKNOWN_NUMBER
    assert meta.tries(theirs) == []
    assert api.conversation_of(theirs) is None


def test_several_people_in_one_post(meta: Meta) -> None:
    people = [newcomer(), newcomer(hides_number=True), newcomer(has_user_id=False)]
    body = builders.webhook_body(
        *(person.value(meta.number, person.message("halo")) for person in people)
    )

    assert meta.post(body).status_code == 200

    for person in people:
        eventually(partial(meta.texts, person), lambda texts: texts == [GREETING, QUESTION])


def test_a_person_is_one_whether_or_not_the_number_comes_along(meta: Meta, api: Api) -> None:
    """`from` is missing from the second message, and the user id alone tells who it is."""
    person = newcomer()
    meta.hears(person, "halo")
    eventually(lambda: meta.texts(person), lambda texts: len(texts) == 2)
    message = person.message("baik")
    del message["from"]
    value = person.value(meta.number, message)
    del value["contacts"][0]["wa_id"]

    assert meta.post(builders.webhook_body(value)).status_code == 200

    eventually(lambda: meta.texts(person), lambda texts: len(texts) == 3)
    log = eventually(lambda: api.log_of(person), lambda lines: len(lines) == 5)
    assert [line["text"] for line in log if line["direction"] == "in"] == ["halo", "baik"]


SAYINGS = [
    "Terima kasih 🙏🏽👨‍👩‍👧",
    "e\u0301 ≠ é",
    "\u200fمرحبا",  # noqa: RUF001
    "nul \u0000 and bell \u0007",
    "a" * 4096,
]


@pytest.mark.parametrize("text", SAYINGS, ids=["emoji", "accents", "arabic", "control", "long"])
@pytest.mark.parametrize("escaped", [True, False])
def test_texts_arrive_as_they_were_typed(meta: Meta, api: Api, text: str, escaped: bool) -> None:
    person = newcomer()
    body = person.sends(meta.number, person.message(text))
    raw = json.dumps(body, ensure_ascii=escaped).encode()  # Meta escapes

    assert meta.post_signed(raw).status_code == 200

    log = eventually(lambda: api.log_of(person), lambda lines: len(lines) == 3)
    assert log[0]["text"] == text


def change(field: str, value: JsonObject) -> JsonObject:
    return builders.webhook_body(value, field=field)


def test_unknown_things_are_kept_for_people_to_look_at(meta: Meta, api: Api) -> None:
    person = newcomer()
    poem = {**person.message(""), "type": "poem", "poem": {"lines": ["kabar", "angin 🌬"]}}
    group = person.message("halo", group_id="120363")
    anonymous = person.message("halo")
    del anonymous["from"], anonymous["from_user_id"]
    content = {"moods": [{"id": poem["id"], "mood": "happy"}]}
    bodies = {
        "unknown_type": person.sends(meta.number, poem),
        "group_message": person.sends(meta.number, group),
        "unknown_field": change("moods", {**person.value(meta.number), **content}),
        "unknown_content": change(
            "messages", {**builders.value(phone_number_id=meta.number), **content}
        ),
        "unknown_status": change(
            "messages",
            builders.value(
                statuses=[builders.status("pondered", id=poem["id"])], phone_number_id=meta.number
            ),
        ),
        "unknown_message": change(
            "messages",
            builders.value(
                statuses=[builders.status("sent", callback="not ours", id=poem["id"])],
                phone_number_id=meta.number,
            ),
        ),
    }
    lost = builders.webhook_body(
        {**builders.value(phone_number_id=meta.number), "messages": [anonymous], "contacts": []}
    )

    for body in (*bodies.values(), lost):
        assert meta.post(body).status_code == 200

    ids = {poem["id"], group["id"], anonymous["id"]}

    def ours() -> dict[str, JsonObject]:
        return {
            kept["reason"]: kept["body"]
            for kept in api.kept()
            if any(id_ in json.dumps(kept["body"]) for id_ in ids)
        }

    found = eventually(ours, lambda seen: len(seen) == len(bodies) + 1)
    assert set(found) == {*bodies, "no_sender_or_id"}
    assert found["unknown_type"]["poem"] == poem["poem"]
    assert api.conversation_of(person) is None


def test_what_names_no_number_is_kept_by_the_platform(stack: LocalStack, meta: Meta) -> None:
    mark = newcomer().message("")["id"]
    assert meta.post({"object": "page", "entry": [{"id": mark}]}).status_code == 200
    assert meta.post(change("account_alerts", {"alert": mark})).status_code == 200
    assert meta.post(change("messages", {"messages": [{"id": mark}]})).status_code == 200

    def reasons() -> set[str]:
        return {
            kept.reason for kept in kept_of_the_platform(stack) if mark in json.dumps(kept.body)
        }

    eventually(reasons, lambda seen: seen == {"unknown_object", "unknown_account", "no_number"})
