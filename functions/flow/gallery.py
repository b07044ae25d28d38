"""Ready flows to begin with: JSON files beside this module, in `gallery/`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from pathlib import Path

from flow.app import api
from flow.drafts import made
from flow.refusals import NOT_IN_GALLERY
from flow.shapes import FlowWithDraft, Gallery, GalleryFlow, Installation
from shared.api import ProblemError
from shared.json_types import JsonObject
from shared.permissions import Permission

_FOLDER = Path(__file__).parent / "gallery"


@api.endpoint("GET", "/v1/flow-gallery", permission=Permission.READ_FLOWS)
def list_gallery() -> Gallery:
    """Flows that can be installed, with what they are for."""
    return Gallery(
        items=[
            GalleryFlow(
                name=name,
                title=ready["title"],
                lead=ready["lead"],
                asks_knowledge=any(_asking(ready["flow"])),
            )
            for name, ready in _gallery().items()
        ]
    )


@api.endpoint(
    "POST",
    "/v1/flow-gallery/{name}/install",
    permission=Permission.EDIT_FLOWS,
    status=201,
)
def install_flow(name: str, body: Installation) -> FlowWithDraft:
    """Make a flow from one of the gallery. It is a draft until it is published."""
    ready = _gallery().get(name)
    if ready is None:
        raise ProblemError(NOT_IN_GALLERY)
    flow = deepcopy(ready["flow"])
    if body.knowledge_base is not None:
        for data in _asking(flow):
            data["knowledge_base"] = body.knowledge_base
    return made(flow["name"], flow)


def _asking(flow: JsonObject) -> Iterator[JsonObject]:
    """What the steps that answer from knowledge are set to."""
    return (node["data"] for node in flow["nodes"] if node["type"] == "ai")


@lru_cache(maxsize=1)
def _gallery() -> dict[str, JsonObject]:
    return {path.stem: json.loads(path.read_text()) for path in sorted(_FOLDER.glob("*.json"))}
