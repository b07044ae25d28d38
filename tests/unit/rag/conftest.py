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
from tests.unit.rag.knowledge_api import aws, base, starter
from tests.unit.rag.rag_world import World

__all__ = ["aws", "base", "starter"]

_TENANTS = itertools.count()


@pytest.fixture(scope="module")
def dynamodb() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("dynamodb", region_name="ap-southeast-1")
        create_tables(client)
        yield client


@pytest.fixture(scope="module")
def s3(dynamodb: Any) -> Any:
    """Beside the tables: one moto for both."""
    client = boto3.client("s3", region_name="ap-southeast-1")
    where: Any = {"LocationConstraint": "ap-southeast-1"}
    client.create_bucket(Bucket="knowledge-files", CreateBucketConfiguration=where)
    return client


@pytest.fixture
def world(dynamodb: Any, s3: Any, tenant: Tenant) -> World:
    return World(dynamodb, s3, tenant)


@pytest.fixture
def tenant() -> Tenant:
    return Tenant(f"ws_rag{next(_TENANTS)}")
