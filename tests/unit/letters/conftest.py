from __future__ import annotations

from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws

from tests.builders import create_tables
from tests.unit.letters.letters_world import LettersWorld


@pytest.fixture
def world() -> Iterator[LettersWorld]:
    with mock_aws():
        client = boto3.client("dynamodb")
        create_tables(client)
        yield LettersWorld(client)
