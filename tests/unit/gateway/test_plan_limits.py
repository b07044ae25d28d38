"""A plan's end: the message is given up with words, and can be sent when there is room again."""

from __future__ import annotations

import json
from typing import Any

from shared.store.deliveries import Deliveries
from shared.store.transactions import commit
from shared.store.usage import added
from shared.usage.meters import MESSAGES_OUT
from shared.usage.months import month_of
from tests.builders import sqs_record
from tests.fakes import FakeClock, FakeCloudApi, FakeSqs
from tests.unit.gateway.gateway_parts import CONTACT, connect_number, outbound, sender_with


def test_what_the_plan_does_not_allow_waits_among_the_dead_letters(dynamodb: Any) -> None:
    number, clock, sqs, meta = connect_number(dynamodb), FakeClock(), FakeSqs(), FakeCloudApi()
    sender = sender_with(dynamodb, sqs, meta, clock)
    key = {"pk": {"S": f"TENANT#{number.tenant_id}"}, "sk": {"S": "TENANT"}}
    record = {**key, "name": {"S": "Toko"}, "plan": {"S": "starter"}}
    dynamodb.put_item(TableName="directory", Item=record)
    month = month_of(clock())

    def use(amount: int) -> None:
        commit(dynamodb, [added(number.tenant, "usage", month, {MESSAGES_OUT.id: amount})])

    use(999)
    sender.run(sqs_record(outbound(number, 1)))
    assert len(meta.accepted) == 1
    use(1)
    clock.advance(31)
    for _ in range(2):
        sender.run(sqs_record(outbound(number, 2)))
    assert len(meta.accepted) == 1
    deliveries = Deliveries(number.tenant, "conversations", dynamodb)
    place = (number.phone_number_id, CONTACT, 2)
    stands = deliveries.claim(*place, now=clock(), silent_before=0).delivery
    assert stands.state == "failed"
    assert stands.reason is not None
    assert "allows 1,000 messages sent a month" in stands.reason
    (letter,) = sqs.sent["dead"]

    use(-1)
    clock.advance(31)
    sender.run(sqs_record(json.loads(letter["MessageBody"])))
    assert len(meta.accepted) == 2
