"""Who may call the API: people with a token of our user pool, programs with an API key.

API Gateway allows one authorizer per route, so both are checked here. The answer is what
`shared.caller` reads; a person without a workspace has an empty `workspace_id`. A refusal is API
Gateway's own 403, or 401 where the header is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jwt

from shared.aws import client
from shared.clock import Clock, now_ms
from shared.ids import digest
from shared.json_types import JsonObject
from shared.observability import logger
from shared.permissions import permissions_of
from shared.settings import load
from shared.store.api_keys import PREFIX
from shared.store.directory import Directory, Membership, Person

PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Settings:
    directory_table: str
    jwks_url: str
    token_issuer: str
    token_client_id: str


class NotAllowedError(Exception):
    """The credential is unknown, expired or revoked."""


@dataclass(frozen=True, slots=True)
class Authorizer:
    """`signing_key` answers the key that a token's header names, from the pool's JWKS."""

    settings: Settings
    directory: Directory
    signing_key: Any
    clock: Clock = now_ms

    def context(self, header: str) -> dict[str, str]:
        """The caller behind an Authorization header. Raises NotAllowedError."""
        scheme, _, credential = header.partition(" ")
        if scheme.lower() != "bearer" or not credential:
            raise NotAllowedError("no bearer credential")
        if credential.startswith(PREFIX):
            return self._program(credential)
        return self._person(credential)

    def _program(self, key: str) -> dict[str, str]:
        known = self.directory.api_key(digest(key))
        if known is None or known.expires_at * 1000 <= self.clock():
            raise NotAllowedError("unknown or expired API key")
        if not self._is_there(known.tenant_id):
            raise NotAllowedError("the workspace is gone")
        return {
            "workspace_id": known.tenant_id,
            "role": PROGRAM,
            "permissions": " ".join(sorted(known.scopes)),
            "user_id": "",
            "email": "",
            "key_id": known.key_id,
        }

    def _person(self, token: str) -> dict[str, str]:
        """The token says who it is; what they may do is asked of the directory, so that a removal
        or another role counts before the token expires."""
        claims = self._claims(token)
        person = self.directory.person(claims["sub"])
        # The session's beginning: it stays the same when tokens are refreshed.
        if claims["auth_time"] < person.valid_from:
            raise NotAllowedError("the session has ended")
        membership = self._workspace(person)
        role = membership.role if membership else ""
        permissions = sorted(permission.value for permission in permissions_of(role))
        return {
            "workspace_id": membership.tenant_id if membership else "",
            "role": role,
            "permissions": " ".join(permissions),
            "user_id": claims["sub"],
            "email": claims.get("email", ""),
            "key_id": "",
        }

    def _workspace(self, person: Person) -> Membership | None:
        """Where the person works; another of theirs when that one is gone."""
        preferred = person.working_in
        candidates = [preferred, *(one for one in person.memberships if one != preferred)]
        return next((one for one in candidates if one and self._is_there(one.tenant_id)), None)

    def _is_there(self, tenant_id: str) -> bool:
        record = self.directory.tenant_record(tenant_id)
        return record is not None and not record.gone(self.clock())

    def _claims(self, token: str) -> JsonObject:
        try:
            claims: JsonObject = jwt.decode(
                token,
                self.signing_key(token),
                algorithms=["RS256"],
                issuer=self.settings.token_issuer,
                options={"require": ["exp", "iss", "sub", "auth_time"], "verify_aud": False},
            )
        except jwt.PyJWTError as error:
            raise NotAllowedError(type(error).__name__) from error
        ours = claims.get("client_id") == self.settings.token_client_id
        if not ours or claims.get("token_use") != "access":
            raise NotAllowedError("not an access token of this application")
        return claims


@lru_cache(maxsize=1)
def _authorizer() -> Authorizer:
    settings = load(Settings)
    keys = jwt.PyJWKClient(settings.jwks_url, cache_keys=True, timeout=5)
    return Authorizer(
        settings,
        Directory(settings.directory_table, client("dynamodb")),
        lambda token: keys.get_signing_key_from_jwt(token).key,
    )


def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    """HTTP API REQUEST authorizer, payload 2.0, simple response."""
    header = (event.get("headers") or {}).get("authorization", "")
    try:
        return {"isAuthorized": True, "context": _authorizer().context(header)}
    except NotAllowedError as refused:
        logger.warning("caller refused", reason=str(refused))
        return {"isAuthorized": False}
