"""Whether a filter means a contact. Pure."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Final, TypeAlias

from shared.contacts.record import ContactRecord
from shared.segments.filters import LAST, Condition, Filter

Test: TypeAlias = Callable[[ContactRecord], bool]
_DAY_MS: Final = 86_400_000
_REACHED: Final = {
    "received": frozenset({"sent", "delivered", "read", "replied"}),
    "read": frozenset({"read", "replied"}),
    "replied": frozenset({"replied"}),
    "failed": frozenset({"failed"}),
}


def matcher(filter_: Filter, now: int) -> Test:
    """The filter as a function, for asking about many; `now` in milliseconds."""
    tests = [_TESTS[condition.on](condition, now) for condition in filter_.conditions]
    together = all if filter_.match == "all" or not tests else any
    return lambda record: together(test(record) for test in tests)


def matches(filter_: Filter, record: ContactRecord, now: int) -> bool:
    return matcher(filter_, now)(record)


def _tag(condition: Condition, now: int) -> Test:
    del now
    wanted = condition.op == "has"
    return lambda record: (condition.value in record.tags) is wanted


def _field(condition: Condition, now: int) -> Test:
    del now
    key, compare = str(condition.name), _FIELD_OPS[condition.op]
    return lambda record: compare(record.fields.get(key), condition.value)


def _opt_in(condition: Condition, now: int) -> Test:
    del now
    kind, wanted = str(condition.name), condition.op == "is"
    return lambda record: (record.opt(kind) == condition.value) is wanted


def _age(of: Callable[[ContactRecord], int | None]) -> Callable[[Condition, int], Test]:
    def test(condition: Condition, now: int) -> Test:
        since, wanted = now - int(condition.value) * _DAY_MS, condition.op == "within_days"

        def is_within(record: ContactRecord) -> bool:
            at = of(record)
            return (at is not None and at >= since) is wanted

        return is_within

    return test


def _blocked(condition: Condition, now: int) -> Test:
    del now
    return lambda record: record.blocked is condition.value


def _text(of: Callable[[ContactRecord], str | None]) -> Callable[[Condition, int], Test]:
    def test(condition: Condition, now: int) -> Test:
        del now
        compare = _FIELD_OPS[condition.op]
        return lambda record: compare(of(record), condition.value)

    return test


def _campaign(condition: Condition, now: int) -> Test:
    del now
    wanted = not condition.op.startswith("not_")
    states = _REACHED[condition.op.removeprefix("not_")]
    of = _last_campaign if condition.name == LAST else _campaign_of(str(condition.name))
    return lambda record: (of(record) in states) is wanted


def _campaign_of(id_: str) -> Callable[[ContactRecord], str | None]:
    return lambda record: record.campaigns.get(id_)


def _last_campaign(record: ContactRecord) -> str | None:
    states = list(record.campaigns.values())
    return states[-1] if states else None


def _same(known: Any, value: Any) -> bool:
    """Texts regardless of capitals; a number is no truth value, though Python says so."""
    if isinstance(known, str) and isinstance(value, str):
        return known.casefold() == value.casefold()
    if isinstance(known, bool) or isinstance(value, bool):
        return known is value
    return known is not None and bool(known == value)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def test(known: Any, value: Any) -> bool:
        if isinstance(known, bool) or isinstance(value, bool):
            return False
        if isinstance(known, str) and isinstance(value, str):
            return compare(known.casefold(), value.casefold())
        numbers = isinstance(known, int | float) and isinstance(value, int | float)
        return numbers and compare(known, value)

    return test


def _holds(known: Any, value: str) -> bool:
    return isinstance(known, str) and value.casefold() in known.casefold()


def _begins(known: Any, value: str) -> bool:
    return isinstance(known, str) and known.casefold().startswith(value.casefold())


_FIELD_OPS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "is": _same,
    "is_not": lambda known, value: not _same(known, value),
    "contains": _holds,
    "begins_with": _begins,
    "gt": _ordered(operator.gt),
    "lt": _ordered(operator.lt),
    "set": lambda known, _: known is not None,
    "not_set": lambda known, _: known is None,
}
_TESTS: Final[dict[str, Callable[[Condition, int], Test]]] = {
    "tag": _tag,
    "field": _field,
    "opt_in": _opt_in,
    "last_seen": _age(lambda record: record.last_seen_at),
    "created": _age(lambda record: record.created_at),
    "blocked": _blocked,
    "name": _text(lambda record: record.name),
    "phone": _text(lambda record: record.phone),
    "email": _text(lambda record: record.email),
    "language": _text(lambda record: record.language),
    "campaign": _campaign,
}
