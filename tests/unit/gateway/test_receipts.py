"""Receipts: any order and any number of statuses, one write per message, nobody else's message."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway import receipts as module
from gateway.coalesce import Receipt, UnknownStatusError, furthest, read_status
from shared.channels.inbound import opt_change
from shared.channels.webhook_bodies import read_lane
from shared.delivery import RANK
from shared.json_types import JsonObject
from shared.store.deliveries import Deliveries
from shared.store.directory import Number
from shared.store.inspection import Inspection
from tests.builders import meta_bytes, sqs_record, status, value, webhook_body
from tests.fakes import FakeSqs
from tests.unit.gateway.gateway_parts import CONTACT, connect_number, receipts_with

NAMES = ["sent", "delivered", "read", "failed", "played"]


def claimed(dynamodb: Any, number: Number, *seqs: int) -> Deliveries:
    store = Deliveries(number.tenant, "conversations", dynamodb)
    for seq in seqs:
        store.claim(number.phone_number_id, CONTACT, seq, now=1, silent_before=0)
    return store


def state(dynamodb: Any, number: Number, seq: int = 1) -> Any:
    store = Deliveries(number.tenant, "conversations", dynamodb)
    place = (number.phone_number_id, CONTACT, seq)
    return store.claim(*place, now=0, silent_before=-1).delivery


def record(
    number: Number | str, *found: JsonObject, id_: str = "r", kept: list[Any] | None = None
) -> JsonObject:
    channel = number if isinstance(number, str) else number.phone_number_id
    statuses = [[channel, one] for one in found]
    return sqs_record({"v": 1, "at": 5, "statuses": statuses, "kept": kept or []}, id_=id_)


def ours(name: str, seq: int = 1, **extra: Any) -> JsonObject:
    return status(name, callback=f"kabar:1:{CONTACT}:{seq}", **extra)


class Counting:
    """Counts the writes that reach the table."""

    def __init__(self, dynamodb: Any) -> None:
        self._dynamodb = dynamodb
        self.updates: list[str] = []
        self.broken: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._dynamodb, name)

    def update_item(self, **request: Any) -> Any:
        sk = request["Key"]["sk"]["S"]
        self.updates.append(sk)
        if sk in self.broken:
            raise ConnectionError("the table is gone")
        return self._dynamodb.update_item(**request)


@settings(max_examples=40, deadline=None)
@given(
    batches=st.lists(
        st.lists(st.tuples(st.sampled_from(NAMES), st.integers(1, 3)), max_size=6), max_size=4
    )
)
def test_any_order_and_number_ends_in_the_furthest(
    batches: list[list[tuple[str, int]]], dynamodb: Any
) -> None:
    number = connect_number(dynamodb)
    claimed(dynamodb, number, 1, 2, 3)
    table = Counting(dynamodb)
    worker = replace(receipts_with(dynamodb), dynamodb=table)
    for batch in batches:
        table.updates.clear()
        records = [
            record(number, ours(name, seq), id_=str(n)) for n, (name, seq) in enumerate(batch)
        ]
        assert worker.run(records) == []
        assert len(table.updates) == len({seq for _, seq in batch}), "one write per message"
    for seq in (1, 2, 3):
        names = [name for batch in batches for name, of in batch if of == seq]
        expected = max(names, key=lambda name: RANK[name], default="claimed")
        assert state(dynamodb, number, seq).state == expected


@given(st.lists(st.sampled_from(NAMES), min_size=1))
def test_the_furthest_of_many(names: list[str]) -> None:
    best = furthest(Receipt(name, {}) for name in names)
    assert RANK[best.status] == max(RANK[name] for name in names)


def test_a_failure_keeps_its_reason_and_a_later_status_the_id(dynamodb: Any) -> None:
    number = connect_number(dynamodb)
    claimed(dynamodb, number, 1)
    errors = [{"code": 131026, "error_data": {"details": "Message undeliverable"}}]
    failed = record(number, ours("failed", errors=errors, id="wamid.9"))
    assert receipts_with(dynamodb).run([failed, record(number, ours("sent"), id_="s")]) == []
    delivery = state(dynamodb, number)
    assert (delivery.state, delivery.wamid) == ("failed", "wamid.9")
    assert "Message undeliverable" in delivery.reason
    assert "131026" in delivery.reason


PRICED = {"pricing_model": "PMP", "type": "regular", "category": "marketing", "billable": True}


def item(dynamodb: Any, number: Number, seq: int = 1) -> Any:
    store = Deliveries(number.tenant, "conversations", dynamodb)
    key = store._key(number.phone_number_id, CONTACT, seq)
    return dynamodb.get_item(TableName="conversations", Key=key)["Item"]


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("names", [["sent", "read"], ["read", "sent"], ["sent", "delivered"]])
def test_pricing_is_kept_once_in_whatever_order_it_comes(
    names: list[str], together: bool, dynamodb: Any
) -> None:
    number = connect_number(dynamodb)
    claimed(dynamodb, number, 1)
    other = {**PRICED, "category": "service", "type": "free_customer_service"}
    found = [
        ours(name, pricing=PRICED if name == "sent" else other) if name != "read" else ours(name)
        for name in names
    ]
    worker = receipts_with(dynamodb)
    batches = [found] if together else [[one] for one in found]
    for batch in batches:
        assert worker.run([record(number, *batch)]) == []
    kept = item(dynamodb, number)
    assert {kept[name]["S"] for name in ("category", "pricing_type", "billable")} == {
        "marketing",
        "regular",
        "yes",
    }


def test_pricing_makes_no_delivery_of_a_message_that_was_never_claimed(dynamodb: Any) -> None:
    number = connect_number(dynamodb)
    receipts_with(dynamodb).run([record(number, ours("sent", seq=7, pricing=PRICED))])
    store = Deliveries(number.tenant, "conversations", dynamodb)
    key = store._key(number.phone_number_id, CONTACT, 7)
    assert "Item" not in dynamodb.get_item(TableName="conversations", Key=key)


def test_who_stopped_marketing_is_told_to_the_persons_lane(dynamodb: Any) -> None:
    number = connect_number(dynamodb)
    claimed(dynamodb, number, 1)
    sqs = FakeSqs()
    failed = ours("failed", errors=[{"code": 131050}], id="wamid.7")
    worker = receipts_with(dynamodb, sqs=sqs)
    assert worker.run([record(number, failed), record(number, failed, id_="again")]) == []
    (queued,) = sqs.sent["inbound"]
    lane = read_lane(json.loads(queued["MessageBody"]))
    ((event,), contact) = (lane.events, lane.contact)
    assert (contact, event.kind, event.id) == (CONTACT, "preference", "preference:131050:wamid.7")
    assert opt_change(event.body) == {
        "op": "opt",
        "kind": "marketing",
        "state": "out",
        "source": "whatsapp",
    }
    assert item(dynamodb, number)["code"] == {"S": "131050"}


def test_a_status_before_the_senders_own_settling_stays(dynamodb: Any) -> None:
    number = connect_number(dynamodb)
    store = claimed(dynamodb, number, 1)
    receipts_with(dynamodb).run([record(number, ours("read", id="wamid.true"))])
    place = (number.phone_number_id, CONTACT, 1)
    store.sent(*place, wamid="wamid.late")
    store.unsettled(*place, reason="late")
    delivery = state(dynamodb, number)
    assert (delivery.state, delivery.wamid) == ("read", "wamid.true")


def test_a_status_cannot_touch_another_tenants_message(dynamodb: Any) -> None:
    """The callback data names contact and place only; the tenant is the number's."""
    victim, attacker = connect_number(dynamodb), connect_number(dynamodb)
    claimed(dynamodb, victim, 1)
    worker = receipts_with(dynamodb)
    hostile = [
        ours("read"),
        status("read", callback=f"kabar:1:{victim.tenant_id}#C#{victim.phone_number_id}:1"),
        status("read", callback=f"kabar:1:{CONTACT}:1#D"),
    ]
    assert worker.run([record(attacker, *hostile)]) == []
    assert state(dynamodb, victim).state == "claimed"


