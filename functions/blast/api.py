"""The campaigns API's entry: brings the modules together that declare its routes."""

from blast import ahead, drafts, prices, reports, running, uploads
from blast.app import api
from blast.place import Settings

__all__ = ["ROUTES", "Settings", "handler"]

ROUTES = (ahead, drafts, prices, reports, running, uploads)

handler = api.handler
