"""AWS clients of the local AWS."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config

ACCOUNT = "000000000000"
REGION = "us-east-1"
# The emulator's root: it may do everything, as the person deploying may.
_ROOT_KEY = "test"

_CONFIG = Config(
    connect_timeout=2,
    read_timeout=60,
    retries={"mode": "standard", "max_attempts": 2},
    s3={"addressing_style": "path"},
)


class LocalClients:
    """`clients("sqs")` is the low-level client of a service; each is made once."""

    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint
        self._session = boto3.Session(
            aws_access_key_id=_ROOT_KEY, aws_secret_access_key=_ROOT_KEY, region_name=REGION
        )
        self._made: dict[str, Any] = {}

    def __call__(self, service: str) -> Any:
        if service not in self._made:
            self._made[service] = self._session.client(
                service,  # type: ignore[call-overload]
                endpoint_url=self._endpoint,
                config=_CONFIG,
            )
        return self._made[service]
