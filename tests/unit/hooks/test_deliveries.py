"""A notice reaches every webhook that wants it, at least once, whatever fails on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from standardwebhooks.webhooks import Webhook as Signer

from shared.notices import MESSAGE_FAILED, MESSAGE_READ, MESSAGE_RECEIVED, REMEMBER_SECONDS
from shared.public_addresses import PublicAddressError, UnreachableError
from shared.store.webhook_deliveries import DELIVERED, FAILED, PENDING
from shared.store.webhooks import ACTIVE, DISABLED, PAUSED
from tests.office import ANA, BUDI
from tests.unit.hooks.hooks_world import DELIVERIES, KilledError, World

HOUR = 3600
DAY = 24 * HOUR


def test_a_notice_is_posted_signed_to_who_wants_it(world: World) -> None:
    webhook = world.subscribe(MESSAGE_RECEIVED)
    world.subscribe(MESSAGE_READ, url="https://other.example/")
    notice = world.notice()
    world.tell(notice)
    world.run()
    ((url, headers, body),) = world.receiver.asked
    assert (url, headers["webhook-id"]) == (webhook.url, notice.id)
    sent_at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
    expected = Signer(webhook.secrets[0].sealed).sign(notice.id, sent_at, body)
    assert headers["webhook-signature"] != expected, "the sealed text itself is no key"
    expected = Signer(webhook.secrets[0].sealed.decode()).sign(notice.id, sent_at, body)
    assert headers["webhook-signature"] == expected
    data = {"type": notice.type, "at": notice.at, "data": {"number": 1}}
    assert world.receiver.bodies() == [data]
    (delivery,) = world.deliveries(webhook)
    assert (delivery.state, delivery.tries) == (DELIVERED, 1)
    assert [(one.status, one.answer) for one in delivery.attempts] == [(200, "answer")]


def test_where_nobody_listens_nothing_is_queued(world: World) -> None:
    world.tell(world.notice())
    assert world.waiting() == 0
    world.subscribe(MESSAGE_RECEIVED)
    world.clock.advance(REMEMBER_SECONDS + 1)
    world.tell(world.notice(), world.notice(2, MESSAGE_FAILED))
    assert world.waiting() == 1


def test_a_notice_told_again_is_delivered_once(world: World) -> None:
    webhook = world.subscribe()
    notice = world.notice()
    for _ in range(3):
        world.tell(notice)
        world.duplicate_everything()
        world.run()
    assert world.receiver.took == [notice.id]
    assert len(world.deliveries(webhook)) == 1


@pytest.mark.parametrize(
    "failure",
    [500, 404, 302, PublicAddressError("not public"), UnreachableError("no"), TimeoutError("late")],
)
def test_a_failure_is_tried_again_and_every_attempt_is_on_record(
    world: World, failure: int | Exception
) -> None:
    webhook = world.subscribe()
    world.receiver.script = [failure, failure]
    world.tell(world.notice())
    world.run(5)
    (waiting,) = world.deliveries(webhook)
    assert waiting.state == PENDING
    assert waiting.reason
    world.run(2 * 60)
    (delivery,) = world.deliveries(webhook)
    assert (delivery.state, delivery.reason, len(delivery.attempts)) == (DELIVERED, None, 3)
    assert delivery.attempts[-1].status == 200


def test_what_fails_for_a_day_is_given_up_and_can_be_told_again(world: World) -> None:
    webhook = world.subscribe()
    world.receiver.script = [503] * 100
    world.tell(world.notice())
    world.run(DAY + 60)
    (delivery,) = world.deliveries(webhook)
    assert (delivery.state, delivery.reason) == (FAILED, "HTTP 503")
    assert len(delivery.attempts) == len(world.receiver.asked) > 15
    assert world.waiting() == 0
    world.receiver.script = []
    world.store(webhook).reopen(delivery.id, now=world.clock(), give_up_at=world.clock() + 1000)
    world.queue(webhook, delivery)
    world.run()
    assert world.deliveries(webhook)[0].state == DELIVERED
    assert world.receiver.took == [delivery.notice_id]


def test_a_webhook_dead_for_long_is_switched_off_and_its_people_are_told(world: World) -> None:
    world.office.join_quietly(BUDI, "agent")
    webhook = world.subscribe()
    world.receiver.script = [500] * 500
    for number in range(5):
        world.tell(world.notice(number))
        world.run(12 * HOUR)
    stopped = world.webhooks.get(webhook.id)
    assert (stopped.state, stopped.reason) == (DISABLED, "HTTP 500")
    assert [letter.to for letter in world.mail.letters] == [ANA.name], "once, and who may mend it"
    assert "webhook.changed" in world.office.actions()
    asked = len(world.receiver.asked)
    world.run(3 * DAY)
    assert len(world.receiver.asked) == asked, "it is told nothing more"
    assert {one.state for one in world.deliveries(webhook)} == {FAILED}


def test_one_success_breaks_the_row_of_failures(world: World) -> None:
    webhook = world.subscribe()
    for number in range(6):
        world.receiver.script = [500] * 100 if number % 2 else []
        world.tell(world.notice(number))
        world.run(12 * HOUR)
    assert world.webhooks.get(webhook.id).state == ACTIVE
    assert world.mail.letters == []


def test_a_receiver_that_is_gone_is_believed(world: World) -> None:
    webhook = world.subscribe()
    world.receiver.script = [410]
    world.tell(world.notice())
    world.run()
    assert world.webhooks.get(webhook.id).state == DISABLED


def test_a_paused_or_deleted_webhook_is_told_nothing(world: World) -> None:
    paused, deleted = world.subscribe(), world.subscribe(url="https://gone.example/")
    world.tell(world.notice())
    world.run(before=_killed_in_deliveries)
    world.webhooks.change(replace(paused, state=PAUSED), by=ANA, at=world.clock())
    world.webhooks.delete(deleted.id, by=ANA, at=world.clock())
    world.run(HOUR)
    assert world.receiver.asked == []
    assert [one.state for one in world.deliveries(paused)] == [FAILED]


def _killed_in_deliveries(queue: str) -> None:
    if queue == DELIVERIES:
        raise KilledError


@pytest.mark.parametrize("call", range(16))
def test_a_function_killed_anywhere_loses_nothing(world: World, call: int) -> None:
    webhook = world.subscribe()
    world.receiver.script = [500]
    notice = world.notice()
    world.tell(notice)
    world.kill_at(call)
    world.run(HOUR)
    assert world.deliveries(webhook)[0].state == DELIVERED
    assert set(world.receiver.took) == {notice.id}
    assert world.waiting() == 0


def test_what_is_held_about_a_person_can_be_found_and_deleted(world: World) -> None:
    webhook = world.subscribe()
    world.tell(world.notice(1), world.notice(2))
    world.run()
    store = world.store(webhook)
    assert len(list(store.about("contact1"))) == 2
    assert list(store.about("contact2")) == []
    for id_ in store.about("contact1"):
        store.delete(id_)
    assert world.deliveries(webhook) == []
