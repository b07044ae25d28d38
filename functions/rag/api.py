"""The knowledge API's entry: brings the modules together that declare its routes."""

from rag import asking, bases, comparisons, documents, evaluations, golden
from rag.app import api
from rag.composing import AnsweringSettings
from rag.place import Settings
from rag.settings import BedrockSettings, CollectionSettings, RerankSettings

__all__ = [
    "ROUTES",
    "AnsweringSettings",
    "BedrockSettings",
    "CollectionSettings",
    "RerankSettings",
    "Settings",
    "handler",
]

ROUTES = (bases, documents, asking, golden, evaluations, comparisons)

handler = api.handler
