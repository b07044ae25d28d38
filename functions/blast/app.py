"""The campaigns API: routes are declared on `api` by the modules that api.py brings together."""

from __future__ import annotations

from blast.place import settings
from blast.refusals import REFUSALS
from shared.api import Api
from shared.store.audit import Change, entry
from shared.store.transactions import Write

api = Api("Campaigns", settings=settings, refusals=REFUSALS)


def told(action: str, target: str, at: int, **detail: object) -> Write:
    """The member of a change's transaction that the audit log tells of."""
    change = Change(api.actor, action, target, at, detail)
    return entry(api.caller.workspace, settings().workspaces_table, change)
