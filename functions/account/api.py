"""The account API's entry: brings the modules together that declare its routes."""

from account import api_keys, audit, invites, me, members, privacy, teams, usage, workspaces
from account.app import api
from account.place import Settings

__all__ = ["ROUTES", "Settings", "handler"]

ROUTES = (api_keys, audit, invites, me, members, privacy, teams, usage, workspaces)

handler = api.handler
