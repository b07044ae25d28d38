"""On the running stack: a copy of everything, and a person of whom nothing is left anywhere.

Every item of every table and every object of every bucket is looked at, before and after.
"""

from __future__ import annotations

import io
import time
import zipfile
from typing import Any

import httpx

from local.stack import LocalStack
from shared.json_types import JsonObject
from tests.api_side import demo_token
from tests.meta_side import Meta
from tests.people import Person, newcomer
from tests.raw_stores import traces
from tests.running import eventually
from tests.shops import open_shop
from tests.visitor import call

_ERASED_WITHIN_SECONDS = 120.0
_COLD_SECONDS = 120.0  # a row of functions that have not run yet


def stored(stack: LocalStack, *words: str) -> dict[str, set[str]]:
    """Where the words stand, in the whole of the local AWS but for the packages of code."""
    dynamodb, s3 = stack.aws("dynamodb"), stack.aws("s3")
    tables = [
        name
        for page in dynamodb.get_paginator("list_tables").paginate()
        for name in page["TableNames"]
    ]
    buckets = [one["Name"] for one in s3.list_buckets()["Buckets"] if "assets" not in one["Name"]]
    assert len(tables) >= 8
    assert len(buckets) >= 3
    return traces(dynamodb, s3, tables, buckets, words)


def ask(stack: LocalStack, token: str, method: str, path: str) -> JsonObject:
    answer = call(stack, token, method, path)
    assert answer.is_success, answer.text
    body: JsonObject = answer.json()
    return body


def exported(stack: LocalStack, token: str, path: str, asked: JsonObject) -> dict[str, str]:
    """Files by name, once the export is done."""
    shown = eventually(
        lambda: ask(stack, token, "GET", f"{path}/{asked['id']}"),
        lambda seen: seen["status"] in ("done", "failed"),
    )
    assert shown["status"] == "done", shown
    zipped = httpx.get(shown["url"], trust_env=False, timeout=30)
    assert zipped.status_code == 200, zipped.text
    with zipfile.ZipFile(io.BytesIO(zipped.content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def contact_of(stack: LocalStack, person: Person) -> str | None:
    """Whom the person's number leads to."""
    pages = stack.aws("dynamodb").get_paginator("scan")
    for page in pages.paginate(TableName=stack.outputs["ContactsTableName"]):
        for item in page["Items"]:
            if "#WHO#" in item["pk"]["S"] and item["sk"]["S"] == person.wa_id:
                return str(item["contact_id"]["S"])
    return None


def test_a_person_is_exported_then_forgotten_everywhere(stack: LocalStack, meta: Meta) -> None:
    token = demo_token(stack)
    person = newcomer()
    assert person.wa_id is not None
    assert person.bsuid is not None
    secret = f"rahasia {time.time_ns()}"
    words = (person.wa_id, person.bsuid, secret)
    meta.hears(person, secret)
    odd = {**person.message("?"), "type": "hologram"}
    assert meta.post(person.sends(meta.number, odd)).status_code == 200
    contact_id = eventually(lambda: contact_of(stack, person), seconds=_COLD_SECONDS)
    assert contact_id is not None
    eventually(lambda: len(meta.texts(person)), lambda number: number >= 2, seconds=_COLD_SECONDS)
    eventually(
        lambda: " ".join(stored(stack, *words).get(person.bsuid or "", ())).lower(),
        lambda seen: "inspection" in seen,
    )

    all_of_it = ask(stack, token, "POST", "workspace/exports")
    files = exported(stack, token, "workspace/exports", all_of_it)
    assert secret in files["messages.jsonl"]
    assert {"contacts.jsonl", "flows.jsonl", "members.jsonl", "usage.jsonl"} <= files.keys()
    theirs = ask(stack, token, "POST", f"contacts/{contact_id}/export")
    alone = exported(stack, token, f"contacts/{contact_id}/exports", theirs)
    assert secret in alone["messages.jsonl"]
    assert alone["contacts.jsonl"].count("\n") == 1

    before = stored(stack, *words)
    assert before.keys() == set(words)
    named = " ".join(sorted(set().union(*before.values()))).lower()
    for store in ("conversations", "contacts", "inspection", "files"):
        assert store in named

    assert ask(stack, token, "DELETE", f"contacts/{contact_id}")["contact_id"] == contact_id
    eventually(
        lambda: stored(stack, *words), lambda seen: seen == {}, seconds=_ERASED_WITHIN_SECONDS
    )
    actions = [entry["action"] for entry in ask(stack, token, "GET", "audit?limit=20")["items"]]
    assert "contact.erasure_requested" in actions
    eventually(
        lambda: [one["action"] for one in ask(stack, token, "GET", "audit?limit=20")["items"]],
        lambda seen: "contact.erased" in seen,
        seconds=_ERASED_WITHIN_SECONDS,
    )
    assert stored(stack, *words) == {}

    meta.hears(person, "saya lagi")
    new = eventually(lambda: contact_of(stack, person), seconds=_COLD_SECONDS)
    assert new not in (None, contact_id)
    assert stored(stack, secret) == {}


def test_a_workspace_is_removed_after_its_grace(stack: LocalStack) -> None:
    shop = open_shop(stack, "200300400500888")
    dynamodb: Any = stack.aws("dynamodb")
    other = stack.addresses.workspace_id
    assert len(stored(stack, shop.tenant.id)[shop.tenant.id]) >= 3
    for table in (shop.tables.workspaces, shop.tables.directory):
        pk = shop.tenant.id if table == shop.tables.workspaces else f"TENANT#{shop.tenant.id}"
        sk = "WORKSPACE" if table == shop.tables.workspaces else "TENANT"
        dynamodb.update_item(
            TableName=table,
            Key={"pk": {"S": pk}, "sk": {"S": sk}},
            UpdateExpression="SET delete_after = :past",
            ExpressionAttributeValues={":past": {"N": "1"}},
        )
    due = {"pk": {"S": "DELETIONS"}, "sk": {"S": f"DUE#{shop.tenant.id}"}}
    dynamodb.put_item(TableName=shop.tables.directory, Item={**due, "delete_after": {"N": "1"}})
    queue_url = next(
        url
        for url in stack.aws("sqs").list_queues()["QueueUrls"]
        if "Removals" in url and "DeadLetters" not in url
    )

    def remind() -> dict[str, set[str]]:
        """As the schedule does every hour."""
        stack.aws("sqs").send_message(QueueUrl=queue_url, MessageBody="{}")
        time.sleep(1)
        return stored(stack, shop.tenant.id)

    eventually(remind, lambda seen: seen == {})
    assert stored(stack, other)
