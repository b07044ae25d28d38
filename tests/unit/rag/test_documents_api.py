"""The API of knowledge bases and documents through its handler."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from moto import mock_aws

from rag import api, place
from shared.json_types import JsonObject
from shared.tenant_session import sessions
from tests.api_events import api_event, authorized
from tests.builders import create_tables

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
        yield SimpleNamespace(s3=s3, queue=queue)
        place.settings.cache_clear()
        sessions.cache_clear()


def ask(
    method: str, path: str, body: object = None, revision: int | None = None
) -> tuple[int, JsonObject]:
    headers = {"if-match": f'"{revision}"'} if revision is not None else {}
    event = api_event(
        method,
        f"/v1/knowledge-bases{path}",
        body=body,
        headers=headers,
        caller=authorized(),
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


def test_a_file_is_read_when_it_has_come(aws: Any, base: str) -> None:
    status, made = ask("POST", f"{base}/documents", {"file_name": "prices.pdf"})
    assert (status, made["state"], made["kind"]) == (201, "waiting", "pdf")
    path = f"{base}/documents/{made['id']}"
    assert ask("GET", path)[1]["state"] == "waiting"
    assert queued(aws) == []
    key = made["upload"]["fields"]["key"]
    aws.s3.put_object(Bucket="knowledge-files", Key=key, Body=b"%PDF-1.7")
    assert ask("GET", path)[1]["state"] == "queued"
    (work,) = queued(aws)
    assert (work["work"], work["document"], work["version"]) == ("read", made["id"], 1)
    assert ask("GET", path)[1]["size"] == 8
    assert queued(aws) == []


def test_kinds_that_are_not_read_are_refused_with_those_that_are(aws: Any, base: str) -> None:
    status, said = ask("POST", f"{base}/documents", {"file_name": "film.mp4"})
    assert status == 400
    assert ".docx" in json.dumps(said)


def test_pairs_are_read_at_once(aws: Any, base: str) -> None:
    body = {"name": "Questions", "pairs": [{"question": "When?", "answer": "Now."}]}
    status, made = ask("POST", f"{base}/faqs", body)
    assert (status, made["state"], made["upload"]) == (201, "queued", None)
    assert [one["work"] for one in queued(aws)] == ["read"]


def test_addresses_that_are_none_are_refused(aws: Any, base: str) -> None:
    assert ask("POST", f"{base}/web-pages", {"url": "ftp://shop.example/"})[0] == 400
    status, made = ask("POST", f"{base}/web-pages", {"url": "https://shop.example/faq"})
    assert (status, made["kind"], made["name"]) == (201, "web_page", "https://shop.example/faq")


def test_a_document_is_switched_off_and_renamed_by_who_has_read_it(aws: Any, base: str) -> None:
    _, made = ask("POST", f"{base}/documents", {"file_name": "prices.txt"})
    path = f"{base}/documents/{made['id']}"
    assert ask("PATCH", path, {"is_enabled": False})[0] == 428
    status, shown = ask("PATCH", path, {"is_enabled": False, "name": "Prices"}, revision=1)
    assert (status, shown["is_enabled"], shown["name"]) == (200, False, "Prices")
    assert ask("PATCH", path, {"name": "Late"}, revision=1)[0] == 412


def test_a_replacement_is_of_the_same_kind(aws: Any, base: str) -> None:
    _, made = ask("POST", f"{base}/documents", {"file_name": "prices.txt"})
    path = f"{base}/documents/{made['id']}/replace"
    assert ask("POST", path, {"file_name": "prices.pdf"})[0] == 400
    assert ask("POST", path, {})[0] == 400
    status, shown = ask("POST", path, {"file_name": "new.txt"})
    assert status == 200
    assert shown["upload"]["fields"]["key"] != made["upload"]["fields"]["key"]


def test_what_was_never_uploaded_cannot_be_indexed(aws: Any, base: str) -> None:
    _, made = ask("POST", f"{base}/documents", {"file_name": "prices.txt"})
    assert ask("POST", f"{base}/documents/{made['id']}/index")[0] == 409


def test_documents_are_listed_and_deleted(aws: Any, base: str) -> None:
    _, made = ask("POST", f"{base}/documents", {"file_name": "prices.txt"})
    assert [one["id"] for one in ask("GET", f"{base}/documents")[1]["items"]] == [made["id"]]
    assert ask("DELETE", f"{base}/documents/{made['id']}")[0] == 204
    assert ask("GET", f"{base}/documents/{made['id']}")[0] == 404
    assert ask("GET", f"{base}/documents")[1]["items"] == []


def test_nothing_is_added_to_a_base_that_is_gone(aws: Any, base: str) -> None:
    assert ask("DELETE", base)[0] == 204
    assert [one["work"] for one in queued(aws)] == ["forget_base"]
    assert ask("POST", f"{base}/documents", {"file_name": "prices.txt"})[0] == 404
    assert ask("GET", f"{base}/documents")[0] == 404
