"""What an evaluation adds up to, from its questions. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from rag.answering import ANSWERED, NO_ANSWER_FOUND
from rag.evaluating import NOT_JUDGED
from rag.expecting import is_expected
from shared.json_types import JsonObject
from shared.store.evaluations import Asked, Result


@dataclass(frozen=True, slots=True)
class Totals:
    """Rates are 0 to 1, and null where there is nothing to count. `hit_rate` is how often an
    expected passage was among the first `k`, `mrr` the mean of 1 / rank; `correctness` and
    `faithfulness` are means of what was judged, the first of answerable questions alone;
    those "at_least" count what has no verdict as bad. `refusal_rate` is of unanswerable questions,
    `answered_rate` of the others. `not_judged` counts questions for which the judge could not be
    understood, `failed` those that could not be asked. `usd` is null where a model's price is not
    known.
    """

    questions: int
    judged: int
    k: int
    hit_rate: float | None
    mrr: float | None
    correctness: float | None
    faithfulness: float | None
    correctness_at_least: float | None
    faithfulness_at_least: float | None
    refusal_rate: float | None
    answered_rate: float | None
    not_judged: int
    failed: int
    tokens: int
    usd: float | None
    mean_milliseconds: int | None


def totals_of(questions: Sequence[Asked], k: int) -> JsonObject:
    return asdict(_totals(questions, k))


def _totals(questions: Sequence[Asked], k: int) -> Totals:
    done = [(one, one.result) for one in questions if one.result is not None]
    asked = [(one, result) for one, result in done if result.outcome in (ANSWERED, NO_ANSWER_FOUND)]
    unanswerable = [result for one, result in asked if one.golden.is_unanswerable]
    others = [(one, result) for one, result in asked if not one.golden.is_unanswerable]
    ranks = [result.rank for one, result in others if is_expected(one)]
    right = [result.correctness for _, result in others]
    faithful = [result.faithfulness for _, result in asked]
    costs = [result.usd for _, result in done]
    return Totals(
        questions=len(questions),
        judged=len(done),
        k=k,
        hit_rate=_mean(float(rank is not None and rank <= k) for rank in ranks),
        mrr=_mean(1 / rank if rank else 0.0 for rank in ranks),
        correctness=_mean(one for one in right if one is not None),
        faithfulness=_mean(one for one in faithful if one is not None),
        correctness_at_least=_mean(_at_least_right(done)),
        faithfulness_at_least=_mean(_at_least_faithful(done)),
        refusal_rate=_mean(float(result.outcome != ANSWERED) for result in unanswerable),
        answered_rate=_mean(float(result.outcome == ANSWERED) for _, result in others),
        not_judged=sum(is_unclear(result) for _, result in asked),
        failed=len(done) - len(asked),
        tokens=sum(result.tokens for _, result in done),
        usd=None if None in costs else sum(one for one in costs if one is not None),
        mean_milliseconds=_rounded(_mean(float(result.milliseconds) for _, result in asked)),
    )


def _at_least_right(done: Iterable[tuple[Asked, Result]]) -> Iterator[float]:
    for one, result in done:
        is_compared = one.golden.answer or result.correctness is not None
        if is_compared and not one.golden.is_unanswerable:
            yield result.correctness or 0.0


def _at_least_faithful(done: Iterable[tuple[Asked, Result]]) -> Iterator[float]:
    for _, result in done:
        if result.outcome != NO_ANSWER_FOUND:
            yield result.faithfulness or 0.0


def is_unclear(result: Result) -> bool:
    return NOT_JUDGED in (result.correctness_note, result.faithfulness_note)


def _mean(numbers: Iterable[float]) -> float | None:
    listed = list(numbers)
    return round(sum(listed) / len(listed), 4) if listed else None


def _rounded(number: float | None) -> int | None:
    return None if number is None else round(number)
