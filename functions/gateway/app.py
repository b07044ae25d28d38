"""The gateway API: its routes are declared on `api` by the modules that api.py brings together."""

from __future__ import annotations

from gateway.place import settings
from gateway.refusals import REFUSALS
from shared.api import Api

api = Api("Conversations", settings=settings, refusals=REFUSALS)
