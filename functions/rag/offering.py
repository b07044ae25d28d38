"""What a workspace may only choose where the deployment has it."""

from __future__ import annotations

from rag import place
from rag.asking_settings import AskingSettings


class RerankNotOfferedError(Exception):
    """The deployment names no model that puts passages in a better order."""


def offered(settings: AskingSettings) -> AskingSettings:
    """The settings themselves. Raises RerankNotOfferedError."""
    if settings.rerank and not place.rerank_model():
        raise RerankNotOfferedError
    return settings
