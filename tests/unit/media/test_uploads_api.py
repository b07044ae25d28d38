"""Files of the workspace at the API: announced, posted by a form, looked at, listed, deleted."""

from __future__ import annotations

import json
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from gateway import place
from gateway.api import handler
from gateway.app import api
from shared.api import app
from shared.clock import now_ms
from shared.store.transactions import commit
from shared.store.usage import added
from shared.tenancy import Tenant
from shared.usage.meters import STORAGE_BYTES
from shared.usage.months import month_of
from tests.api_events import api_event, authorized
from tests.unit.media.sample_files import PNG

_tenants = count(1)


class Uploads:
    def __init__(self, s3: Any) -> None:
        self.s3 = s3
        self.tenant = f"up_{next(_tenants)}"

    def ask(self, method: str, path: str, body: object = None, tenant: str = "") -> Any:
        caller = authorized(workspace_id=tenant or self.tenant)
        answer = handler(api_event(method, f"/v1/{path}", body=body, caller=caller), None)
        return SimpleNamespace(http=answer["statusCode"], **json.loads(answer["body"] or "{}"))

    def announced(self, mime_type: str = "image/png") -> Any:
        body = {"file_name": "menu.png", "mime_type": mime_type}
        return self.ask("POST", "media", body)

    def posted(self, media_id: str, data: bytes = PNG) -> None:
        key = f"{self.tenant}/incoming/{media_id}"
        self.s3.put_object(Bucket="media", Key=key, Body=data)


@pytest.fixture
def uploads(aws: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch) -> Uploads:
    clients = {"dynamodb": aws[0], "s3": aws[1]}
    monkeypatch.setattr(place, "client_for", lambda tenant, service: clients[service])
    monkeypatch.setattr(app, "client_for", lambda tenant, service: clients[service])
    names = ("conversations", "inspection", "usage", "workspaces", "directory", "contacts")
    tables = (*names, "campaigns")
    settings = place.Settings("requests", "role", *tables, "media", "inbound")
    monkeypatch.setattr(place, "settings", lambda: settings)
    monkeypatch.setattr(api, "_settings", lambda: settings)
    return Uploads(aws[1])


def test_a_file_is_announced_posted_shown_and_deleted(uploads: Uploads) -> None:
    made = uploads.announced()
    assert (made.http, made.state, made.file_name) == (201, "waiting", "menu.png")
    assert made.upload["fields"]["key"] == f"{uploads.tenant}/incoming/{made.id}"
    waiting = uploads.ask("GET", f"media/{made.id}")
    assert (waiting.state, waiting.url) == ("waiting", None)
    uploads.posted(made.id)
    ready = uploads.ask("GET", f"media/{made.id}")
    assert (ready.state, ready.size, ready.mime_type) == ("ready", len(PNG), "image/png")
    assert f"/{uploads.tenant}/files/{made.id}" in ready.url
    (listed,) = uploads.ask("GET", "media").items
    assert (listed["id"], listed["state"]) == (made.id, "ready")
    assert uploads.ask("DELETE", f"media/{made.id}").http == 204
    assert uploads.ask("GET", f"media/{made.id}").http == 404
    assert uploads.ask("DELETE", f"media/{made.id}").http == 404


def test_a_type_that_whatsapp_does_not_take_names_its_field(uploads: Uploads) -> None:
    refused = uploads.announced("application/zip")
    assert (refused.http, refused.errors[0]["field"]) == (400, "mime_type")
    assert uploads.announced("audio/ogg; codecs=opus").mime_type == "audio/ogg"


def test_bytes_of_another_kind_are_told(uploads: Uploads) -> None:
    made = uploads.announced()
    uploads.posted(made.id, b"<html>")
    shown = uploads.ask("GET", f"media/{made.id}")
    assert (shown.state, shown.url) == ("refused", None)
    assert "application/octet-stream" in shown.reason


def test_a_file_of_another_workspace_is_not_there(uploads: Uploads) -> None:
    made = uploads.announced()
    for method in ("GET", "DELETE"):
        assert uploads.ask(method, f"media/{made.id}", tenant="up_other").http == 404


def test_names_hold_no_control_characters(uploads: Uploads) -> None:
    body = {"file_name": "a\nb.png", "mime_type": "image/png"}
    refused = uploads.ask("POST", "media", body)
    assert (refused.http, refused.errors[0]["field"]) == (400, "file_name")


def test_a_full_storage_takes_no_more_and_says_why(uploads: Uploads, aws: tuple[Any, Any]) -> None:
    key = {"pk": {"S": f"TENANT#{uploads.tenant}"}, "sk": {"S": "TENANT"}}
    record = {**key, "name": {"S": "Toko"}, "plan": {"S": "starter"}}
    aws[0].put_item(TableName="directory", Item=record)
    assert uploads.announced().http == 201
    full = {STORAGE_BYTES.id: 1_000_000_000}
    commit(aws[0], [added(Tenant(uploads.tenant), "usage", month_of(now_ms()), full)])
    refused = uploads.announced()
    assert (refused.http, refused.type) == (403, "urn:kabar:problem:plan-limit-reached")
    assert "1,000,000,000 bytes of storage" in refused.detail
