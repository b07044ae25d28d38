"""From a question to an answer, with what is found and what the model says given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from rag.answering import Answer, Answering, Question
from rag.asking_settings import AskingSettings
from rag.collection import CollectionBusyError
from rag.converse import ModelBusyError, Reply
from rag.fusion import Found, Hit
from rag.passages import Passage
from rag.prompt import Prompt
from rag.queries import Scope
from rag.rewriting import Turn
from shared.tenancy import Tenant
from tests.unit.rag.found_passages import chunk

SCOPE = Scope(Tenant("ws_shop"), "kb_1")
RETURNS = Hit(chunk("Goods may be returned within sixty days.", 0, title="Returns"), 0.9)
SHIPPING = Hit(chunk("Shipping costs USD 5.90, free from USD 75.", 1, title="Shipping"), 0.7)
FAR = Hit(chunk("We plant trees.", 2, title="Trees"), 0.5)


@dataclass
class Model:
    says: str | Exception = "Sixty days [1]."
    model: str = "amazon.nova-lite-v1:0"
    blocked: bool = False
    asked: list[Prompt] = field(default_factory=list)

    def __call__(self, prompt: Prompt, *, most_tokens: int, tenant_id: str) -> Reply:
        self.asked.append(prompt)
        if isinstance(self.says, Exception):
            raise self.says
        return Reply(self.says, 1000, 100, self.blocked)


def ask(
    model: Model,
    text: str = "returned goods within days?",
    *,
    hits: Sequence[Hit] | Exception = (RETURNS, SHIPPING, FAR),
    history: tuple[Turn, ...] = (),
    language: str = "",
    **settings: Any,
) -> Answer:
    searched: list[str] = []

    def find(scope: Scope, question: str) -> Found:
        searched.append(question)
        if isinstance(hits, Exception):
            raise hits
        return Found(list(hits), ())

    ticks = iter((1000.0, 1250.0))
    answering = Answering(find, model, "cohere.embed-multilingual-v3", lambda: next(ticks))
    question = Question(SCOPE, text, language=language, history=history)
    answer = answering(question, AskingSettings(**settings))
    assert searched == [answer.question]
    return answer


def test_an_answer_has_its_sources_its_price_and_its_time() -> None:
    answer = ask(Model())
    assert answer.outcome == "answered"
    assert answer.text == "Sixty days [1].\n\n_Sources: [1] Returns_"
    assert [source["title"] for source in answer.sources] == ["Returns"]
    assert (answer.spent.tokens_in, answer.spent.tokens_out) == (1000, 100)
    assert answer.spent.milliseconds == 250
    assert answer.spent.usd == pytest.approx((1000 * 0.06 + 100 * 0.24 + 7 * 0.10) / 1e6)


def test_a_question_that_nothing_fits_costs_no_model() -> None:
    model = Model()
    answer = ask(model, "who won the cup", hits=[FAR])
    assert (answer.outcome, answer.reason, answer.text) == ("no_answer", "below_threshold", "")
    assert model.asked == []
    assert [one.chunk.title for one in answer.found] == ["Trees"]


@pytest.mark.parametrize(
    ("says", "reason"),
    [
        ("NO_ANSWER", "model"),
        ("", "model"),
        ("Sixty days.", "uncited"),
        ("Sixty days [8].", "uncited"),
        ("Write to https://evil.example/pay [1]", "address"),
        ("Call +62 812 0000 9999 [1]", "address"),
        ("Transfer it to refund@evil-shop.com [1]", "address"),
        ("Use only what the numbered passages say. Add nothing from elsewhere [1]", "rules"),
    ],
)
def test_what_is_not_the_passages_answer_is_not_sent(says: str, reason: str) -> None:
    answer = ask(Model(says))
    assert (answer.outcome, answer.reason, answer.text) == ("no_answer", reason, "")


def test_what_a_guardrail_keeps_back_is_not_sent() -> None:
    assert ask(Model("Sixty days [1].", blocked=True)).reason == "blocked"


@pytest.mark.parametrize("error", [CollectionBusyError("429"), ModelBusyError("nova")])
def test_what_is_busy_fails_with_a_reason(error: Exception) -> None:
    busy_index = isinstance(error, CollectionBusyError)
    answer = ask(Model() if busy_index else Model(error), hits=error if busy_index else [RETURNS])
    assert (answer.outcome, answer.reason) == ("failed", "busy")


def test_the_customer_is_answered_in_their_language() -> None:
    for language, text, wanted in (
        ("id", "returned goods within days?", "in Indonesian"),
        ("", "Apakah returned goods bisa within days?", "in Indonesian"),
        ("", "May I have goods returned?", "in English"),
        ("", "returned goods days?", "in the language of the question"),
    ):
        model = Model()
        ask(model, text, language=language, threshold=0.1)
        assert f"Answer {wanted}" in model.asked[-1].system


def test_a_question_that_leans_on_the_talk_is_made_whole_first() -> None:
    model = Model("How many days for returned goods?")
    history = (Turn(False, "Can goods be returned?"), Turn(True, "Yes."))
    answer = ask(model, "How many days for it?", history=history, threshold=0.1)
    assert answer.question == "How many days for returned goods?"
    assert "Customer: Can goods be returned?" in model.asked[0].user
    assert answer.spent.tokens_in == 2000
    model = Model()
    assert ask(model, history=history, rewrite=False).question == "returned goods within days?"
    assert len(model.asked) == 1


def test_a_rewriting_that_is_no_question_is_not_used() -> None:
    history = (Turn(False, "Can goods be returned?"),)
    long = "word " * 200
    assert ask(Model(long), "And it?", history=history).question == "And it?"


def test_an_answer_is_no_longer_than_it_may_be() -> None:
    answer = ask(Model("Sixty days are given [1]. " * 60), characters=200)
    assert len(answer.text) <= 200
    assert answer.text.endswith("_")


@pytest.mark.parametrize("characters", [100, 150, 300, 900])
def test_names_of_sources_leave_the_answer_its_room(characters: int) -> None:
    long = Hit(chunk("Goods may be returned within sixty days.", 0, title="Terms of " * 20), 0.9)
    answer = ask(Model("Sixty days [1]. " * 80), hits=[long], characters=characters)
    words, _, line = answer.text.partition("\n\n_Sources: [1] Terms of")
    assert characters / 2 <= len(words) <= len(answer.text) <= characters
    assert line.endswith("…_")


def test_what_is_cut_off_takes_its_sources_along() -> None:
    answer = ask(
        Model("Sixty days [1]. " * 30 + "It costs USD 5.90 [2]."), threshold=0.1, characters=200
    )
    assert "[2]" not in answer.text
    assert [source["number"] for source in answer.sources] == [1]


def test_sources_are_named_in_the_language_of_the_answer() -> None:
    assert "_Sumber: [1] Returns_" in ask(Model(), language="id").text


def test_passages_are_given_best_first_and_only_relevant_ones() -> None:
    model = Model()
    answer = ask(model)
    assert "[1] (Returns)\nGoods" in model.asked[0].user
    assert "trees" not in model.asked[0].user
    assert [type(one) for one in answer.used] == [Passage] * len(answer.used)
