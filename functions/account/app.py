"""The account API: its routes are declared on `api` by the modules that api.py brings together."""

from __future__ import annotations

from account.place import settings
from account.refusals import REFUSALS
from shared.api import Api
from shared.permissions import Permission

api = Api("Account", settings=settings, refusals=REFUSALS)


def manages_owners() -> bool:
    return Permission.MANAGE_OWNERS in api.caller.permissions
