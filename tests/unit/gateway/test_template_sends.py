"""A template that is not filled as it must be is refused before Meta sees it; a person who stopped
marketing is believed at once."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from shared.channels.cloud_api import Refused
from shared.channels.errors import Action
from shared.json_types import JsonObject
from shared.store.directory import Directory, Number
from shared.store.templates import Template, Templates
from tests.builders import sqs_record
from tests.fakes import FakeClock, FakeCloudApi, FakeSqs
from tests.template_drafts import ORDER_UPDATE, sample_send
from tests.unit.gateway.gateway_parts import connect_number, outbound, sender_with

WABA_ID = "700800"


class Case:
    def __init__(self, dynamodb: Any) -> None:
        self.clock = FakeClock()
        self.sqs, self.meta = FakeSqs(clock=self.clock), FakeCloudApi()
        plain = connect_number(dynamodb)
        fields = {name: getattr(plain, name) for name in Number.__dataclass_fields__}
        self.number = Number(**{**fields, "waba_id": WABA_ID})
        Directory("directory", dynamodb).put_number(self.number)
        self.sender = sender_with(dynamodb, self.sqs, self.meta, self.clock)
        self.templates = Templates(self.number.tenant, "workspaces", dynamodb)

    def know(self, draft: JsonObject) -> None:
        known = Template(
            WABA_ID,
            draft["name"],
            draft["language"],
            "600",
            draft["category"],
            "APPROVED",
            draft["components"],
        )
        self.templates.synced(known, started=1, now=1)

    def send(self, message: JsonObject) -> None:
        body = outbound(self.number, 1)
        body["effects"][0]["message"] = message
        self.sender.run(sqs_record(body))


@pytest.fixture
def case(dynamodb: Any) -> Case:
    return Case(dynamodb)


def test_a_filled_template_is_sent(case: Case) -> None:
    case.know(ORDER_UPDATE)
    case.send(sample_send(ORDER_UPDATE))
    assert len(case.meta.accepted) == 1


def test_one_that_is_not_filled_names_the_field_and_costs_no_call(case: Case) -> None:
    case.know(ORDER_UPDATE)
    message = copy.deepcopy(sample_send(ORDER_UPDATE))
    message["template"]["components"][1]["parameters"].pop()
    case.send(message)
    (letter,) = [json.loads(one["MessageBody"]) for one in case.sqs.sent["dead"]]
    assert "template.components.1.parameters" in letter["reason"]
    assert "2 variables, and 1 are given" in letter["reason"]
    assert case.meta.accepted == []


def test_one_that_is_not_known_here_is_left_to_meta(case: Case) -> None:
    case.send({"type": "template", "template": {"name": "new", "language": {"code": "id"}}})
    assert len(case.meta.accepted) == 1


def test_who_has_stopped_marketing_is_believed_at_once(case: Case) -> None:
    case.meta.script = [Refused(Action.PERMANENT, "stopped (131050)", 131050)]
    case.send(sample_send(ORDER_UPDATE))
    (told,) = [json.loads(one["MessageBody"]) for one in case.sqs.sent["inbound"]]
    (event,) = told["events"]
    assert event["kind"] == "preference"
    assert event["body"]["preference"]["value"] == "stop"


def test_a_refused_template_is_compared_with_metas(case: Case) -> None:
    case.meta.script = [Refused(Action.PAUSE_TEMPLATE, "paused (132015)", 132015)]
    case.send(sample_send(ORDER_UPDATE))
    (asked,) = [json.loads(one["MessageBody"]) for one in case.sqs.sent["syncs"]]
    assert (asked["tenant"], asked["waba_id"]) == (case.number.tenant_id, WABA_ID)
