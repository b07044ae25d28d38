"""Random flows with circles: every step ends, nothing raises, and what comes out can be stored."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from flow.engine import session as sessions
from flow.engine.effects import CallHttp, Send, Stopped
from flow.engine.events import EngineEvent, HttpAnswered, Said
from flow.engine.limits import Limits
from shared.json_types import JsonObject
from tests.unit.flow.engine.flow_parts import (
    Talk,
    condition,
    edge,
    flow,
    http,
    message,
    question,
)

LIMITS = Limits(
    steps_per_event=12,
    events_per_session=6,
    state_bytes=400,
    output_bytes=2000,
    rule_steps_per_event=60,
)
_texts = st.sampled_from(
    ["hi", "{{a}}", "{{b.body.0}}{{message.text}}", "{{a}}" * 50, "{{contact.__class__}}", " "]
)
_names = st.sampled_from(["a", "b", "contact", "message"])
_rules = st.sampled_from(
    [
        True,
        {"==": [{"var": "a"}, "yes"]},
        {"<": [{"var": "b.status"}, 300]},
        {"in": [{"var": "message.text"}, {"var": "a"}]},
        {"/": [1, {"var": "a"}]},
        {"missing": ["a", "b"]},
    ]
)
_exits = st.sampled_from([None, "default", "yes", "no", "success", "failure", "timeout"])


@st.composite
def definitions(draw: st.DrawFn) -> JsonObject:
    nodes: list[JsonObject] = []
    for place in range(draw(st.integers(1, 6))):
        id_ = f"n{place}"
        match draw(st.sampled_from(["message", "question", "condition", "http"])):
            case "message":
                nodes.append(message(id_, draw(_texts)))
            case "question":
                nodes.append(question(id_, draw(_names), draw(_texts)))
            case "condition":
                nodes.append(condition(id_, yes=draw(_rules), no=draw(_rules)))
            case _:
                nodes.append(http(id_, draw(_names), url=draw(_texts), body=draw(_texts)))
    ids = st.sampled_from([node["id"] for node in nodes])
    ends = draw(st.dictionaries(st.tuples(ids, _exits), ids, max_size=15))
    edges = {(source, exit_ or "default"): target for (source, exit_), target in ends.items()}
    return flow(nodes, [edge(source, to, exit_) for (source, exit_), to in edges.items()])


_answers: Any = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner)),
    max_leaves=6,
)
_happenings = st.lists(
    st.one_of(
        st.tuples(st.just("said"), st.sampled_from(["yes", "", "{{a}}", "x" * 300, "🙂" * 50])),
        st.tuples(st.sampled_from(["success", "failure", "timeout", "else"]), _answers),
        st.tuples(st.just("late"), _answers),
    ),
    max_size=12,
)


@given(definition=definitions(), happenings=_happenings)
def test_it_stops_and_never_raises(
    definition: JsonObject, happenings: list[tuple[str, Any]]
) -> None:
    talk = Talk(definition, LIMITS)
    for place, (kind, content) in enumerate(happenings):
        before = talk.session
        talk.happens(_event(talk, place, kind, content))
        _check(talk)
        if kind == "late":
            assert (talk.session, talk.effects) == (before, ())


def _event(talk: Talk, place: int, kind: str, content: Any) -> EngineEvent:
    if kind == "said":
        return Said(f"wamid.{place}", content)
    awaited = talk.session.waiting.correlation if talk.session else None
    correlation = "late" if kind == "late" else awaited or "none"
    return HttpAnswered(f"http:{place}", correlation, kind, 200, content)


def _check(talk: Talk) -> None:
    # One more than the limit may have been entered when it is noticed.
    assert len(talk.effects) <= LIMITS.steps_per_event + 2
    assert len(json.dumps([asdict(effect) for effect in talk.effects])) < 2 * LIMITS.output_bytes
    for effect in talk.effects:
        match effect:
            case Send({"type": "text", "text": {"body": body}}):
                assert body.strip()
                assert len(body) <= LIMITS.text_characters
            case Stopped():
                assert talk.session is None
            case CallHttp(correlation=correlation):
                assert talk.session is None or talk.session.waiting.correlation == correlation
            case _:
                raise AssertionError(effect)
    session = talk.session
    if session is not None:
        assert session.top.node in talk.flow.nodes
        assert session.events <= LIMITS.events_per_session
        assert len(json.dumps(session.top.variables)) <= LIMITS.state_bytes
        assert sessions.from_json(json.loads(json.dumps(sessions.to_json(session)))) == session
