"""Meta's own example bodies, through the running stack: everything arrives or is kept."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from local.stack import LocalStack
from shared.json_types import JsonObject
from tests.api_side import Api
from tests.meta_side import Meta
from tests.platform import kept_of_the_platform
from tests.running import eventually

_FOLDER = Path(__file__).parents[1] / "fixtures" / "whatsapp"
EXAMPLES = {
    f"{path.stem}/{name}": body
    for path in sorted(_FOLDER.glob("*.json"))
    for name, body in json.loads(path.read_text(encoding="utf-8")).items()
}
SECONDS_FOR_ALL = 60.0


def values(body: JsonObject) -> list[JsonObject]:
    return [change["value"] for entry in body["entry"] for change in entry["changes"]]


def with_own_ids(body: JsonObject) -> tuple[JsonObject, list[str]]:
    """A copy in which messages, statuses and accounts have ids that nothing else has."""
    copy: JsonObject = json.loads(json.dumps(body))
    ids: list[str] = []

    def renew(named: JsonObject) -> None:
        named["id"] = f"wamid.{uuid.uuid4().hex}"
        ids.append(named["id"])

    for value in values(copy):
        for message in (*value.get("messages", ()), *value.get("statuses", ())):
            renew(message)
    if not ids:  # what is about no message is told apart by its account
        for entry in copy["entry"]:
            renew(entry)
    return copy, ids


def moved_to(number: str, body: JsonObject) -> JsonObject:
    for value in values(body):
        if "metadata" in value:
            value["metadata"]["phone_number_id"] = number
    return body


WISHES = {
    name for name, body in EXAMPLES.items() if any("user_preferences" in v for v in values(body))
}
"""These change a contact: they are neither logged nor kept."""
MESSAGES = [
    message
    for body in EXAMPLES.values()
    for value in values(body)
    for message in value.get("messages", ())
]
MOVED = {one["system"]["wa_id"] for one in MESSAGES if "wa_id" in one.get("system", {})}
SENDERS = {one["from"] for one in MESSAGES} | MOVED
"""With the numbers that some of them change to: their conversations follow."""


def bodies_kept_for(api: Api) -> list[Any]:
    return [kept["body"] for kept in api.kept()]


def platform_bodies(stack: LocalStack) -> list[Any]:
    return [kept.body for kept in kept_of_the_platform(stack)]


def all_kept_in(look: Callable[[], list[Any]], names: dict[str, str]) -> None:
    def missing() -> set[str]:
        text = json.dumps(look())
        return {name for id_, name in names.items() if id_ not in text}

    eventually(missing, lambda left: not left, seconds=SECONDS_FOR_ALL)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 45
    kinds = {key for body in EXAMPLES.values() for value in values(body) for key in value}
    assert {"messages", "statuses", "user_preferences", "message_template_id"} <= kinds


def test_on_a_number_of_ours(meta: Meta, api: Api, stack: LocalStack) -> None:
    """Each message is in its conversation, everything else kept."""
    messages: dict[str, str] = {}
    others: dict[str, str] = {}
    for name, example in EXAMPLES.items():
        body, ids = with_own_ids(example)
        assert meta.post(moved_to(meta.number, body)).status_code == 200, name
        logged = any("messages" in value for value in values(body))
        if name not in WISHES:
            (messages if logged else others).update(dict.fromkeys(ids, name))

    def logged_ids() -> set[str]:
        return {
            line["wamid"]
            for conversation in api.conversations()
            if conversation["contact"]["wa_id"] in SENDERS
            for line in api.messages(conversation["id"])
            if line["direction"] == "in"
        }

    eventually(
        lambda: {name for id_, name in messages.items() if id_ not in logged_ids()},
        lambda missing: not missing,
        seconds=SECONDS_FOR_ALL,
    )
    all_kept_in(lambda: [*bodies_kept_for(api), *platform_bodies(stack)], others)


def test_as_they_are(meta: Meta, api: Api, stack: LocalStack) -> None:
    """Kept: their numbers are nobody's, but for one that happens to be the demo's."""
    names: dict[str, str] = {}
    for name, example in EXAMPLES.items():
        body, ids = with_own_ids(example)
        assert meta.post(body).status_code == 200, name
        if name not in WISHES:
            names.update(dict.fromkeys(ids, name))

    all_kept_in(lambda: [*bodies_kept_for(api), *platform_bodies(stack)], names)
