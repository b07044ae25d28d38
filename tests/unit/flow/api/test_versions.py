"""Drafts and versions through the flow API's handler."""

from __future__ import annotations

from typing import Any

from flow.engine.migrations import migrated
from shared.contacts.fields import FieldDefinition
from shared.json_types import JsonObject
from shared.permissions import permissions_of
from shared.store.audit import Actor, Change, entry
from shared.store.contact_fields import ContactFields
from shared.store.documents import READY, Document, Documents
from shared.store.evaluations import DONE, Evaluation, Evaluations, digest_of
from shared.store.knowledge_bases import KnowledgeBase, KnowledgeBases
from shared.store.lifecycle import Lifecycle
from shared.store.tables import Tables
from shared.store.templates import APPROVED, Template, Templates
from shared.tenancy import Tenant
from tests.published import publish
from tests.unit.flow.api.asking import Flows
from tests.unit.flow.lane_world import ECHO as ECHO_OF_SCHEMA_1

ECHO: JsonObject = migrated(ECHO_OF_SCHEMA_1)
NAMED: JsonObject = {"name": "Echo", "flow": ECHO}


def _changed(text: str) -> JsonObject:
    nodes = [
        {**node, "data": {"content": {"kind": "text", "text": text}}}
        if node["id"] == "echo"
        else node
        for node in ECHO["nodes"]
    ]
    return {**ECHO, "nodes": nodes}


def test_a_flow_is_made_saved_and_published(flows: Flows) -> None:
    made = flows.ask("POST", "flows", {"name": "Echo"})
    assert (made.status, made.headers["ETag"]) == (201, '"1"')
    place = f"flows/{made.body['id']}"
    saved = flows.ask("PUT", f"{place}/draft", {"flow": ECHO}, headers={"if-match": '"1"'})
    assert (saved.status, saved.headers["ETag"], saved.body["draft_changed"]) == (200, '"2"', True)
    assert flows.ok("POST", f"{place}/publish", {"note": "Opening"})["version"] == 1
    shown = flows.ok("GET", place)
    assert (shown["live_version"], shown["draft_changed"], shown["draft"]) == (1, False, ECHO)
    assert flows.ok("GET", "flows")["items"][0]["id"] == made.body["id"]
    assert flows.store.live().flows.keys() == {made.body["id"]}
    assert flows.audited() == ["flow.created", "flow.published"]


def test_a_gate_of_knowledge_stands_in_the_way_until_an_evaluation_opens_it(flows: Flows) -> None:
    tenant = Tenant(flows.workspace_id)
    bases = KnowledgeBases(tenant, "knowledge", "workspaces", flows.dynamodb)
    gate = {"is_on": True, "correctness": 0.8, "faithfulness": 0.9}
    bases.create(KnowledgeBase("kb_1", "Shop", 1, gate=gate), by=Actor("u", "u@x.test"), at=1)
    documents = Documents(tenant, "kb_1", "knowledge", flows.dynamodb)
    documents.create(Document("d1", "kb_1", "Rules", "text", 1, 1, READY, version=1))
    store = Evaluations(tenant, "kb_1", "knowledge", flows.dynamodb)
    edges = [
        {"id": f"e{exit_}", "source": "answer", "target": ECHO["start"], "sourceHandle": exit_}
        for exit_ in ("answered", "no_answer", "failed")
    ]
    asking = {"id": "answer", "type": "ai", "data": {"knowledge_base": "kb_1"}}
    flow = {
        **ECHO,
        "start": "answer",
        "nodes": [*ECHO["nodes"], asking],
        "edges": [*ECHO["edges"], *edges],
    }
    place = f"flows/{flows.ok('POST', 'flows', {'name': 'Asks', 'flow': flow})['id']}"

    def evaluated(id_: str, at_least: float, versions: dict[str, int]) -> None:
        store.create(Evaluation(id_, 1, {"k": 5}, {}, {}))
        store.begin(id_, 1, digest_of(versions))
        totals = {"correctness_at_least": at_least, "faithfulness_at_least": 1.0}
        store.end(id_, DONE, totals, 2)

    def found() -> tuple[int, str | None]:
        status = flows.ask("POST", f"{place}/publish", {"note": ""}).status
        told = flows.ok("POST", f"{place}/check", {})["findings"]
        gates = [one for one in told if one["code"] == "evaluation_needed"]
        assert {one["node_id"] for one in gates} <= {"answer"}
        return status, gates[0]["about"] if gates else None

    assert found() == (409, None)
    evaluated("e1", 0.7, {"d1": 1})
    assert found() == (409, "e1")
    evaluated("e2", 0.9, {"d1": 2})
    assert found() == (409, "e1")
    evaluated("e3", 0.9, {"d1": 1})
    assert found() == (200, None)
    documents.begin(documents.get("d1"), 2)
    documents.move("d1", 1, READY, version=2)
    assert found() == (200, None)
    documents.begin(documents.get("d1"), 3)
    documents.move("d1", 2, READY, version=3)
    assert found() == (409, "e3")


