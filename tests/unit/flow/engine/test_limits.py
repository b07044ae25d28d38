"""A flow always stops: each limit at its edge, and one beyond."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from flow.engine import errors
from flow.engine.definition import compile_flow
from flow.engine.effects import Stopped
from flow.engine.events import Started
from flow.engine.limits import DEFAULT_LIMITS, Limits
from flow.engine.lookup import FlowRef
from flow.engine.rule_values import Budget
from flow.engine.rules import compile_rule
from flow.engine.step import step
from flow.engine.texts import compile_template
from shared.json_types import JsonObject
from tests.unit.flow.engine.flow_parts import (
    Talk,
    chain,
    condition,
    edge,
    flow,
    http,
    message,
    question,
)

SMALL = Limits(steps_per_event=5, events_per_session=4, state_bytes=100)


def _line(length: int) -> Talk:
    return Talk(chain(*(message(f"n{i}", f"{i}") for i in range(length))), SMALL).says("halo")


def test_as_many_steps_as_allowed() -> None:
    assert (_line(5).texts, _line(5).stopped_by) == (["0", "1", "2", "3", "4"], [])


def test_one_step_too_many() -> None:
    talk = _line(6)
    assert talk.stopped_by == ["too_many_steps"]
    assert talk.session is None
    assert talk.texts[:5] == ["0", "1", "2", "3", "4"]


def test_a_circle_of_conditions_stops() -> None:
    talk = Talk(flow([condition("c", go=True)], [edge("c", "c", "go")])).says("halo")
    assert (talk.stopped_by, talk.session) == (["too_many_steps"], None)


def test_a_session_takes_so_many_events_and_no_more() -> None:
    talk = Talk(flow([question("ask")], [edge("ask", "ask")]), SMALL)
    for _ in range(4):
        assert talk.says("again").stopped_by == []
    assert talk.says("again").stopped_by == ["too_many_events"]
    assert talk.session is None
    assert talk.says("again").texts == ["well?"]


def test_events_without_words_count_as_well() -> None:
    talk = Talk(chain(question("ask")), SMALL).says("halo")
    for _ in range(3):
        talk.says("")
    assert talk.says("").stopped_by == ["too_many_events"]


def test_what_a_wait_takes_no_notice_of_does_not_count() -> None:
    data = {"for": {"amount": 40, "unit": "days"}}
    waiting = {**flow([{"id": "w", "type": "wait", "data": data}], []), "schema": 2}
    talk = Talk(waiting, SMALL).says("x")
    for _ in range(10):
        assert talk.says("hello?").stopped_by == []
    assert talk.node == "w"


def test_what_a_start_carries_is_bounded_too() -> None:
    done = step(
        lambda *_: (1, compile_flow(chain(message("m")))),
        None,
        Started("e", "api", {"x": "y" * 2000}),
        start=FlowRef("flow", 1),
        contact={},
        workspace={},
        now=0,
        limits=SMALL,
    )
    assert (done.session, done.effects) == (None, (Stopped("state_too_large"),))


def test_state_up_to_its_size() -> None:
    asking = chain(question("ask"), question("more", "other"))
    most = 100 - len('{"answer": ""}')
    assert Talk(asking, SMALL).says("halo").says("x" * most).node == "more"
    talk = Talk(asking, SMALL).says("halo").says("x" * (most + 1))
    assert (talk.stopped_by, talk.session) == (["state_too_large"], None)


def test_state_is_measured_as_it_is_stored() -> None:
    asking = chain(question("ask"), question("more", "other"))
    assert Talk(asking, SMALL).says("halo").says("🙂" * 10).stopped_by == ["state_too_large"]


def test_an_answer_of_a_call_counts_as_state() -> None:
    talk = Talk(chain(http("call"), question("ask")), SMALL).says("halo")
    assert talk.hears("success", ["x" * 100]).stopped_by == ["state_too_large"]


def test_a_long_text_is_cut() -> None:
    talk = Talk(chain(question("ask"), message("end", "{{answer}}{{answer}}"))).says("halo")
    assert talk.says("x" * 4000).texts == ["x" * 4096]


def test_a_short_text_that_names_a_long_value_many_times_costs_little() -> None:
    nodes = [question("ask", "a"), *(message(f"m{i}", "{{a}}" * 800) for i in range(40))]
    talk = Talk(chain(*nodes)).says("halo")
    begin = time.process_time()
    talk.says("x" * 30_000)
    assert time.process_time() - begin < 1
    assert {len(text) for text in talk.texts} == {4096}


def test_a_call_that_outgrows_the_output_stops() -> None:
    talk = Talk(chain(question("ask", "a"), http("call", body="{{a}}" * 1000))).says("halo")
    talk.says("x" * 30_000)
    assert talk.stopped_by == ["too_much_output"]
    assert (talk.session, talk.calls) == (None, [])


@pytest.mark.parametrize("where", ["url", "headers"])
def test_no_part_of_a_call_is_cut_to_fit(where: str) -> None:
    text = "{{a}}" * 100
    node = http("call", url=text) if where == "url" else http("call", headers={"X": text})
    talk = Talk(chain(question("ask", "a"), node)).says("halo").says("x" * 30_000)
    assert (talk.stopped_by, talk.calls) == (["too_much_output"], [])


def test_output_is_counted_over_all_nodes_of_a_step() -> None:
    limits = replace(DEFAULT_LIMITS, output_bytes=1000)
    talk = Talk(chain(*(message(f"m{i}", "x" * 300) for i in range(5))), limits).says("halo")
    assert talk.texts == ["x" * 300] * 2
    assert talk.stopped_by == ["too_much_output"]


def test_conditions_of_one_event_are_bounded_together() -> None:
    limits = replace(DEFAULT_LIMITS, rule_steps_per_event=8)
    rule = {"==": [1, 2]}  # four parts: the operation, its list, and two numbers
    assert compile_rule(rule).parts == 4
    enough = flow([condition("c", a=rule, b=rule)], [])
    assert Talk(enough, limits).says("halo").stopped_by == []
    many = flow([condition("c", a=rule, b=rule, c=rule)], [])
    talk = Talk(many, limits).says("halo")
    assert (talk.stopped_by, talk.session) == (["too_many_rules"], None)


def test_the_worst_flow_for_rules_stops_in_time() -> None:
    """The worker has ten seconds, and other tenants' lanes are in its batch."""
    heavy = {"in": ["no", {"merge": [{"var": "a.body"}] * 240}]}
    cases = {f"c{i}": heavy for i in range(50)}
    definition = flow(
        [http("call", "a"), condition("c", **cases)], [edge("call", "c"), edge("c", "c")]
    )
    talk = Talk(definition).says("halo")
    begin = time.process_time()
    talk.hears("success", [0] * 8000)
    assert time.process_time() - begin < 3
    assert talk.stopped_by == ["too_many_rules"]


