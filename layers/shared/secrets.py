"""A part of a secret of Secrets Manager, remembered for a while by a warm function."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from shared.aws import client
from shared.ttl_cache import TtlCache

_REMEMBER_SECONDS: Final = 300


def kept_secret(arn: str, name: str) -> Callable[[], str]:
    """What reads `name` of the JSON object that the secret holds."""
    remembered: TtlCache[str, str] = TtlCache(_REMEMBER_SECONDS)

    def read() -> str:
        answer = client("secretsmanager").get_secret_value(SecretId=arn)
        return str(json.loads(answer["SecretString"])[name])

    return lambda: remembered.get(arn, read)
