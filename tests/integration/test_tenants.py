"""Promise 4 on the running stack: two workspaces, one customer, nothing in common."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator

import pytest

from local import demo
from local.stack import LocalStack
from shared.json_types import JsonObject
from shared.sealed import Sealer
from shared.store.api_keys import ApiKeys
from shared.store.audit import Actor
from shared.store.directory import Directory, Number
from shared.store.tables import Tables
from shared.tenancy import Tenant
from tests import builders
from tests.api_side import Api
from tests.meta_side import Meta
from tests.people import Person, newcomer
from tests.running import eventually

OTHER_NUMBER = "200300400500600"
OTHER = Tenant(demo.OTHER_WORKSPACE_ID)


@pytest.fixture(scope="module")
def other_key(stack: LocalStack) -> str:
    """An API key of a second workspace with a number of its own, on which no flow answers."""
    dynamodb, outputs = stack.aws("dynamodb"), stack.outputs
    directory = Directory(outputs["DirectoryTableName"], dynamodb)
    directory.put_number(
        Number(
            phone_number_id=OTHER_NUMBER,
            tenant_id=OTHER.id,
            display_phone_number="+62 811 1000 300",
            name="Warung Sebelah",
            flow_id="none",
            sealed_token=Sealer(stack.aws("kms"), outputs["SecretsKeyArn"]).seal(OTHER, "EAA"),
        )
    )
    tables = Tables(
        outputs["WorkspacesTableName"], outputs["DirectoryTableName"], outputs["UsageTableName"]
    )
    _, key = ApiKeys(OTHER, tables, dynamodb).create(
        "Test",
        ["conversations:read", "inspection:read"],
        int(time.time()) + 3600,
        by=Actor("tests", "tests@kabar.test"),
        at=0,
    )
    return key


@pytest.fixture
def other(stack: LocalStack, other_key: str) -> Iterator[Api]:
    with Api(stack.addresses.api_url, other_key) as side:
        yield side


@pytest.fixture
def person(meta: Meta, api: Api, other: Api) -> Person:
    """Somebody who writes to both workspaces."""
    both = newcomer()
    meta.hears(both, "rahasia untuk toko")
    message = both.message("rahasia untuk warung")
    assert meta.post(both.sends(OTHER_NUMBER, message)).status_code == 200
    eventually(lambda: api.statuses_of(both), lambda seen: seen == ["delivered"] * 2)
    eventually(lambda: other.log_of(both))
    return both


def test_each_sees_its_own(other: Api, api: Api, person: Person) -> None:
    mine = other.get("me").json()["workspace"]
    assert (mine["id"], mine["name"]) == (OTHER.id, demo.OTHER_WORKSPACE_NAME)
    assert [line["text"] for line in other.log_of(person)] == ["rahasia untuk warung"]
    assert "warung" not in str(api.log_of(person))
    assert {item["channel"] for item in other.conversations()} == {OTHER_NUMBER}
    assert OTHER_NUMBER not in {item["channel"] for item in api.conversations()}


def test_the_others_conversation_does_not_exist(other: Api, api: Api, person: Person) -> None:
    conversation = api.conversation_of(person)
    assert conversation is not None
    foreign, unknown = (
        other.get(f"conversations/{id_}/messages")
        for id_ in (conversation["id"], f"{OTHER_NUMBER}.{'a' * 24}")
    )

    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert foreign.json() == unknown.json(), "the answers tell existing from missing"


def test_the_others_cursors_open_nothing(meta: Meta, other: Api, api: Api, person: Person) -> None:
    second = newcomer()
    meta.hears(second, "halo")
    eventually(lambda: api.log_of(second))
    conversation = api.conversation_of(person)
    assert conversation is not None
    messages = f"conversations/{conversation['id']}/messages"
    for field in ("moods", "weather"):
        value = builders.value(phone_number_id=meta.number)
        assert meta.post(builders.webhook_body(value, field=field)).status_code == 200
    eventually(lambda: len(api.kept()), lambda number: number >= 2)

    for path in ("conversations", messages, "inspection"):
        first = api.get(path, limit=1).json()
        assert first["next_cursor"], path
        answer = other.get(path, limit=1, cursor=first["next_cursor"])
        foreign = [item for item in answer.json().get("items", ()) if is_of(item, meta.number)]
        assert foreign == [], path


def is_of(item: JsonObject, number: str) -> bool:
    return item.get("channel") != OTHER_NUMBER and OTHER_NUMBER not in str(item.get("body"))


def test_kept_things_stay_apart(meta: Meta, other: Api, api: Api) -> None:
    mark = uuid.uuid4().hex
    value = {**builders.value(phone_number_id=OTHER_NUMBER), "secret": mark}
    assert meta.post(builders.webhook_body(value, field="moods")).status_code == 200

    eventually(lambda: [kept for kept in other.kept() if mark in str(kept)])
    assert mark not in str(api.kept())


def test_a_status_cannot_reach_over(meta: Meta, other: Api, api: Api, person: Person) -> None:
    """The callback data names a message; whose it is, the number's owner alone decides."""
    callback = meta.accepted(person)[0]["biz_opaque_callback_data"]
    mark = f"wamid.{uuid.uuid4().hex}"
    forged = [
        builders.status("read", callback=callback, id=mark),
        builders.status("pondered", callback=callback, id=mark),
    ]
    value = builders.value(statuses=forged, phone_number_id=OTHER_NUMBER)
    assert meta.post(builders.webhook_body(value)).status_code == 200

    # The second one is kept, so by now the first is applied too.
    eventually(lambda: [kept for kept in other.kept() if mark in str(kept)])
    assert api.statuses_of(person) == ["delivered"] * 2
