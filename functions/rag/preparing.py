"""The index, made by the deployment: CloudFormation asks for it before anything is read into it.

A collection that has just been made lets nobody in for about a minute, and one that sleeps wakes
first: it is asked again until it answers.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, Final

import urllib3

from rag.collection import CollectionBusyError, ForbiddenError, connect, ensure_index
from rag.settings import CollectionSettings
from shared.aws import credentials
from shared.json_types import JsonObject
from shared.observability import counted, logger
from shared.settings import load

_NAME: Final = "index"
_TRIES: Final = 24
_WAIT_SECONDS: Final = 10.0
Answer = Callable[[str, bytes], None]


def prepared(collection: Any, dimensions: int, sleep: Callable[[float], None] = time.sleep) -> None:
    """Raises CollectionBusyError or ForbiddenError when it took no call for some minutes."""
    for left in reversed(range(_TRIES)):
        try:
            ensure_index(collection, dimensions)
        except (CollectionBusyError, ForbiddenError):
            if not left:
                raise
            sleep(_WAIT_SECONDS)
        else:
            return


def answered(asked: JsonObject, prepare: Callable[[int], None]) -> JsonObject:
    """What CloudFormation is told; it waits for an hour when it is told nothing. What is deleted
    with the stack goes with the collection."""
    told = {name: asked[name] for name in ("StackId", "RequestId", "LogicalResourceId")}
    told["PhysicalResourceId"] = _NAME  # always the same: another one would have this one deleted
    try:
        if asked["RequestType"] != "Delete":
            prepare(int(asked["ResourceProperties"]["Dimensions"]))
    except Exception as error:
        logger.exception("the index could not be made")
        return {**told, "Status": "FAILED", "Reason": f"{type(error).__name__}: see the log"}
    return {**told, "Status": "SUCCESS"}


def _put(url: str, body: bytes) -> None:
    urllib3.PoolManager().request("PUT", url, body=body, headers={"Content-Type": ""}, timeout=10)


@counted
def handler(event: JsonObject, context: object) -> None:  # noqa: ARG001
    """A custom resource's request."""
    collection = connect(load(CollectionSettings), credentials())
    told = answered(event, lambda dimensions: prepared(collection, dimensions))
    _put(event["ResponseURL"], json.dumps(told).encode())
