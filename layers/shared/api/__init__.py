"""The frame of the API: routes that say who may call them, and everything they have in common.

A context has one `Api` and declares its routes on it:

    api = Api("People", settings=settings, refusals={InviteNotFoundError: INVITE_NOT_FOUND})

    @api.endpoint("POST", "/v1/invites", permission=Permission.MANAGE_INVITES, status=201)
    def invite(body: NewInvite) -> InviteShown:
        \"\"\"Invite somebody by e-mail.\"\"\"

    handler = api.handler

The first line of the docstring is the route's title in the OpenAPI document, the rest its
description. Annotations say what comes in and goes out: a parameter named in the path, an `Input`
for the body, `Limit`, `Cursor` or another `Annotated[…, Query()]`; an `Output` as the answer.
"""

from shared.api.access import Access, NoPermission
from shared.api.app import Api, ApiSettings
from shared.api.endpoint import Endpoint
from shared.api.models import Cursor, Input, Limit, Output
from shared.api.problems import ProblemError, ProblemKind

__all__ = [
    "Access",
    "Api",
    "ApiSettings",
    "Cursor",
    "Endpoint",
    "Input",
    "Limit",
    "NoPermission",
    "Output",
    "ProblemError",
    "ProblemKind",
]
