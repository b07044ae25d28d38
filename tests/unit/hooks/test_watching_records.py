"""What happens to channels and templates is told from the items that say it."""

from __future__ import annotations

from typing import Any

import pytest

from hooks.watching import Settings, watching
from hooks.watching_records import record_notice
from shared.json_types import JsonObject
from shared.notices import CHANNEL_CHANGED, TEMPLATE_CHANGED, TEMPLATE_DELETED, Notice
from shared.store.channels import NEEDS_ATTENTION, Channel, Channels, Secrets
from shared.store.templates import Template, Templates
from shared.store.webhooks import Webhooks
from shared.tenancy import Tenant
from tests.fakes import FakeSqs
from tests.office import ANA

TENANT = Tenant("ws_records")
SALE = Template("100", "sale", "id", "1", "MARKETING", "PENDING", [{"type": "BODY", "text": "Hi"}])
SHOP = Channel("62811", "cloud_api", "100", "+62 811", "Toko", "menu")


class Recorder:
    """A client that keeps each item as it was and is, as the table's stream does."""

    def __init__(self, dynamodb: Any) -> None:
        self.dynamodb = dynamodb
        self.known: dict[str, JsonObject] = {}
        self.changes: list[JsonObject] = []

    def look(self) -> list[Notice]:
        found = self.dynamodb.query(
            TableName="workspaces",
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": TENANT.id}},
        )["Items"]
        now = {item["sk"]["S"]: item for item in found}
        notices = []
        for sk in now.keys() | self.known.keys():
            images = {"NewImage": now.get(sk), "OldImage": self.known.get(sk)}
            change = {
                "Keys": {"pk": {"S": TENANT.id}, "sk": {"S": sk}},
                "ApproximateCreationDateTime": 1.5,
                "SequenceNumber": str(len(self.changes)),
                **{name: image for name, image in images.items() if image},
            }
            self.changes.append(change)
            if told := record_notice(change):
                assert told[0] == TENANT
                notices.append(told[1])
        self.known = now
        return notices


@pytest.fixture
def recorder(dynamodb: Any) -> Recorder:
    return Recorder(dynamodb)


def test_a_templates_way_through_review_is_told(recorder: Recorder) -> None:
    store = Templates(TENANT, "workspaces", recorder.dynamodb)
    store.put(SALE, by=ANA, action="template.created")
    (made,) = recorder.look()
    assert (made.type, made.data["template_id"]) == (TEMPLATE_CHANGED, "100.sale.id")
    store.tell(Template(**{**_fields(SALE), "status": "APPROVED"}), told_at=2, now=3)
    (approved,) = recorder.look()
    assert (approved.type, approved.data["status"], approved.at) == (
        TEMPLATE_CHANGED,
        "APPROVED",
        1500,
    )
    # Meta says the same again: the time is another, and nothing is news.
    store.tell(Template(**{**_fields(SALE), "status": "APPROVED"}), told_at=4, now=5)
    assert recorder.look() == []
    store.remove(SALE, by=ANA, at=6)
    (gone,) = recorder.look()
    assert (gone.type, gone.data["template_id"]) == (TEMPLATE_DELETED, "100.sale.id")


def test_a_number_that_needs_attention_is_told_and_no_secret_is(recorder: Recorder) -> None:
    store = Channels(TENANT, "workspaces", "directory", recorder.dynamodb)
    store.connect(SHOP, Secrets(token=b"sealed-token", pin=b"sealed-pin"), by=ANA, at=1)
    recorder.look()
    store.mark(SHOP.id, NEEDS_ATTENTION, "The token is dead.", at=2)
    (held,) = recorder.look()
    assert held.type == CHANNEL_CHANGED
    assert held.data["channel_id"] == SHOP.id
    assert (held.data["state"], held.data["reason"]) == (NEEDS_ATTENTION, "The token is dead.")
    assert "sealed" not in str(held.data)
    store.disconnect(SHOP.id, by=ANA, at=3)
    (gone,) = recorder.look()
    assert (gone.type, gone.data["state"]) == (CHANNEL_CHANGED, "disconnected")


def test_only_what_somebody_wants_is_queued(recorder: Recorder) -> None:
    Templates(TENANT, "workspaces", recorder.dynamodb).put(SALE, by=ANA, action="template.created")
    recorder.look()
    sqs = FakeSqs()
    settings = Settings("workspaces", "notices")
    records = [{"dynamodb": one} for one in recorder.changes]
    watching(settings, recorder.dynamodb, sqs, notice=record_notice).run(records)
    assert sqs.sent["notices"] == []
    store = Webhooks(TENANT, "workspaces", recorder.dynamodb)
    store.create("https://a.example/", [TEMPLATE_CHANGED], "", b"s", by=ANA, at=1)
    watching(settings, recorder.dynamodb, sqs, notice=record_notice).run(records)
    assert len(sqs.sent["notices"]) == 1


def _fields(template: Template) -> JsonObject:
    return {name: getattr(template, name) for name in Template.__slots__}
