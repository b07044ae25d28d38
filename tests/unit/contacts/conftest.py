"""Tables in memory, made once per module; tests keep apart by tenants of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.builders import create_table
from tests.unit.contacts.people_world import People


@pytest.fixture(scope="module")
def dynamodb() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("dynamodb")
        for table in ("contacts", "workspaces", "requests"):
            create_table(client, table)
        yield client


@pytest.fixture
def people(dynamodb: Any) -> People:
    return People(dynamodb)
