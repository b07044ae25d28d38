"""Bodies of three megabytes, Meta's limit: too large for a queue, and yet complete."""

from __future__ import annotations

import json

from local.stack import LocalStack
from shared.json_types import JsonObject
from tests import builders
from tests.api_side import Api
from tests.meta_side import Meta
from tests.people import newcomer
from tests.running import eventually

LARGE = 3_000_000
LONGEST_TEXT = 4096


def parked(stack: LocalStack) -> dict[str, int]:
    """What is in the overflow bucket, with its size."""
    s3 = stack.aws("s3")
    (bucket,) = [
        bucket["Name"] for bucket in s3.list_buckets()["Buckets"] if "overflow" in bucket["Name"]
    ]
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    return {item["Key"]: item["Size"] for page in pages for item in page.get("Contents", ())}


def test_many_long_messages_of_one_conversation(stack: LocalStack, meta: Meta, api: Api) -> None:
    person = newcomer()
    before = parked(stack)
    # Reactions: many messages that a flow does not answer, each padded to a text's full length.
    padding = "k" * LONGEST_TEXT
    messages: list[JsonObject] = [
        {**person.message(""), "type": "reaction", "reaction": {"emoji": "👍", "padding": padding}}
        for _ in range(LARGE // (LONGEST_TEXT + 300))
    ]
    greeting = person.message("halo")
    raw = builders.meta_bytes(person.sends(meta.number, *messages, greeting))
    assert LARGE * 0.95 < len(raw) <= 3 * 1024 * 1024

    assert meta.post_signed(raw).status_code == 200

    eventually(lambda: meta.texts(person), lambda texts: len(texts) == 2, seconds=60)
    assert len(parked(stack).keys() - before.keys()) == 1
    log = eventually(lambda: api.log_of(person), lambda lines: len(lines) == 100)
    assert [line["wamid"] for line in log if line["direction"] == "in"] == [
        message["id"] for message in (*messages, greeting)
    ][-98:]
    eventually(lambda: parked(stack), lambda left: all(size < 10 for size in left.values()))
    assert meta.post_signed(raw).status_code == 200


def test_a_large_unknown_field(stack: LocalStack, meta: Meta, api: Api) -> None:
    """Kept, if shortened; and what came with it is answered."""
    person = newcomer()
    before = parked(stack)
    mark = person.message("")["id"]
    unknown = {**builders.value(phone_number_id=meta.number), "weather": [mark + "🌧" * 250_000]}
    body = builders.webhook_body(unknown, person.value(meta.number, person.message("halo")))
    raw = builders.meta_bytes(body)
    assert len(raw) >= LARGE

    assert meta.post_signed(raw).status_code == 200

    eventually(lambda: meta.texts(person), lambda texts: len(texts) == 2)
    (kept,) = eventually(lambda: [item for item in api.kept() if mark in json.dumps(item["body"])])
    assert kept["reason"] == "unknown_content"
    # The message's own lane is small and travels by itself.
    assert len(parked(stack).keys() - before.keys()) == 1
