"""AWS clients: made once per process, with the same timeouts and retries everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import boto3
from botocore.config import Config

# Short enough that a stuck call ends inside a worker's timeout and is retried.
CONFIG = Config(
    connect_timeout=2,
    read_timeout=5,
    retries={"mode": "standard", "max_attempts": 3},
    # As many as any function has threads: beyond it each call would make a connection of its own.
    max_pool_connections=64,
    tcp_keepalive=True,
)

# A model thinks for longer than a table, and is busy more often.
_MODELS = CONFIG.merge(Config(read_timeout=60, retries={"mode": "adaptive", "max_attempts": 4}))

# What merely betters an answer is not waited for.
_BETTERMENTS = CONFIG.merge(Config(read_timeout=4, retries={"mode": "standard", "max_attempts": 1}))

_CONFIGS = {
    # Links and forms that others use carry the newer signature, which every region takes.
    "s3": CONFIG.merge(Config(signature_version="s3v4")),
    # Checked by DynamoDB itself: doing it here as well is a quarter of what a batch costs.
    "dynamodb": CONFIG.merge(Config(parameter_validation=False)),
}


@cache
def client(service: str) -> Any:
    """The low-level client of a service, for example `client("sqs")`."""
    return boto3.client(service, config=_CONFIGS.get(service, CONFIG))  # type: ignore[call-overload]


@cache
def bedrock_runtime(url: str, region: str) -> Any:
    """Bedrock's models, which need not be in our own region; an empty `url` is AWS's own."""
    return boto3.client(
        "bedrock-runtime", endpoint_url=url or None, region_name=region, config=_MODELS
    )


@cache
def bedrock_agent_runtime(url: str, region: str) -> Any:
    """Bedrock's reranking, which is in few regions; an empty `url` is AWS's own."""
    return boto3.client(
        "bedrock-agent-runtime", endpoint_url=url or None, region_name=region, config=_BETTERMENTS
    )


@cache
def credentials() -> Any:
    """What signs requests to services that have clients of their own; renewed by itself."""
    return boto3.Session().get_credentials()


def client_under(session: Mapping[str, str], service: str) -> Any:
    """One that works under a session's credentials, as STS answers them."""
    return boto3.client(  # type: ignore[call-overload]
        service,
        config=_CONFIGS.get(service, CONFIG),
        aws_access_key_id=session["AccessKeyId"],
        aws_secret_access_key=session["SecretAccessKey"],
        aws_session_token=session["SessionToken"],
    )
