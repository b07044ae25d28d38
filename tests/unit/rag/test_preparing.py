"""The index, as the deployment makes it."""

from __future__ import annotations

from typing import Any

import pytest

from local.collection.collection import Collection
from rag.collection import CollectionBusyError, ForbiddenError
from rag.mapping import ALIAS, index_name
from rag.preparing import answered, prepared
from tests.collection_side import client_of

ASKED = {
    "RequestType": "Create",
    "StackId": "stack",
    "RequestId": "request",
    "LogicalResourceId": "Index",
    "ResourceProperties": {"Dimensions": "8"},
}


def no_wait(_: float) -> None:
    return None


def test_the_index_is_made_once_with_its_alias() -> None:
    client, wire = client_of(Collection())
    prepared(client, 8)
    assert list(client.indices.get(index=ALIAS)) == [index_name(8)]
    before = len(wire.asked)
    prepared(client, 8)
    assert {one.split()[0] for one in wire.asked[before:]} <= {"HEAD", "GET"}


def test_other_dimensions_are_another_index_that_everybody_asks_from_then_on() -> None:
    client, _ = client_of(Collection())
    prepared(client, 8)
    prepared(client, 16)
    assert list(client.indices.get(index=ALIAS)) == [index_name(16)]
    assert client.indices.exists(index=index_name(8))


@pytest.mark.parametrize("status", [403, 429, 503])
def test_a_collection_that_lets_nobody_in_yet_is_asked_again(status: int) -> None:
    client, wire = client_of(Collection())
    wire.refuse = [status] * 5
    prepared(client, 8, no_wait)
    assert client.indices.exists(index=ALIAS)


def test_one_that_never_does_fails_the_deployment() -> None:
    client, wire = client_of(Collection())
    wire.refuse = [403] * 100
    with pytest.raises((ForbiddenError, CollectionBusyError)):
        prepared(client, 8, no_wait)


def test_cloudformation_is_always_answered() -> None:
    made: list[int] = []
    told = answered(ASKED, made.append)
    assert (told["Status"], told["PhysicalResourceId"], made) == ("SUCCESS", "index", [8])
    assert (told["StackId"], told["RequestId"], told["LogicalResourceId"]) == (
        "stack",
        "request",
        "Index",
    )

    def broken(dimensions: int) -> Any:
        raise ForbiddenError

    assert answered(ASKED, broken)["Status"] == "FAILED"
    assert answered({**ASKED, "RequestType": "Delete"}, broken)["Status"] == "SUCCESS"
