"""What `baileys-api` posts (reference 4.6), read into the events that Meta's webhooks become."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.channels.baileys.reading import hear
from shared.channels.inbound import contents, parse
from shared.events import ECHO, HISTORY, MESSAGE
from shared.json_types import JsonObject
from shared.lanes import Identity, contact_id

CHANNEL = "wa551234567890"
PERSON = "5511999999999"
NOW = 1_748_003_165_000
KEY = {"id": "3EB0AB", "remoteJid": f"{PERSON}@s.whatsapp.net", "fromMe": False}


def upsert(message: JsonObject, type_: str = "notify", **key: Any) -> JsonObject:
    one = {
        "key": {**KEY, **key},
        "messageTimestamp": 1_748_003_165,
        "pushName": "John Doe",
        "message": message,
    }
    return {
        "event": "messages.upsert",
        "data": {"type": type_, "messages": [one]},
        "webhookVerifyToken": "a3f4b2",
    }


@pytest.mark.parametrize("name", ["labels.edit", "", "connection.something"])
def test_an_event_that_nobody_knows_is_kept_without_its_token(name: str) -> None:
    (kept,) = hear(CHANNEL, {"event": name, "data": [1], "webhookVerifyToken": "secret"}, 1).kept
    assert (kept.reason, kept.field, kept.body) == (
        "unknown_field",
        name,
        {"event": name, "data": [1]},
    )
    for known in ("presence.update", "groups.activity"):
        assert hear(CHANNEL, {"event": known, "data": []}, 1).kept == []


def test_the_references_own_example() -> None:
    (lane,) = hear(CHANNEL, upsert({"conversation": "Hello"}), NOW).said
    (event,) = lane.events
    assert (lane.channel, lane.contact) == (CHANNEL, contact_id(CHANNEL, "wa_id", PERSON))
    assert (event.id, event.kind, event.at) == ("3EB0AB", MESSAGE, NOW)
    assert event.body == {
        "id": "3EB0AB",
        "timestamp": "1748003165",
        "from": PERSON,
        "type": "text",
        "text": {"body": "Hello"},
    }
    assert event.sender is not None
    assert (event.sender.name, event.sender.identities) == (
        "John Doe",
        (Identity("wa_id", PERSON),),
    )


MEDIA = {"mimetype": "image/jpeg", "caption": "Look", "fileSha256": "c2hh"}
CONTENTS: dict[str, tuple[JsonObject, contents.Content]] = {
    "conversation": ({"conversation": "Hi"}, contents.Text("Hi")),
    "extended": ({"extendedTextMessage": {"text": "Hi"}}, contents.Text("Hi")),
    "image": (
        {"imageMessage": MEDIA},
        contents.Media("image", "3EB0AB", "image/jpeg", "c2hh", caption="Look"),
    ),
    "video": (
        {"videoMessage": {"mimetype": "video/mp4"}},
        contents.Media("video", "3EB0AB", "video/mp4"),
    ),
    "voice": (
        {"audioMessage": {"mimetype": "audio/ogg", "ptt": True}},
        contents.Media("audio", "3EB0AB", "audio/ogg", voice=True),
    ),
    "document": (
        {"documentMessage": {"mimetype": "application/pdf", "fileName": "a.pdf"}},
        contents.Media("document", "3EB0AB", "application/pdf", filename="a.pdf"),
    ),
    "document with caption": (
        {
            "documentWithCaptionMessage": {
                "message": {"documentMessage": {"mimetype": "application/pdf", "caption": "Bill"}}
            }
        },
        contents.Media("document", "3EB0AB", "application/pdf", caption="Bill"),
    ),
    "sticker": (
        {"stickerMessage": {"mimetype": "image/webp", "isAnimated": True}},
        contents.Media("sticker", "3EB0AB", "image/webp", animated=True),
    ),
    "bytes of a hash": (
        {"imageMessage": {"mimetype": "image/png", "fileSha256": {"0": 104, "1": 105}}},
        contents.Media("image", "3EB0AB", "image/png", "aGk="),
    ),
    "reaction": (
        {"reactionMessage": {"key": {"id": "3EB0CD"}, "text": "👍"}},
        contents.Reaction("3EB0CD", "👍"),
    ),
    "reaction taken back": (
        {"reactionMessage": {"key": {"id": "3EB0CD"}, "text": ""}},
        contents.Reaction("3EB0CD", ""),
    ),
    "location": (
        {"locationMessage": {"degreesLatitude": -6.2, "degreesLongitude": 106.8, "name": "Home"}},
        contents.Location(-6.2, 106.8, name="Home"),
    ),
    "contact": (
        {
            "contactMessage": {
                "displayName": "Ana",
                "vcard": "BEGIN:VCARD\nTEL;type=CELL;waid=62811:+62 811\nEND:VCARD",
            }
        },
        contents.Contacts((contents.Card("Ana", (("+62 811", "62811"),), (), requested=False),)),
    ),
    "button": (
        {"buttonsResponseMessage": {"selectedButtonId": "yes", "selectedDisplayText": "Yes"}},
        contents.Reply("button", "yes", "Yes"),
    ),
    "list": (
        {"listResponseMessage": {"title": "A", "singleSelectReply": {"selectedRowId": "a"}}},
        contents.Reply("list", "a", "A"),
    ),
    "taken back": (
        {"protocolMessage": {"type": 0, "key": {"id": "3EB0CD"}}},
        contents.Deletion("3EB0CD"),
    ),
    "edited": (
        {
            "editedMessage": {
                "message": {
                    "protocolMessage": {
                        "type": 14,
                        "key": {"id": "3EB0CD"},
                        "editedMessage": {"conversation": "Hi!"},
                    }
                }
            }
        },
        contents.Edit("3EB0CD", contents.Text("Hi!")),
    ),
    "poll": ({"pollCreationMessage": {"name": "?"}}, contents.Unsupported("pollCreation")),
    "empty picture": ({"imageMessage": None}, contents.Unsupported("image")),
    "disappearing": (
        {"ephemeralMessage": {"message": {"conversation": "Hi"}}},
        contents.Text("Hi"),
    ),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_every_content_becomes_its_typed_event(name: str) -> None:
    message, content = CONTENTS[name]
    (lane,) = hear(CHANNEL, upsert(message), NOW).said
    assert parse(lane.events[0].body).content == content


@pytest.mark.parametrize(
    "message",
    [
        {"messageContextInfo": {}},
        {"protocolMessage": {"type": 5}},
        {"senderKeyDistributionMessage": {}},
        {},
    ],
)
def test_what_says_nothing_to_people_is_no_message(message: JsonObject) -> None:
    heard = hear(CHANNEL, upsert(message), NOW)
    assert (heard.said, heard.kept) == ([], [])


def test_an_answer_names_what_it_answers() -> None:
    quoted = {"extendedTextMessage": {"text": "Yes", "contextInfo": {"stanzaId": "3EB0CD"}}}
    (lane,) = hear(CHANNEL, upsert(quoted), NOW).said
    assert lane.events[0].body["context"] == {"id": "3EB0CD"}


def test_somebody_with_a_hidden_number_has_the_lane_of_the_number_where_it_is_told() -> None:
    hidden = upsert({"conversation": "Hi"}, remoteJid="99887766@lid", addressingMode="lid")
    (alone,) = hear(CHANNEL, hidden, NOW).said
    assert alone.contact == contact_id(CHANNEL, "lid", "99887766")
    hidden["data"]["messages"][0]["key"]["remoteJidAlt"] = f"{PERSON}:12@s.whatsapp.net"
    (both,) = hear(CHANNEL, hidden, NOW).said
    assert both.contact == contact_id(CHANNEL, "wa_id", PERSON)
    assert both.events[0].sender is not None
    assert [one.kind for one in both.events[0].sender.identities] == ["wa_id", "lid"]


def test_what_comes_from_the_number_itself_is_an_echo() -> None:
    heard = hear(CHANNEL, upsert({"conversation": "On my way"}, fromMe=True), NOW)
    assert heard.said == []
    (lane,) = heard.echoes
    assert (lane.events[0].kind, lane.events[0].body["to"]) == (ECHO, PERSON)


def test_what_comes_long_after_is_history() -> None:
    late = upsert({"conversation": "Hi"}, type_="append")
    assert hear(CHANNEL, late, NOW + 60_000).said[0].events[0].kind == MESSAGE
    assert hear(CHANNEL, late, NOW + 7_200_000).said[0].events[0].kind == HISTORY


def test_groups_are_kept_apart_and_broadcasts_are_nobodys() -> None:
    group = hear(CHANNEL, upsert({"conversation": "Hi"}, remoteJid="123-456@g.us"), NOW)
    assert (group.said, [one.reason for one in group.kept]) == ([], ["group_message"])
    news = hear(CHANNEL, upsert({"conversation": "Hi"}, remoteJid="status@broadcast"), NOW)
    assert (news.said, news.kept) == ([], [])


@pytest.mark.parametrize(
    "time", ["1748003165", {"low": 1_748_003_165, "high": 0, "unsigned": True}]
)
def test_times_are_numbers_text_or_longs(time: Any) -> None:
    body = upsert({"conversation": "Hi"})
    body["data"]["messages"][0]["messageTimestamp"] = time
    assert hear(CHANNEL, body, 1).said[0].events[0].at == NOW


@pytest.mark.parametrize(
    ("status", "name"), [(0, "failed"), (2, "sent"), (3, "delivered"), (4, "read"), (5, "played")]
)
def test_updates_become_statuses(status: int, name: str) -> None:
    update = {"key": {"id": "3EB0", "fromMe": True}, "update": {"status": status}}
    (told,) = hear(CHANNEL, {"event": "messages.update", "data": [update]}, NOW).statuses
    assert (told["id"], told["status"], told["timestamp"]) == ("3EB0", name, "1748003165")


def test_an_update_of_463_says_that_the_account_is_restricted() -> None:
    update = {"status": 0, "messageStubParameters": ["463"]}
    body = {"event": "messages.update", "data": [{"key": {"id": "3EB0"}, "update": update}]}
    heard = hear(CHANNEL, body, NOW)
    assert heard.statuses[0]["errors"][0]["code"] == 463
    assert [side["event"] for side in heard.sides] == ["messages.update"]


FIELDS = (
    *("key", "id", "remoteJid", "message", "update", "status", "messages", "text", "type", "low"),
    *("imageMessage", "protocolMessage", "conversation", "messageTimestamp", "contactMessage"),
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.sampled_from(["messages.upsert", "messages.update", "connection.update"]), anything)
def test_nothing_raises_whatever_it_holds(event: str, data: Any) -> None:
    hear(CHANNEL, {"event": event, "data": data}, NOW)
    hear(CHANNEL, {"event": event, "data": {"messages": [data]}}, NOW)
