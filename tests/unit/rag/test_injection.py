"""Documents and questions are read, never obeyed: they cannot leave their place in the prompt, and
an answer of a model that obeyed them anyway is not sent."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.fusion import Hit
from rag.prompt import Prompt, prompt_for
from rag.rewriting import Turn, rewriting
from tests.unit.rag.attacks import IN_DOCUMENTS, IN_QUESTIONS
from tests.unit.rag.found_passages import chunk, passage
from tests.unit.rag.test_answering import RETURNS, Model, ask

TAGS = ["<passages>", "</passages>", "<question>", "</question>"]


def _prompt(question: str, text: str, title: str = "Rules", wish: str = "") -> Prompt:
    passages = [passage(text, title=title), passage("Sixty days.", 1)]
    return prompt_for(question, passages, language="en", characters=500, instructions=wish)


def _is_whole(prompt: Prompt) -> bool:
    """Our tags and no others, once each and in order; as many numbers as there are passages."""
    tags = re.findall(r"<[^>]*>?|>", prompt.user)
    numbers = re.findall(r"\[(\d+)\]", prompt.user)
    return tags == TAGS and numbers == ["1", "2"]


@pytest.mark.parametrize(("attack", "_"), IN_DOCUMENTS)
def test_a_document_stays_in_its_place(attack: str, _: str) -> None:
    assert _is_whole(_prompt("How long?", attack))
    assert _is_whole(_prompt("How long?", "Sixty days.", title=attack))


@pytest.mark.parametrize(("attack", "_"), IN_QUESTIONS)
def test_a_question_stays_in_its_place(attack: str, _: str) -> None:
    assert _is_whole(_prompt(attack, "Sixty days."))


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=60), st.text(max_size=60))
def test_nothing_leaves_its_place(question: str, text: str, title: str, wish: str) -> None:
    prompt = _prompt(question, text, title, wish)
    assert _is_whole(prompt)
    assert prompt.system.startswith(_prompt("", "").system)
    assert not re.search(r"[<>]", prompt.system.removeprefix(_prompt("", "").system))


@given(st.text(max_size=300), st.text(max_size=300))
def test_nothing_that_was_said_leaves_its_place(question: str, said: str) -> None:
    user = rewriting(question, [Turn(False, said), Turn(True, said)]).user
    tags = re.findall(r"<[^>]*>?|>", user)
    assert tags == ["<conversation>", "</conversation>", "<question>", "</question>"]
    assert len(re.findall(r"^(?:Customer|Business): ", user, re.MULTILINE)) <= 2 + len(
        re.findall(r"^(?:Customer|Business): ", question, re.MULTILINE)
    )


@pytest.mark.parametrize(("attack", "obeyed"), IN_DOCUMENTS)
def test_a_model_that_obeyed_a_document_is_not_heard(attack: str, obeyed: str) -> None:
    """The passage is the best there is, and the model does what it says."""
    poisoned = Hit(chunk(f"Goods may be returned. {attack}", 3), 0.95)
    answer = ask(Model(obeyed), hits=[poisoned], threshold=0.1)
    assert (answer.outcome, answer.text) == ("no_answer", "")


@pytest.mark.parametrize(("attack", "obeyed"), IN_QUESTIONS)
def test_a_model_that_obeyed_a_question_is_not_heard(attack: str, obeyed: str) -> None:
    answer = ask(Model(obeyed), attack, hits=[RETURNS], threshold=0.0)
    assert (answer.outcome, answer.text) == ("no_answer", "")
