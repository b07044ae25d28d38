"""The flow API: its routes are declared on `api` by the modules that api.py brings together."""

from __future__ import annotations

from flow.place import settings
from flow.refusals import REFUSALS
from shared.api import Api

api = Api("Flows", settings=settings, refusals=REFUSALS)
