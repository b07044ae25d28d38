"""The API over conversations: pages, hostile addresses, and nothing of another tenant."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

import pytest

from gateway import place
from gateway.api import handler
from gateway.app import api
from shared.api import app
from shared.clock import now_ms
from shared.conversation import Contact
from shared.json_types import JsonObject
from shared.store.conversations import Conversations, LogLine, Summary
from shared.store.deliveries import Deliveries
from shared.store.inspection import Inspection, Kept
from shared.store.received_files import ReceivedFile, ReceivedFiles
from shared.tenancy import Tenant
from tests.api_events import api_event, authorized
from tests.unit.gateway.gateway_parts import CONTACT

CHANNEL = "200300"
_tenants = count(1)


@pytest.fixture(autouse=True)
def served(dynamodb: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "client_for", lambda tenant, service: dynamodb)
    monkeypatch.setattr(app, "client_for", lambda tenant, service: dynamodb)
    names = ("conversations", "inspection", "usage", "workspaces", "directory", "contacts")
    tables = (*names, "campaigns")
    settings = place.Settings("requests", "role", *tables, "media", "inbound")
    monkeypatch.setattr(place, "settings", lambda: settings)
    monkeypatch.setattr(api, "_settings", lambda: settings)


def get(tenant: str, path: str, **query: str) -> tuple[int, JsonObject]:
    caller = authorized(workspace_id=tenant)
    event = api_event("GET", path, query=query, caller=caller)
    answer = handler(event, None)
    return answer["statusCode"], json.loads(answer["body"])


def filled(dynamodb: Any, messages: int = 5) -> str:
    tenant = Tenant(f"api_{next(_tenants)}")
    store = Conversations(tenant, "conversations", dynamodb)
    lines = [
        LogLine(n, "out" if n % 2 == 0 else "in", 1000 + n, f"wamid.{n}", text(f"text {n}"))
        for n in range(1, messages + 1)
    ]
    contact = Contact(CONTACT, wa_id="62811", name="Ana")
    last = {"text": "text", "direction": "in", "type": "text"}
    taken = {"by": "user-ana", "team": None, "since": 1500, "back_at": None}
    summary = Summary(CHANNEL, contact, 1, 2000, last, taken, 9000, "c1")
    store.record(summary, lines)
    return tenant.id


def text(body: str) -> JsonObject:
    return {"type": "text", "text": {"body": body}}


def test_the_inbox_shows_a_conversation(dynamodb: Any) -> None:
    tenant = filled(dynamodb)
    code, body = get(tenant, "/v1/conversations")
    assert code == 200
    assert body["next_cursor"] is None
    (shown,) = body["items"]
    assert get(tenant, f"/v1/conversations/{CHANNEL}.{CONTACT}") == (200, shown)
    assert shown == (
        {
            "id": f"{CHANNEL}.{CONTACT}",
            "channel": CHANNEL,
            "contact": {
                "id": CONTACT,
                "name": "Ana",
                "wa_id": "62811",
                "bsuid": None,
                "username": None,
            },
            "contact_id": "c1",
            "blocked": False,
            "taken": {"by": "user-ana", "team": None, "since": 1500, "back_at": None},
            "open_until": 9000,
            "has_window": True,
            "last_message": {"text": "text", "direction": "in", "type": "text"},
            "last_at": 2000,
        }
    )


def test_a_team_sees_what_it_was_given_newest_first(dynamodb: Any) -> None:
    tenant = Tenant(f"api_{next(_tenants)}")
    store = Conversations(tenant, "conversations", dynamodb)
    last = {"text": "text", "direction": "in", "type": "text"}

    def written(contact: str, at: int, team: str | None, by: str | None = None) -> None:
        taken = {"by": by, "team": team, "since": 1, "back_at": None} if team or by else None
        store.record(Summary(CHANNEL, Contact(contact), 1, at, last, taken), [])

    def of(team: str, **query: str) -> list[str]:
        code, body = get(tenant.id, "/v1/conversations", team=team, **query)
        assert code == 200
        return [one["contact"]["id"] for one in body["items"]]

    written("bot", 9, None)
    written("a", 1, "sales")
    written("b", 3, "sales", "user-ana")
    written("c", 2, "night")
    written("d", 4, None, "user-ana")
    assert (of("sales"), of("night"), of("nobody")) == (["b", "a"], ["c"], [])
    _, first = get(tenant.id, "/v1/conversations", team="sales", limit="1")
    assert of("sales", limit="1", cursor=first["next_cursor"]) == ["a"]
    written("b", 5, None)
    assert of("sales") == ["a"]
    assert get("api_other", "/v1/conversations", team="sales")[1]["items"] == []


def test_messages_come_in_pages_with_what_became_of_them(dynamodb: Any) -> None:
    tenant = filled(dynamodb)
    deliveries = Deliveries(Tenant(tenant), "conversations", dynamodb)
    deliveries.claim(CHANNEL, CONTACT, 2, now=1, silent_before=0)
    deliveries.failed(CHANNEL, CONTACT, 2, reason="No")
    path = f"/v1/conversations/{CHANNEL}.{CONTACT}/messages"
    shown: list[JsonObject] = []
    query = {"limit": "2"}
    while True:
        code, body = get(tenant, path, **query)
        assert code == 200
        shown += body["items"]
        if body["next_cursor"] is None:
            break
        query["cursor"] = body["next_cursor"]
    assert [one["text"] for one in shown] == [f"text {n}" for n in (5, 4, 3, 2, 1)]
    by_id = {one["id"]: (one["status"], one["reason"], one["wamid"]) for one in shown}
    assert by_id["1"] == (None, None, "wamid.1")
    assert by_id["2"] == ("failed", "No", None)
    assert by_id["4"] == ("queued", None, None)


def test_another_tenant_sees_nothing_of_it(dynamodb: Any) -> None:
    owner, other = filled(dynamodb), f"api_{next(_tenants)}"
    Inspection(Tenant(owner), "inspection", dynamodb).keep(Kept("r", "f", 5, {"a": 1}))
    path = f"/v1/conversations/{CHANNEL}.{CONTACT}/messages"
    cursor = get(owner, path, limit="1")[1]["next_cursor"]
    assert cursor
    assert get(other, "/v1/conversations")[1]["items"] == []
    assert get(other, path)[0] == 404
    assert get(other, path.removesuffix("/messages"))[0] == 404
    assert get(other, path, cursor=cursor)[1].get("items", []) == []
    assert get(other, "/v1/inspection")[1]["items"] == []
    assert len(get(owner, "/v1/inspection")[1]["items"]) == 1


@pytest.mark.parametrize("limit", ["0", "-1", "101", "x", "1e2", "٣", "0000000999", "9" * 50])
@pytest.mark.parametrize("path", ["/v1/conversations", "/v1/inspection"])
def test_a_page_size_out_of_range_is_400(path: str, limit: str) -> None:
    code, body = get("api_limits", path, limit=limit)
    assert (code, body["type"]) == (400, "urn:kabar:problem:invalid-input")
    assert [error["field"] for error in body["errors"]] == ["limit"]


@pytest.mark.parametrize("cursor", ["x", "WyJaIl0=", "WyJhIiwgImIiLCAieCJd", "W10=", "é"])
@pytest.mark.parametrize("path", ["conversations", "conversations/1.a/messages", "inspection"])
def test_a_made_up_cursor_is_400(path: str, cursor: str) -> None:
    code, body = get("api_cursors", f"/v1/{path}", cursor=cursor)
    assert (code, body["type"]) == (400, "urn:kabar:problem:invalid-cursor")


@pytest.mark.parametrize(
    "id_", ["x", ".", "1.", ".a", "1.a.b", "1%23C.a", "1-2.a", "é.é", "1." + "a" * 3000, "1.STATE_"]
)
def test_a_conversation_that_cannot_be_is_404(id_: str) -> None:
    code, body = get("api_ids", f"/v1/conversations/{id_}/messages")
    assert code == 404
    assert body["status"] == 404


def test_no_route_is_a_problem_too() -> None:
    assert get("api_routes", "/v1/nothing")[1]["type"] == "urn:kabar:problem:no-such-route"


# Files of messages.

PICTURE: JsonObject = {"type": "image", "image": {"id": "700", "mime_type": "image/png"}}


class Signing:
    def generate_presigned_url(self, what: str, Params: JsonObject, ExpiresIn: int) -> str:
        how = Params["ResponseContentDisposition"]
        return f"{what} {Params['Bucket']}/{Params['Key']} {how} {ExpiresIn}"


def with_picture(
    dynamodb: Any, monkeypatch: pytest.MonkeyPatch, file: ReceivedFile | None, at: int | None = None
) -> str:
    clients = {"dynamodb": dynamodb, "s3": Signing()}
    monkeypatch.setattr(place, "client_for", lambda tenant, service: clients[service])
    tenant = Tenant(f"api_{next(_tenants)}")
    last = {"text": "", "direction": "in", "type": "image"}
    said = at or now_ms()
    Conversations(tenant, "conversations", dynamodb).record(
        Summary(CHANNEL, Contact(CONTACT), 1, said, last),
        [LogLine(1, "in", said, "wamid.1", PICTURE)],
    )
    received = ReceivedFiles(tenant, "conversations", "usage", dynamodb)
    match file:
        case ReceivedFile(state="stored"):
            received.stored(CHANNEL, CONTACT, 1, file, said)
        case ReceivedFile(state="failed", reason=reason):
            received.failed(CHANNEL, CONTACT, 1, reason)
    return tenant.id


def test_a_stored_file_is_shown_with_its_message_and_given_by_a_short_link(
    dynamodb: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = ReceivedFile("stored", mime_type="image/png", size=7)
    tenant = with_picture(dynamodb, monkeypatch, stored)
    path = f"/v1/conversations/{CHANNEL}.{CONTACT}"
    status, answer = get(tenant, f"{path}/messages")
    assert status == 200
    shown = {"state": "stored", "reason": None, "mime_type": "image/png", "size": 7}
    assert answer["items"][0]["file"] == shown
    status, link = get(tenant, f"{path}/media/1")
    assert status == 200
    key = f"media/{tenant}/received/{CHANNEL}.{CONTACT}/0000000001"
    assert link["url"] == f'get_object {key} inline; filename="image-1.png" 300'
    assert link["file_name"] == "image-1.png"


@pytest.mark.parametrize(
    ("file", "status", "name"),
    [
        (None, 409, "file-not-there-yet"),
        (ReceivedFile("failed", reason="The file has more than 100 MB."), 410, "file-lost"),
    ],
)
def test_what_is_not_there_is_told_in_words(
    dynamodb: Any,
    monkeypatch: pytest.MonkeyPatch,
    file: ReceivedFile | None,
    status: int,
    name: str,
) -> None:
    tenant = with_picture(dynamodb, monkeypatch, file)
    answer = get(tenant, f"/v1/conversations/{CHANNEL}.{CONTACT}/media/1")
    assert (answer[0], answer[1]["type"]) == (status, f"urn:kabar:problem:{name}")
    assert file is None or answer[1]["detail"] == file.reason


def test_a_file_that_nobody_fetches_any_more_is_not_waited_for(
    dynamodb: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/v1/conversations/{CHANNEL}.{CONTACT}/messages"
    new, old = (with_picture(dynamodb, monkeypatch, None, at) for at in (None, 1))
    assert get(new, path)[1]["items"][0]["file"]["state"] == "waiting"
    assert get(old, path)[1]["items"][0]["file"]["state"] == "failed"


@pytest.mark.parametrize("number", ["2", "0", "x", "1.5", "99999999999", "-1"])
def test_a_message_without_a_file_has_no_link(
    dynamodb: Any, monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    tenant = with_picture(dynamodb, monkeypatch, None)
    answer = get(tenant, f"/v1/conversations/{CHANNEL}.{CONTACT}/media/{number}")
    assert answer[0] == 404
