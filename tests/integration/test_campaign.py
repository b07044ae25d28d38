"""A campaign on the running stack: from a file through the API to the stand-in for Meta, whose
statuses come back into the report."""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import httpx

from shared.json_types import JsonObject
from tests.api_side import Api
from tests.approved import approved_template
from tests.meta_side import Meta
from tests.running import eventually

PEOPLE: Final = 12  # each brings three statuses at once: more would starve a small machine
_PHONES: Final = [f"628139000{n:04d}" for n in range(2000, 2000 + PEOPLE)]


def test_everybody_is_sent_to_once_and_counted(meta: Meta, api: Api) -> None:
    template = approved_template(api)
    message = {
        "type": "template",
        "template": {
            "name": template["name"],
            "language": {"code": "id"},
            "components": [{"type": "body", "parameters": [{"type": "text", "text": "{{name}}"}]}],
        },
    }
    draft = {
        "name": template["name"],
        "channel_id": meta.number,
        "message": message,
        "variables": {"name": {"source": "column", "name": "Nama"}},
        "audience": {"upload_id": _uploaded(api), "phone_column": "Nomor"},
    }
    path = f"campaigns/{_posted(api, 'campaigns', draft)['id']}"
    _posted(api, f"{path}/start", {})

    def report() -> JsonObject:
        time.sleep(1)  # a look adds up every block: more would only keep the workers from sending
        answer = api.get(f"{path}/report")
        found: JsonObject = answer.json() if answer.is_success else {}
        return found

    def is_told(seen: JsonObject) -> bool:
        outcomes = seen.get("outcomes", {})
        reached: int = outcomes.get("delivered", 0) + outcomes.get("read", 0)
        return reached == PEOPLE

    seen = eventually(report, is_told, seconds=180)
    assert seen["people"] == PEOPLE
    assert seen["funnel"]["sent"] == PEOPLE
    sent = Counter(
        one["payload"]["to"]
        for one in meta.all_accepted()
        if one["payload"].get("template", {}).get("name") == template["name"]
    )
    assert sent == Counter(_PHONES)
    page = api.get(f"{path}/recipients", limit=1).raise_for_status().json()["items"]
    conversation = page[0]["conversation_id"]

    def logged() -> list[str]:
        answer = api.get(f"conversations/{conversation}/messages")
        return [one["kind"] for one in answer.json().get("items", [])]

    eventually(logged, lambda kinds: kinds == ["campaign_sent"])


def test_it_is_scheduled_and_taken_back(meta: Meta, api: Api) -> None:
    template = {"name": approved_template(api)["name"], "language": {"code": "id"}}
    values = [{"type": "text", "text": "Kakak"}]
    message = {**template, "components": [{"type": "body", "parameters": values}]}
    draft = {
        "name": template["name"],
        "channel_id": meta.number,
        "message": {"type": "template", "template": message},
        "audience": {"everybody": True},
        "time_zone": "Asia/Jakarta",
    }
    path = f"campaigns/{_posted(api, 'campaigns', draft)['id']}"
    at = f"{datetime.now(ZoneInfo('Asia/Jakarta')) + timedelta(days=30):%Y-%m-%dT%H:%M}"
    scheduled = _posted(api, f"{path}/start", {"at": at})
    assert (scheduled["status"], scheduled["starts_at"]) == ("scheduled", at)
    assert _posted(api, f"{path}/cancel", {})["status"] == "draft"


def _uploaded(api: Api) -> str:
    made = _posted(api, "campaign-uploads", {"file_name": "people.csv"})
    lines = [f"+{phone},Orang {n}" for n, phone in enumerate(_PHONES)]
    content = "\n".join(["Nomor,Nama", *lines]).encode()
    form = made["upload"]
    answer = httpx.post(
        form["url"], data=form["fields"], files={"file": content}, trust_env=False, timeout=60
    )
    assert answer.is_success, answer.text

    def status() -> Any:
        return api.get(f"campaign-uploads/{made['id']}").json()["status"]

    eventually(status, lambda status: status == "ready")
    return str(made["id"])


def _posted(api: Api, path: str, body: JsonObject) -> JsonObject:
    answer = api.post(path, body)
    assert answer.is_success, answer.text
    found: JsonObject = answer.json()
    return found
