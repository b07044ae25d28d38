"""The life of a campaign in any order: started, paused, let go on, cancelled; workers that die,
queues that deliver twice, answers that are lost, statuses in any order. Whatever happens, nobody is
sent twice within the stated window, outcomes only move forward, and the sums are exact."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import count, pairwise
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from blast.closing import retryable
from shared.campaigns.callbacks import callback_data
from shared.campaigns.halts import because
from shared.campaigns.outcomes import RANKS, outcome_of
from shared.campaigns.tallies import tally
from shared.delivery import FAILED
from shared.job_queue import work_entry
from shared.json_types import JsonObject
from shared.store.campaigns import BEGINNING, CANCELLED, FINISHED, PAUSED, RUNNING, Campaign
from shared.store.recipient_items import standing_of
from tests.unit.blast.campaign_workers import WINDOW_SECONDS
from tests.unit.blast.campaign_world import CampaignWorld
from tests.unit.blast.quick_tables import QuickTables

PEOPLE = 5
FATES = st.sampled_from(["ok", "ok", "ok", "lost", "failing", "dead"])
STATUSES = st.sampled_from(["sent", "delivered", "read", "failed"])
HAS_CHUNKS = precondition(lambda self: self.world.waiting_chunks())
HAS_FEW_CHUNKS = precondition(lambda self: 0 < self.world.waiting_chunks() <= 6)
RUNS = precondition(lambda self: self.campaign.status == RUNNING)


class AnyLife(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.world = CampaignWorld(QuickTables())
        self.settled: dict[str, int] = {}  # when WhatsApp's word on a message first came
        self.ranks: dict[str, int] = defaultdict(int)
        self.tried_again: dict[str, list[int]] = defaultdict(list)
        self.somebody_died = False

    @initialize()
    def start(self) -> None:
        self.world.add_contacts(PEOPLE, in_one_block=True)
        self.id = self.world.start()

    @property
    def campaign(self) -> Campaign:
        return self.world.campaigns.get(self.id)

    # What time and machines do.

    @rule()
    def a_minute_begins(self) -> None:
        self.world.clock.advance(60)
        self.world.tick()

    @RUNS
    @rule(who=st.sampled_from(["another pacer", "a pause", "its death"]))
    def a_pacer_is_disturbed(self, who: str) -> None:
        """Between its look and its release, or before what it released is in the queue."""
        world = self.world
        world.clock.advance(60)
        before = world.chunks()
        owed = {one for chunk in self.campaign.outbox for one in self._people_of(chunk)}
        if who == "another pacer":
            world.between_look_and_release(lambda: world.pacer.pace(world.channel))
        elif who == "a pause":
            world.between_look_and_release(self.pause)
        else:
            world.dies_before_handing_over()
        released = world.chunks()[len(before) :]
        people = [one for body in released for one in self._people_of(body)]
        assert len(people) == len(set(people))  # nobody was let go by both
        # What a pacer that died had let go is handed over at the look, before the pause.
        assert who != "a pause" or owed.issuperset(people)

    @HAS_CHUNKS
    @rule(fates=st.lists(FATES, min_size=PEOPLE, max_size=PEOPLE))
    def a_chunk_is_sent(self, fates: list[str]) -> None:
        left = iter(fates)

        def fate(payload: Any) -> str:
            del payload
            found = next(left, "ok")
            self.somebody_died |= found == "dead"
            return found

        self._send(fate)

    @HAS_FEW_CHUNKS
    @rule(at=st.integers(1, PEOPLE))
    def two_workers_send_a_chunk_at_once(self, at: int) -> None:
        """The second one comes while one of the first one's calls of WhatsApp is under way."""
        self.world.repeat_chunks()
        calls = count(1)

        def fate(payload: Any) -> str:
            del payload
            if next(calls) == at:
                self.world.deliver_next()
            return "ok"

        self._send(fate)

    @HAS_CHUNKS
    @rule()
    def a_worker_dies_with_a_chunk(self) -> None:
        self.world.deliver_next(dies=True)

    @HAS_FEW_CHUNKS
    @rule()
    def chunks_are_delivered_twice(self) -> None:
        self.world.repeat_chunks()

    @precondition(lambda self: self.world.meta.accepted)
    @rule(which=st.integers(0, 30), status=STATUSES)
    def whatsapp_tells(self, which: int, status: str) -> None:
        """Of any try, also one that was long ago."""
        accepted = self.world.meta.accepted
        try_ = which % len(accepted)
        callback, _ = accepted[try_]
        more = {"errors": [{"code": 131053}]} if status == "failed" else {}
        self.world.tell(callback, status, id=f"wamid.{try_ + 1}", **more)
        self.settled.setdefault(callback, self.world.clock())

    @precondition(lambda self: self.world.meta.accepted)
    @rule(which=st.integers(0, 30))
    def whatsapp_holds_back(self, which: int) -> None:
        """It is tried anew in a day, unless it was heard of otherwise."""
        accepted = self.world.meta.accepted
        try_ = which % len(accepted)
        callback, _ = accepted[try_]
        before = {one.ref(self.id): one.rounds for one in self.world.recipients(self.id)}
        self.world.tell(callback, "failed", id=f"wamid.{try_ + 1}", errors=[{"code": 131049}])
        for one in self.world.recipients(self.id):
            if one.rounds > before[one.ref(self.id)]:
                self.ranks[f"{one.block}-{one.number}"] = 0
                self.tried_again[callback].append(self.world.clock())
                self.settled.pop(callback, None)

    @rule(seconds=st.sampled_from([1, 100, WINDOW_SECONDS]))
    def time_passes(self, seconds: int) -> None:
        self.world.clock.advance(seconds)

    # What people do.

    @RUNS
    @rule()
    def pause(self) -> None:
        self.world.campaigns.move(
            self.id, (RUNNING,), PAUSED, reason=because("by_hand", name="Ana")
        )

    @precondition(lambda self: self.campaign.status == PAUSED)
    @rule()
    def go_on(self) -> None:
        epoch = self.campaign.epoch + 1
        self.world.campaigns.move(
            self.id,
            (PAUSED,),
            RUNNING,
            cursor=list(BEGINNING),
            epoch=epoch,
            paced_at=0,
            outbox=None,
        )

    @precondition(lambda self: self.world.total(self.id).failures)
    @rule()
    def people_want_failures_tried_again(self) -> None:
        """Another try: it begins anew, and of what the one before was told holds no more."""
        ended = self.campaign.status == CANCELLED
        failed = [one for one in self.world.recipients(self.id) if one.state == FAILED]
        classes = sorted(retryable(frozenset()))
        tenant = self.world.tenant
        self.world.bench.hand_over(work_entry(tenant, "retry", self.id, classes=classes))
        self.world.do_jobs()
        for one in failed:
            if not ended:
                self.ranks[f"{one.block}-{one.number}"] = 0
                self.tried_again[callback_data(one.ref(self.id))].append(self.world.clock())
                self.settled.pop(callback_data(one.ref(self.id)), None)

    @precondition(lambda self: self.campaign.status in (RUNNING, PAUSED))
    @rule(really=st.integers(0, 3))
    def cancel(self, really: int) -> None:
        if really > 1:
            return
        now = self.world.clock()
        self.world.campaigns.move(self.id, (RUNNING, PAUSED), CANCELLED, finished_at=now)
        self.world.bench.hand_over(work_entry(self.world.tenant, "cancel", self.id))
        self.world.do_jobs()

    # What holds.

    def _send(self, fate: Callable[[Any], str]) -> None:
        """The next chunk; only a campaign that runs is sent."""
        self.world.meta.fate = fate
        before = len(self.world.meta.accepted)
        self.world.deliver_next()
        self._note_answers(before)
        new = self.world.meta.accepted[before:]
        assert not new or self.campaign.status == RUNNING

    def _note_answers(self, before: int) -> None:
        """A clear answer is WhatsApp's word as well."""
        for callback, at in self.world.meta.accepted[before:]:
            for one in self.world.recipients(self.id):
                if callback.endswith(f":{one.block}-{one.number}") and one.sent_at:
                    self.settled.setdefault(callback, at)

    def _people_of(self, body: JsonObject) -> list[tuple[int, int]]:
        if body.get("due"):
            return []
        return [(body["block"], number) for number in range(body["first"], body["last"] + 1)]

    @invariant()
    def outcomes_only_move_forward(self) -> None:
        for one in self.world.recipients(self.id):
            place, rank = f"{one.block}-{one.number}", RANKS[one.state]
            assert rank >= self.ranks[place], (place, one.state)
            self.ranks[place] = rank

    @invariant()
    def whoever_counts_as_sent_was_accepted(self) -> None:
        accepted = {callback.rpartition(":")[2] for callback, _ in self.world.meta.accepted}
        for one in self.world.recipients(self.id):
            assert not one.sent_at or f"{one.block}-{one.number}" in accepted

    @invariant()
    def sums_are_exact(self) -> None:
        """Behind a worker that died they are as soon as its chunk has come back."""
        if not self.somebody_died:
            self._sums_are_exact()

    def _sums_are_exact(self) -> None:
        recipients = self.world.recipients(self.id)
        for block, told in self.world.bench.tallies(self.id).all().items():
            own = [one for one in recipients if one.block == block]
            assert told == tally(standing_of(one, WINDOW_SECONDS * 1000) for one in own)

    def _nobody_twice(self) -> None:
        times: dict[str, list[int]] = defaultdict(list)
        for callback, at in self.world.meta.accepted:
            times[callback].append(at)
        for callback, those in times.items():
            for first, second in pairwise(those):
                if any(first <= again <= second for again in self.tried_again[callback]):
                    continue
                assert second - first >= WINDOW_SECONDS * 1000
                assert self.settled.get(callback, second) >= second

    def teardown(self) -> None:
        """Everything that is under way comes to its end."""
        if not hasattr(self, "id"):
            return
        world = self.world
        world.meta.fate = lambda _: "ok"
        if self.campaign.status == PAUSED:
            self.go_on()
        for _ in range(4):
            for callback, _ in list(world.meta.accepted):
                world.tell(callback, "sent")
            world.run_for(WINDOW_SECONDS // 60 + 3)
            world.clock.advance(24 * 3600)  # those who are held back
            world.run_for(3)
        self.outcomes_only_move_forward()
        self.whoever_counts_as_sent_was_accepted()
        self._nobody_twice()
        self._sums_are_exact()
        recipients = world.recipients(self.id)
        assert len(recipients) == PEOPLE
        outcomes = Counter(outcome_of(one.state) for one in recipients)
        assert Counter(world.total(self.id).outcomes) == outcomes
        assert self.campaign.status in (FINISHED, CANCELLED)
        assert not outcomes["queued"]
        reached = {f"{one.block}-{one.number}" for one in recipients if one.sent_at}
        told_of = {one.rpartition(":")[2] for one in world.events}
        assert reached <= told_of  # every conversation knows what was sent in it
        if self.campaign.status == FINISHED:
            assert not outcomes["cancelled"]


AnyLife.TestCase.settings = settings(
    max_examples=200,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestAnyLife = AnyLife.TestCase
