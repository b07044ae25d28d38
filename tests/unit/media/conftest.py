"""Tables and a bucket in memory, once per module; tests keep apart by tenants of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.builders import create_tables


@pytest.fixture(scope="module")
def aws() -> Iterator[tuple[Any, Any]]:
    with mock_aws():
        dynamodb, s3 = boto3.client("dynamodb"), boto3.client("s3")
        create_tables(dynamodb)
        where: Any = {"LocationConstraint": "ap-southeast-1"}
        s3.create_bucket(Bucket="media", CreateBucketConfiguration=where)
        yield dynamodb, s3
