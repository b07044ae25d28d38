"""The flow API's entry: brings the modules together that declare its routes."""

from flow import activity, begin, drafts, exchange, gallery, simulation, stepping_in, versions
from flow.app import api
from flow.place import Settings

__all__ = ["ROUTES", "Settings", "handler"]

ROUTES = (activity, begin, drafts, exchange, gallery, simulation, stepping_in, versions)

handler = api.handler
