"""The contacts API's entry: brings the modules together that declare its routes."""

from contacts import contacts, exports, imports, notes, segments, standing, vocabulary
from contacts.app import api
from contacts.place import Settings

__all__ = ["ROUTES", "Settings", "handler"]

ROUTES = (contacts, exports, imports, notes, segments, standing, vocabulary)

handler = api.handler
