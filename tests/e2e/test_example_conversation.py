"""The example flow over the wire: signed webhooks in, sends and statuses out, seen in the API."""

from __future__ import annotations

from functools import partial

import pytest

from local.stack import LocalStack
from shared.json_types import JsonObject
from tests.api_side import Api, demo_token
from tests.meta_side import Meta
from tests.people import Person, newcomer
from tests.running import eventually

GREETING = "Halo! Apa kabar?"
QUESTION = "Baik, atau kurang baik?"
GLAD = "Syukurlah, senang mendengarnya! 😊"
SORRY = "Semoga harimu segera membaik. 🙏"

PEOPLE = {
    "with both ids": {},
    "by number alone": {"has_user_id": False},
    "by user id alone": {"hides_number": True},
}


def talk(meta: Meta, person: Person, reply: str) -> list[JsonObject]:
    """Both turns of the example; answers the person's two messages."""
    first = meta.hears(person, "halo")
    eventually(lambda: meta.texts(person), lambda texts: len(texts) == 2)
    second = meta.hears(person, reply)
    eventually(lambda: meta.texts(person), lambda texts: len(texts) == 3)
    return [first, second]


@pytest.mark.parametrize("known", PEOPLE.values(), ids=PEOPLE)
@pytest.mark.parametrize(("reply", "answer"), [("baik", GLAD), ("buruk sekali", SORRY)])
def test_both_branches(
    meta: Meta, api: Api, known: dict[str, bool], reply: str, answer: str
) -> None:
    person = newcomer(**known)

    said = talk(meta, person, reply)

    accepted = meta.accepted(person)
    assert meta.texts(person) == [GREETING, QUESTION, answer]
    assert all(message["payload"]["messaging_product"] == "whatsapp" for message in accepted)
    log = eventually(
        lambda: api.log_of(person),
        lambda lines: [line["status"] for line in lines].count("delivered") == 3,
    )
    assert [(line["direction"], line["text"]) for line in log] == [
        ("in", "halo"),
        ("out", GREETING),
        ("out", QUESTION),
        ("in", reply),
        ("out", answer),
    ]
    assert [line["wamid"] for line in log if line["direction"] == "in"] == [
        message["id"] for message in said
    ]
    assert [line["wamid"] for line in log if line["direction"] == "out"] == [
        message["wamid"] for message in accepted
    ]
    conversation = api.conversation_of(person)
    assert conversation is not None
    contact = conversation["contact"]
    assert (contact["wa_id"], contact["bsuid"]) == (person.wa_id, person.bsuid)
    assert conversation["last_message"] == {"text": answer, "direction": "out", "type": "text"}
    # What a status echoes leads back to the message, and names nobody.
    assert [message["biz_opaque_callback_data"] for message in accepted] == [
        f"kabar:1:{contact['id']}:{line['id']}" for line in log if line["direction"] == "out"
    ]
    for message in said:
        eventually(partial(meta.marked_read, message["id"]))


def test_nobody_is_sent_to_twice_and_no_request_is_refused(meta: Meta) -> None:
    person = newcomer()

    talk(meta, person, "baik")

    assert [request["status"] for request in meta.tries(person)] == [200, 200, 200]


def test_statuses_move_up_and_never_down(meta: Meta, api: Api) -> None:
    person = newcomer()
    meta.misbehaves({"mode": "ok", "statuses": False})
    meta.hears(person, "halo")
    eventually(lambda: api.statuses_of(person), lambda seen: seen == ["sent", "sent"])
    greeting, question = (message["biz_opaque_callback_data"] for message in meta.accepted(person))

    meta.tells(greeting, "delivered")
    eventually(lambda: api.statuses_of(person), lambda seen: seen == ["delivered", "sent"])
    meta.tells(greeting, "read")
    eventually(lambda: api.statuses_of(person), lambda seen: seen == ["read", "sent"])
    # Out of order and repeated: the second message's status shows that the others were applied.
    meta.tells(greeting, "sent")
    meta.tells(greeting, "delivered")
    meta.tells(question, "read")
    eventually(lambda: api.statuses_of(person), lambda seen: seen[1] == "read")
    assert api.statuses_of(person) == ["read", "read"]


def test_a_late_failure_is_shown_with_its_reason(meta: Meta, api: Api) -> None:
    person = newcomer()
    meta.misbehaves({"mode": "failed", "code": 131026, "times": 1})

    meta.hears(person, "halo")

    log = eventually(
        lambda: api.log_of(person),
        lambda lines: [line["status"] for line in lines] == [None, "failed", "delivered"],
    )
    assert "131026" in log[1]["reason"]
    assert log[2]["reason"] is None


def test_messages_that_meta_sends_as_one_are_answered_in_order(meta: Meta, api: Api) -> None:
    person = newcomer()
    first, second = person.message("halo"), person.message("baik")

    assert meta.post(person.sends(meta.number, first, second)).status_code == 200

    eventually(lambda: meta.texts(person), lambda texts: len(texts) == 3)
    assert meta.texts(person) == [GREETING, QUESTION, GLAD]
    log = eventually(lambda: api.log_of(person), lambda lines: len(lines) == 5)
    assert [line["text"] for line in log] == ["halo", GREETING, QUESTION, "baik", GLAD]


def test_people_and_programs_see_the_same(meta: Meta, api: Api, stack: LocalStack) -> None:
    person = newcomer()
    talk(meta, person, "baik")
    eventually(lambda: api.statuses_of(person), lambda seen: seen == ["delivered"] * 3)

    with Api(stack.addresses.api_url, stack.addresses.api_key) as program:
        assert program.conversation_of(person) == api.conversation_of(person)
        assert program.log_of(person) == api.log_of(person)
        own = program.get("me").json()
    workspace = own["workspace"]
    assert (workspace["id"], workspace["name"]) == (stack.addresses.workspace_id, "Toko Kabar")
    assert (own["user"], own["role"], own["workspaces"]) == (None, "program", [])
    me = api.get("me").json()
    assert me["workspace"] == workspace
    assert me["role"] == "owner"
    assert me["user"]["email"] == stack.addresses.demo_user.email


REFUSED = {
    "none": (None, 401),
    "not a token": ("not-a-token", 403),
    "unknown key": ("kabar_unknown", 403),
    "forged": ("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4Iiwid29ya3NwYWNlX2lkIjoidG9rb19rYWJhciJ9.", 403),
}


@pytest.mark.parametrize("path", ["me", "conversations", "inspection"])
@pytest.mark.parametrize(("credential", "status"), REFUSED.values(), ids=REFUSED)
def test_others_see_nothing(
    stack: LocalStack, path: str, credential: str | None, status: int
) -> None:
    with Api(stack.addresses.api_url, credential) as stranger:
        assert stranger.get(path).status_code == status


def test_a_token_that_was_changed_is_refused(stack: LocalStack, api: Api) -> None:
    header, claims, signature = demo_token(stack).split(".")
    changed = f"{header}.{claims}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"

    with Api(stack.addresses.api_url, changed) as stranger:
        assert stranger.get("me").status_code == 403
    assert api.get("me").status_code == 200
