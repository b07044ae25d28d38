"""What a check says about a flow, and that it says nothing about a good one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.engine.checks import Catalogue, Finding, check
from flow.engine.checks.catalogue import ClosedGate, TemplateShape
from shared.json_types import JsonObject
from tests.house import APA_KABAR

DAY = {"amount": 24, "unit": "hours"}
HOUR = {"amount": 1, "unit": "hours"}
ANY_MESSAGE = [{"type": "any_message"}]
EVERYTHING = Catalogue(
    templates={"promo": TemplateShape(frozenset({"en"}), 1)},
    flows={"other": frozenset({"deep"}), "deep": frozenset({"main"}), "plain": frozenset()},
    knowledge_bases=frozenset({"faq"}),
    fields=frozenset({"age"}),
    teams=frozenset({"sales"}),
    people=frozenset({"p1"}),
    this_flow="main",
)


def node(id_: str, type_: str, **data: Any) -> JsonObject:
    return {"id": id_, "type": type_, "data": data}


def say(id_: str, text: Any = "hello") -> JsonObject:
    return node(id_, "message", content={"kind": "text", "text": text})


def ask(id_: str, **more: Any) -> JsonObject:
    content = {"kind": "text", "text": "?"}
    usual = {"answer": {"kind": "text"}, "tries": None}
    return node(id_, "ask", content=content, variable=id_, **{**usual, **more})


def flow(*nodes: JsonObject, edges: tuple[str, ...] = (), **rest: Any) -> JsonObject:
    """Edges as `a -> b` or `a (exit) -> b`."""
    drawn = []
    for edge in edges:
        source, target = edge.split(" -> ")
        source, _, exit_ = source.partition(" (")
        drawn.append({"source": source, "target": target, "sourceHandle": exit_.strip(")") or None})
    first = {"schema": 2, "name": "main", "start": nodes[0]["id"], "triggers": ANY_MESSAGE}
    return {**first, "nodes": list(nodes), "edges": drawn, **rest}


def test_without_any_knowledge_base_an_answer_is_warned_of() -> None:
    asking = node("a", "ai", knowledge_base="faq", question="?")
    exits = ("a (answered) -> b", "a (no_answer) -> b", "a (failed) -> b")
    stored = flow(asking, say("b"), edges=exits)
    none = Catalogue(knowledge_bases=frozenset())
    assert told(check(stored, none)) == {("a", "warning", "no_knowledge")}
    others = Catalogue(knowledge_bases=frozenset({"other"}))
    assert told(check(stored, others)) == {("a", "error", "unknown_knowledge_base")}
    assert told(check(stored, Catalogue(knowledge_bases=frozenset({"faq"})))) == set()


def test_a_closed_gate_of_a_knowledge_base_stands_in_the_way() -> None:
    asking = node("a", "ai", knowledge_base="faq", question="?")
    exits = ("a (answered) -> b", "a (no_answer) -> b", "a (failed) -> b")
    stored = flow(asking, say("b"), edges=exits)
    gates = {"faq": ClosedGate("Evaluate it first", "ev1"), "other": ClosedGate("Too bad")}
    (found,) = check(stored, Catalogue(closed_gates=gates))
    assert (found.node_id, found.level, found.code) == ("a", "error", "evaluation_needed")
    assert (found.message, found.field, found.about) == (
        *("Evaluate it first", "knowledge_base", "ev1"),
    )


def told(findings: list[Finding]) -> set[tuple[str | None, str, str]]:
    return {(finding.node_id, finding.level, finding.code) for finding in findings}


TEMPLATE = node("t", "template", kind="template", name="promo", body=["{{contact.name}}"])
FAST = node("s", "set", assignments=[{"variable": "n", "to": {"value": 1}}])
UNTIL = node("c", "condition", cases=[{"exit": "again", "rule": {"<": [{"var": "vars.n"}, 9]}}])


@pytest.mark.parametrize(
    ("stored", "findings"),
    [
        (flow(say("a"), say("b")), {("b", "warning", "unreachable")}),
        (
            flow(ask("a", timeout=HOUR), say("b"), edges=("a -> b",)),
            {("a", "warning", "missing_exit")},
        ),
        (
            flow(say("a"), say("b"), edges=("a -> b", "a (gone) -> b")),
            {("a", "warning", "unknown_exit")},
        ),
        (flow(say("a"), say("b"), edges=("a -> b", "b -> a")), {("a", "error", "endless_loop")}),
        (
            flow(FAST, UNTIL, say("b"), edges=("s -> c", "c (again) -> s", "c -> b")),
            {("s", "warning", "loop_without_wait")},
        ),
        (
            flow(node("w", "wait", **{"for": HOUR}), say("a"), edges=("w -> a", "a -> w")),
            {("a", "warning", "window_may_be_closed")},
        ),
        (
            flow(say("a"), node("j", "jump", node="a"), edges=("a -> j",)),
            {("a", "error", "endless_loop")},
        ),
        (flow(node("s", "subflow", flow="nowhere")), {("s", "error", "unknown_flow")}),
        (flow(node("s", "subflow", flow="other")), {("s", "error", "calls_itself")}),
        (flow(node("s", "jump", flow="nowhere")), {("s", "error", "unknown_flow")}),
        (
            flow(
                node("s", "start_flow", flow="plain", contact="c"),
                say("no"),
                edges=("s (failed) -> no",),
            ),
            set(),
        ),
        (
            flow(node("n", "assign", team="x", person="y")),
            {("n", "error", "unknown_team"), ("n", "error", "unknown_person")},
        ),
        (
            flow(
                node(
                    "f",
                    "contact",
                    changes=[{"op": "set_field", "field": "size", "value": {"value": 1}}],
                )
            ),
            {("f", "error", "unknown_field")},
        ),
        (flow(TEMPLATE), set()),
        (
            flow({**TEMPLATE, "data": {**TEMPLATE["data"], "name": "old"}}),
            {("t", "error", "unknown_template")},
        ),
        (
            flow({**TEMPLATE, "data": {**TEMPLATE["data"], "language": "id"}}),
            {("t", "error", "unknown_template_language")},
        ),
        (
            flow({**TEMPLATE, "data": {**TEMPLATE["data"], "body": []}}),
            {("t", "error", "template_places")},
        ),
        (flow(say("a", "{{vars.nobody}}")), {("a", "error", "unknown_variable")}),
        (flow(say("a", "{{name}}")), {("a", "error", "unknown_scope")}),
        (flow(say("a", "{{contact.fields.size}}")), {("a", "error", "unknown_field")}),
        (flow(say("a", "{{vars.x}}"), parameters=[{"name": "x"}]), set()),
        (flow(say("a", "{{vars.trigger.tag}}")), set()),
        (
            flow(
                node("c", "condition", cases=[{"exit": "x", "rule": {"var": "vars.q"}}]),
                say("b"),
                edges=("c (x) -> b", "c -> b"),
            ),
            {("c", "error", "unknown_variable")},
        ),
        (flow(say("a", {"en": "x", "id": "y"}), language="id"), set()),
        (flow(say("a", {"en": "x"}), language="id"), {("a", "warning", "missing_language")}),
        (
            flow(
                node(
                    "a",
                    "message",
                    content={
                        "kind": "buttons",
                        "text": "?",
                        "buttons": [{"id": "x", "title": "x" * 21}],
                    },
                )
            ),
            {("a", "warning", "too_long")},
        ),
        (
            flow(
                node("h", "hours", zone="No/Where", week={"mon": []}),
                say("b"),
                edges=("h (open) -> b", "h (closed) -> b"),
            ),
            {("h", "error", "unknown_zone")},
        ),
        (flow(say("a"), triggers=[]), {(None, "warning", "no_trigger")}),
        # The window
        (
            flow(node("w", "wait", **{"for": DAY}), say("b"), edges=("w -> b",)),
            {("b", "error", "window_closed")},
        ),
        (flow(node("w", "wait", **{"for": DAY}), TEMPLATE, edges=("w -> t",)), set()),
        (
            flow(node("w", "wait", **{"for": DAY}), TEMPLATE, say("b"), edges=("w -> t", "t -> b")),
            {("b", "error", "window_closed")},
        ),
        (
            flow(
                node("w", "wait", or_reply=True, **{"for": DAY}),
                say("b"),
                TEMPLATE,
                edges=("w (replied) -> b", "w -> t"),
            ),
            set(),
        ),
        (
            flow(
                node("w", "wait", until="{{contact.fields.age}}"),
                say("b"),
                edges=("w -> b", "w (invalid) -> b"),
            ),
            {("b", "warning", "window_may_be_closed")},
        ),
        (
            flow(
                ask("a", timeout=DAY),
                say("b"),
                edges=("a -> b", "a (timeout) -> b"),
            ),
            {("b", "warning", "window_may_be_closed")},
        ),
        (
            flow(say("b"), triggers=[{"type": "tag_added", "tag": "x"}]),
            {("b", "error", "window_closed")},
        ),
        (
            flow(say("b"), triggers=[*ANY_MESSAGE, {"type": "api"}]),
            {("b", "warning", "window_may_be_closed")},
        ),
    ],
)
def test_findings(stored: JsonObject, findings: set[tuple[str | None, str, str]]) -> None:
    assert told(check(stored, EVERYTHING)) == findings


def test_what_is_not_known_is_not_checked() -> None:
    nodes = [node("s", "subflow", flow="x"), say("b", "{{contact.fields.any}}")]
    assert check(flow(*nodes, edges=("s -> b",))) == []


def test_an_old_flow_is_checked_as_it_is_now() -> None:
    assert check(APA_KABAR) == []


@pytest.mark.parametrize(
    ("stored", "node_id", "field"),
    [
        ({}, None, "schema"),
        ({"schema": 2, "name": "x", "start": "", "nodes": [], "edges": []}, None, "start"),
        (flow(say("a", ""), say("b")), "a", "content"),
        (flow(say("a", "{{oh no}}")), "a", "content"),
        (flow({"id": "a", "type": "message"}), "a", "data"),
        (flow({"id": "a", "type": "dance", "data": {}}), "a", None),
        (flow(say("a"), say("a")), "a", None),
        (flow(say("a"), edges=("a -> b",)), None, "edges"),
        (flow(node("c", "condition", cases=[{"exit": "x", "rule": {"log": 1}}])), "c", "cases"),
    ],
)
def test_a_draft_that_is_no_flow_yet(
    stored: JsonObject, node_id: str | None, field: str | None
) -> None:
    findings = check(stored)
    assert all(finding.level == "error" for finding in findings)
    assert any(
        finding.node_id == node_id and (field or "") in (finding.field or "")
        for finding in findings
    ), findings


def test_errors_come_before_warnings_and_nodes_in_their_order() -> None:
    findings = check(flow(say("a", {"id": "{{vars.x}}"}), say("b"), triggers=[]))
    places = [(finding.node_id, finding.level) for finding in findings]
    assert places == [(None, "warning"), ("a", "error"), ("a", "warning"), ("b", "warning")]


_values: Any = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["id", "type", "data", "content", "schema"]), inner),
    ),
    max_leaves=8,
)


@given(
    place=st.sampled_from(["schema", "name", "start", "nodes", "edges", "triggers", "settings"]),
    broken=_values,
    inside=st.booleans(),
)
def test_any_json_is_checked(place: str, broken: Any, inside: bool) -> None:
    draft = {**flow(say("a")), place: broken}
    if inside:
        draft = {**flow(say("a")), "nodes": [{"id": "a", "type": "ask", "data": broken}]}
    for finding in check(draft):
        assert finding.message


def _sends(kind: str, **content: Any) -> JsonObject:
    return flow(node("m", "message", content={"kind": kind, "text": "Choose", **content}))


def _rows(count: int, first: int = 0) -> list[JsonObject]:
    return [{"id": f"r{place}", "title": f"Row {place}"} for place in range(first, first + count)]


_TWO_SECTIONS = [{"title": "A", "rows": _rows(5)}, {"title": "B", "rows": _rows(5, 5)}]


@pytest.mark.parametrize(
    ("stored", "findings"),
    [
        (_sends("buttons", buttons=_rows(3)), set()),
        (
            _sends("buttons", buttons=[{"id": "a", "title": "Yes"}, {"id": "b", "title": "Yes"}]),
            {("m", "error", "same_title")},
        ),
        (
            _sends("buttons", buttons=[{"id": "a", "title": "Yes"}, {"id": "a", "title": "No"}]),
            {("m", "error", "same_id")},
        ),
        (
            _sends("buttons", buttons=[{"id": i, "title": "{{contact.name}}"} for i in "ab"]),
            set(),
        ),
        (_sends("list", button="See", sections=_TWO_SECTIONS), set()),
        (
            _sends(
                "list",
                button="See",
                sections=[*_TWO_SECTIONS, {"title": "C", "rows": _rows(1, 10)}],
            ),
            {("m", "error", "too_many_rows")},
        ),
        (
            _sends("list", button="See", sections=[{"rows": _rows(1)}, {"rows": _rows(1, 1)}]),
            {("m", "error", "section_title")},
        ),
        (
            _sends(
                "products",
                header="New",
                catalog_id="1",
                sections=[{"title": t, "product_ids": ["p"] * 16} for t in "ab"],
            ),
            {("m", "error", "too_many_products")},
        ),
        (
            _sends("product", header="New", catalog_id="1", product_id="p"),
            {("m", "warning", "not_shown")},
        ),
        (_sends("location_request", footer="Thanks"), {("m", "warning", "not_shown")}),
    ],
)
def test_what_whatsapp_would_refuse(stored: JsonObject, findings: set[Any]) -> None:
    assert told(check(stored)) == findings


def test_a_language_may_be_written_with_either_sign() -> None:
    text = {"pt-BR": "Oi", "en": "Hi"}
    assert told(check(flow(say("a", text), language="pt-BR"))) == set()
    assert told(check(flow(say("a", text), language="pt_BR"))) == set()
