"""The API of knowledge over moto, asked through its handler."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from moto import mock_aws

from rag import api, place
from shared.json_types import JsonObject
from shared.permissions import permissions_of
from shared.tenancy import Tenant
from shared.tenant_session import sessions
from tests.api_events import api_event, authorized
from tests.builders import create_tables

WORKSPACE = Tenant("ws_tests")
CONTEXT = SimpleNamespace(
    function_name="rag", memory_limit_in_mb=512, invoked_function_arn="arn", aws_request_id="1"
)


@pytest.fixture(scope="module")
def aws() -> Iterator[Any]:
    with mock_aws(), pytest.MonkeyPatch.context() as patch:
        create_tables(boto3.client("dynamodb"))
        s3 = boto3.client("s3")
        where: Any = {"LocationConstraint": "ap-southeast-1"}
        s3.create_bucket(Bucket="knowledge-files", CreateBucketConfiguration=where)
        queue = boto3.client("sqs").create_queue(QueueName="jobs")["QueueUrl"]
        evaluations = boto3.client("sqs").create_queue(QueueName="evaluations")["QueueUrl"]
        for name, text in {
            "REQUESTS_TABLE": "requests",
            "DATA_ROLE_ARN": "arn:aws:iam::123456789012:role/data",
            "WORKSPACES_TABLE": "workspaces",
            "KNOWLEDGE_TABLE": "knowledge",
            "USAGE_TABLE": "usage",
            "DIRECTORY_TABLE": "directory",
            "KNOWLEDGE_FILES_BUCKET": "knowledge-files",
            "KNOWLEDGE_JOBS_QUEUE_URL": queue,
            "EVALUATIONS_QUEUE_URL": evaluations,
        }.items():
            patch.setenv(name, text)
        place.settings.cache_clear()
        sessions.cache_clear()
        yield SimpleNamespace(s3=s3, queue=queue, dynamodb=boto3.client("dynamodb"))
        place.settings.cache_clear()
        sessions.cache_clear()


def ask(
    method: str,
    path: str,
    body: object = None,
    revision: int | None = None,
    *,
    query: Mapping[str, str] | None = None,
    role: str = "owner",
) -> tuple[int, JsonObject]:
    headers = {"if-match": f'"{revision}"'} if revision is not None else {}
    event = api_event(
        method,
        f"/v1/knowledge-bases{path}",
        body=body,
        headers=headers,
        query=query,
        caller=authorized(workspace_id=WORKSPACE.id, permissions=permissions_of(role), role=role),
    )
    answer = api.handler(event, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"] or "{}")


def queued(aws: Any) -> list[JsonObject]:
    answer = boto3.client("sqs").receive_message(QueueUrl=aws.queue, MaxNumberOfMessages=10)
    for message in answer.get("Messages", ()):
        boto3.client("sqs").delete_message(
            QueueUrl=aws.queue, ReceiptHandle=message["ReceiptHandle"]
        )
    return [json.loads(message["Body"]) for message in answer.get("Messages", ())]


@pytest.fixture
def base(aws: Any) -> str:
    status, made = ask("POST", "", {"name": "Shop"})
    assert status == 201
    queued(aws)
    return f"/{made['id']}"


@pytest.fixture
def starter(aws: Any) -> Iterator[Tenant]:
    """The workspace on the plan "starter", as long as the test runs."""
    key = {"pk": {"S": f"TENANT#{WORKSPACE.id}"}, "sk": {"S": "TENANT"}}
    record = {**key, "name": {"S": "Shop"}, "plan": {"S": "starter"}}
    aws.dynamodb.put_item(TableName="directory", Item=record)
    yield WORKSPACE
    aws.dynamodb.delete_item(TableName="directory", Key=key)
