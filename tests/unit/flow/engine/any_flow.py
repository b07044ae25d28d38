"""Strategies: flows of every type of node, circles and subflows included, and what may happen."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from flow.engine.definition import validated
from shared.json_types import JsonObject

shape = st.fixed_dictionaries
TEXTS = st.sampled_from(
    [
        *("hi", " ", "{{vars.a}}", "{{vars.b.body.0}}{{message.text}}", "{{vars.a}}" * 50),
        *("{{contact.__class__}}", "{{vars.a | append: vars.a | replace: 'x', vars.a}}"),
        *("{{vars.b | json}}", "{{vars.a | date}}", "{{vars.list | join: vars.a}}"),
    ]
)
_local = st.one_of(TEXTS, shape({"en": TEXTS, "id": TEXTS}))
_names = st.sampled_from(["a", "b", "list"])
_rules: Any = st.sampled_from(
    [
        True,
        {"==": [{"var": "vars.a"}, "yes"]},
        {"<": [{"var": "vars.b.status"}, 300]},
        {"in": [{"var": "message.text"}, {"var": "vars.a"}]},
        {"/": [1, {"var": "vars.a"}]},
        {"cat": [{"var": "vars.a"}, {"var": "vars.a"}]},
        {"merge": [{"var": "vars.list"}, {"var": "vars.list"}]},
        {"reduce": [{"var": "vars.list"}, [{"var": "accumulator"}, {"var": "accumulator"}], 1]},
        {"some": [{"var": "vars.list"}, {"==": [{"var": ""}, "yes"]}]},
    ]
)
_values = st.one_of(
    shape({"text": TEXTS}),
    shape({"rule": _rules}),
    shape({"value": st.sampled_from([None, 5, "x", ["yes", 0], {"k": [1]}])}),
)
_durations = shape(
    {"amount": st.sampled_from([1, 59, 400]), "unit": st.sampled_from(["seconds", "hours"])}
)
_kinds = st.sampled_from([None, "text", "number", "boolean", "date", "list", "object"])
_option = [{"id": "yes", "title": "Yes"}, {"id": "no", "title": "{{vars.a}}"}]
_answers = st.sampled_from(
    [
        *({"kind": kind} for kind in ("text", "number", "email", "phone", "url", "date")),
        *({"kind": kind} for kind in ("location", "media", "form")),
        {"kind": "choice", "options": _option},
        {"kind": "choice", "options_from": "{{vars.list}}"},
        {"kind": "text", "pattern": "(y|e|s)+$"},
    ]
)
_contents = st.one_of(
    shape({"kind": st.just("text"), "text": _local}),
    shape({"kind": st.just("image"), "media": TEXTS, "caption": _local}),
    shape({"kind": st.just("buttons"), "text": _local, "buttons": st.just(_option)}),
    shape({"kind": st.just("template"), "name": st.just("t"), "body": st.lists(_local)}),
    shape({"kind": st.just("reaction"), "emoji": TEXTS}),
)
_INDONESIAN = {"op": "set_language", "language": "id"}
_UNTIL = st.one_of(TEXTS, st.sampled_from(["2026-12-01", "2099-01-01"]))
_week = {"wed": [{"from": "09:00", "to": "24:00"}]}
DATA: dict[str, Any] = {
    "message": shape({"content": _contents}),
    "template": shape(
        {"kind": st.just("template"), "name": st.just("t"), "body": st.lists(_local, max_size=2)}
    ),
    "ask": shape(
        {"content": _contents, "answer": _answers, "variable": _names},
        optional={"retry_text": _local, "tries": st.integers(1, 3), "timeout": _durations},
    ),
    "condition": shape(
        {
            "cases": st.lists(_rules, min_size=1, max_size=2).map(
                lambda rules: [{"exit": f"c{i}", "rule": rule} for i, rule in enumerate(rules)]
            )
        }
    ),
    "switch": shape({"on": _values, "cases": st.just([{"exit": "c0", "values": ["yes", 5]}])}),
    "split": shape(
        {
            "branches": st.just([{"exit": "c0", "weight": 1}, {"exit": "c1", "weight": 3}]),
            "stable": st.booleans(),
        }
    ),
    "hours": shape(
        {"week": st.just(_week), "zone": st.sampled_from(["contact", "Asia/Tokyo", "No/Where"])}
    ),
    "set": shape(
        {
            "assignments": st.lists(
                shape({"variable": _names, "to": _values, "kind": _kinds}),
                min_size=1,
                max_size=2,
            )
        }
    ),
    "jump": st.sampled_from([{"node": "n0"}, {"flow": "other"}, {"flow": "nowhere"}]),
    "subflow": shape(
        {
            "flow": st.sampled_from(["main", "other", "nowhere"]),
            "parameters": st.dictionaries(_names, _values, max_size=2),
            "returns": st.dictionaries(_names, _names, max_size=2),
        }
    ),
    "wait": st.one_of(
        shape({"for": _durations, "or_reply": st.booleans()}),
        shape({"until": _UNTIL}),
        st.just({"window": {"days": ["sat"], "hours": [{"from": "01:00", "to": "02:00"}]}}),
    ),
    "http": shape(
        {"url": TEXTS, "body": TEXTS, "variable": _names, "mapping": st.just({"a": "0.k"})}
    ),
    "contact": shape(
        {
            "changes": st.just(
                [{"op": "add_tag", "tag": "{{vars.a}}"}, {"op": "set_language", "language": "id"}]
            )
        }
    ),
    "assign": shape({"silent": st.booleans()}, optional={"timeout": _durations}),
    "hand_back": st.just({}),
    "note": shape({"text": _local}),
    "start_flow": shape({"flow": st.just("other"), "contact": TEXTS}),
    "webhook": shape({"event": st.just("e"), "data": st.dictionaries(_names, _values)}),
    "ai": shape({"knowledge_base": st.just("k"), "question": TEXTS, "variable": _names}),
    "end": shape({"returns": st.dictionaries(_names, _values, max_size=2)}),
}


@st.composite
def flows(draw: st.DrawFn) -> JsonObject:
    """Nodes of any type; most exits lead somewhere, backwards as often as on."""
    nodes: list[JsonObject] = []
    for place in range(draw(st.integers(1, 6))):
        type_ = draw(st.sampled_from(sorted(DATA)))
        nodes.append({"id": f"n{place}", "type": type_, "data": draw(DATA[type_])})
    flow = {"schema": 2, "name": "any", "start": "n0", "nodes": nodes, "edges": []}
    flow["parameters"] = [{"name": "a", "kind": draw(_kinds), "default": draw(TEXTS)}]
    ids = st.sampled_from([*(node["id"] for node in nodes), None])
    flow["edges"] = [
        {"source": node.id, "sourceHandle": exit_, "target": target}
        for node in validated(flow).nodes
        for exit_ in node.exits()
        if (target := draw(ids)) is not None
    ]
    return flow


_json: Any = st.recursive(
    st.one_of(st.none(), st.integers(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner)),
    max_leaves=6,
)
_messages = st.sampled_from(
    [
        {"type": "text", "text": {"body": "yes"}},
        {"type": "location", "location": {"latitude": 1, "longitude": 2}},
        {"type": "image", "image": {"id": "1"}},
        {"type": "interactive", "interactive": {"nfm_reply": {"response_json": '{"k": 1}'}}},
        {"type": "interactive", "interactive": 5},
        {},
    ]
)
HAPPENINGS = st.lists(
    st.one_of(
        st.tuples(
            st.just("said"),
            st.sampled_from(["yes", "", "{{a}}", "x" * 300, "🙂" * 50, "12", "a@b.co", "1/1/2030"]),
            _messages,
        ),
        st.tuples(st.just("http"), st.sampled_from(["success", "failure", "timeout", "?"]), _json),
        st.tuples(
            st.just("ai"), st.sampled_from(["answered", "no_answer", "?"]), st.text(max_size=9)
        ),
        st.tuples(st.sampled_from(["timer", "early", "late", "taken", "back", "started"])),
    ),
    max_size=10,
)
