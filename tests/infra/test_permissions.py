"""Grants name exact actions, and each function holds the ones it needs and no others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.infra.rights import (
    ALLOWED,
    EVERY_FUNCTION,
    INDEXING,
    LINKING,
    RERANKING,
    WRITING_MAIL,
)
from tests.infra.tenant_rights import FOR_TENANTS
from tests.templates import own_functions, referred, resources, templates


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def documents(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every policy document below a node with the property that holds it."""
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, dict) and "Statement" in value:
                yield key, value
            else:
                yield from documents(value)
    elif isinstance(node, list):
        for value in node:
            yield from documents(value)


def allowing_statements(stage: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for template in templates(stage).values():
        for key, document in documents(template["Resources"]):
            for statement in document["Statement"]:
                if statement["Effect"] == "Allow":
                    yield key, statement


def is_account_root_on_its_key(key: str, statement: dict[str, Any]) -> bool:
    """The statement without which a key can become unmanageable: IAM decides within the account."""
    principal = str(statement.get("Principal", ""))
    return key == "KeyPolicy" and ":root" in principal and statement["Action"] == "kms:*"


def test_no_action_has_a_wildcard(stage: str) -> None:
    found = [
        action
        for key, statement in allowing_statements(stage)
        if not is_account_root_on_its_key(key, statement)
        for action in as_list(statement["Action"])
        if "*" in action
    ]
    assert found == []


def test_only_the_remover_of_whole_workspaces_may_scan(stage: str) -> None:
    for handler, function in own_functions(stage).items():
        role_id = referred(function["Role"])
        allowed = {action for actions, _ in grants(stage, role_id) for action in actions}
        assert ("dynamodb:Scan" in allowed) == (handler == "account.remover.handler")
    actions = [
        action
        for _, statement in allowing_statements(stage)
        for action in as_list(statement["Action"])
    ]
    assert actions.count("dynamodb:Scan") == 1
    assert "dynamodb:PartiQLSelect" not in actions


def test_no_role_carries_a_managed_policy(stage: str) -> None:
    roles = resources(stage, "AWS::IAM::Role")
    assert roles
    assert not any("ManagedPolicyArns" in role["Properties"] for role in roles.values())


@pytest.mark.parametrize("handler", ALLOWED)
def test_each_function_may_do_what_it_needs_and_no_more(stage: str, handler: str) -> None:
    role = referred(own_functions(stage)[handler]["Role"])
    granted = {
        action
        for policy in resources(stage, "AWS::IAM::Policy").values()
        if role in [referred(attached) for attached in policy["Properties"]["Roles"]]
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        for action in as_list(statement["Action"])
    }
    sends_mail = {"ses:SendEmail"} if stage == "local" and handler in WRITING_MAIL else set()
    links = LINKING.get(handler, set()) if stage == "local" else set()
    indexes = {"aoss:APIAccessAll"} if stage != "local" and handler in INDEXING else set()
    reranks = {"bedrock:Rerank"} if stage == "local" and handler in RERANKING else set()
    extra = sends_mail | links | indexes | reranks
    assert granted == ALLOWED[handler] | EVERY_FUNCTION | extra


def test_every_function_is_listed_here(stage: str) -> None:
    assert own_functions(stage).keys() == ALLOWED.keys()


def test_no_two_functions_share_a_role(stage: str) -> None:
    roles = [referred(function["Role"]) for function in own_functions(stage).values()]
    assert len(set(roles)) == len(roles)


@pytest.mark.parametrize("handler", FOR_TENANTS)
def test_tenants_data_is_reached_through_the_functions_own_data_role(
    stage: str, handler: str
) -> None:
    function = own_functions(stage)[handler]
    role_id = referred(function["Environment"]["Variables"]["DATA_ROLE_ARN"])
    (trust,) = resources(stage, "AWS::IAM::Role")[role_id]["Properties"][
        "AssumeRolePolicyDocument"
    ]["Statement"]
    assert referred(trust["Principal"]["AWS"]) == referred(function["Role"])
    granted: dict[str, set[str]] = {}
    for actions, table in grants(stage, role_id):
        granted.setdefault(table, set()).update(actions)
    assert granted == FOR_TENANTS[handler]


def test_functions_of_the_api_reach_no_tenants_table_by_themselves(stage: str) -> None:
    for handler in FOR_TENANTS:
        role_id = referred(own_functions(stage)[handler]["Role"])
        tables = {table for _, table in grants(stage, role_id) if table}
        assert tables <= {"Directory"}


def grants(stage: str, role_id: str) -> Iterator[tuple[list[str], str]]:
    """A role's DynamoDB actions with the table that each is for; "" for what is no table."""
    for policy in resources(stage, "AWS::IAM::Policy").values():
        if role_id not in [referred(attached) for attached in policy["Properties"]["Roles"]]:
            continue
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
            for resource in as_list(statement["Resource"]):
                found = re.search(r"GetAtt(\w+?)Table[0-9A-F]{8}Arn", json.dumps(resource))
                yield as_list(statement["Action"]), found[1] if found else ""


@pytest.mark.parametrize("worker", ["timers", "schedules"])
def test_schedules_may_send_to_their_queue_and_nothing_else(stage: str, worker: str) -> None:
    variables = own_functions(stage)[f"flow.{worker}.handler"]["Environment"]["Variables"]
    role_id = referred(variables["SCHEDULE_ROLE_ARN"])
    (trust,) = resources(stage, "AWS::IAM::Role")[role_id]["Properties"][
        "AssumeRolePolicyDocument"
    ]["Statement"]
    assert trust["Principal"] == {"Service": "scheduler.amazonaws.com"}
    assert trust["Condition"]["StringEquals"].keys() == {"aws:SourceAccount", "aws:SourceArn"}
    (statement,) = [
        statement
        for policy in resources(stage, "AWS::IAM::Policy").values()
        if role_id in [referred(attached) for attached in policy["Properties"]["Roles"]]
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
    ]
    assert statement["Action"] == "sqs:SendMessage"
    names = (f"{worker.upper()}_QUEUE_ARN", f"{worker.upper()}_DLQ_ARN")
    targets = {referred(variables[name]) for name in names}
    assert {referred(resource) for resource in statement["Resource"]} == targets
