"""Bodies that nobody here wrote: each message in a lane, each status in the receipts, or kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import http_post
from tests.unit.gateway.gateway_parts import Stage, receipts_with

FIXTURES = Path(__file__).parents[2] / "fixtures" / "whatsapp"
EXAMPLES = [
    pytest.param(body, id=f"{file.stem}-{name}")
    for file in sorted(FIXTURES.glob("*.json"))
    for name, body in json.loads(file.read_text()).items()
]


def changes(body: Any) -> list[Any]:
    return [change for entry in body["entry"] for change in entry["changes"]]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 40


@pytest.mark.parametrize("padding", [0, 100_000], ids=["verbatim", "split"])
@pytest.mark.parametrize("escaped", [True, False], ids=["escaped", "raw"])
@pytest.mark.parametrize("body", EXAMPLES)
def test_every_part_of_a_real_body_arrives(
    body: Any, escaped: bool, padding: int, dynamodb: Any
) -> None:
    stage = Stage()
    raw = (json.dumps(body, ensure_ascii=escaped) + " " * padding).encode()
    assert stage.webhook.receive(http_post(raw, base64=True))["statusCode"] == 200

    events = {(channel, event.id) for channel, _, event in stage.events()}
    arrived = [event.body for *_, event in stage.events()]
    kept = [kept.body for kept in stage.kept()]
    for change in changes(body):
        inner = change["value"]
        if change["field"] == "user_preferences":
            for wish in inner["user_preferences"]:
                assert any(
                    body.get("preference", {}).get("value") == wish["value"] for body in arrived
                )
            continue
        if change["field"] != "messages":
            assert (change["field"], inner) in [(one.field, one.value) for one in stage.account()]
            continue
        number = inner["metadata"]["phone_number_id"]
        for message in inner.get("messages", []):
            assert (number, message["id"]) in events or message in kept
            assert message in arrived or message in kept
        for status in inner.get("statuses", []):
            assert (number, status) in stage.statuses() or change.items() <= kept[0].items()

    records = [
        {"messageId": str(n), "body": entry["MessageBody"]}
        for n, entry in enumerate(stage.sqs.sent["receipts"])
    ]
    assert receipts_with(dynamodb, stage.s3).run(records) == []


def test_only_what_is_unknown_is_kept() -> None:
    """Of the examples, these kinds of things and no others."""
    reasons: set[tuple[str, str]] = set()
    for example in EXAMPLES:
        stage = Stage()
        stage.webhook.receive(http_post(json.dumps(example.values[0]).encode()))
        reasons |= {(kept.reason, kept.field) for kept in stage.kept()}
    assert {reason for reason, _ in reasons} <= {
        "no_number",  # an example with "<BUSINESS_PHONE_NUMBER_ID>" left in it
        "reported_errors",
        "unknown_type",
    }
