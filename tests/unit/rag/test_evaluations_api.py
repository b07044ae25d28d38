"""Golden questions and evaluations through the API's handler."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import boto3
import pytest

from rag import place
from rag.totals import totals_of
from shared.json_types import JsonObject
from shared.store.evaluations import (
    DONE,
    KEPT_SECONDS,
    Asked,
    Evaluation,
    EvaluationRunningError,
    Evaluations,
    Result,
)
from shared.store.golden_questions import GoldenQuestion
from shared.tenancy import Tenant
from tests.api_events import authorized
from tests.unit.rag.knowledge_api import ask

GOLDEN = {"question": "When?", "answer": "Now."}


@pytest.fixture(autouse=True)
def models(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"chat": "chat", "judge": "judge", "embedding": "embed"}
    monkeypatch.setattr(place, "models", lambda: names)


def tenant() -> Tenant:
    return Tenant(authorized()["workspace_id"])


def evaluations(base: str) -> Evaluations:
    return Evaluations(tenant(), base.strip("/"), "knowledge", boto3.client("dynamodb"))


def queued() -> list[JsonObject]:
    sqs = boto3.client("sqs")
    url = sqs.get_queue_url(QueueName="evaluations")["QueueUrl"]
    answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
    for message in answer.get("Messages", ()):
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return [json.loads(message["Body"]) for message in answer.get("Messages", ())]


def test_a_question_is_made_changed_and_deleted(aws: Any, base: str) -> None:
    path = f"{base}/golden-questions"
    status, made = ask("POST", path, GOLDEN)
    assert (status, made["answer"], made["revision"]) == (201, "Now.", 1)
    one = f"{path}/{made['id']}"
    assert ask("PUT", one, {**GOLDEN, "answer": "Later."})[0] == 428
    status, shown = ask("PUT", one, {**GOLDEN, "answer": "Later."}, revision=1)
    assert (status, shown["answer"], shown["revision"]) == (200, "Later.", 2)
    assert ask("PUT", one, GOLDEN, revision=1)[0] == 412
    assert [each["id"] for each in ask("GET", path)[1]["items"]] == [made["id"]]
    assert ask("DELETE", one)[0] == 204
    assert ask("DELETE", one)[0] == 404
    assert ask("GET", path)[1] == {"items": [], "next_cursor": None}


@pytest.mark.parametrize(
    "body",
    [
        {"question": "When?"},
        {"question": "When?", "answer": "Now.", "is_unanswerable": True},
        {"question": "When?", "document": "Missing.pdf"},
        {"question": "", "answer": "Now."},
    ],
)
def test_a_question_says_what_is_right_and_nothing_that_is_not_there(
    aws: Any, base: str, body: JsonObject
) -> None:
    assert ask("POST", f"{base}/golden-questions", body)[0] == 400


def test_a_file_is_imported_whole_or_not_at_all(aws: Any, base: str) -> None:
    path = f"{base}/golden-questions"
    ask("POST", path, GOLDEN)
    ask("POST", f"{base}/documents", {"file_name": "prices.txt"})
    bad = "question,document,answer\nOne?,prices.txt,Yes\nWhen?,none.pdf,Yes\n"
    status, refused = ask("POST", f"{path}/import", {"csv": bad})
    assert status == 400
    assert [one["field"] for one in refused["errors"]] == ["row 3, question", "row 3, document"]
    assert len(ask("GET", path)[1]["items"]) == 1
    rows = "".join(f"Question {n}?,Prices.txt,Yes\n" for n in range(200))
    good = f"question,document,answer\n{rows}Mars?,,unanswerable\n"
    assert ask("POST", f"{path}/import", {"csv": good})[1] == {"imported": 201}
    exported = ask("GET", f"{path}/export")[1]["csv"]
    assert exported.splitlines()[:2] == ["question,document,passage,answer", "When?,,,Now."]
    assert exported.splitlines()[-1] == "Mars?,,,unanswerable"
    assert ask("POST", f"{path}/import", {"csv": exported})[0] == 400
    assert ask("POST", f"{path}/import", {"csv": exported, "replace": True})[1] == {"imported": 202}
    assert ask("GET", f"{path}/export")[1]["csv"] == exported
    full = "question,answer\n" + "".join(f"More {n}?,Yes\n" for n in range(300))
    assert ask("POST", f"{path}/import", {"csv": full})[0] == 409


def test_an_evaluation_needs_questions_and_runs_alone(aws: Any, base: str) -> None:
    path = f"{base}/evaluations"
    status, said = ask("POST", path, {})
    assert (status, said["type"].rpartition(":")[2]) == (409, "no-golden-questions")
    ask("POST", f"{base}/golden-questions", GOLDEN)
    status, made = ask("POST", path, {"settings": {"threshold": 0.7}, "note": "Stricter"})
    assert (status, made["state"], made["note"]) == (201, "queued", "Stricter")
    assert (made["settings"]["threshold"], made["settings"]["passages"]) == (0.7, 5)
    assert made["models"]["judge"] == "judge"
    assert [(one["work"], one["evaluation"]) for one in queued()] == [("begin", made["id"])]
    assert ask("POST", path, {})[0] == 409
    assert len(ask("GET", path)[1]["items"]) == 1
    status, stopped = ask("POST", f"{path}/{made['id']}/cancel")
    assert (status, stopped["state"], stopped["totals"]["questions"]) == (200, "cancelled", 0)
    assert ask("POST", f"{path}/{made['id']}/cancel")[0] == 409
    assert ask("POST", path, {})[0] == 201
    assert len(ask("GET", path)[1]["items"]) == 2
    assert ask("GET", base)[1]["settings"]["threshold"] == 0.35


def test_of_two_that_are_begun_at_the_same_moment_one_runs(aws: Any, base: str) -> None:
    store = evaluations(base)
    first, second = (Evaluation(f"{base[-8:]}-{n}", 1, {}, {}, {}) for n in range(2))
    store.create(first)  # both have looked before, and found nothing that runs
    with pytest.raises(EvaluationRunningError):
        store.create(second)
    assert [one.id for one in store.page(10, None)[0]] == [first.id]
    later = KEPT_SECONDS * 1000 + 2_000
    store.create(replace(second, created_at=later))  # the first has expired by then
    store.end(second.id, DONE, {}, later)
    store.create(replace(first, created_at=later))


def _evaluated(base: str, id_: str, correctness: float, **settings: object) -> None:
    store = evaluations(base)
    golden = GoldenQuestion("q1", "When?", answer="Now.")
    store.create(Evaluation(id_, 1, settings, settings, {"chat": "m"}))
    store.copy_question(id_, Asked(0, golden), 1)
    found = {"document_id": "gone", "version": 1, "chunk_no": 0, "title": "T", "page": None}
    passage = {**found, "relevance": 0.5, "used": True, "cited": 1}
    result = Result("answered", answer="Now [1].", correctness=correctness, passages=[passage])
    store.settle(id_, 0, result, "usage", 1)
    store.end(id_, DONE, totals_of(store.questions(id_), 5), 2)


def test_a_question_is_shown_with_its_passages(
    aws: Any, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _evaluated(base, "e1", 1.0)
    texts = {("gone", 1, 0): "Now, it says."}
    monkeypatch.setattr(place, "passage_texts", lambda: lambda scope, places: texts)
    path = f"{base}/evaluations/e1/questions"
    (one,) = ask("GET", path)[1]["items"]
    assert (one["question"], one["verdict"]["correctness"]) == ("When?", 1.0)
    status, whole = ask("GET", f"{path}/0")
    assert (status, whole["answer"], whole["expected_answer"]) == (200, "Now [1].", "Now.")
    assert whole["passages"][0]["text"] == "Now, it says."
    texts.clear()
    assert ask("GET", f"{path}/0")[1]["passages"][0]["text"] is None
    assert ask("GET", f"{path}/1")[0] == 404
    assert ask("GET", f"{path}/none")[0] == 400
    assert ask("GET", f"{base}/evaluations/e1/documents")[1] == {"versions": {}}


def test_two_evaluations_are_compared(aws: Any, base: str) -> None:
    _evaluated(base, "c1", 0.5, threshold=0.3)
    _evaluated(base, "c2", 1.0, threshold=0.5)
    status, told = ask("GET", f"{base}/evaluations/c1/comparison/c2")
    assert (status, told["better"], told["worse"]) == (200, 1, 0)
    assert told["differences"]["correctness"] == 0.5
    assert told["changed_settings"] == {"threshold": [0.3, 0.5]}
    assert [one["change"] for one in told["items"]] == ["better"]
    assert ask("GET", f"{base}/evaluations/c1/comparison/none")[0] == 404


def test_a_gate_is_set_by_who_has_read_the_base(aws: Any, base: str) -> None:
    shown = ask("GET", base)[1]
    assert shown["gate"] == {"is_on": False, "correctness": 0.8, "faithfulness": 0.9}
    wanted = {"is_on": True, "correctness": 0.7, "faithfulness": 0.8}
    assert ask("PUT", f"{base}/gate", wanted)[0] == 428
    assert ask("PUT", f"{base}/gate", {**wanted, "correctness": 2}, revision=1)[0] == 400
    status, changed = ask("PUT", f"{base}/gate", wanted, revision=1)
    assert (status, changed["gate"], changed["revision"]) == (200, wanted, 2)
    assert ask("PUT", f"{base}/gate", wanted, revision=1)[0] == 412
    assert ask("PUT", f"{base}/settings", {"threshold": 0.5}, revision=2)[0] == 200
    assert ask("GET", base)[1]["gate"] == wanted


def test_nothing_is_asked_of_a_base_that_is_gone(aws: Any, base: str) -> None:
    assert ask("DELETE", base)[0] == 204
    for path in ("golden-questions", "golden-questions/export", "evaluations"):
        assert ask("GET", f"{base}/{path}")[0] == 404
    assert ask("POST", f"{base}/golden-questions", GOLDEN)[0] == 404
    assert ask("POST", f"{base}/evaluations", {})[0] == 404
