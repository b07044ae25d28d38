"""The worker of evaluations: every question once, whatever is delivered twice, late or never."""

from __future__ import annotations

from typing import Any

import pytest

from rag.asking_settings import AskingSettings
from rag.converse import ModelBusyError
from rag.evaluate import MAX_RECEIVES, MOST_TRIES
from rag.evaluation_work import ASK, BEGIN, entry
from rag.queries import Scope
from shared.fifo_batch import NotYetError
from shared.store.evaluations import CANCELLED, DONE, RUNNING
from shared.tenancy import Tenant
from tests.unit.rag.evaluation_world import MARS, RATES, RETURNS, World, numbers
from tests.unit.rag.test_answering import Model


@pytest.fixture
def world(dynamodb: Any, tenant: Tenant) -> World:
    return World(dynamodb, tenant)


def test_every_question_is_asked_judged_and_added_up(world: World) -> None:
    done = world.run()
    assert (done.state, done.total, len(done.judged)) == (DONE, 3, 3)
    found = world.results()
    right = found[RETURNS.id]
    assert (right.outcome, right.rank, right.correctness, right.faithfulness) == (
        *("answered", 1, 1.0, 1.0),
    )
    assert "Stand-in" in right.correctness_note
    wrong = found[RATES.id]
    assert (wrong.outcome, wrong.correctness, wrong.faithfulness) == ("answered", 0.0, 1.0)
    refused = found[MARS.id]
    assert (refused.outcome, refused.rank, refused.correctness) == ("no_answer", None, 1.0)
    assert refused.correctness_note == "refused"
    assert done.totals is not None
    assert {
        name: done.totals[name]
        for name in ("questions", "hit_rate", "correctness", "faithfulness", "refusal_rate")
    } == {
        "questions": 3,
        "hit_rate": 1.0,
        "correctness": 0.5,
        "faithfulness": 1.0,
        "refusal_rate": 1.0,
    }
    assert done.totals["answered_rate"] == 1.0
    assert done.totals["usd"] > 0


def test_passages_are_named_and_their_words_are_not_kept(world: World) -> None:
    world.run()
    first = world.results()[RETURNS.id].passages[0]
    assert (first["document_id"], first["version"], first["cited"]) == ("d1", 1, 1)
    assert "text" not in first


def test_settings_and_versions_are_pinned(world: World) -> None:
    world.run(threshold=0.99)
    one = world.evaluations.get("e1")
    assert one.settings["threshold"] == 0.99
    assert world.evaluations.pinned("e1") == {"d1": 1, "d2": 1, "d3": 1}
    assert world.results()[RETURNS.id].outcome == "no_answer"


def test_an_evaluation_measures_the_order_that_it_pins(world: World) -> None:
    world.run()
    assert world.results()[RETURNS.id].rank == 1
    assert world.reranker.texts == []
    world.run("e2", rerank=True)
    assert world.evaluations.get("e2").settings["rerank"] is True
    better = world.results("e2")[RETURNS.id]
    assert better.rank == 2
    assert better.passages[0]["title"] == "Trees"


def test_an_order_that_does_not_come_is_waited_for_and_nothing_else_is_measured(
    world: World,
) -> None:
    world.reranker.fails = True
    world.start(rerank=True)
    first, *_ = world.waiting()
    world.deliver(first)
    assert numbers(world.waiting()) == [0]
    assert world.results() == {}
    world.reranker.fails = False
    world.deliver(first)
    assert world.results()[RETURNS.id].outcome == "answered"


def test_what_is_delivered_twice_is_judged_and_metered_once(world: World) -> None:
    world.start()
    world.deliver(entry(world.tenant, BEGIN, "kb_1", "e1").body)
    bodies = world.waiting()
    assert numbers(bodies) == [0, 1, 2, 0, 1, 2]
    for body in bodies:
        world.deliver(body)
    first = world.results()
    spent = world.tokens()
    assert spent == sum(one.tokens for one in first.values()) > 0
    assert len(world.find.asked) == 3
    for body in bodies:
        world.deliver(body)
    assert (world.results(), world.tokens()) == (first, spent)
    assert world.evaluations.get("e1").state == DONE