@pytest.mark.parametrize(
    "callback", [None, "", "campaign-7", "kabar:2:x:1", f"kabar:1:{CONTACT}:x", 5, ["kabar"]]
)
def test_a_status_of_somebody_elses_message_is_kept(callback: Any, dynamodb: Any) -> None:
    number = connect_number(dynamodb)
    foreign = {**ours("read"), "biz_opaque_callback_data": callback}
    assert receipts_with(dynamodb).run([record(number, foreign)]) == []
    ((_, kept),) = Inspection(number.tenant, "inspection", dynamodb).newest(9, None)[0]
    assert kept.reason == "unknown_message"
    assert kept.body["status"] == foreign


@pytest.mark.parametrize("name", ["warning", "deleted", "claimed", "retry", "unsettled", "", None])
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_status_of_an_unknown_kind_is_kept_and_moves_nothing(
    name: Any, wrapped: bool, dynamodb: Any
) -> None:
    number = connect_number(dynamodb)
    claimed(dynamodb, number, 1)
    odd = {**ours("x"), "status": [name] if wrapped else name}
    assert receipts_with(dynamodb).run([record(number, odd)]) == []
    ((_, kept),) = Inspection(number.tenant, "inspection", dynamodb).newest(9, None)[0]
    assert kept.reason == "unknown_status"
    delivery = state(dynamodb, number)
    assert (delivery.state, delivery.wamid) == ("claimed", None)


