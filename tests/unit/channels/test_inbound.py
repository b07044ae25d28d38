"""Every webhook body that we have an example of, read to what it means; and any other JSON."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.channels.attribution import find, lanes
from shared.channels.found import AccountChange
from shared.channels.inbound import line_of, opt_change, parse, payload_of, target_of, text_of
from shared.channels.inbound.account import parse_account
from shared.channels.inbound.contents import Inbound, Reply
from shared.channels.inbound.statuses import parse_status
from shared.events import ECHO, HISTORY_ECHO
from shared.json_types import JsonObject
from shared.lanes import Identity
from tests.builders import BSUID, PHONE_NUMBER_ID, WA_ID, text_message, value, webhook_body

FIXTURES = Path(__file__).parents[2] / "fixtures"
EXAMPLES: list[JsonObject] = json.loads((FIXTURES / "whatsapp_reference/inbound.json").read_text())
MEANINGS: JsonObject = json.loads(
    (FIXTURES / "whatsapp_reference/inbound_meaning.json").read_text()
)
REFERENCE: list[JsonObject] = MEANINGS["reference"]
FOUND: list[JsonObject] = MEANINGS["found"]
BODIES = {
    f"{file.name} {name}": body
    for file in sorted((FIXTURES / "whatsapp").glob("*.json"))
    for name, body in json.loads(file.read_text()).items()
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=20,
)


def meaning(body: object) -> list[JsonObject]:
    """Where each thing goes, and what it is."""
    found = find(body)
    return [
        *({"as": one.kind, **_told(parse(one.message))} for one in found.messages),
        *({"as": "status", **told(parse_status(status))} for _, status in found.statuses),
        *({"as": "account", **told(parse_account(change))} for change in found.account),
        *({"as": "kept", "reason": one.reason} for one in found.kept),
    ]


def _told(inbound: Inbound) -> JsonObject:
    beside = {"context": inbound.context, "referral": inbound.referral}
    return {
        **told(inbound.content),
        **{name: told(part) for name, part in beside.items() if part is not None},
    }


def told(part: Any) -> Any:
    """A dataclass as its type's name with the fields that say something."""
    if isinstance(part, tuple):
        return [told(one) for one in part]
    if not is_dataclass(part):
        return part
    compared = (field.name for field in fields(part) if field.compare)
    said = {name: told(getattr(part, name)) for name in compared if getattr(part, name)}
    return {"type": type(part).__name__, **said}


@pytest.mark.parametrize(
    ("example", "expected"),
    list(zip(EXAMPLES, REFERENCE, strict=True)),
    ids=[one["section"] for one in REFERENCE],
)
def test_every_example_of_the_reference_is_read_to_what_it_means(
    example: JsonObject, expected: JsonObject
) -> None:
    assert example["section"] == expected["section"]
    assert meaning(example["body"]) == expected["means"]


@pytest.mark.parametrize("expected", FOUND, ids=[one["body"] for one in FOUND])
def test_every_body_that_nobody_here_wrote_is_read_to_what_it_means(expected: JsonObject) -> None:
    assert meaning(BODIES[expected["body"]]) == expected["means"]


def test_no_body_is_left_out() -> None:
    assert {one["body"] for one in FOUND} == BODIES.keys()
    assert len(EXAMPLES) == 60


@given(JSON)
def test_nothing_that_is_json_stops_the_readers(anything: object) -> None:
    message = anything if isinstance(anything, dict) else {"type": anything, "text": anything}
    parse(message)
    parse_status(message)
    opt_change(message)
    for read in (text_of, line_of):
        assert isinstance(read(message), str)
    for name in ("message_template_status_update", "account_alerts", "history", "other"):
        parse_account(AccountChange(None, None, name, None, message))


CONTENT_TYPES = (
    *("text", "image", "location", "contacts", "reaction", "button", "interactive", "order"),
    *("system", "edit", "revoke", "unsupported", "call", "preference", "template"),
)