def test_a_draft_that_changed_meanwhile_is_told(flows: Flows) -> None:
    place = f"flows/{flows.ok('POST', 'flows', NAMED)['id']}"
    flows.ok("PUT", f"{place}/draft", {"flow": _changed("mine")}, headers={"if-match": '"1"'})
    late = flows.ask("PUT", f"{place}/draft", {"flow": ECHO}, headers={"if-match": '"1"'})
    assert late.kind == (412, "changed-meanwhile")
    assert flows.ask("PUT", f"{place}/draft", {"flow": ECHO}).kind == (428, "if-match-missing")
    assert flows.ok("GET", place)["draft"] == _changed("mine")


def test_what_is_not_ready_is_not_published_and_says_why(flows: Flows) -> None:
    place = f"flows/{flows.ok('POST', 'flows', {'name': 'Empty'})['id']}"
    (finding, *_) = flows.ok("POST", f"{place}/check", {})["findings"]
    assert finding["level"] == "error"
    refused = flows.ask("POST", f"{place}/publish", {"note": ""})
    assert refused.kind == (409, "flow-not-ready")
    assert refused.body["errors"][0]["message"] == finding["message"]
    assert flows.ok("GET", f"{place}/versions")["items"] == []
    assert flows.ok("POST", f"{place}/check", {"flow": ECHO})["findings"] == []


def test_history_differences_and_the_way_back(flows: Flows) -> None:
    place = f"flows/{flows.ok('POST', 'flows', NAMED)['id']}"
    flows.ok("POST", f"{place}/publish", {"note": "First"})
    flows.ok("PUT", f"{place}/draft", {"flow": _changed("new")}, headers={"if-match": '"1"'})
    flows.ok("POST", f"{place}/publish", {"note": "Second"})
    history = flows.ok("GET", f"{place}/versions")["items"]
    assert [(one["version"], one["note"], one["live"]) for one in history] == [
        (2, "Second", True),
        (1, "First", False),
    ]
    (change,) = flows.ok("GET", f"{place}/versions/2/diff")["changes"]
    assert (change["change"], change["node_id"], change["what"]) == (
        "changed",
        "echo",
        "data.content.text",
    )
    assert change["after"] == "new"
    restored = flows.ask("POST", f"{place}/versions/1/restore")
    assert restored.headers["ETag"] == '"3"'
    assert flows.ok("GET", place)["draft"] == ECHO
    against = flows.ok("GET", f"{place}/versions/2/diff", query={"against": "0"})["changes"]
    assert [one["before"] for one in against] == ["{{contact.name}} said {{vars.said}}"]
    flows.ok("POST", f"{place}/publish", {"note": "Back"})
    assert flows.ok("GET", f"{place}/versions/3")["flow"] == ECHO


def test_an_archived_flow_can_be_brought_back(flows: Flows) -> None:
    place = f"flows/{flows.ok('POST', 'flows', NAMED)['id']}"
    flows.ok("POST", f"{place}/publish", {})
    assert flows.ask("DELETE", place).status == 204
    assert flows.ask("DELETE", place).status == 204
    assert flows.store.live().flows == {}
    shown = flows.ok("PATCH", place, {"archived": False, "name": "Again"})
    assert (shown["archived"], shown["name"], shown["live_version"]) == (False, "Again", 1)
    assert len(flows.store.live().flows) == 1


def test_what_is_exported_can_be_imported(flows: Flows) -> None:
    place = f"flows/{flows.ok('POST', 'flows', NAMED)['id']}"
    exported = flows.ok("GET", f"{place}/export")
    imported = flows.ok("POST", "flows/import", {"flow": exported})
    assert (imported["name"], imported["draft"]) == ("Echo", ECHO)
    unnamed = flows.ok("POST", "flows/import", {"flow": {"name": "\u0000\n"}})
    assert unnamed["name"] == "Imported flow"


def test_what_is_too_large_or_too_deep_is_told(flows: Flows) -> None:
    deep: JsonObject = {}
    for _ in range(100):
        deep = {"deeper": deep}
    assert flows.ask("POST", "flows", {"name": "Deep", "flow": deep}).kind == (
        413,
        "flow-too-large",
    )


def test_an_old_flow_is_shown_and_published_in_the_newest_schema(flows: Flows) -> None:
    old = {"name": "Old", "flow": ECHO_OF_SCHEMA_1}
    place = f"flows/{flows.ok('POST', 'flows', old)['id']}"
    assert flows.ok("GET", place)["draft"] == ECHO
    flows.ok("POST", f"{place}/publish", {})
    assert flows.ok("GET", f"{place}/versions/1")["flow"] == ECHO
    (live,) = flows.store.live().flows.values()
    assert list(live.triggers) == [{"type": "any_message"}]


