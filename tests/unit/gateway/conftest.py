"""Tables in memory, made once per module; tests keep apart by tenants of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.builders import create_tables
from tests.unit.channels.test_baileys_connection import OPEN, update
from tests.unit.gateway.linked_world import Case


@pytest.fixture(scope="module")
def dynamodb() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("dynamodb")
        create_tables(client)
        yield client


@pytest.fixture
def case(dynamodb: Any) -> Case:
    return Case(dynamodb)


@pytest.fixture
def opened(case: Case) -> Case:
    case.hears(update(OPEN, epoch=1))
    return case
