"""A campaign's message in the inbox: its way is read from its recipient."""

from __future__ import annotations

from typing import Any

import pytest

from shared.campaigns.callbacks import RecipientRef, event_id, ref_of_event
from shared.conversation import Contact
from shared.events import CAMPAIGN_SENT
from shared.json_types import JsonObject
from shared.store.conversations import Conversations, LogLine, Summary
from shared.store.recipient_items import Recipient
from shared.store.recipients import Recipients
from shared.tenancy import Tenant
from tests.unit.gateway.gateway_parts import CONTACT
from tests.unit.gateway.test_api import CHANNEL, get, served, text

__all__ = ["served"]

REF = RecipientRef("sale", 0, 1)


def conversation(dynamodb: Any, name: str, event: str = event_id(REF)) -> Tenant:
    tenant = Tenant(f"fate_{name}")
    lines = [
        LogLine(1, "in", 1001, "wamid.1", text("hi")),
        LogLine(2, "out", 1002, event, text("Sale"), CAMPAIGN_SENT),
    ]
    summary = Summary(CHANNEL, Contact(CONTACT, wa_id="62811"), 1, 2000, {}, {}, 9000, "c1")
    Conversations(tenant, "conversations", dynamodb).record(summary, lines)
    return tenant


def sent(dynamodb: Any, tenant: Tenant) -> Recipients:
    store = Recipients(tenant, REF.campaign, "campaigns", dynamodb)
    store.add(0, [Recipient(0, 1, CONTACT, phone="62811")])
    assert store.claim(store.block(0)[0], 1) is not None
    store.sent(REF, "wamid.sale", 2)
    return store


def shown(tenant: Tenant) -> JsonObject:
    code, body = get(tenant.id, f"/v1/conversations/{CHANNEL}.{CONTACT}/messages")
    assert code == 200
    one: JsonObject = body["items"][0]
    return {name: one[name] for name in ("status", "wamid", "reason")}


def test_it_is_as_far_as_its_recipient(dynamodb: Any) -> None:
    tenant = conversation(dynamodb, "far")
    store = sent(dynamodb, tenant)
    assert shown(tenant) == {"status": "sent", "wamid": "wamid.sale", "reason": None}
    store.receipt(REF, "delivered", {}, 3)
    assert shown(tenant)["status"] == "delivered"
    store.replied(REF, 4)
    assert shown(tenant)["status"] == "read"


@pytest.mark.parametrize(("code", "status"), [("131026", "failed"), ("131049", "queued")])
def test_a_failure_says_why(dynamodb: Any, code: str, status: str) -> None:
    tenant = conversation(dynamodb, f"why{code}")
    details = {"code": code, "reason": "Not today", "wamid": "wamid.sale"}
    sent(dynamodb, tenant).receipt(REF, "failed", details, 3)
    assert shown(tenant) == {"status": status, "wamid": "wamid.sale", "reason": "Not today"}


def test_of_a_deleted_campaign_it_was_sent(dynamodb: Any) -> None:
    tenant = conversation(dynamodb, "gone")
    assert shown(tenant) == {"status": "sent", "wamid": None, "reason": None}


def test_another_workspaces_recipient_is_not_read(dynamodb: Any) -> None:
    sent(dynamodb, conversation(dynamodb, "ours")).receipt(REF, "read", {}, 3)
    assert shown(conversation(dynamodb, "theirs"))["status"] == "sent"


@pytest.mark.parametrize("event", ["campaign:sale:x", "campaign:sale", "other", "campaign:a:b:0-1"])
def test_an_event_of_another_form_names_nobody(event: str) -> None:
    assert ref_of_event(event) is None


def test_an_event_names_its_recipient() -> None:
    assert ref_of_event(event_id(REF)) == REF
