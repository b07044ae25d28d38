"""The flow API: its routes are declared on `api` by the modules that api.py brings together."""

from __future__ import annotations

from flow.place import settings
from flow.refusals import REFUSALS
from shared.api import Api
from shared.store.audit import Actor

api = Api("Flows", settings=settings, refusals=REFUSALS)


def actor() -> Actor:
    """Who makes the change that is being asked for."""
    caller = api.caller
    if caller.user_id:
        return Actor(caller.user_id, caller.email or "")
    return Actor(str(caller.key_id), "API key")