@given(st.sampled_from(CONTENT_TYPES), JSON, JSON)
def test_an_object_of_any_shape_under_a_known_type_is_read(
    kind: str, content: object, inner: object
) -> None:
    for one in (content, {"message": inner, "original_message_id": "a"}, {kind: inner}, [content]):
        message = {"type": kind, kind: one}
        parse(message)
        for read in (text_of, line_of, payload_of, target_of):
            assert read(message) is None or isinstance(read(message), str)


def example_of(section: str, place: int = 0) -> JsonObject:
    body: JsonObject = [one["body"] for one in EXAMPLES if one["section"] == section][place]
    return body


@pytest.mark.parametrize(("place", "becomes"), [(0, 2), (1, 1)])
def test_a_changed_number_or_id_links_the_new_identities_to_the_old(
    place: int, becomes: int
) -> None:
    ((lane),) = lanes(find(example_of("2.4.14", place)).messages, 1)
    (event,) = lane.events
    assert event.sender is not None
    assert Identity("bsuid", BSUID) in event.sender.identities
    assert Identity("bsuid", "US.10000000000000000009") in event.sender.becomes
    assert len(event.sender.becomes) == becomes


def test_a_system_message_that_names_the_old_id_only_inside_still_finds_its_lane() -> None:
    body = example_of("2.4.14", 1)
    message = body["entry"][0]["changes"][0]["value"]["messages"][0]
    del message["from_user_id"]
    try:
        (found,) = find(body).messages
    finally:
        message["from_user_id"] = BSUID
    assert found.bsuid == BSUID


def test_an_echo_goes_to_the_lane_of_whom_it_is_to() -> None:
    (echo,) = find(example_of("2.11")).messages
    (message,) = find(example_of("2.4.1")).messages
    assert (echo.kind, echo.contact, echo.channel) == (ECHO, message.contact, message.channel)


def test_history_tells_ours_from_theirs_and_keeps_to_one_lane() -> None:
    found = find(example_of("2.11", 1)).messages
    assert len({one.contact for one in found}) == 1
    lane = lanes(found, 1)[0]
    assert [event.kind for event in lane.events] == ["history", HISTORY_ECHO]
    assert lane.events[0].sender is not None
    assert lane.events[0].sender.username == "ana.example"


def test_media_of_the_history_take_the_place_of_what_was_left_out() -> None:
    image = {"id": "wamid.A", "from": WA_ID, "type": "image", "image": {"id": "9"}}
    body = webhook_body(value(messages=[image]), field="history")
    (found,) = find(body).messages
    assert (found.kind, found.event_id, target_of(found.message)) == (
        "history",
        "wamid.A:media",
        "wamid.A",
    )


@pytest.mark.parametrize("nested", [True, False])
def test_standing_by_is_told_apart_wherever_it_is_written(nested: bool) -> None:
    inner = value(messages=[text_message()])
    metadata = {"metadata": {"phone_number_id": PHONE_NUMBER_ID}}
    body = webhook_body({**metadata, "standby": inner} if nested else inner, field="standby")
    (found,) = find(body).messages
    assert (found.kind, found.event_id) == ("standby", "wamid.1")


def test_what_stands_beside_messages_is_kept_with_them() -> None:
    summary = {"type": "summary", "summary": {"text": "Wants the blue one"}}
    for messages in ([text_message()], None):
        found = find(webhook_body({**value(messages=messages), "conversation_context": summary}))
        (change,) = found.account
        assert (change.channel, change.field) == (PHONE_NUMBER_ID, "conversation_context")
        assert change.value["conversation_context"] == summary
        assert (len(found.messages), found.kept) == (len(messages or ()), [])


def test_who_is_known_by_an_id_of_linked_portfolios_alone_has_a_lane() -> None:
    parent = {"from_parent_user_id": "ID.ENT.20000000000000000002"}
    message = {**text_message(wa_id=None, bsuid=None), **parent}
    (found,) = find(webhook_body(value(messages=[message], contacts=[]))).messages
    assert (found.wa_id, found.bsuid) == (None, "ID.ENT.20000000000000000002")


