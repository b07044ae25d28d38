"""The knowledge API's entry: brings the modules together that declare its routes."""

from rag import asking, bases, documents
from rag.app import api
from rag.place import Settings

__all__ = ["ROUTES", "Settings", "handler"]

ROUTES = (bases, documents, asking)

handler = api.handler
