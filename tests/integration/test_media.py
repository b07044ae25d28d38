"""Files on the running stack: from phones to people, and from the workspace to phones."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

import httpx
import pytest

from local.stack import LocalStack
from shared.json_types import JsonObject
from shared.store.flows import FlowStore
from shared.tenancy import Tenant
from tests.api_side import Api
from tests.meta_side import Meta
from tests.published import publish, until_workers_know
from tests.running import eventually

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 40


@pytest.fixture
def phones(stack: LocalStack) -> Iterator[httpx.Client]:
    """The phone page's own API."""
    base = f"{stack.addresses.phone_url}api/"
    with httpx.Client(base_url=base, trust_env=False, timeout=20) as client:
        yield client


def joined(phones: httpx.Client, name: str) -> str:
    answer = phones.post("customers", json={"name": name}).raise_for_status()
    return str(answer.json()["id"])


def pictures(api: Api, name: str) -> list[JsonObject]:
    """What that customer has sent, with the conversation's id beside it."""
    found = [one for one in api.conversations() if one["contact"]["name"] == name]
    return [
        {**line, "conversation": one["id"]}
        for one in found
        for line in api.messages(one["id"])
        if line["type"] == "image"
    ]


def test_a_picture_from_a_phone_is_the_same_behind_the_links_of_people(
    stack: LocalStack, phones: httpx.Client, api: Api
) -> None:
    customer = joined(phones, "Sari Foto")
    media = {"mime_type": "image/png", "data": b64encode(PNG).decode(), "caption": "Struk"}
    phones.post(f"customers/{customer}/messages", json={"media": media}).raise_for_status()
    (line,) = eventually(
        lambda: pictures(api, "Sari Foto"),
        lambda found: found and found[0]["file"]["state"] == "stored",
    )
    assert line["file"] == {
        "state": "stored",
        "reason": None,
        "mime_type": "image/png",
        "size": len(PNG),
    }
    assert "url" not in line["content"]
    where = f"conversations/{line['conversation']}/media/{line['id']}"
    link = api.get(where).raise_for_status().json()
    # The link needs nothing but itself.
    fetched = httpx.get(link["url"], trust_env=False)
    assert fetched.content == PNG
    assert fetched.headers["content-type"] == "image/png"


def test_a_flow_answers_two_people_with_a_picture_that_was_uploaded_once(
    stack: LocalStack, phones: httpx.Client, meta: Meta, api: Api
) -> None:
    menu = uploaded(api, "menu.png")
    word = f"gambar {menu}"
    tenant = Tenant(stack.addresses.workspace_id)
    flows = FlowStore(tenant, stack.outputs["WorkspacesTableName"], stack.aws("dynamodb"))
    publish(flows, f"flow{menu[-8:].lower()}", answering(word, menu))
    until_workers_know()
    before = uploads(meta)
    for name in ("Dewi Gambar", "Eko Gambar"):
        say(phones, joined(phones, name), word)

    def seen() -> list[JsonObject]:
        return [
            line
            for name in ("Dewi Gambar", "Eko Gambar")
            for line in pictures(api, name)
            if line["direction"] == "out" and line["status"] in ("sent", "delivered", "read")
        ]

    lines = eventually(seen, lambda found: len(found) == 2)
    assert all(line["content"]["id"] == menu for line in lines)
    assert uploads(meta) == before + 1


def uploaded(api: Api, name: str) -> str:
    made = api.post("media", {"file_name": name, "mime_type": "image/png"}).raise_for_status()
    form = made.json()["upload"]
    posted = httpx.post(
        form["url"], data=form["fields"], files={"file": (name, PNG)}, trust_env=False
    )
    assert posted.status_code < 300, posted.text
    media_id = str(made.json()["id"])
    shown = api.get(f"media/{media_id}").raise_for_status().json()
    assert (shown["state"], shown["size"]) == ("ready", len(PNG))
    assert httpx.get(shown["url"], trust_env=False).content == PNG
    return media_id


def answering(word: str, media_id: str) -> JsonObject:
    content = {"kind": "image", "media": media_id, "caption": {"en": "Menu"}}
    return {
        "schema": 2,
        "name": "Menu",
        "language": "en",
        "start": "menu",
        "triggers": [{"type": "keyword", "match": "exact", "words": [word]}],
        "nodes": [
            {
                "id": "menu",
                "type": "message",
                "position": {"x": 0, "y": 0},
                "data": {"content": content},
            }
        ],
        "edges": [],
    }


def uploads(meta: Meta) -> int:
    """How many files the stand-in was given."""
    return sum(one["path"].endswith("/media") for one in meta.requests())


def say(phones: httpx.Client, customer: str, text: str) -> None:
    phones.post(f"customers/{customer}/messages", json={"text": text}).raise_for_status()
