"""The deployed functions and queues of a running stack, and ways to get between them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from local.stack import LocalStack
from shared.json_types import JsonObject

WORKER = "flow.worker.handler"
SENDER = "gateway.sender.handler"
WEBHOOK = "gateway.webhook.handler"
DELIVERER = "blast.deliver.handler"
_DENIAL = "DeniedByATest"


@dataclass(frozen=True)
class Deployed:
    """Functions go by their handlers, queues by their URLs."""

    stack: LocalStack

    def name(self, handler: str) -> str:
        return str(self._function(handler)["FunctionName"])

    def environment(self, handler: str) -> dict[str, str]:
        answer = self.stack.aws("lambda").get_function_configuration(
            FunctionName=self.name(handler)
        )
        variables: dict[str, str] = answer["Environment"]["Variables"]
        return variables

    @contextmanager
    def paused(self, handler: str) -> Iterator[None]:
        """Its queue is not read meanwhile."""
        client = self.stack.aws("lambda")
        arn = self._function(handler)["FunctionArn"]
        (mapping,) = [
            mapping
            for mapping in client.list_event_source_mappings()["EventSourceMappings"]
            if mapping["FunctionArn"] == arn
        ]
        client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=False)
        try:
            yield
        finally:
            client.update_event_source_mapping(UUID=mapping["UUID"], Enabled=True)

    @contextmanager
    def denied(self, handler: str, action: str, queue_url: str) -> Iterator[None]:
        """Its role may not do this to the queue meanwhile."""
        role = self._function(handler)["Role"].rpartition("/")[2]
        statement = {"Effect": "Deny", "Action": action, "Resource": self._arn(queue_url)}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        iam = self.stack.aws("iam")
        iam.put_role_policy(RoleName=role, PolicyName=_DENIAL, PolicyDocument=policy)
        try:
            yield
        finally:
            iam.delete_role_policy(RoleName=role, PolicyName=_DENIAL)

    def receive(self, queue_url: str, *, most: int = 10, hidden_for: int = 1) -> list[JsonObject]:
        """Records as a function is given them; they come back after `hidden_for` seconds."""
        answer = self.stack.aws("sqs").receive_message(
            QueueUrl=queue_url,
            MaxNumberOfMessages=most,
            VisibilityTimeout=hidden_for,
            AttributeNames=["All"],
        )
        return [
            {
                "messageId": message["MessageId"],
                "receiptHandle": message["ReceiptHandle"],
                "body": message["Body"],
                "attributes": message["Attributes"],
            }
            for message in answer.get("Messages", ())
        ]

    def send_again(self, queue_url: str, record: JsonObject) -> None:
        """As SQS takes it when its five minutes of remembering have passed: with another id."""
        self.stack.aws("sqs").send_message(
            QueueUrl=queue_url,
            MessageBody=record["body"],
            MessageGroupId=record["attributes"]["MessageGroupId"],
            MessageDeduplicationId=uuid.uuid4().hex,
        )

    def delete(self, queue_url: str, record: JsonObject) -> None:
        self.stack.aws("sqs").delete_message(
            QueueUrl=queue_url, ReceiptHandle=record["receiptHandle"]
        )

    def purge(self, queue_url: str) -> None:
        self.stack.aws("sqs").purge_queue(QueueUrl=queue_url)

    def messages_in(self, queue_url: str) -> int:
        """Waiting and under way."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        answer = self.stack.aws("sqs").get_queue_attributes(
            QueueUrl=queue_url, AttributeNames=names
        )
        return sum(int(answer["Attributes"][name]) for name in names)

    def _function(self, handler: str) -> Any:
        pages = self.stack.aws("lambda").get_paginator("list_functions").paginate()
        (found,) = [
            function
            for page in pages
            for function in page["Functions"]
            if function["Handler"] == handler
        ]
        return found

    def _arn(self, queue_url: str) -> str:
        answer = self.stack.aws("sqs").get_queue_attributes(
            QueueUrl=queue_url, AttributeNames=["QueueArn"]
        )
        return str(answer["Attributes"]["QueueArn"])
