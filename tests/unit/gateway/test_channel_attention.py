"""A channel that stops working is held and its owners are told; put right, it sends again."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from shared.channels.cloud_api import Refused
from shared.channels.errors import Action
from shared.channels.payloads import callback_data
from shared.dead_token import TOKEN_DEAD
from shared.fifo_batch import NotYetError
from shared.json_types import JsonObject
from shared.mail import Message
from shared.refused_number import NUMBER_REFUSED
from shared.store.audit import Actor
from shared.store.channels import PLATFORM, Channel, Channels, Secrets
from shared.store.members import Member, joining
from shared.store.tables import Tables
from shared.store.transactions import commit
from shared.tenancy import Tenant
from tests.builders import sqs_record, status, webhook_body
from tests.builders import value as value_of
from tests.fakes import FakeClock, FakeCloudApi, FakeSqs
from tests.unit.gateway.gateway_parts import CONTACT, outbound, receipts_with, sender_with
from tests.unit.gateway.test_account_events import kept, worker

DISPLAY = "+1 555-000-1111"
BY = Actor("user-ana", "ana@kabar.test")
TABLES = Tables("workspaces", "directory", "usage")
_numbers = itertools.count(770_001)


class Letters:
    def __init__(self) -> None:
        self.sent: list[Message] = []

    def send(self, message: Message) -> None:
        self.sent.append(message)


class Case:
    """A workspace with one channel and two people, of whom one is the owner."""

    def __init__(self, dynamodb: Any) -> None:
        id_ = str(next(_numbers))
        self.dynamodb = dynamodb
        self.tenant = Tenant(f"ws_{id_}")
        self.channel, self.waba = id_, f"9{id_}"
        self.store = Channels(self.tenant, "workspaces", "directory", dynamodb)
        made = Channel(self.channel, PLATFORM, self.waba, DISPLAY, "Toko", "menu")
        self.store.connect(made, Secrets(b"sealed"), by=BY, at=1)
        for name, role in (("ana", "owner"), ("budi", "editor")):
            who = Member(f"{name}-{id_}", f"{name}@kabar.test", role, 0)
            commit(dynamodb, joining(self.tenant, TABLES, who))
        self.letters = Letters()
        self.clock = FakeClock()
        self.sqs = FakeSqs(clock=self.clock)
        self.meta = FakeCloudApi()
        self.sender = sender_with(dynamodb, self.sqs, self.meta, self.clock)

    def told(self, field: str, value: JsonObject) -> None:
        change = {"waba_id": self.waba, "channel": None, "field": field, "time": None}
        body = {"v": 1, "at": 5, "value": value, **change}
        worker(self.dynamodb, self.letters).run(sqs_record(body))

    def state(self) -> tuple[str, str]:
        channel = self.store.get(self.channel)
        return channel.state, channel.reason

    def send(self, seq: int, receives: int = 1) -> None:
        number = self.sender.numbers.get(self.channel)
        assert number is not None
        self.sender.run(sqs_record(outbound(number, seq), receives=receives))

    def report(self) -> list[JsonObject]:
        """What the sender says to the worker of account events, done at once."""
        bodies = [json.loads(one["MessageBody"]) for one in self.sqs.sent.pop("account", [])]
        for body in bodies:
            worker(self.dynamodb, self.letters).run(sqs_record(body))
        return bodies


@pytest.fixture
def case(dynamodb: Any) -> Case:
    return Case(dynamodb)


def test_a_dead_token_holds_the_queue_until_the_channel_is_put_right(case: Case) -> None:
    case.meta.script = [Refused(Action.TOKEN_DEAD, "revoked (190)", 190)] * 2
    for seq in (1, 2):
        with pytest.raises(NotYetError) as held:
            case.send(seq)
        assert held.value.seconds == 60
    assert [one["field"] for one in case.report()] == [TOKEN_DEAD]
    assert case.state() == ("needs_attention", "revoked (190)")
    (letter,) = case.letters.sent
    assert letter.to == "ana@kabar.test"
    assert "revoked (190)" in letter.text
    # Nothing more is tried while it is held, and nothing is given up.
    case.clock.advance(61)
    with pytest.raises(NotYetError, match="revoked"):
        case.send(1, receives=2)
    assert case.meta.accepted == []
    assert case.sqs.sent["dead"] == []
    case.store.mark(case.channel, "connected", "", at=9)
    case.clock.advance(61)
    for seq in (1, 2):
        case.send(seq, receives=3)
    assert len(case.meta.accepted) == 2


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"event": "PARTNER_REMOVED"}, "removed our access"),
        ({"event": "PARTNER_APP_UNINSTALLED"}, "uninstalled"),
        ({"event": "ACCOUNT_OFFBOARDED"}, "taken off"),
        ({"event": "ACCOUNT_DELETED"}, "deleted"),
        (
            {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}},
            "disabled",
        ),
        (
            {
                "event": "PARTNER_REMOVED",
                "disconnection_info": {"reason": "PRIMARY_INACTIVITY", "initiated_by": "SYSTEM"},
            },
            "not used for 14 days",
        ),
        (
            {
                "event": "PARTNER_REMOVED",
                "disconnection_info": {"reason": "COMPANION_INACTIVITY"},
            },
            "for 30 days",
        ),
        (
            {"event": "PARTNER_REMOVED", "disconnection_info": {"reason": "SOMETHING_NEW"}},
            "removed our access",
        ),
    ],
)
def test_an_account_that_is_lost_is_told_once(case: Case, value: JsonObject, words: str) -> None:
    for _ in range(2):
        case.told("account_update", value)
    assert case.state()[0] == "needs_attention"
    assert words in case.state()[1]
    assert len(case.letters.sent) == 1


@pytest.mark.parametrize(
    "value",
    [
        {"event": "ACCOUNT_RECONNECTED"},
        {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE"}},
    ],
)
def test_an_account_that_is_back_sends_again(case: Case, value: JsonObject) -> None:
    case.told("account_update", {"event": "ACCOUNT_OFFBOARDED"})
    case.told("account_update", value)
    assert case.state() == ("connected", "")


def test_other_account_news_changes_nothing(case: Case) -> None:
    for value in (
        {"event": "VERIFIED_ACCOUNT"},
        {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "SCHEDULE_FOR_DISABLE"}},
    ):
        case.told("account_update", value)
    assert case.state() == ("connected", "")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("account_update", {"event": "VERIFIED_ACCOUNT"}),
        ("account_update", {"event": "PARTNER_ADDED", "waba_info": {"owner_business_id": "3"}}),
        ("account_update", {"event": "NEVER_HEARD_OF"}),
        ("account_update", {}),
        ("phone_number_quality_update", {"display_phone_number": "2", "event": "FLAGGED"}),
        ("security", {"event": "PIN_CHANGED"}),
        ("business_capability_update", {"max_phone_numbers_per_waba": 20}),
    ],
)
def test_what_says_nothing_to_any_number_is_kept(case: Case, field: str, value: JsonObject) -> None:
    case.told(field, value)
    assert case.state() == ("connected", "")
    (one,) = kept(case.tenant, case.dynamodb)
    assert (one.reason, one.field, one.body["value"]) == ("account_event", field, value)


def test_what_a_refusal_says_of_the_whole_number_is_told_its_owners_once(case: Case) -> None:
    case.meta.script = [Refused(Action.PAUSE_CAMPAIGN, "payment (131042)", 131042)] * 2
    for seq in (1, 2):
        case.send(seq)
    assert [one["field"] for one in case.report()] == [NUMBER_REFUSED]
    assert case.state() == ("connected", "")
    assert "payment method (131042)" in case.store.get(case.channel).warning
    (letter,) = case.letters.sent
    assert "payment method" in letter.text


@pytest.mark.parametrize(("code", "tells"), [(131042, True), (131031, True), (131026, False)])
def test_what_fails_afterwards_for_the_numbers_sake_is_told_too(
    case: Case, code: int, tells: bool
) -> None:
    number = case.sender.numbers.get(case.channel)
    assert number is not None
    for seq in (1, 2):
        case.send(seq)
    callbacks = [callback_data(CONTACT, seq) for seq in (1, 2)]
    failed = [status("failed", callback=one, errors=[{"code": code}]) for one in callbacks]
    content = value_of(statuses=failed, phone_number_id=case.channel)
    record = sqs_record({"v": 1, "at": 1, "webhook": webhook_body(content)})
    assert receipts_with(case.dynamodb, sqs=case.sqs).run([record]) == []
    assert len(case.report()) == tells
    assert bool(case.store.get(case.channel).warning) == tells


@pytest.mark.parametrize(("code", "rests"), [(130429, True), (80007, True), (132069, False)])
def test_a_number_that_sends_too_fast_rests_for_everybody(
    case: Case, code: int, rests: bool
) -> None:
    case.meta.script = [Refused(Action.SLOW_NUMBER, "slow", code)]
    with pytest.raises(NotYetError):
        case.send(1)
    if rests:
        with pytest.raises(NotYetError, match="throughput"):
            case.send(2)
        case.clock.advance(2.1)
    case.send(2)
    assert len(case.meta.accepted) == 1


def test_health_follows_what_meta_tells(case: Case) -> None:
    number = {"display_phone_number": "15550001111"}
    case.told(
        "phone_number_quality_update",
        {**number, "event": "THROUGHPUT_UPGRADE", "max_daily_conversations_per_business": 10_000},
    )
    case.told("phone_number_name_update", {**number, "decision": "APPROVED"})
    health = case.store.get(case.channel).health
    assert (health.throughput, health.messaging_limit, health.name_status) == (
        "HIGH",
        "10000",
        "APPROVED",
    )
    connected = case.sender.numbers.get(case.channel)
    assert connected is not None
    assert connected.per_second == 1000
    case.told("business_capability_update", {"max_daily_conversations_per_business": -1})
    case.told("phone_number_quality_update", {"display_phone_number": "2", "event": "FLAGGED"})
    health = case.store.get(case.channel).health
    assert (health.messaging_limit, health.quality) == ("-1", "")


def test_a_channel_that_was_disconnected_meanwhile_is_left_alone(case: Case) -> None:
    case.store.disconnect(case.channel, by=BY, at=2)
    body = {"v": 1, "at": 5, "value": {"reason": "x"}, "waba_id": case.waba}
    change = {"channel": case.channel, "field": TOKEN_DEAD, "time": None}
    worker(case.dynamodb, case.letters).run(sqs_record({**body, **change}))
    assert case.state()[0] == "disconnected"
    assert case.letters.sent == []


DISPLAYED = {"display_phone_number": "15550001111"}
ALERT = {"alert_type": "OBA_REJECTED", "alert_status": "ACTIVE", "alert_description": "No badge."}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("account_alerts", {"entity_type": "BUSINESS", "alert_info": ALERT}, "No badge."),
        ("account_review_update", {"decision": "REJECTED"}, "review has rejected"),
        ("security", {**DISPLAYED, "event": "PIN_CHANGED", "requester": "4"}, "pin changed"),
        (
            "account_update",
            {
                "event": "DISABLED_UPDATE",
                "ban_info": {
                    "waba_ban_state": "SCHEDULE_FOR_DISABLE",
                    "waba_ban_date": "November 30, 2026",
                },
            },
            "November 30, 2026",
        ),
        (
            "account_update",
            {
                "event": "ACCOUNT_RESTRICTION",
                "restriction_info": [{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING"}],
            },
            "restricted biz initiated messaging",
        ),
        (
            "account_update",
            {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SPAM"}},
            "spam",
        ),
    ],
)
def test_a_warning_is_told_once_and_stops_nothing(
    case: Case, field: str, value: JsonObject, words: str
) -> None:
    for _ in range(2):
        case.told(field, value)
    channel = case.store.get(case.channel)
    assert (channel.state, words in channel.warning) == ("connected", True)
    (letter,) = case.letters.sent
    assert words in letter.text
    assert letter.text.count(f"https://kabar/channels/{case.channel}") == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("account_alerts", {"alert_info": {**ALERT, "alert_status": "NONE"}}),
        ("account_review_update", {"decision": "APPROVED"}),
        ("account_update", {"event": "ACCOUNT_RECONNECTED"}),
    ],
)
def test_a_warning_ends(case: Case, field: str, value: JsonObject) -> None:
    case.told("account_alerts", {"alert_info": ALERT})
    case.told(field, value)
    assert case.store.get(case.channel).warning == ""


def test_a_number_has_a_username(case: Case) -> None:
    case.told("business_username_updates", {**DISPLAYED, "username": "toko", "status": "approved"})
    health = case.store.get(case.channel).health
    assert (health.username, health.username_status) == ("toko", "APPROVED")
