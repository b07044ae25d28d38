"""Asking through the API: answers with what they rest on, settings, the list, thumbs."""

from __future__ import annotations

from typing import Any

import pytest

from rag import place
from rag.answering import Answering
from rag.asking_settings import AskingSettings
from rag.fusion import Found, Hit
from rag.queries import Scope
from shared.clock import now_ms
from shared.json_types import JsonObject
from shared.store.transactions import commit
from shared.store.usage import Usage, added
from shared.tenancy import Tenant
from shared.usage.meters import AI_ANSWERS
from shared.usage.months import month_of
from tests.unit.rag.found_passages import chunk
from tests.unit.rag.knowledge_api import WORKSPACE, ask
from tests.unit.rag.test_answering import Model

QUESTION = "returned goods within days?"
RETURNS = Hit(chunk("Goods may be returned within sixty days.", 0, title="Returns"), 0.7)
FAR = Hit(chunk("We plant trees.", 2, title="Trees"), 0.5)
DEFAULTS = AskingSettings().model_dump()
MODELS = {
    "CHAT_MODEL": Model.model,
    "JUDGE_MODEL": "",
    "GUARDRAIL": "",
    "SIMILARITY_LOW": "0.15",
    "SIMILARITY_HIGH": "0.75",
}


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Model:
    """What answers are written by; passages are found without an index."""
    for name, value in MODELS.items():
        monkeypatch.setenv(name, value)

    def find(scope: Scope, question: str) -> Found:
        return Found([RETURNS, FAR], [])

    model = Model()
    answering = Answering(find, model, "cohere.embed-multilingual-v3", now_ms)
    monkeypatch.setattr(place, "answering", lambda: answering)
    return model


def answers_used(aws: Any) -> int:
    return Usage(WORKSPACE, "usage", aws.dynamodb).used(AI_ANSWERS, month_of(now_ms()))


def test_an_answer_shows_what_it_rests_on_and_counts(aws: Any, base: str, model: Model) -> None:
    before = answers_used(aws)
    status, said = ask("POST", f"{base}/ask", {"question": QUESTION})
    assert (status, said["outcome"], said["text"]) == (
        200,
        "answered",
        "Sixty days [1].\n\n_Sources: [1] Returns_",
    )
    assert [one["title"] for one in said["sources"]] == ["Returns"]
    shown = [(one["title"], one["used"], one["cited"]) for one in said["passages"]]
    assert shown == [("Returns", True, 1), ("Trees", False, None)]
    assert said["passages"][0]["relevance"] > said["threshold"] == 0.35
    (prompt,) = model.asked
    assert said["prompt"] == {"system": prompt.system, "user": prompt.user}
    assert (said["tokens_in"], said["tokens_out"], said["model"]) == (1000, 100, model.model)
    assert answers_used(aws) == before + 1


def test_a_step_of_a_flow_is_asked_for_as_it_asks(base: str, model: Model) -> None:
    said_before = [
        {"by_us": False, "text": "Do you take goods back?"},
        {"by_us": True, "text": "Yes, we do."},
    ]
    asked = {
        "question": "And within how many days?",
        "language": "id",
        "instructions": "Answer like a pirate.",
        "history": said_before,
    }
    assert ask("POST", f"{base}/ask", asked)[0] == 200
    rewriting, answering = model.asked
    assert "Do you take goods back?" in rewriting.user
    assert "Answer like a pirate." in answering.system
    assert "Indonesian" in answering.system


def test_passages_alone_cost_nothing(aws: Any, base: str, model: Model) -> None:
    before = answers_used(aws)
    status, said = ask("POST", f"{base}/ask", {"question": QUESTION, "answer": False})
    assert (status, said["outcome"], said["id"], said["prompt"]) == (200, "found", None, None)
    assert [one["used"] for one in said["passages"]] == [True, False]
    assert model.asked == []
    assert answers_used(aws) == before


def test_settings_are_tried_without_being_kept(base: str, model: Model) -> None:
    strict = {**DEFAULTS, "threshold": 1.0}
    status, said = ask("POST", f"{base}/ask", {"question": QUESTION, "settings": strict})
    assert (status, said["outcome"], said["reason"]) == (200, "no_answer", "below_threshold")
    assert model.asked == []
    assert ask("GET", base)[1]["settings"] == DEFAULTS


