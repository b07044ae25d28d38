"""The tables themselves refuse a session of one workspace the keys of another."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

import pytest
from botocore.exceptions import ClientError

from local.stack import LocalStack
from shared.store import keys
from shared.tenancy import Tenant
from shared.tenant_session import ACTIONS, Sessions

OURS, THEIRS = Tenant("ws_session_ours"), Tenant("ws_session_theirs")
Attempt = Callable[[Any, str, str], Any]


@pytest.fixture(scope="module")
def client(stack: LocalStack) -> Any:
    """A session of ours under a role that may do all of the API's actions on every table."""
    iam, sts = stack.aws("iam"), stack.aws("sts")
    account = sts.get_caller_identity()["Account"]
    trust = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
        "Action": "sts:AssumeRole",
    }
    allowed = {"Effect": "Allow", "Action": list(ACTIONS), "Resource": "*"}
    role = iam.create_role(RoleName="data-role-of-tests", AssumeRolePolicyDocument=_policy(trust))
    iam.put_role_policy(
        RoleName="data-role-of-tests", PolicyName="tables", PolicyDocument=_policy(allowed)
    )
    endpoint = stack.addresses.aws_endpoint_url
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ENDPOINT_URL", endpoint)
        environment.setenv("AWS_DEFAULT_REGION", stack.addresses.region)
        return Sessions(role["Role"]["Arn"], sts).of_tenant(OURS, "dynamodb")


def _policy(statement: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _query(client: Any, table: str, pk: str) -> Any:
    return client.query(
        TableName=table,
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": pk}},
    )


ATTEMPTS: Final[dict[str, Attempt]] = {
    "get": lambda c, table, pk: c.get_item(TableName=table, Key=keys.key(pk, "X")),
    "query": _query,
    "put": lambda c, table, pk: c.put_item(TableName=table, Item=keys.key(pk, "X")),
    "delete": lambda c, table, pk: c.delete_item(TableName=table, Key=keys.key(pk, "X")),
    "batch get": lambda c, table, pk: c.batch_get_item(
        RequestItems={table: {"Keys": [keys.key(OURS.id, "Y"), keys.key(pk, "X")]}}
    ),
    "transaction": lambda c, table, pk: c.transact_write_items(
        TransactItems=[
            {"Put": {"TableName": table, "Item": keys.key(OURS.id, "Y")}},
            {"Put": {"TableName": table, "Item": keys.key(pk, "X")}},
        ]
    ),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_ours_is_reached_and_theirs_is_refused(
    stack: LocalStack, client: Any, attempt: str
) -> None:
    table = stack.outputs["WorkspacesTableName"]
    for pk in (OURS.id, f"{OURS.id}#FLOW#f"):
        ATTEMPTS[attempt](client, table, pk)
    for pk in (THEIRS.id, f"{THEIRS.id}#FLOW#f", f"{OURS.id}2", keys.kept(None)):
        with pytest.raises(ClientError, match="AccessDenied"):
            ATTEMPTS[attempt](client, table, pk)


def test_the_inbox_of_another_workspace_is_refused(stack: LocalStack, client: Any) -> None:
    def inbox(tenant: Tenant) -> Any:
        return client.query(
            TableName=stack.outputs["ConversationsTableName"],
            IndexName="inbox",
            KeyConditionExpression="inbox_pk = :inbox",
            ExpressionAttributeValues={":inbox": {"S": keys.inbox(tenant)}},
        )

    assert inbox(OURS)["Items"] == []
    with pytest.raises(ClientError, match="AccessDenied"):
        inbox(THEIRS)


def test_nobody_scans(stack: LocalStack, client: Any) -> None:
    with pytest.raises(ClientError, match="AccessDenied"):
        client.scan(TableName=stack.outputs["WorkspacesTableName"])
