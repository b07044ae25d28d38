"""Sample files for the headers of templates: from the browser to us, and from us to Meta.

A file is posted to the workspace's own prefix first, since a function cannot take one; a header
names it as "sample:<id>" until the template is handed in, when Meta gets it and gives a handle.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Final

from shared.channels.graph import Graph
from shared.field_error import FieldError
from shared.json_types import JsonObject
from shared.store.tenant_files import FileMissingError, TenantFiles

PREFIX: Final = "sample:"
MOST_BYTES: Final = 16 * 1024 * 1024
_TYPES: Final[tuple[tuple[int, bytes, str, str], ...]] = (
    # where the sign of a type stands, the sign, the type, and the header's format
    (0, b"\xff\xd8\xff", "image/jpeg", "IMAGE"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png", "IMAGE"),
    (0, b"%PDF-", "application/pdf", "DOCUMENT"),
    (4, b"ftyp", "video/mp4", "VIDEO"),
)
_MOST_OF: Final = {"IMAGE": 5 * 1024 * 1024}
_WANTED: Final = {
    "IMAGE": "a JPEG or PNG picture",
    "VIDEO": "an MP4 video",
    "DOCUMENT": "a PDF document",
}

Handle = Callable[[bytes, str], str]


class SampleRefusedError(Exception):
    """A header's sample cannot be used; `error` says which and why."""

    def __init__(self, error: FieldError) -> None:
        super().__init__(error.message)
        self.error = error


def path_of(sample_id: str) -> str:
    return f"template-samples/{sample_id}"


def with_handles(
    components: list[JsonObject], files: TenantFiles, handle: Handle
) -> list[JsonObject]:
    """The components with Meta's handles in the place of our samples. Raises SampleRefusedError,
    before anything was brought to Meta; and what `handle` raises."""
    made = copy.deepcopy(components)
    found = [
        (header, *_file(header, place, files))
        for place, header in _headers(made, "components")
        if _sample(header) is not None
    ]
    for header, content, media_type in found:
        header["example"]["header_handle"] = [handle(content, media_type)]
    return made


def handle_at_meta(graph: Graph, token: str, app_id: str) -> Handle:
    return lambda content, media_type: graph.upload_sample(app_id, token, content, media_type)


def _headers(components: list[JsonObject], path: str) -> Iterator[tuple[str, JsonObject]]:
    for number, one in enumerate(components):
        if one["type"] == "HEADER":
            yield f"{path}.{number}", one
        for card_number, card in enumerate(one.get("cards") or ()):
            yield from _headers(
                card["components"], f"{path}.{number}.cards.{card_number}.components"
            )


def _sample(header: JsonObject) -> str | None:
    handles = (header.get("example") or {}).get("header_handle") or [""]
    return handles[0].removeprefix(PREFIX) if handles[0].startswith(PREFIX) else None


def _file(header: JsonObject, place: str, files: TenantFiles) -> tuple[bytes, str]:
    field = f"{place}.example.header_handle"
    sample = str(_sample(header))
    try:
        content = files.read(path_of(sample)) if sample.isalnum() else None
    except FileMissingError:
        content = None
    if content is None:
        raise SampleRefusedError(FieldError(field, "names no file that was uploaded"))
    wanted = header["format"]
    for start, sign, media_type, kind in _TYPES:
        if content[start : start + len(sign)] == sign and kind == wanted:
            most = _MOST_OF.get(kind, MOST_BYTES)
            if len(content) > most:
                told = f"may have {most // 1024 // 1024} MB"
                raise SampleRefusedError(FieldError(field, told))
            return content, media_type
    raise SampleRefusedError(FieldError(field, f"must be {_WANTED[wanted]}"))