def test_settings_are_kept_for_who_has_read_the_newest(base: str, model: Model) -> None:
    strict = {**DEFAULTS, "threshold": 1.0}
    assert ask("PUT", f"{base}/settings", strict)[0] == 428
    assert ask("PUT", f"{base}/settings", strict, 1)[0] == 200
    assert ask("PUT", f"{base}/settings", DEFAULTS, 1)[0] == 412
    assert ask("GET", base)[1]["settings"] == strict
    assert ask("POST", f"{base}/ask", {"question": QUESTION})[1]["outcome"] == "no_answer"
    assert model.asked == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"threshold": 1.5},
        {"weight_of_meaning": -0.1},
        {"passages": 0},
        {"characters": 5000},
        {"language": "Indonesian"},
        {"unheard_of": 1},
    ],
    ids=str,
)
def test_settings_out_of_their_bounds_are_refused(base: str, wrong: JsonObject) -> None:
    assert ask("PUT", f"{base}/settings", {**DEFAULTS, **wrong}, 1)[0] == 400


def test_answers_are_listed_newest_first_and_rated(base: str, model: Model) -> None:
    first = ask("POST", f"{base}/ask", {"question": QUESTION})[1]["id"]
    model.says = "NO_ANSWER"
    second = ask("POST", f"{base}/ask", {"question": QUESTION})[1]["id"]
    status, newest = ask("GET", f"{base}/answers", query={"limit": "1"})
    assert status == 200
    (one,) = newest["items"]
    assert (one["id"], one["outcome"], one["reason"]) == (second, "no_answer", "model")
    (other,) = ask("GET", f"{base}/answers", query={"cursor": newest["next_cursor"]})[1]["items"]
    assert (other["id"], other["outcome"], other["thumb"]) == (first, "answered", "")
    assert other["documents"] == ["doc"]
    assert other["tokens_in"] == 1000

    for thumb in ("up", "down", ""):
        assert ask("POST", f"{base}/answers/{first}/thumb", {"thumb": thumb})[0] == 200
        listed = ask("GET", f"{base}/answers")[1]["items"]
        assert [each["thumb"] for each in listed if each["id"] == first] == [thumb]
    assert ask("POST", f"{base}/answers/{first}/thumb", {"thumb": "sideways"})[0] == 400
    assert ask("POST", f"{base}/answers/unheard/thumb", {"thumb": "up"})[0] == 404


def test_what_is_not_there_is_not_asked(base: str, model: Model) -> None:
    for method, path, body in (
        ("POST", "/nothing/ask", {"question": QUESTION}),
        ("PUT", "/nothing/settings", DEFAULTS),
        ("GET", "/nothing/answers", None),
        ("POST", "/nothing/answers/a/thumb", {"thumb": "up"}),
    ):
        assert ask(method, path, body, 1 if method == "PUT" else None)[0] == 404
    assert model.asked == []
    for question in ("", "x" * 2001):
        assert ask("POST", f"{base}/ask", {"question": question})[0] == 400


def test_agents_rate_and_editors_ask(base: str, model: Model) -> None:
    assert ask("POST", f"{base}/ask", {"question": QUESTION}, role="agent")[0] == 403
    id_ = ask("POST", f"{base}/ask", {"question": QUESTION}, role="editor")[1]["id"]
    rating = f"{base}/answers/{id_}/thumb"
    assert ask("POST", rating, {"thumb": "up"}, role="viewer")[0] == 403
    assert ask("POST", rating, {"thumb": "up"}, role="agent")[0] == 200
    assert ask("GET", f"{base}/answers", role="viewer")[0] == 200


def test_what_the_plan_does_not_allow_fails_and_costs_nothing(
    aws: Any, base: str, model: Model, starter: Tenant
) -> None:
    used_up = {AI_ANSWERS.id: 200}
    commit(aws.dynamodb, [added(starter, "usage", month_of(now_ms()), used_up)])
    status, said = ask("POST", f"{base}/ask", {"question": QUESTION})
    assert (status, said["outcome"], said["reason"]) == (200, "failed", "limit_reached")
    assert model.asked == []
