"""The platform's Meta app secrets and verify token, remembered between invocations."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from shared.clock import Clock, now_ms

_REMEMBER_MS = 300_000
_RENEW_AFTER_MS = 10_000


@dataclass(frozen=True, slots=True)
class MetaSecrets:
    """`app_secrets`: the current one, and the one before it while it is being replaced."""

    app_secrets: tuple[str, ...]
    verify_token: str


class MetaSecretsCache:
    """`fetch` answers the secret's JSON text: {"app_secrets": [...], "verify_token": "..."}."""

    def __init__(self, fetch: Callable[[], str], clock: Clock = now_ms) -> None:
        self._fetch = fetch
        self._clock = clock
        self._read_at = 0
        self._secrets: MetaSecrets | None = None

    def get(self) -> MetaSecrets:
        if self._secrets is None or self._clock() - self._read_at > _REMEMBER_MS:
            return self._read()
        return self._secrets

    def renewed(self) -> MetaSecrets | None:
        """The secrets read anew, or None when they were read a moment ago. For a signature that
        does not fit: the secret may have been replaced, but forgers must not cause reads."""
        if self._clock() - self._read_at < _RENEW_AFTER_MS:
            return None
        return self._read()

    def _read(self) -> MetaSecrets:
        stored = json.loads(self._fetch())
        self._secrets = MetaSecrets(
            # Anybody can sign with an empty secret.
            app_secrets=tuple(secret for secret in stored["app_secrets"] if secret),
            verify_token=stored["verify_token"],
        )
        self._read_at = self._clock()
        return self._secrets
