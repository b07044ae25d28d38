"""The knowledge API's entry: brings the modules together that declare its routes."""

from rag import asking, bases, documents
from rag.app import api
from rag.composing import AnsweringSettings
from rag.place import Settings
from rag.settings import BedrockSettings, CollectionSettings

__all__ = [
    "ROUTES",
    "AnsweringSettings",
    "BedrockSettings",
    "CollectionSettings",
    "Settings",
    "handler",
]

ROUTES = (bases, documents, asking)

handler = api.handler
