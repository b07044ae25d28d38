"""Tables and a bucket in memory, once per module; tests keep apart by tenants of their own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from shared.tenancy import Tenant
from tests.builders import create_tables

_TENANTS = itertools.count()


@pytest.fixture(scope="module")
def dynamodb() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("dynamodb", region_name="ap-southeast-1")
        create_tables(client)
        yield client


@pytest.fixture
def tenant() -> Tenant:
    return Tenant(f"ws_rag{next(_TENANTS)}")