def _nested(levels: int) -> object:
    rule: object = True
    for _ in range(levels):
        rule = {"!": rule}
    return rule


def test_rules_as_deep_and_large_as_allowed() -> None:
    limits = Limits(rule_depth=4, rule_parts=6)
    compile_rule(_nested(3), limits)
    compile_rule({"and": [1, 2, 3, 4]}, limits)


def test_a_rule_too_deep() -> None:
    with pytest.raises(errors.RuleInvalidError, match="deeply"):
        compile_rule(_nested(4), Limits(rule_depth=4))


def test_a_rule_too_large() -> None:
    with pytest.raises(errors.RuleInvalidError, match="more than 6 parts"):
        compile_rule({"and": [1, 2, 3, 4, 5]}, Limits(rule_parts=6))


def test_a_flow_says_which_node_has_the_bad_rule() -> None:
    with pytest.raises(errors.FlowInvalidError, match=r"nodes\.0.*deeply"):
        compile_flow(flow([condition("c", yes=_nested(500))], []))


def test_subflows_go_so_deep_and_no_deeper() -> None:
    call = {"id": "c", "type": "subflow", "data": {"flow": "flow"}}
    text = {"kind": "text", "text": "deeper"}
    nodes = [{"id": "m", "type": "message", "data": {"content": text}}, call]
    stored = {**flow(nodes, [edge("m", "c")]), "schema": 2}
    talk = Talk(stored, replace(DEFAULT_LIMITS, frames=3)).says("halo")
    assert (talk.texts, talk.stopped_by) == (["deeper"] * 3, ["too_many_frames"])


def test_so_many_messages_for_one_event() -> None:
    limits = replace(DEFAULT_LIMITS, sends_per_event=3)
    assert Talk(chain(*(message(f"m{i}") for i in range(3))), limits).says("x").stopped_by == []
    talk = Talk(chain(*(message(f"m{i}") for i in range(4))), limits).says("x")
    assert (len(talk.texts), talk.stopped_by) == (3, ["too_many_sends"])


def _starting(times: int) -> JsonObject:
    start = {"type": "start_flow", "data": {"flow": "other", "contact": "c2"}}
    nodes = [{"id": f"s{i}", **start} for i in range(times)]
    edges = [edge(f"s{i}", f"s{i + 1}") for i in range(times - 1)]
    return {**flow(nodes, edges), "schema": 2}