def test_ready_flows_install_and_tell_what_they_still_want(flows: Flows) -> None:
    ready = flows.ok("GET", "flow-gallery")["items"]
    assert len(ready) == 4
    for one in ready:
        assert one["title"].keys() == one["lead"].keys() == {"en", "id"}
        made = flows.ok("POST", f"flow-gallery/{one['name']}/install")
        assert made["name"] == made["draft"]["name"]
        found = flows.ok("POST", f"flows/{made['id']}/check", {})["findings"]
        errors = {finding["code"] for finding in found if finding["level"] == "error"}
        # Its reminder is a template that Meta must approve, its day a field of the workspace's own.
        wanted = {"unknown_field", "unknown_template"} if one["name"] == "booking" else set()
        assert errors == wanted
        asking = [node for node in made["draft"]["nodes"] if node["type"] == "ai"]
        assert one["asks_knowledge"] == bool(asking)
    assert flows.ask("POST", "flow-gallery/nothing/install").kind == (404, "not-in-gallery")


def test_a_ready_flow_answers_from_the_knowledge_base_that_is_named(flows: Flows) -> None:
    place = "flow-gallery/questions_and_answers/install"
    for named in ("shop", "other"):
        made = flows.ok("POST", place, {"knowledge_base": named})
        asked = [one["data"] for one in made["draft"]["nodes"] if one["type"] == "ai"]
        assert [one["knowledge_base"] for one in asked] == [named]


def test_viewers_read_and_agents_do_not_edit(flows: Flows) -> None:
    place = f"flows/{flows.ok('POST', 'flows', NAMED)['id']}"
    viewer: dict[str, Any] = {"permissions": permissions_of("viewer"), "role": "viewer"}
    agent: dict[str, Any] = {"permissions": permissions_of("agent"), "role": "agent"}
    assert flows.ask("GET", place, **viewer).status == 200
    assert flows.ask("POST", f"{place}/publish", {}, **agent).kind == (403, "forbidden")
    assert flows.ask("POST", "flows", NAMED, **viewer).kind == (403, "forbidden")


def test_flows_of_others_are_not_there(flows: Flows) -> None:
    place = f"flows/{flows.ok('POST', 'flows', NAMED)['id']}"
    assert flows.ask("GET", place, workspace_id="ws_other").kind == (404, "flow-not-found")
    assert flows.ask("POST", f"{place}/publish", {}, workspace_id="ws_other").status == 404
    assert flows.ok("GET", "flows", workspace_id="ws_other")["items"] == []


def test_what_a_flow_names_is_looked_for_in_its_workspace(flows: Flows) -> None:
    """Fields, people, templates, flows and knowledge: each finding points at its step."""
    tenant = Tenant(flows.workspace_id)
    definition = {
        "schema": 2,
        "name": "Names",
        "start": "field",
        "triggers": [{"type": "any_message"}],
        "nodes": [
            {
                "id": "field",
                "type": "contact",
                "data": {"changes": [{"op": "set_field", "field": "size", "value": {"value": 1}}]},
            },
            {"id": "sub", "type": "subflow", "data": {"flow": "nowhere"}},
            {"id": "ai", "type": "ai", "data": {"knowledge_base": "faq", "question": "?"}},
            {
                "id": "t",
                "type": "template",
                "data": {"kind": "template", "name": "promo", "language": "id", "body": ["x"]},
            },
            {"id": "who", "type": "assign", "data": {"person": "ana"}},
        ],
        "edges": [
            {"source": "field", "target": "sub"},
            {"source": "sub", "target": "ai"},
            *(
                {"source": "ai", "sourceHandle": exit_, "target": "t"}
                for exit_ in ("answered", "no_answer", "failed")
            ),
            {"source": "t", "target": "who"},
        ],
    }
    place = f"flows/{flows.ok('POST', 'flows', {'name': 'Names', 'flow': definition})['id']}"

    def told() -> set[tuple[str, str]]:
        found = flows.ok("POST", f"{place}/check", {})["findings"]
        return {(one["node_id"], one["code"]) for one in found}

    assert told() == {
        ("field", "unknown_field"),
        ("sub", "unknown_flow"),
        ("ai", "no_knowledge"),
        ("t", "unknown_template"),
        ("who", "unknown_person"),
    }
    assert flows.ask("POST", f"{place}/publish", {}).kind == (409, "flow-not-ready")
    by = Actor("ana", "ana@kabar.test")
    made = Change(by, "field.created", "size", 1)
    beside = [entry(tenant, "workspaces", made)]
    size = FieldDefinition("size", "Size", "number")
    ContactFields(tenant, "contacts", flows.dynamodb).create(size, beside)
    tables = Tables("workspaces", "directory", "usage")
    Lifecycle(tenant, tables, flows.dynamodb).create("Toko", by=by, at=1)
    body = {"type": "BODY", "text": "Hello {{1}}"}
    promo = Template("1", "promo", "id", "9", "MARKETING", APPROVED, [body])
    Templates(tenant, "workspaces", flows.dynamodb).put(promo, by=by, action="template.created")
    publish(flows.store, "nowhere", ECHO)
    assert told() == {("ai", "no_knowledge")}
    assert flows.ok("POST", f"{place}/publish", {})["version"] == 1
