"""Valid JSON of any shape is answered with 200, and no worker behind the queues chokes on it."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.json_types import JsonObject
from shared.store import keys
from shared.store.directory import Directory, Number
from shared.tenancy import Tenant
from tests.builders import PHONE_NUMBER_ID, http_post, status, text_message, value, webhook_body
from tests.unit.gateway.gateway_parts import CONTACT, Stage, receipts_with

HOSTILE_TEXT = st.sampled_from(
    ["messages", "text", "\ud83d", "\x00", "#", "9" * 45, "-1", "٣", "US.1", "+", "wamid.x", "sent"]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None), max_size=8)
    | HOSTILE_TEXT
)
KEYS = st.sampled_from(["id", "type", "from", "body", "errors", "code", "details", "profile"])
ANY_JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


def real_body() -> JsonObject:
    message = text_message(
        system={"wa_id": "1", "user_id": "US.2", "body": "moved"},
        context={"id": "wamid.0", "from": "1"},
    )
    first = value(messages=[message, text_message(id_="wamid.2")])
    failed = status(
        "failed",
        callback=f"kabar:1:{CONTACT}:2",
        errors=[{"code": 131026, "error_data": {"details": "no"}}],
    )
    return webhook_body(first, value(statuses=[status(callback=f"kabar:1:{CONTACT}:1"), failed]))


def paths(node: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [here]
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, inner in items:
        deeper = (*here, key)
        found += paths(inner, deeper) if isinstance(inner, dict | list) else [deeper]
    return found


PATHS = [path for path in paths(real_body()) if path]


def put(body: Any, path: tuple[Any, ...], planted: Any) -> None:
    for key in path[:-1]:
        body = body[key]
    body[path[-1]] = planted


def claimed(dynamodb: Any, seq: int) -> None:
    """A message that waits for its first status, so that a status is really stored."""
    pk = keys.conversation(Tenant("any_json"), PHONE_NUMBER_ID, CONTACT)
    state = {"state": {"S": "claimed"}, "rank": {"N": "0"}}
    dynamodb.put_item(TableName="conversations", Item={**keys.key(pk, keys.delivery(seq)), **state})


@pytest.fixture(scope="module", autouse=True)
def connected(dynamodb: Any) -> None:
    number = Number(PHONE_NUMBER_ID, "any_json", "+1", "Toko", "apa", b"x")
    Directory("directory", dynamodb).put_number(number)


def takes(raw: bytes, dynamodb: Any) -> None:
    """Through the webhook, into the events that the flow worker reads, and through the receipts
    worker."""
    stage = Stage()
    for seq in (1, 2):
        claimed(dynamodb, seq)
    assert stage.webhook.receive(http_post(raw, base64=True))["statusCode"] == 200
    for *_, event in stage.events():
        assert 0 < event.at < 10**15
        event.id.encode()
    records = [
        {"messageId": str(n), "body": entry["MessageBody"]}
        for n, entry in enumerate(stage.sqs.sent["receipts"])
    ]
    assert receipts_with(dynamodb, stage.s3).run(records) == []


@settings(max_examples=60, deadline=None)
@given(payload=ANY_JSON)
@example(payload=None)
@example(payload={"object": "whatsapp_business_account", "entry": [None, {"changes": 5}]})
def test_any_json_is_taken(payload: Any, dynamodb: Any) -> None:
    takes(json.dumps(payload).encode(), dynamodb)


@settings(max_examples=150, deadline=None)
@given(path=st.sampled_from(PATHS), planted=ANY_JSON)
def test_any_json_in_any_place_of_a_real_body_is_taken(
    path: tuple[Any, ...], planted: Any, dynamodb: Any
) -> None:
    body = copy.deepcopy(real_body())
    put(body, path, planted)
    takes(json.dumps(body).encode(), dynamodb)


def test_the_worst_in_every_place_of_a_real_body_is_taken(dynamodb: Any) -> None:
    worst: list[Any] = [None, [[]], {}, "\ud800", "9" * 45]
    for path in PATHS:
        for planted in worst:
            body = real_body()
            put(body, path, planted)
            takes(json.dumps(body).encode(), dynamodb)


def test_a_place_that_is_missing_is_taken(dynamodb: Any) -> None:
    for path in PATHS:
        body: Any = real_body()
        parent = body
        for key in path[:-1]:
            parent = parent[key]
        del parent[path[-1]]
        takes(json.dumps(body).encode(), dynamodb)


@pytest.mark.parametrize("items", [[5], [text_message(), "x"], {"id": "1"}, "text"])
@pytest.mark.parametrize("name", ["messages", "statuses"])
def test_what_is_no_object_is_kept(name: str, items: Any) -> None:
    stage = Stage()
    body = webhook_body({**value(messages=[text_message(id_="wamid.first")]), name: items})
    assert stage.webhook.receive(http_post(json.dumps(body).encode()))["statusCode"] == 200
    assert [kept.reason for kept in stage.kept()] == ["unknown_content"]


@pytest.mark.parametrize("entry", [[], None, [5], [{"changes": []}]])
def test_an_envelope_with_nothing_inside_is_kept(entry: Any) -> None:
    stage = Stage()
    body = {"object": "whatsapp_business_account", "entry": entry}
    assert stage.webhook.receive(http_post(json.dumps(body).encode()))["statusCode"] == 200
    assert [kept.reason for kept in stage.kept()] == ["nothing_inside"]
