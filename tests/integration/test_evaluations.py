"""A knowledge base is evaluated on the running stack: from a CSV file to verdicts, and to the gate
before publishing."""

from __future__ import annotations

import httpx
import pytest

from local.stack import LocalStack
from shared.json_types import JsonObject
from tests.running import eventually
from tests.visitor import Visitor, some_address

POLICIES = """# Returns

Clothes may be returned within 60 days.

# Shipping

Shipping costs 5.90 dollars, and is free from 75 dollars.
"""
GOLDEN = """question,document,passage,answer
How many days may bought clothes be returned?,policies.md,,Within 60 days
What does shipping cost?,policies.md,Shipping costs 5.90 dollars,Shipping costs 9.90 dollars
Which volcano erupted near Jupiter?,,,unanswerable
"""


@pytest.fixture(scope="module")
def owner(stack: LocalStack) -> Visitor:
    visitor = Visitor(stack, some_address("evaluations"))
    visitor.sign_up()
    visitor.confirm()
    visitor.sign_in()
    visitor.ok("POST", "workspaces", {"name": "Evaluations"})
    visitor.sign_in()
    return visitor


@pytest.fixture(scope="module")
def base(owner: Visitor) -> str:
    path = f"knowledge-bases/{owner.ok('POST', 'knowledge-bases', {'name': 'Shop'})['id']}"
    made = owner.ok("POST", f"{path}/documents", {"file_name": "policies.md"})
    form = made["upload"]
    answer = httpx.post(
        form["url"],
        data=form["fields"],
        files={"file": POLICIES.encode()},
        trust_env=False,
        timeout=60,
    )
    assert answer.is_success, answer.text
    document = f"{path}/documents/{made['id']}"
    eventually(lambda: owner.ok("GET", document), lambda seen: seen["version"] == 1, seconds=60)
    owner.ok("POST", f"{path}/golden-questions/import", {"csv": GOLDEN})
    return path


def evaluated(owner: Visitor, base: str, body: JsonObject) -> JsonObject:
    path = f"{base}/evaluations/{owner.ok('POST', f'{base}/evaluations', body)['id']}"
    done: JsonObject = eventually(
        lambda: owner.ok("GET", path), lambda seen: seen["state"] == "done", seconds=90
    )
    return done


def test_golden_questions_are_asked_and_judged(owner: Visitor, base: str) -> None:
    before = owner.ok("GET", "usage")
    done = evaluated(owner, base, {})
    assert (done["judged"], done["total"], done["is_current"]) == (3, 3, True)
    totals = done["totals"]
    assert (totals["hit_rate"], totals["correctness"], totals["refusal_rate"]) == (1.0, 0.5, 1.0)
    assert totals["tokens"] > 0
    path = f"{base}/evaluations/{done['id']}/questions"
    right, wrong, refused = owner.ok("GET", path)["items"]
    assert [one["verdict"]["correctness"] for one in (right, wrong, refused)] == [1.0, 0.0, 1.0]
    whole = owner.ok("GET", f"{path}/{right['number']}")
    assert "60 days" in whole["answer"]
    assert "60 days" in whole["passages"][0]["text"]
    assert whole["verdict"]["faithfulness"] == 1.0
    assert owner.ok("GET", "usage") != before


def test_other_settings_are_tried_and_compared(owner: Visitor, base: str) -> None:
    (current,) = owner.ok("GET", f"{base}/evaluations")["items"]
    tried = evaluated(owner, base, {"settings": {"threshold": 1.0}, "note": "Nothing will do"})
    assert tried["is_current"] is False
    told = owner.ok("GET", f"{base}/evaluations/{current['id']}/comparison/{tried['id']}")
    assert (told["better"], told["worse"]) == (0, 1)
    assert told["changed_settings"]["threshold"] == [0.35, 1.0]
    assert owner.ok("GET", base)["settings"]["threshold"] == 0.35


def test_a_gate_stands_before_publishing(owner: Visitor, base: str) -> None:
    base_id = base.partition("/")[2]
    exits = ("answered", "no_answer", "failed")
    flow = {
        "schema": 2,
        "name": "Answers",
        "start": "ask",
        "triggers": [{"type": "any_message"}],
        "nodes": [
            {"id": "ask", "type": "ai", "data": {"knowledge_base": base_id}},
            {"id": "end", "type": "end", "data": {}},
        ],
        "edges": [{"source": "ask", "target": "end", "sourceHandle": one} for one in exits],
    }
    flow_id = owner.ok("POST", "flows", {"name": "Answers", "flow": flow})["id"]

    def in_the_way() -> list[JsonObject]:
        found = owner.ok("POST", f"flows/{flow_id}/check", {})["findings"]
        return [one for one in found if one["level"] == "error"]

    assert in_the_way() == []
    gate = {"is_on": True, "correctness": 0.9, "faithfulness": 0.9}
    owner.ok("PUT", f"{base}/gate", gate, if_match='"1"')
    (finding,) = in_the_way()
    assert (finding["node_id"], finding["code"]) == ("ask", "evaluation_needed")
    assert "50 % of at least 90 %" in finding["message"]
    owner.ok("PUT", f"{base}/gate", {**gate, "correctness": 0.5}, if_match='"2"')
    assert in_the_way() == []
