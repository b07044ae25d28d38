"""A campaign's life from start to end: each person once, and one outcome for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from shared.campaigns.halts import because
from shared.campaigns.outcomes import OUTCOMES
from shared.channels.cloud_api import Refused
from shared.channels.errors import Action
from shared.contacts.record import OptIn
from shared.job_queue import work_entry
from shared.store.campaigns import BEGINNING, CANCELLED, FINISHED, PAUSED, RUNNING
from shared.store.tallies import Tallies
from tests.unit.blast.campaign_world import CampaignWorld

MakeWorld = Callable[..., CampaignWorld]
HOUR = 3600


def outcomes(world: CampaignWorld, id_: str) -> dict[str, int]:
    return {name: many for name, many in world.total(id_).outcomes.items() if many}


def resume(world: CampaignWorld, id_: str) -> None:
    epoch = world.campaigns.get(id_).epoch + 1
    world.campaigns.move(id_, (PAUSED,), RUNNING, cursor=list(BEGINNING), epoch=epoch, paced_at=0)


def test_everybody_is_sent_to_once_and_told_of_in_their_lane(world: CampaignWorld) -> None:
    people = world.add_contacts(12)
    id_ = world.start()
    assert world.campaigns.get(id_).people == 12
    world.run_for(2)
    assert sorted(world.meta.phones) == sorted(one.phone[1:] for one in people if one.phone)
    assert world.meta.twice() == []
    assert outcomes(world, id_) == {"sent": 12}
    assert len(world.events) == 12
    event = next(iter(world.events.values()))
    assert event.body["campaign"] == id_
    assert event.body["message"]["template"]["components"][0]["parameters"][0]["text"][:3] == "Ana"
    assert world.campaigns.get(id_).status == FINISHED


def test_no_second_is_above_the_pace(make_world: MakeWorld) -> None:
    world = make_world(per_second=20)
    world.add_contacts(60)
    world.start()
    world.run_for(1)
    times = [at for _, at in world.meta.accepted]
    assert len(times) == 60
    most = max(sum(start <= at < start + 1000 for at in times) for start in times)
    assert most <= 20
    assert (times[-1] - times[0]) / 1000 < 60 / 19 * 1.05


def test_statuses_move_people_forward_and_are_counted(world: CampaignWorld) -> None:
    world.add_contacts(3)
    id_ = world.start()
    world.run_for(1)
    first, second, third = (callback for callback, _ in world.meta.accepted)
    pricing = {"pricing": {"billable": True, "pricing_model": "PMP", "category": "marketing"}}
    world.tell(first, "read", **pricing)
    world.tell(first, "delivered", **pricing)
    world.tell(second, "delivered", **pricing)
    world.tell(third, "failed", errors=[{"code": 131026}])
    total = world.total(id_)
    assert outcomes(world, id_) == {"read": 1, "delivered": 1, "failed": 1}
    assert (dict(total.failures), dict(total.billable)) == (
        {"undeliverable": 1},
        {"marketing.ID": 2},
    )
    assert total.funnel == {"sent": 2, "delivered": 2, "read": 1, "replied": 0}


def test_a_lost_answer_is_settled_by_its_status_and_its_lane_is_told(world: CampaignWorld) -> None:
    world.add_contacts(2)
    world.meta.fate = lambda _: "lost"
    id_ = world.start()
    world.run_for(1)
    assert world.total(id_).in_flight == 2
    for callback, _ in list(world.meta.accepted):
        world.tell(callback, "sent")
    assert outcomes(world, id_) == {"sent": 2}
    assert world.events == {}
    world.run_for(7)
    assert len(world.events) == 2
    assert len(world.meta.accepted) == 2
    assert world.campaigns.get(id_).status == FINISHED


def test_whoever_counts_a_block_anew_need_not_know_the_window_of_silence(
    world: CampaignWorld,
) -> None:
    world.add_contacts(1)
    world.meta.fate = lambda _: "lost"
    id_ = world.start()
    (one,) = world.recipients(id_)
    stores = world.tenant, id_, "campaigns", world.dynamodb
    Tallies(*stores, window_ms=20_000).begin(one.block, [one])
    world.run_for(1)
    (after,) = world.recipients(id_)
    Tallies(*stores).recount([one.block])
    assert world.total(id_).due_at == after.since + 20_000


def test_after_silence_it_is_sent_again(world: CampaignWorld) -> None:
    world.add_contacts(1)
    fates = iter(["failing", "ok"])
    world.meta.fate = lambda _: next(fates)
    id_ = world.start()
    world.run_for(4)
    assert world.meta.accepted == []
    world.run_for(4)
    assert len(world.meta.accepted) == 1
    assert outcomes(world, id_) == {"sent": 1}


def test_who_is_held_back_is_tried_again_after_a_day_three_times(world: CampaignWorld) -> None:
    world.add_contacts(1)
    id_ = world.start()
    world.run_for(1)
    for round_ in range(3):
        callback, _ = world.meta.accepted[-1]
        world.tell(callback, "failed", errors=[{"code": 131049}])
        assert outcomes(world, id_) == {"queued": 1}
        world.tell(callback, "failed", errors=[{"code": 131049}])  # told twice
        world.clock.advance(23 * HOUR)
        world.run_for(2)
        assert len(world.meta.accepted) == round_ + 1
        world.clock.advance(1 * HOUR)
        world.run_for(3)
        assert len(world.meta.accepted) == round_ + 2
    world.tell(world.meta.accepted[-1][0], "failed", errors=[{"code": 131049}])
    assert dict(world.total(id_).failures) == {"frequency_capped": 1}


def test_pause_bites_and_going_on_leaves_nobody_out(world: CampaignWorld) -> None:
    world.add_contacts(30)
    id_ = world.start()
    world.tick()
    assert world.waiting_chunks() > 0
    world.deliver_next()
    world.campaigns.move(id_, (RUNNING,), PAUSED, reason=because("by_hand", name="Ana"))
    while world.deliver_next():
        pass
    sent = len(world.meta.accepted)
    assert 0 < sent < 30
    world.run_for(2)
    assert len(world.meta.accepted) == sent
    resume(world, id_)
    world.run_for(2)
    assert len(world.meta.accepted) == 30
    assert world.meta.twice() == []
    assert outcomes(world, id_) == {"sent": 30}


def test_cancel_ends_what_waits_and_keeps_what_went(world: CampaignWorld) -> None:
    world.add_contacts(30)
    id_ = world.start()
    world.tick()
    world.deliver_next()
    sent = len(world.meta.accepted)
    world.campaigns.move(id_, (RUNNING,), CANCELLED)
    world.bench.hand_over(work_entry(world.tenant, "cancel", id_))
    world.do_jobs()
    world.run_for(2)
    assert len(world.meta.accepted) == sent
    assert outcomes(world, id_) == {"sent": sent, "cancelled": 30 - sent}


def test_a_worker_that_dies_sends_nobody_twice(world: CampaignWorld) -> None:
    world.add_contacts(10)
    fates = iter(["ok", "ok", "dead"])
    world.meta.fate = lambda _: next(fates, "ok")
    id_ = world.start()
    world.run_for(3)
    died = world.meta.accepted[2][0]
    world.tell(died, "delivered")
    world.run_for(10)
    assert world.meta.twice() == []
    assert len(world.meta.accepted) == 10
    assert outcomes(world, id_) == {"sent": 9, "delivered": 1}
    assert len(world.events) == 10


def test_a_doubled_pacer_and_doubled_chunks_change_nothing(world: CampaignWorld) -> None:
    world.add_contacts(10)
    id_ = world.start()
    world.tick()
    world.tick()
    world.repeat_chunks()
    while world.deliver_next():
        pass
    assert len(world.meta.accepted) == 10
    assert outcomes(world, id_) == {"sent": 10}


def test_a_pacer_that_died_before_the_queue_is_made_up_for(world: CampaignWorld) -> None:
    world.add_contacts(5)
    id_ = world.start()
    world.pacer.pace(world.channel)
    world.sqs.sent.pop("chunks")
    chunks = [{"block": block, "first": 0, "last": 99, "delay": 0} for block in _blocks(world, id_)]
    campaign = world.campaigns.get(id_)
    world.campaigns.move(id_, (RUNNING,), RUNNING, outbox=chunks, paces=campaign.paces)
    world.clock.advance(60)
    world.run_for(2)
    assert len(world.meta.accepted) == 5


def test_a_dead_token_stops_the_campaign_with_its_reason(world: CampaignWorld) -> None:
    world.add_contacts(3)
    world.meta.fate = lambda _: Refused(Action.TOKEN_DEAD, "The token has expired (190)", 190)
    id_ = world.start()
    world.run_for(2)
    campaign = world.campaigns.get(id_)
    assert (campaign.status, campaign.reason) == (
        PAUSED,
        because("refused", details="The token has expired (190)"),
    )
    assert outcomes(world, id_) == {"queued": 3}
    assert len(world.sqs.sent["account"]) >= 1
    world.meta.fate = lambda _: "ok"
    resume(world, id_)
    world.run_for(2)
    assert outcomes(world, id_) == {"sent": 3}


def test_opted_out_and_blocked_people_are_skipped_at_start_and_before_the_send(
    world: CampaignWorld,
) -> None:
    world.add_contacts(1, opt_ins={"marketing": OptIn("out", "form", 1)})
    world.add_contacts(1, blocked=True)
    (late,) = world.add_contacts(1)
    world.add_contacts(1)
    id_ = world.start()
    assert dict(world.total(id_).skips) == {"opted_out": 1, "blocked": 1}
    world.change(late.id, opt_ins={"marketing": OptIn("out", "message", 2)})
    world.run_for(2)
    assert dict(world.total(id_).skips) == {"opted_out": 2, "blocked": 1}
    assert outcomes(world, id_) == {"sent": 1, "skipped": 3}


def test_two_campaigns_at_once_heed_how_many_a_person_gets(world: CampaignWorld) -> None:
    """Neither sees in the lanes what the other sends at the same time."""
    world.add_contacts(6)
    cap = {"messages": 1, "days": 1}
    first, second = (world.start(frequency_cap=cap) for _ in range(2))
    world.run_for(2)
    assert len(world.meta.accepted) == 6
    world.lanes_hear()
    world.run_for(8)
    assert len(world.meta.accepted) == 6
    assert len(set(world.meta.phones)) == 6
    sums = Counter(outcomes(world, first)) + Counter(outcomes(world, second))
    assert sums == {"sent": 6, "skipped": 6}
    skips = world.total(first).skips, world.total(second).skips
    assert sum(one.get("cap_reached", 0) for one in skips) == 6


def test_a_cap_of_two_lets_two_of_three_campaigns_through(world: CampaignWorld) -> None:
    world.add_contacts(3)
    for _ in range(3):
        world.start(frequency_cap={"messages": 2, "days": 1})
    for _ in range(20):
        world.run_for(1)
        world.lanes_hear()
    assert Counter(world.meta.phones) == dict.fromkeys(world.meta.phones, 2)
    assert len(world.meta.accepted) == 6


def test_a_tier_spreads_a_campaign_over_days(make_world: MakeWorld) -> None:
    world = make_world(limit="20")
    world.add_contacts(50)
    id_ = world.start()
    world.run_for(3)
    assert len(world.meta.accepted) == 20
    for many in (40, 50):
        world.clock.advance(25 * HOUR)
        world.run_for(3)
        assert len(world.meta.accepted) == many
    assert world.campaigns.get(id_).status == FINISHED


def test_outcomes_are_always_everybody(world: CampaignWorld) -> None:
    world.add_contacts(4)
    id_ = world.start()
    world.run_for(1)
    assert set(world.total(id_).outcomes) == set(OUTCOMES)
    assert sum(world.total(id_).outcomes.values()) == 4


def _blocks(world: CampaignWorld, id_: str) -> list[int]:
    return list(world.bench.tallies(id_).all())
