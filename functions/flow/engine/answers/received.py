"""Answers that are sent rather than typed: a place, a picture or file, a filled-in form."""

from __future__ import annotations

import json
from typing import Any, Final, Literal, TypeAlias

from pydantic import Field

from flow.engine.events import Said
from flow.engine.parts import Data
from flow.engine.run import Run
from shared.json_types import JsonObject

MediaType: TypeAlias = Literal["image", "video", "audio", "document", "sticker"]
_KEPT_OF_MEDIA: Final = ("id", "mime_type", "caption", "filename", "sha256", "url")
_KEPT_OF_PLACE: Final = ("latitude", "longitude", "name", "address")
_FORM_CHARACTERS: Final = 20_000


class LocationAnswer(Data):
    """Kept as {latitude, longitude, name?, address?}."""

    kind: Literal["location"]

    def read(self, said: Said, run: Run) -> JsonObject | None:  # noqa: ARG002
        place = _content(said, "location")
        if not {"latitude", "longitude"} <= place.keys():
            return None
        return {name: place[name] for name in _KEPT_OF_PLACE if name in place}


class MediaAnswer(Data):
    """Kept as {type, id, mime_type, caption?, filename?, url?}."""

    kind: Literal["media"]
    types: list[MediaType] = Field(default=["image", "video", "document"], min_length=1)

    def read(self, said: Said, run: Run) -> JsonObject | None:  # noqa: ARG002
        for type_ in self.types:
            if media := _content(said, type_):
                kept: JsonObject = {n: media[n] for n in _KEPT_OF_MEDIA if n in media}
                return {"type": type_, **kept}
        return None


class FormAnswer(Data):
    """Kept as the form's fields by name."""

    kind: Literal["form"]

    def read(self, said: Said, run: Run) -> JsonObject | None:  # noqa: ARG002
        reply = _content(said, "interactive").get("nfm_reply")
        written = reply.get("response_json") if isinstance(reply, dict) else None
        return form_fields(written)


def form_fields(written: Any) -> JsonObject | None:
    """A form's answer comes as JSON within JSON. Its token is ours and tells nobody anything."""
    if not isinstance(written, str) or len(written) > _FORM_CHARACTERS:
        return None
    try:
        fields = json.loads(written)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict):
        return None
    return {name: value for name, value in fields.items() if name != "flow_token"}


def _content(said: Said, type_: str) -> JsonObject:
    """What the message's type names, if the message is of that type."""
    content = said.message.get(type_) if said.message.get("type") == type_ else None
    return content if isinstance(content, dict) else {}
