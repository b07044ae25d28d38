"""The workspace's own files in messages: found, checked, and put into Meta's ids. Pure.

A message names a file of ours where it would name one of Meta's: {"image": {"id": "media_…"}}, in
headers, templates and carousels alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from shared.channels.messages.schema import inside
from shared.field_error import FieldError
from shared.json_types import JsonObject
from shared.media.kinds import KINDS, refusal
from shared.store.media_files import PREFIX, READY, REFUSED, MediaFile


class Find(Protocol):
    def __call__(self, media_id: str) -> MediaFile | None:
        """A file as it is now; None where the workspace has none of that id."""


@dataclass(frozen=True, slots=True)
class Reference:
    """`path` is that of the id, for example "interactive.header.image.id"."""

    path: str
    kind: str
    media_id: str


def references(message: JsonObject) -> list[Reference]:
    """Where a message names files of ours, in order."""
    return list(_found(message, ""))


def problems(message: JsonObject, find: Find) -> list[FieldError]:
    """What stands against sending these files, by field."""
    found: dict[str, MediaFile | None] = {}
    errors = []
    for one in references(message):
        if one.media_id not in found:
            found[one.media_id] = find(one.media_id)
        if words := _problem(one, found[one.media_id]):
            errors.append(FieldError(one.path, words))
    return errors


def with_metas_ids(message: JsonObject, ids: Mapping[str, str]) -> JsonObject:
    """The message with Meta's ids in place of ours."""
    return with_parts(message, {ours: {"id": metas} for ours, metas in ids.items()})


def with_parts(message: JsonObject, parts: Mapping[str, JsonObject]) -> JsonObject:
    """The message with each file of ours told of as `parts` says."""
    replaced: JsonObject = _replaced(message, parts)
    return replaced


def has_id(message: JsonObject, meta_id: str) -> bool:
    """Whether a message as Meta takes it names this id of Meta's."""
    return _has_id(message, meta_id)


def _has_id(value: Any, meta_id: str) -> bool:
    return any(
        one == meta_id if name == "id" else _has_id(one, meta_id) for name, one in _parts(value)
    )


def _problem(reference: Reference, file: MediaFile | None) -> str | None:
    if file is None:
        return "names no file of this workspace"
    if file.state == REFUSED:
        return f"names a file that cannot be sent: {file.reason}"
    if file.state != READY:
        return "names a file that has not been uploaded yet"
    return refusal(reference.kind, file.mime_type, file.size, animated=file.animated)


def _found(value: Any, path: str) -> Iterator[Reference]:
    parts = _parts(value)
    for name, one in parts:
        if name in KINDS and _names_ours(one):
            yield Reference(inside(inside(path, name), "id"), str(name), one["id"])
        else:
            yield from _found(one, inside(path, name))


def _replaced(value: Any, parts: Mapping[str, JsonObject]) -> Any:
    if isinstance(value, list):
        return [_replaced(one, parts) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: {**one, **parts[one["id"]]}
        if name in KINDS and _names_ours(one)
        else _replaced(one, parts)
        for name, one in value.items()
    }


def _parts(value: Any) -> list[tuple[str | int, Any]]:
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def _names_ours(value: Any) -> bool:
    id_ = value.get("id") if isinstance(value, dict) else None
    return isinstance(id_, str) and id_.startswith(PREFIX)
