"""The flow API's entry: brings the modules together that declare its routes."""

from flow import drafts, exchange, versions
from flow.app import api
from flow.place import Settings

__all__ = ["ROUTES", "Settings", "handler"]

ROUTES = (drafts, exchange, versions)

handler = api.handler
