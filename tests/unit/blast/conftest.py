"""Tables in memory, made once per module; worlds keep apart by tenants of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.builders import create_tables
from tests.unit.blast.campaign_world import CampaignWorld


@pytest.fixture(scope="module")
def dynamodb() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("dynamodb", region_name="ap-southeast-1")
        create_tables(client)
        yield client


@pytest.fixture
def make_world(dynamodb: Any) -> Callable[..., CampaignWorld]:
    return lambda **more: CampaignWorld(dynamodb, **more)


@pytest.fixture
def world(dynamodb: Any) -> CampaignWorld:
    return CampaignWorld(dynamodb)
