"""Two evaluations, question by question; and what one adds up to."""

from __future__ import annotations

import pytest

from rag.comparing import Pair, change_of, changed, differences, paired
from rag.expecting import rank_of
from rag.totals import totals_of
from shared.store.evaluations import Asked, Result
from shared.store.golden_questions import GoldenQuestion
from tests.unit.rag.found_passages import passage


def asked(
    number: int = 0, id_: str = "q", question: str = "When?", document: str = "", **result: object
) -> Asked:
    golden = GoldenQuestion(id_, question, document, answer="Now.")
    known = Result(**{"outcome": "answered", **result}) if result else None  # type: ignore[arg-type]
    return Asked(number, golden, ("doc",), known)


def test_questions_are_paired_by_id_or_by_words() -> None:
    before = [asked(0, "a", "One?"), asked(1, "b", "Two?"), asked(2, "c", "Gone?")]
    after = [asked(0, "x", "two? "), asked(1, "a", "One, really?"), asked(2, "n", "New?")]
    pairs = paired(before, after)
    assert [
        (one.before and one.before.number, one.after and one.after.number) for one in pairs
    ] == [*((1, 0), (0, 1), (None, 2), (2, None))]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ({"correctness": 0.0}, {"correctness": 1.0}, "better"),
        ({"correctness": 1.0, "faithfulness": 0.0}, {"correctness": 0.5}, "worse"),
        (
            {"correctness": 1.0, "faithfulness": 1.0},
            {"correctness": 1.0, "faithfulness": 0.5},
            "worse",
        ),
        ({"correctness": 1.0}, {"correctness": 1.0}, "same"),
        ({"correctness": None}, {"correctness": 1.0}, "unclear"),
        ({"rank": 3, "document": "D"}, {"rank": 1, "document": "D"}, "better"),
        ({"rank": 3, "document": "D"}, {"rank": None, "document": "D"}, "worse"),
        ({}, {"correctness": 1.0}, "unclear"),
    ],
)
def test_what_is_right_comes_before_what_is_faithful_and_what_is_found(
    before: dict[str, object], after: dict[str, object], change: str
) -> None:
    assert change_of(Pair(asked(**before), asked(**after))) == change  # type: ignore[arg-type]


def test_what_only_one_has_is_unclear() -> None:
    assert change_of(Pair(None, asked(correctness=1.0))) == "unclear"


def test_totals_and_settings_are_set_against_each_other() -> None:
    assert differences({"mrr": 0.5, "usd": None}, {"mrr": 0.75, "usd": 1.0}) == {
        "mrr": 0.25,
        "usd": None,
    }
    assert changed({"k": 5, "a": 1}, {"k": 7, "a": 1}) == {"k": [5, 7]}


def test_the_expected_passage_is_known_by_its_document_or_its_words() -> None:
    found = [passage("Coffee costs 20,000 a cup.", 0), passage("Tea is free on Mondays.", 1)]
    in_document = Asked(0, GoldenQuestion("q", "?", "Rules.txt"), ("doc",))
    assert rank_of(in_document, found) == 1
    assert rank_of(Asked(0, GoldenQuestion("q", "?", "Gone.txt"), ()), found) is None
    quoted = GoldenQuestion("q", "?", passage="tea is  FREE on mondays")
    assert rank_of(Asked(0, quoted), found) == 2
    loosely = GoldenQuestion("q", "?", passage="On Mondays, tea is free for all.")
    assert rank_of(Asked(0, loosely), found) == 2
    assert rank_of(Asked(0, GoldenQuestion("q", "?", answer="Yes")), found) is None


def test_totals_are_of_what_they_are_named_for() -> None:
    unanswerable = GoldenQuestion("u", "Mars?", is_unanswerable=True)
    questions = [
        asked(0, document="D", rank=1, correctness=1.0, faithfulness=1.0, usd=0.5, tokens=10),
        asked(1, document="D", rank=4, correctness=0.5, faithfulness=0.5, usd=0.5, tokens=10),
        asked(2, outcome="no_answer", correctness=0.0),
        asked(3, correctness=None, correctness_note="not_judged", faithfulness=1.0),
        asked(4, outcome="failed", reason="busy"),
        Asked(5, unanswerable, (), Result("answered", correctness=0.0, faithfulness=0.0)),
        asked(6),
    ]
    totals = totals_of(questions, 3)
    assert totals == {
        "questions": 7,
        "judged": 6,
        "k": 3,
        "hit_rate": 0.5,
        "mrr": 0.625,
        "correctness": 0.5,
        "faithfulness": 0.625,
        "correctness_at_least": 0.3,
        "faithfulness_at_least": 0.5,
        "refusal_rate": 0.0,
        "answered_rate": 0.75,
        "not_judged": 1,
        "failed": 1,
        "tokens": 20,
        "usd": 1.0,
        "mean_milliseconds": 0,
    }
    assert totals_of([], 3)["mrr"] is None
