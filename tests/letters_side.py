"""Dead letters as people see them and deal with them: through the API."""

from __future__ import annotations

import json

from shared.json_types import JsonObject
from tests.api_side import Api
from tests.people import Person
from tests.running import eventually


def letters_of(api: Api, person: Person) -> list[JsonObject]:
    """With their bodies, newest first: those whose body names the person."""
    page = api.get("dead-letters", limit=100).raise_for_status().json()["items"]
    whole = [api.get(f"dead-letters/{one['id']}").json() for one in page]
    names = [name for name in (person.wa_id, person.bsuid) if name]
    return [one for one in whole if any(name in one.get("body", "") for name in names)]


def body_of(letter: JsonObject) -> JsonObject:
    body: JsonObject = json.loads(letter["body"])
    return body


def redrive(api: Api, letter: JsonObject) -> JsonObject:
    """The job, when it is done."""
    job = api.post("dead-letters/redrive", {"ids": [letter["id"]], "per_second": 20})
    path = f"dead-letter-jobs/{job.raise_for_status().json()['id']}"
    return eventually(lambda: api.get(path).json(), lambda one: one["state"] == "done")
