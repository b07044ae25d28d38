"""People step into conversations, and programs start flows: what reaches the lanes."""

from __future__ import annotations

from typing import Any

import pytest

from shared.contacts.record import ContactRecord
from shared.permissions import permissions_of
from shared.store.contacts import Contacts
from shared.tenancy import Tenant
from tests.unit.flow.api.asking import Flows
from tests.unit.flow.lane_world import ECHO

HI = {"type": "text", "text": {"body": "Hi"}}
ROUTES = {"takeover": {}, "hand-back": None, "messages": {"message": HI}}


def test_a_takeover_goes_into_the_conversations_lane(flows: Flows) -> None:
    place = f"conversations/{flows.conversation()}"
    flows.ok("POST", f"{place}/takeover", {"back_after_minutes": 10})
    (batch,) = flows.queued("inbound")
    assert (batch["channel"], batch["contact"]) == ("55", "ana")
    (event,) = batch["events"]
    assert event["kind"] == "taken_over"
    assert event["body"] == {
        "by": "user-ana",
        "back_after": 600,
        "tenant": flows.workspace_id,
    }
    assert flows.sqs.sent["inbound"][0]["MessageGroupId"] == "55#ana"


def test_a_conversation_is_given_to_a_colleague_or_a_team(flows: Flows) -> None:
    place = f"conversations/{flows.conversation()}/takeover"
    team = flows.team("Sales")
    flows.ok("POST", place, {"team": team})
    flows.ok("POST", place, {"person": flows.member("user-budi")})
    to_team, to_budi = (batch["events"][0]["body"] for batch in flows.queued("inbound"))
    assert (to_team["by"], to_team["team"]) == (None, team)
    assert (to_budi["by"], "team" in to_budi) == ("user-budi", False)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"team": "none"}, "team"),
        ({"person": "x"}, "person"),
        ({"team": "a", "person": "b"}, "team"),
    ],
)
def test_it_is_given_to_nobody_else(flows: Flows, body: Any, field: str) -> None:
    refused = flows.ask("POST", f"conversations/{flows.conversation()}/takeover", body)
    assert refused.kind == (400, "invalid-input")
    assert [error["field"] for error in refused.body["errors"]] == [field]
    assert flows.queued("inbound") == []


def test_the_same_request_is_the_same_event(flows: Flows) -> None:
    place = f"conversations/{flows.conversation()}/messages"
    keys = ("a", "a", "b", None)
    for key in keys:
        headers = {"idempotency-key": key} if key else {}
        flows.ok("POST", place, {"message": HI}, headers=headers)
    ids = [batch["events"][0]["id"] for batch in flows.queued("inbound")]
    assert len(ids) == len(set(ids)) == 3


def test_a_message_that_whatsapp_would_refuse_is_told_by_its_field(flows: Flows) -> None:
    place = f"conversations/{flows.conversation()}/messages"
    refused = flows.ask("POST", place, {"message": {"type": "text", "text": {"body": ""}}})
    assert refused.kind == (400, "message-invalid")
    assert refused.body["errors"][0]["field"].startswith("text")
    assert flows.queued("inbound") == []


def test_nothing_is_written_to_a_blocked_contact(flows: Flows) -> None:
    place = f"conversations/{flows.conversation(blocked=True)}/messages"
    assert flows.ask("POST", place, {"message": HI}).kind == (409, "contact-blocked")
    assert flows.queued("inbound") == []


@pytest.mark.parametrize("route", ROUTES)
def test_conversations_of_others_are_not_there(flows: Flows, route: str) -> None:
    there = flows.conversation()
    for place, caller in ((there, {"workspace_id": "ws_other"}), ("55.nobody", {}), ("5", {})):
        asked: dict[str, Any] = dict(caller)
        refused = flows.ask("POST", f"conversations/{place}/{route}", ROUTES[route], **asked)
        assert refused.kind == (404, "conversation-not-found")
    assert flows.queued("inbound") == []


def test_viewers_do_not_write(flows: Flows) -> None:
    place = f"conversations/{flows.conversation()}/messages"
    viewer: dict[str, Any] = {"permissions": permissions_of("viewer"), "role": "viewer"}
    assert flows.ask("POST", place, {"message": HI}, **viewer).kind == (403, "forbidden")


def test_a_flow_is_started_for_conversations_and_numbers(flows: Flows) -> None:
    flow_id = flows.ok("POST", "flows", {"name": "Echo", "flow": ECHO})["id"]
    one = {"conversation_id": flows.conversation(), "parameters": {"code": "A"}}
    two = {"phone": "+6281234567", "channel": "55"}
    three = {"conversation_id": "55.nobody"}
    store = Contacts(Tenant(flows.workspace_id), "contacts", flows.dynamodb)
    four = {"contact_id": store.create(ContactRecord("", name="Budi"), 1).id}
    five = {"contact_id": "nobody"}
    body = {"contacts": [one, two, three, four, five], "parameters": {"code": "B", "n": 1}}
    early = flows.ask("POST", f"flows/{flow_id}/start", body)
    assert early.kind == (409, "flow-not-published")
    flows.ok("POST", f"flows/{flow_id}/publish", {})
    answer = flows.ok("POST", f"flows/{flow_id}/start", body)
    assert (answer["started"], answer["unknown"]) == (3, 2)
    first, second, third = flows.queued("starts")
    assert (third["contact_id"], third["channel"]) == (four["contact_id"], "")
    assert (first["conversation"], first["parameters"]) == ("ana", {"code": "A", "n": 1})
    assert (second["phone"], second["channel"], second["flow"]) == ("+6281234567", "55", flow_id)
    assert {first["tenant_id"], second["tenant_id"]} == {flows.workspace_id}


@pytest.mark.parametrize(
    "who", [{}, {"phone": "+6281234567"}, {"phone": "12", "channel": "5"}, {"contact": "x"}]
)
def test_whom_to_start_for_is_named_exactly(flows: Flows, who: Any) -> None:
    flow_id = flows.ok("POST", "flows", {"name": "Echo", "flow": ECHO})["id"]
    assert flows.ask("POST", f"flows/{flow_id}/start", {"contacts": [who]}).status == 400
