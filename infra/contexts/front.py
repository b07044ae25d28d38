"""What the API says of itself, and of what no route takes."""

from __future__ import annotations

from infra import api_routes
from infra.components.http_api import FrontDoor
from infra.contexts.parts import Parts

DESCRIPTION_REASON = (
    "How the API is called is no secret: the answers are two files, the same for everybody."
)


def add(parts: Parts, front: FrontDoor) -> None:
    signpost = parts.function("Signpost", "front.signpost.handler", {})
    front.open(api_routes.DESCRIPTION, signpost, DESCRIPTION_REASON)
    front.private(api_routes.REST, signpost)
