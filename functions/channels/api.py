"""The channels API's entry: brings the modules together that declare its routes."""

from channels import connecting, numbers
from channels.app import api
from channels.place import Settings
from channels.templates import routes

__all__ = ["ROUTES", "Settings", "handler"]

ROUTES = (connecting, numbers, routes)

handler = api.handler