@pytest.mark.parametrize("none", [None, ""])
def test_a_message_with_an_empty_group_is_of_no_group(none: str | None) -> None:
    found = find(webhook_body(value(messages=[{**text_message(), "group_id": none}])))
    assert ([one.event_id for one in found.messages], found.kept) == (["wamid.1"], [])


WISH = {"wa_id": WA_ID, "category": "marketing_messages", "value": "stop", "timestamp": 1}


@pytest.mark.parametrize(
    ("field", "name", "one"),
    [
        ("calls", "calls", {"id": "wacid.1", "from": WA_ID, "event": "connect"}),
        ("calls", "statuses", {"id": "wacid.1", "recipient_id": WA_ID, "status": "RINGING"}),
        ("user_preferences", "user_preferences", WISH),
        ("smb_message_echoes", "message_echoes", {**text_message(), "to": WA_ID}),
    ],
)
def test_what_stands_between_objects_is_kept_and_the_objects_count(
    field: str, name: str, one: JsonObject
) -> None:
    found = find(webhook_body({**value(), name: ["junk", one]}, field=field))
    assert len(found.messages) == 1
    assert [kept.reason for kept in found.kept] == ["unknown_content"]


def test_what_partners_are_told_belongs_to_the_account_inside() -> None:
    changes = [change for one in EXAMPLES for change in find(one["body"]).account]
    removed = [one for one in changes if one.value.get("event") == "PARTNER_REMOVED"]
    assert [one.waba_id for one in removed] == ["100200300400500"]


def test_a_call_is_recorded_without_its_session() -> None:
    (call,) = find(example_of("2.10")).messages
    assert "session" not in call.message["call"]
    assert line_of(call.message) == ""


@pytest.mark.parametrize(("wish", "state"), [("stop", "out"), ("resume", "in"), ("signup", "in")])
def test_a_wish_becomes_a_change_of_the_contact(wish: str, state: str) -> None:
    body = {"preference": {"category": "marketing_messages", "value": wish}}
    change = {"op": "opt", "kind": "marketing", "state": state, "source": "whatsapp"}
    assert opt_change(body) == change
    assert opt_change({"preference": {"category": "news", "value": wish}}) is None


@pytest.mark.parametrize(("section", "place"), [("2.4.10", 0), ("2.4.11", 0), ("2.4.11", 1)])
def test_what_was_tapped_is_known_by_its_payload(section: str, place: int) -> None:
    (found,) = find(example_of(section, place)).messages
    content = parse(found.message).content
    assert isinstance(content, Reply)
    assert payload_of(found.message) == content.payload


@pytest.mark.parametrize(
    ("message", "line"),
    [
        ({"type": "location", "location": {"latitude": 1.5, "longitude": 2}}, "1.5, 2"),
        ({"type": "location", "location": {"name": "A", "address": "B"}}, "A, B"),
        ({"type": "document", "document": {"filename": "a.pdf"}}, "a.pdf"),
        ({"type": "contacts", "contacts": [{"name": {"formatted_name": "Bo"}}, {}]}, "Bo"),
        ({"type": "reaction", "reaction": {"emoji": "👍"}}, "👍"),
        (
            {
                "type": "order",
                "order": {"product_items": [{"quantity": 2, "product_retailer_id": "SKU-1"}]},
            },
            "2 × SKU-1",  # noqa: RUF001
        ),
        ({"type": "edit", "edit": {"message": {"type": "text", "text": {"body": "new"}}}}, "new"),
        ({"type": "interactive", "interactive": {"type": "flow", "body": {"text": "b"}}}, "b"),
        (
            {
                "type": "template",
                "template": {
                    "name": "t",
                    "components": [{"parameters": [{"type": "text", "text": "Ana"}]}],
                },
            },
            "t · Ana",
        ),
    ],
)
def test_the_log_shows_a_line_for_each(message: JsonObject, line: str) -> None:
    assert line_of(message) == line
