"""The channels API's entry: brings the modules together that declare its routes."""

from channels import connecting, linked, numbers
from channels.app import api
from channels.place import Settings
from channels.templates import routes

__all__ = ["ROUTES", "Settings", "handler"]

ROUTES = (connecting, linked, numbers, routes)

handler = api.handler
