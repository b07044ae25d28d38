"""Dead letters as people see them and deal with them: through the API."""

from __future__ import annotations

import json

from shared.json_types import JsonObject
from tests.api_side import Api
from tests.people import Person
from tests.running import eventually


def letters_of(api: Api, person: Person) -> list[JsonObject]:
    """With their bodies, newest first: those that are about the person's conversation."""
    conversation = api.conversation_of(person)
    lane = conversation["id"].partition(".")[2] if conversation else None
    page = api.get("dead-letters", limit=100).raise_for_status().json()["items"]
    return [
        api.get(f"dead-letters/{one['id']}").raise_for_status().json()
        for one in page
        if lane is not None and one["contact"] == lane
    ]


def body_of(letter: JsonObject) -> JsonObject:
    body: JsonObject = json.loads(letter["body"])
    return body


def redrive(api: Api, letter: JsonObject) -> JsonObject:
    """The job, when it is done."""
    job = api.post("dead-letters/redrive", {"ids": [letter["id"]], "per_second": 20})
    path = f"dead-letter-jobs/{job.raise_for_status().json()['id']}"
    return eventually(lambda: api.get(path).json(), lambda one: one["state"] == "done")
