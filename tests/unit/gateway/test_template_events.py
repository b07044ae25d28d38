"""Templates follow what Meta tells of them, in the order in which it told."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from shared.json_types import JsonObject
from shared.store.audit import Actor
from shared.store.directory import Directory
from shared.store.templates import Template, Templates
from shared.tenancy import Tenant
from tests.builders import sqs_record
from tests.fakes import FakeSqs
from tests.template_drafts import ORDER_UPDATE
from tests.unit.gateway.test_account_events import worker

BY = Actor("user-ana", "ana@kabar.test")
_numbers = itertools.count(610_001)


class Case:
    """A workspace with one account and one template that waits for its review."""

    def __init__(self, dynamodb: Any) -> None:
        id_ = str(next(_numbers))
        self.dynamodb, self.sqs = dynamodb, FakeSqs()
        self.tenant, self.waba = Tenant(f"ws_t{id_}"), f"8{id_}"
        Directory("directory", dynamodb).put_account(self.waba, self.tenant)
        self.store = Templates(self.tenant, "workspaces", dynamodb)
        self.template = Template(
            waba_id=self.waba,
            name="order_update",
            language="en_US",
            meta_id="600",
            category="UTILITY",
            status="PENDING",
            components=ORDER_UPDATE["components"],
        )
        self.store.put(self.template, by=BY, action="template.created")

    def told(self, field: str, value: JsonObject, at: int = 10, template_id: int = 600) -> None:
        named = {
            "message_template_id": template_id,
            "message_template_name": "order_update",
            "message_template_language": "en_US",
        }
        change = {"waba_id": self.waba, "channel": None, "field": field, "time": at}
        body = {"v": 1, "at": 5, "value": {**named, **value}, **change}
        worker(self.dynamodb, sqs=self.sqs).run(sqs_record(body))

    def status(self, event: str, at: int = 10, **more: Any) -> None:
        self.told("message_template_status_update", {"event": event, **more}, at)

    def now(self) -> Template | None:
        return self.store.find(self.waba, "order_update", "en_US")

    def asked(self) -> list[str]:
        return [json.loads(one["MessageBody"])["waba_id"] for one in self.sqs.sent["syncs"]]


@pytest.fixture
def case(dynamodb: Any) -> Case:
    return Case(dynamodb)


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ("APPROVED", "APPROVED"),
        ("REINSTATED", "APPROVED"),
        ("UNARCHIVED", "APPROVED"),
        ("PAUSED", "PAUSED"),
        ("DISABLED", "DISABLED"),
        ("IN_APPEAL", "IN_APPEAL"),
        ("PENDING_DELETION", "PENDING_DELETION"),
        ("ARCHIVED", "ARCHIVED"),
        ("LIMIT_EXCEEDED", "LIMIT_EXCEEDED"),
        ("FLAGGED", "PENDING"),
    ],
)
def test_a_status_is_applied(case: Case, event: str, status: str) -> None:
    case.status(event)
    now = case.now()
    assert now is not None
    assert now.status == status


def test_a_rejection_says_why(case: Case) -> None:
    info = {"reason": "Two variables stand next to each other.", "recommendation": "Put words."}
    case.status("REJECTED", reason="INVALID_FORMAT", rejection_info=info)
    now = case.now()
    assert now is not None
    assert (now.status, now.reason) == ("REJECTED", "INVALID_FORMAT")
    assert "Two variables" in now.details
    case.status("APPROVED", at=11, reason="NONE")
    now = case.now()
    assert now is not None
    assert (now.reason, now.details) == ("", "")


def test_what_was_said_before_comes_too_late(case: Case) -> None:
    case.status("APPROVED", at=20)
    case.status("PENDING", at=19)
    now = case.now()
    assert now is not None
    assert now.status == "APPROVED"


def test_quality_and_category_are_applied(case: Case) -> None:
    case.told("message_template_quality_update", {"new_quality_score": "RED"}, at=10)
    announced = {
        "new_category": "UTILITY",
        "correct_category": "MARKETING",
        "category_update_timestamp": 1_795_516_800,
    }
    case.told("template_category_update", announced, at=11)
    now = case.now()
    assert now is not None
    assert (now.quality, now.category, now.becomes) == ("RED", "UTILITY", "MARKETING")
    assert now.changes_at == 1_795_516_800_000
    done = {"previous_category": "UTILITY", "new_category": "MARKETING"}
    case.told("template_category_update", done, at=12)
    now = case.now()
    assert now is not None
    assert (now.category, now.becomes, now.changes_at) == ("MARKETING", "", 0)


def test_a_deleted_template_is_gone(case: Case) -> None:
    case.status("DELETED")
    assert case.now() is None


def test_a_template_that_was_made_anew_is_another(case: Case) -> None:
    case.told("message_template_status_update", {"event": "DELETED"}, template_id=599)
    case.told("message_template_status_update", {"event": "REJECTED"}, template_id=599)
    assert case.now() is not None
    assert case.now() == case.template


def test_what_is_not_known_in_full_is_asked_for(case: Case) -> None:
    case.told("message_template_components_update", {"message_template_element": "Hi"})
    case.told("message_template_status_update", {"event": "APPROVED"}, template_id=601)
    assert case.asked() == [case.waba, case.waba]
