"""Campaigns on quick tables; those of the API on moto's, since it asks for clients by itself."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.builders import create_tables
from tests.unit.blast.campaign_desk import Desk, desk_over
from tests.unit.blast.campaign_world import CampaignWorld
from tests.unit.blast.quick_tables import QuickTables

_PLACES = itertools.count(1)


@pytest.fixture(scope="module")
def dynamodb() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("dynamodb", region_name="ap-southeast-1")
        create_tables(client)
        yield client


@pytest.fixture
def make_world() -> Callable[..., CampaignWorld]:
    return lambda **more: CampaignWorld(QuickTables(), **more)


@pytest.fixture
def world() -> CampaignWorld:
    return CampaignWorld(QuickTables())


@pytest.fixture
def world_on_moto(dynamodb: Any) -> CampaignWorld:
    return CampaignWorld(dynamodb, place=next(_PLACES))


@pytest.fixture
def desk(world_on_moto: CampaignWorld, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    yield from desk_over(world_on_moto, monkeypatch)