def test_a_status_of_a_number_nobody_connected_is_kept_for_the_platform(dynamodb: Any) -> None:
    stranger = "999000111"
    assert receipts_with(dynamodb).run([record(stranger, ours("read"))]) == []
    platform = Inspection(None, "inspection", dynamodb).newest(50, None)[0]
    mine = [kept for _, kept in platform if kept.body.get("phone_number_id") == stranger]
    assert [kept.reason for kept in mine] == ["unknown_number"]


def test_kept_things_go_to_the_tenant_of_their_number(dynamodb: Any) -> None:
    mine, other = connect_number(dynamodb), connect_number(dynamodb)
    kept = [[mine.phone_number_id, "unknown_field", "calls", {"a": 1}]]
    assert receipts_with(dynamodb).run([record(mine, kept=kept)] * 2) == []
    for number, count in ((mine, 1), (other, 0)):
        assert len(Inspection(number.tenant, "inspection", dynamodb).newest(9, None)[0]) == count


def test_a_webhook_that_travelled_verbatim_is_read_alike(dynamodb: Any) -> None:
    number = connect_number(dynamodb)
    claimed(dynamodb, number, 1)
    one = value(statuses=[ours("delivered")], phone_number_id=number.phone_number_id)
    text = meta_bytes(webhook_body(one)).decode()
    verbatim = sqs_record(f'{{"v":1,"at":5,"webhook":{text}}}')
    assert receipts_with(dynamodb).run([verbatim]) == []
    assert state(dynamodb, number).state == "delivered"


def test_only_the_records_that_failed_come_back(dynamodb: Any) -> None:
    number = connect_number(dynamodb)
    claimed(dynamodb, number, 1, 2, 3)
    table = Counting(dynamodb)
    table.broken = {"M#0000000002#D"}
    worker = replace(receipts_with(dynamodb), dynamodb=table)
    records = [
        record(number, ours("sent", 1), id_="good"),
        record(number, ours("sent", 2), id_="broken"),
        sqs_record("not json", id_="unreadable"),
        record(number, ours("read", 3), ours("read", 2), id_="half"),
        record(number, ours("delivered", 3), id_="fine"),
    ]
    assert worker.run(records) == ["broken", "half", "unreadable"]
    assert [state(dynamodb, number, seq).state for seq in (1, 2, 3)] == ["sent", "claimed", "read"]
    table.broken.clear()
    assert worker.run([one for one in records if one["messageId"] in ("broken", "half")]) == []
    assert state(dynamodb, number, 2).state == "read"


def test_the_handler_answers_as_lambda_expects(
    dynamodb: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_receipts", lambda: receipts_with(dynamodb))
    records = [sqs_record("{", id_="bad"), record("1", id_="good")]
    answer = module.handler({"Records": records}, None)
    assert answer == {"batchItemFailures": [{"itemIdentifier": "bad"}]}


@pytest.mark.parametrize("errors", [None, [], {}, [5], [{"code": "x"}], [{}], "text"])
def test_a_failure_without_a_readable_reason_says_so(errors: Any) -> None:
    _, receipt = read_status("1", ours("failed", errors=errors))
    assert receipt.details["reason"] == "WhatsApp gave no reason"


def test_reading_a_status_is_told_apart_by_short_reasons() -> None:
    for odd, reason in ((status("nonsense"), "unknown_status"), ({}, "unknown_status")):
        with pytest.raises(UnknownStatusError, match=reason):
            read_status("1", odd)
