"""An index: its documents, and what they are found by."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from local.collection.analysis import ANALYSERS
from local.collection.refusals import RefusedError, bad_query
from local.collection.text_field import TextField

_FIRST_ROOM: Final = 256
_PLAIN: Final = frozenset({"keyword", "integer", "long", "boolean", "float", "date"})
Found = npt.NDArray[np.bool_]


class Index:
    """Documents are numbered in the order of their coming. What is written is found `lag` seconds
    after, what is deleted is not found that much later."""

    def __init__(
        self, name: str, body: Mapping[str, Any], lag: float, clock: Callable[[], float]
    ) -> None:
        self.name, self.body = name, dict(body)
        self._properties = dict(body.get("mappings", {}).get("properties", {}))
        self._is_strict = body.get("mappings", {}).get("dynamic") == "strict"
        self._lag, self._clock = lag, clock
        self._ids: list[str] = []
        self._sources: list[dict[str, Any] | None] = []
        self._numbers: dict[str, int] = {}
        self._shown_at: list[float] = []
        self._gone_at: list[float] = []
        self._values: dict[str, dict[Any, set[int]]] = {}
        self._texts = {
            place: TextField(ANALYSERS[analyser]) for place, analyser in self._analysed()
        }
        self._vectors: dict[str, npt.NDArray[np.float32]] = {}
        self._pending: list[tuple[float, int]] = []

    def __len__(self) -> int:
        return int(self.visible().sum())

    @property
    def size(self) -> int:
        """How many numbers were given out."""
        return len(self._ids)

    def add(self, source: dict[str, Any]) -> str:
        """Answers its id: Serverless makes them. Raises RefusedError."""
        self._check(source)
        number, id_ = self.size, uuid.uuid4().hex
        self._ids.append(id_)
        self._sources.append(source)
        self._numbers[id_] = number
        self._shown_at.append(self._clock() + self._lag)
        self._gone_at.append(float("inf"))
        for name, value in source.items():
            self._add_value(number, name, value)
        return id_

    def delete(self, id_: str) -> bool:
        number = self._numbers.pop(id_, None)
        if number is None:
            return False
        self._gone_at[number] = self._clock() + self._lag
        self._pending.append((self._gone_at[number], number))
        return True

    def visible(self) -> Found:
        """Which numbers are found now."""
        self._let_go()
        now = self._clock()
        shown = np.asarray(self._shown_at) <= now
        return np.asarray(shown & (np.asarray(self._gone_at) > now), bool)

    def with_value(self, name: str, values: Iterable[Any]) -> Found:
        """Which have one of the values in a field that is not analysed. Raises RefusedError."""
        self._known(name)
        found = np.zeros(self.size, bool)
        held = self._values.get(name, {})
        for value in values:
            found[list(held.get(value, ()))] = True
        return found

    def between(self, name: str, holds: Callable[[Any], bool]) -> Found:
        self._known(name)
        found = np.zeros(self.size, bool)
        for value, numbers in self._values.get(name, {}).items():
            if holds(value):
                found[list(numbers)] = True
        return found

    def text(self, name: str) -> TextField:
        """Raises RefusedError."""
        field = self._texts.get(name)
        if field is None:
            raise bad_query(f"[{name}] is no text field")
        return field

    def similarity(self, name: str, vector: list[float]) -> npt.NDArray[np.float32]:
        """By number, 0 to 1: half of one and the cosine. Raises RefusedError."""
        dimension = self._properties.get(name, {}).get("dimension")
        if dimension is None:
            raise bad_query(f"[{name}] is no knn_vector field")
        if len(vector) != dimension:
            raise bad_query(
                f"Query vector has invalid dimension: {len(vector)}. "
                f"Dimension should be: {dimension}"
            )
        asked = np.asarray(vector, np.float32)
        asked /= np.linalg.norm(asked) or 1.0
        held = self._vectors.get(name)
        if held is None:
            return np.zeros(self.size, np.float32)
        return np.asarray((1 + held[: self.size] @ asked) / 2, np.float32)

    def hits(self, numbers: Iterable[int]) -> Iterator[tuple[int, str, dict[str, Any]]]:
        for number in numbers:
            source = self._sources[number]
            if source is not None:
                yield number, self._ids[number], source

    def _let_go(self) -> None:
        """What is not found any more takes no room in the statistics."""
        now = self._clock()
        due = [number for at, number in self._pending if at <= now]
        self._pending = [one for one in self._pending if one[0] > now]
        for number in due:
            source = self._sources[number] or {}
            for name, value in source.items():
                self._remove_value(number, name, value)
            self._sources[number] = None

    def _add_value(self, number: int, name: str, value: Any) -> None:
        kind = self._properties.get(name, {}).get("type")
        values = value if isinstance(value, list) else [value]
        if kind == "knn_vector":
            self._add_vector(number, name, value)
        elif kind == "text":
            for field in self._fields_of(name):
                field.add(number, values)
        else:
            held = self._values.setdefault(name, {})
            for one in values:
                held.setdefault(one, set()).add(number)

    def _remove_value(self, number: int, name: str, value: Any) -> None:
        kind = self._properties.get(name, {}).get("type")
        values = value if isinstance(value, list) else [value]
        if kind == "knn_vector":
            return
        if kind == "text":
            for field in self._fields_of(name):
                field.remove(number, values)
            return
        for one in values:
            self._values[name][one].discard(number)

    def _add_vector(self, number: int, name: str, vector: list[float]) -> None:
        held = self._vectors.get(name)
        if held is None or number >= len(held):
            room = max(_FIRST_ROOM, 2 * (number + 1))
            grown = np.zeros((room, len(vector)), np.float32)
            if held is not None:
                grown[: len(held)] = held
            held = self._vectors[name] = grown
        row = np.asarray(vector, np.float32)
        held[number] = row / (np.linalg.norm(row) or 1.0)

    def _check(self, source: Mapping[str, Any]) -> None:
        for name, value in source.items():
            known = self._properties.get(name)
            if known is None and self._is_strict:
                raise RefusedError(
                    400,
                    "strict_dynamic_mapping_exception",
                    f"mapping set to strict, dynamic introduction of [{name}] is not allowed",
                )
            if known and known["type"] == "knn_vector" and len(value) != known["dimension"]:
                raise RefusedError(
                    400,
                    "mapper_parsing_exception",
                    f"Vector dimension mismatch. Expected: {known['dimension']}, "
                    f"Given: {len(value)}",
                )

    def _known(self, name: str) -> None:
        if self._properties.get(name, {}).get("type") not in _PLAIN:
            raise bad_query(f"[{name}] is no field that is kept as it is")

    def _fields_of(self, name: str) -> list[TextField]:
        return [
            field
            for place, field in self._texts.items()
            if place == name or place.startswith(f"{name}.")
        ]

    def _analysed(self) -> Iterator[tuple[str, str]]:
        for name, known in self._properties.items():
            if known["type"] != "text":
                continue
            yield name, known.get("analyzer", "standard")
            for sub, inner in known.get("fields", {}).items():
                if inner["type"] == "text":
                    yield f"{name}.{sub}", inner.get("analyzer", "standard")


def monotonic() -> float:
    return time.monotonic()
