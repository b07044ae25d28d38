"""The gateway API's entry: brings the modules together that declare its routes."""

from gateway import conversations, received, sending, uploads
from gateway.app import api
from gateway.place import Settings

__all__ = ["ROUTES", "Settings", "handler"]

ROUTES = (conversations, received, sending, uploads)

handler = api.handler