def test_so_many_flows_for_other_contacts() -> None:
    limits = replace(DEFAULT_LIMITS, starts_per_session=2)
    assert Talk(_starting(2), limits).says("x").stopped_by == []
    assert Talk(_starting(3), limits).says("x").stopped_by == ["too_many_starts"]


def test_flows_that_flows_start_are_so_far_from_a_person_and_no_farther() -> None:
    limits = replace(DEFAULT_LIMITS, generation=1)
    assert Talk(_starting(1), limits).says("x").stopped_by == []
    none = replace(DEFAULT_LIMITS, generation=0)
    assert Talk(_starting(1), none).says("x").stopped_by == ["too_many_starts"]


def test_a_wait_up_to_a_year() -> None:
    def waiting(amount: int) -> Talk:
        data = {"for": {"amount": amount, "unit": "days"}}
        stored = {**flow([{"id": "w", "type": "wait", "data": data}], []), "schema": 2}
        return Talk(stored, replace(DEFAULT_LIMITS, wait_seconds=10 * 86_400)).says("x")

    assert (waiting(10).node, waiting(10).stopped_by) == ("w", [])
    assert (waiting(11).node, waiting(11).stopped_by) == (None, ["wait_too_long"])


def test_a_version_that_is_gone_ends_the_session() -> None:
    talk = Talk(chain(question("ask"), message("end"))).says("halo")
    talk.flow = compile_flow(chain(question("other")))
    assert talk.says("well").stopped_by == ["flow_missing"]
    assert talk.session is None


def test_what_a_rule_makes_is_bounded() -> None:
    doubled = {"cat": [{"var": "accumulator"}, {"var": "accumulator"}]}
    rule = compile_rule({"reduce": [[0] * 60, doubled, "x"]})
    assert rule.value({}, Budget(10_000, 1000)) is None
    merged = {"merge": [{"var": "accumulator"}, {"var": "accumulator"}]}
    rule = compile_rule({"reduce": [[0] * 60, merged, [1]]})
    assert rule.value({}, Budget(10_000, 1000)) is None


def test_a_list_of_itself_many_times_over_costs_little() -> None:
    """2**60 items, if they were counted out."""
    nested = [{"var": "accumulator"}, {"var": "accumulator"}]
    looped = {"reduce": [[0] * 60, nested, "x"]}
    begin = time.process_time()
    for rule in (looped, {"cat": [looped]}, {"==": [looped, looped]}, {"in": [looped, looped]}):
        compile_rule(rule).value({}, Budget(10_000, 1000))
    assert time.process_time() - begin < 1


def test_loops_in_loops_are_charged() -> None:
    inner = {"map": [{"var": "rows"}, {"+": [{"var": "n"}, 1]}]}
    rows = [{"n": place, "rows": [{"n": 1}] * 50} for place in range(50)]
    rule = compile_rule({"map": [{"var": "rows"}, inner]})
    assert len(rule.value({"rows": rows}, Budget(50_000, 50_000))) == 50
    with pytest.raises(errors.TooManyRulesError):
        rule.value({"rows": rows}, Budget(5_000, 50_000))


def test_a_text_has_so_many_places() -> None:
    limits = replace(DEFAULT_LIMITS, template_parts=3)
    compile_template("{{a}}" * 3, limits)
    with pytest.raises(errors.TextInvalidError, match="3 places"):
        compile_template("{{a}}" * 4, limits)


def _setting(*assignments: JsonObject) -> JsonObject:
    node = {"id": "s", "type": "set", "data": {"assignments": list(assignments)}}
    return {**flow([node], [edge("s", "s")]), "schema": 2}


def test_texts_that_are_filled_again_and_again_cost_little() -> None:
    """Places are charged as rules are: a circle of large texts would take minutes."""
    text = {"text": "{{contact.name | upcase | downcase}}" * 250}
    many = [{"variable": f"v{i}", "to": text} for i in range(50)]
    talk = Talk(_setting(*many))
    begin = time.process_time()
    assert talk.says("x").stopped_by == ["too_many_rules"]
    assert time.process_time() - begin < 1


def test_variables_cannot_grow_on_the_way() -> None:
    """What a step sets and drops again is memory all the same."""
    doubled = {"variable": "a", "to": {"text": "{{vars.a}}{{vars.a}}x"}}
    assert Talk(_setting(doubled)).says("x").stopped_by == ["state_too_large"]
    long = {"variable": "a", "to": {"rule": {"cat": ["x" * 9000] * 3}}}
    assert Talk(_setting(long)).says("x").stopped_by == ["state_too_large"]


def test_every_limit_has_a_code_of_its_own() -> None:
    codes = [error.code for error in errors.FlowStoppedError.__subclasses__()]
    assert len(set(codes)) == len(codes) == 10
    assert "stopped" not in codes
