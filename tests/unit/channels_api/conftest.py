"""The channels API over tables in memory and a stand-in for Meta."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl

import boto3
import pytest
from moto import mock_aws

from channels import connecting, numbers, place
from channels.api import handler
from channels.templates import routes
from shared.aws import client
from shared.json_types import JsonObject
from shared.sealed import Sealer
from shared.store.channels import Channels
from shared.store.directory import Directory
from shared.tenancy import Tenant
from tests.api_events import api_event, authorized
from tests.builders import create_table
from tests.fake_graph import APP_ID, APP_SECRET, FakeGraph
from tests.fakes import FakeSqs

CONTEXT = SimpleNamespace(
    function_name="channels", memory_limit_in_mb=512, invoked_function_arn="arn", aws_request_id="1"
)


class Desk:
    """What a workspace's admin asks, and what is kept of it."""

    def __init__(self, graph: FakeGraph, sqs: FakeSqs) -> None:
        self.meta, self.sqs = graph, sqs
        self.dynamodb = boto3.client("dynamodb")
        for table in ("requests", "workspaces", "directory"):
            create_table(self.dynamodb, table)
        self.directory = Directory("directory", self.dynamodb)

    def ask(
        self, method: str, path: str, body: JsonObject | None = None, **caller: Any
    ) -> tuple[int, JsonObject]:
        headers = {"host": "api.kabar.test", "x-forwarded-proto": "https"}
        who = authorized(**caller)
        way, _, query = path.partition("?")
        asked = dict(parse_qsl(query))
        event = api_event(method, f"/v1/{way}", body=body, query=asked, headers=headers, caller=who)
        answer = handler(event, CONTEXT)
        return answer["statusCode"], json.loads(answer["body"] or "{}")

    def store(self, tenant: str = "ws_tests") -> Channels:
        return Channels(Tenant(tenant), "workspaces", "directory", self.dynamodb)

    def opened(self, sealed: bytes, tenant: str = "ws_tests") -> str:
        return place.sealer().open(Tenant(tenant), sealed)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    meta = FakeGraph()
    with mock_aws():
        key = boto3.client("kms").create_key()["KeyMetadata"]["Arn"]
        secret = {
            "app_id": APP_ID,
            "app_secrets": [APP_SECRET],
            "signup_config_id": "900",
            "verify_token": "v",
        }
        arn = boto3.client("secretsmanager").create_secret(
            Name="meta", SecretString=json.dumps(secret)
        )["ARN"]
        for name, text in {
            "REQUESTS_TABLE": "requests",
            "DATA_ROLE_ARN": "arn:aws:iam::123456789012:role/data",
            "WORKSPACES_TABLE": "workspaces",
            "DIRECTORY_TABLE": "directory",
            "SECRETS_KEY_ARN": key,
            "META_SECRET_ARN": arn,
            "GRAPH_API_URL": "https://graph.invalid",
            "GRAPH_API_VERSION": "v25.0",
            "TEMPLATE_SYNCS_QUEUE_URL": "syncs",
            "FILES_BUCKET": "files",
        }.items():
            monkeypatch.setenv(name, text)
        place.settings.cache_clear()
        place._platform_app.forget(arn)
        sqs = FakeSqs()
        monkeypatch.setattr(place, "client", lambda name: sqs if name == "sqs" else client(name))
        monkeypatch.setattr(place, "sealer", lambda: Sealer(boto3.client("kms"), key))
        for module in (connecting, numbers, routes):
            monkeypatch.setattr(module, "graph", lambda: meta.graph)
            monkeypatch.setattr(module, "sealer", lambda: Sealer(boto3.client("kms"), key))
        boto3.client("s3").create_bucket(
            Bucket="files", CreateBucketConfiguration={"LocationConstraint": "ap-southeast-1"}
        )
        yield Desk(meta, sqs)
    place.settings.cache_clear()


def kind(answer: tuple[int, JsonObject]) -> tuple[int, str]:
    return answer[0], str(answer[1]["type"]).rpartition(":")[2]