def test_a_worker_that_died_before_it_told_is_followed_by_one_that_tells(world: World) -> None:
    world.start()
    bodies = world.waiting()
    for body in bodies:
        asked = world.evaluations.question("e1", numbers([body])[0])
        result = world.worker.evaluating(Scope(world.tenant, "kb_1"), asked, AskingSettings())
        world.evaluations.settle("e1", asked.number, result, "usage", world.clock())
    assert world.evaluations.get("e1").state == RUNNING
    for body in bodies:
        world.deliver(body)
    assert world.evaluations.get("e1").state == DONE


def test_questions_that_change_meanwhile_do_not_count(world: World) -> None:
    world.start()
    world.golden.delete(MARS.id)
    world.work()
    assert set(world.results()) == {RETURNS.id, RATES.id, MARS.id}


def test_a_cancelled_evaluation_asks_nothing_more(world: World) -> None:
    world.start()
    first, *rest = world.waiting()
    world.deliver(first)
    world.evaluations.end("e1", CANCELLED, {}, world.clock())
    for body in rest:
        world.deliver(body)
    assert len(world.find.asked) == 1
    assert world.evaluations.get("e1").state == CANCELLED


def test_what_is_busy_comes_back_later_and_at_last_is_given_up(world: World) -> None:
    world.start()
    world.waiting()
    world.find.busy = 2
    body = entry(world.tenant, ASK, "kb_1", "e1", number=0).body
    world.deliver(body)
    assert RETURNS.id not in world.results()
    world.work()
    assert world.results()[RETURNS.id].correctness == 1.0
    world.find.busy = 1
    world.deliver(entry(world.tenant, ASK, "kb_1", "e1", number=1, tries=MOST_TRIES).body)
    failed = world.results()[RATES.id]
    assert (failed.outcome, failed.reason, failed.correctness) == ("failed", "busy", None)


def test_a_busy_judge_is_waited_for(dynamodb: Any, tenant: Tenant) -> None:
    world = World(dynamodb, tenant, Model(ModelBusyError("judge")))
    world.start()
    first, *_ = world.waiting()
    world.deliver(first)
    assert numbers(world.waiting()) == [0]
    assert world.results() == {}


def test_what_breaks_is_tried_again_and_then_told(world: World) -> None:
    world.start()
    body = world.waiting()[0]
    world.find.broken = True
    with pytest.raises(RuntimeError):
        world.deliver(body)
    world.deliver(body, receives=MAX_RECEIVES)
    assert world.results()[RETURNS.id].reason == "ours"


def test_a_judge_that_cannot_be_understood_is_never_a_pass(dynamodb: Any, tenant: Tenant) -> None:
    world = World(dynamodb, tenant, Model('{"verdict": "correct", "supported": {"1": true}}'))
    done = world.run()
    found = world.results()[RETURNS.id]
    assert (found.correctness, found.correctness_note) == (None, "not_judged")
    assert (found.faithfulness, found.faithfulness_note) == (None, "not_judged")
    assert done.totals is not None
    assert done.totals["correctness"] is None
    assert (done.totals["correctness_at_least"], done.totals["faithfulness_at_least"]) == (0, 0)
    assert done.totals["not_judged"] == 2


def test_what_the_plan_does_not_allow_is_told_and_costs_nothing(world: World) -> None:
    world.allowed = False
    done = world.run()
    assert {one.reason for one in world.results().values()} == {"limit_reached"}
    assert done.totals is not None
    assert done.totals["failed"] == 3
    assert (world.find.asked, world.tokens()) == ([], 0)


def test_the_beginning_waits_for_what_is_about_to_be_written(world: World) -> None:
    body = entry(world.tenant, BEGIN, "kb_1", "later").body
    with pytest.raises(NotYetError):
        world.deliver(body)
    world.deliver(body, receives=MAX_RECEIVES)


def test_a_base_takes_its_questions_and_evaluations_with_it(world: World) -> None:
    world.run()
    world.golden.forget_all()
    world.evaluations.forget_all()
    assert list(world.golden.all()) == []
    assert world.evaluations.page(10, None) == ([], None)
    assert world.evaluations.questions("e1") == []
    assert world.evaluations.pinned("e1") == {}
