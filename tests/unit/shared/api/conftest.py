from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from shared.api import app
from tests.builders import create_table
from tests.unit.shared.api.frame import Frame


@pytest.fixture
def dynamodb() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("dynamodb")
        create_table(client, "requests")
        yield client


@pytest.fixture
def frame(dynamodb: Any, monkeypatch: pytest.MonkeyPatch) -> Frame:
    """Sessions are a test of their own: here everybody reaches the table."""
    monkeypatch.setattr(app, "client_for", lambda tenant, service: dynamodb)
    monkeypatch.setattr(app, "client_for_person", lambda user_id, service: dynamodb)
    return Frame()
