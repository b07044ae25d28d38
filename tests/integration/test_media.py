"""Files on the running stack: from phones to people, and from the workspace to phones."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

import httpx
import pytest

from local.stack import LocalStack
from shared.json_types import JsonObject
from tests.api_side import Api
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
