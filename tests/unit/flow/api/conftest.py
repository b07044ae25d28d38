"""The flow API over tables in memory, one workspace per test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from flow import begin, drafts, lanes_in, place
from tests.fakes import FakeSqs
from tests.unit.flow.api.asking import Flows

_serial = itertools.count(1)


@pytest.fixture
def flows(dynamodb: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flows]:
    for name, text in {
        "REQUESTS_TABLE": "requests",
        "DATA_ROLE_ARN": "arn:aws:iam::123456789012:role/data",
        "WORKSPACES_TABLE": "workspaces",
        "CONVERSATIONS_TABLE": "conversations",
        "INBOUND_QUEUE_URL": "inbound",
        "CONTACTS_TABLE": "contacts",
        "STARTS_QUEUE_URL": "starts",
        "SCHEDULES_QUEUE_URL": "schedules",
        "USAGE_TABLE": "usage",
        "MEDIA_BUCKET": "media",
        "KNOWLEDGE_TABLE": "knowledge",
        "PRIVATE_HOSTS": "",
    }.items():
        monkeypatch.setenv(name, text)
    place.settings.cache_clear()
    sqs = FakeSqs()
    for module in (begin, drafts, lanes_in):
        monkeypatch.setattr(module, "queue", lambda: sqs)
    yield Flows(f"ws_flows_{next(_serial)}", dynamodb, sqs)
    place.settings.cache_clear()
