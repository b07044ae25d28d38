"""Who may call the API: people with a token of our user pool, programs with an API key.

API Gateway allows one authorizer per route, so both are checked here. The answer is what
`shared.caller` reads; a refusal is API Gateway's own 403, or 401 where the header is missing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jwt

from shared.aws import client
from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.observability import logger
from shared.settings import load
from shared.store.directory import Directory

API_KEY_PREFIX = "kabar_"


@dataclass(frozen=True, slots=True)
class Settings:
    directory_table: str
    jwks_url: str
    token_issuer: str
    token_client_id: str


class NotAllowedError(Exception):
    """The credential is unknown, expired, or of a person without a workspace."""


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
        if credential.startswith(API_KEY_PREFIX):
            return self._program(credential)
        return self._person(credential)

    def _program(self, key: str) -> dict[str, str]:
        known = self.directory.api_key(hashlib.sha256(key.encode()).hexdigest())
        if known is None or known.expires_at * 1000 <= self.clock():
            raise NotAllowedError("unknown or expired API key")
        return {"workspace_id": known.tenant_id, "role": "program", "user_id": "", "email": ""}

    def _person(self, token: str) -> dict[str, str]:
        try:
            claims = jwt.decode(
                token,
                self.signing_key(token),
                algorithms=["RS256"],
                issuer=self.settings.token_issuer,
                options={"require": ["exp", "iss", "sub"], "verify_aud": False},
            )
        except jwt.PyJWTError as error:
            raise NotAllowedError(type(error).__name__) from error
        ours = claims.get("client_id") == self.settings.token_client_id
        if not ours or claims.get("token_use") != "access":
            raise NotAllowedError("not an access token of this application")
        if not (claims.get("workspace_id") and claims.get("role")):
            raise NotAllowedError("no workspace or role")
        return {
            "workspace_id": claims["workspace_id"],
            "role": claims["role"],
            "user_id": claims["sub"],
            "email": claims.get("email", ""),
        }


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
