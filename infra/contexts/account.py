"""Workspaces, people and their keys; the authorizer that every private route asks."""

from __future__ import annotations

import aws_cdk as cdk

from infra.components.app_parameters import cognito_address
from infra.components.http_api import FrontDoor
from infra.components.python_function import PythonFunction
from infra.components.table_stream import follow
from infra.contexts.parts import Parts

METERING_WINDOW = 60  # seconds: what a conversation says within it is counted in one write


def add(parts: Parts, front: FrontDoor) -> None:
    data = parts.data
    parts.alarms.on_errors("PreTokenErrors", data.pre_token.function)
    parts.alarms.on_errors("PostConfirmationErrors", data.post_confirmation.function)
    _api(parts, front)
    _metering(parts)
    _set_plan(parts)


def authorizer(parts: Parts) -> PythonFunction:
    data = parts.data
    pool_id = data.identity.pool.user_pool_id
    authorizer = parts.function(
        "Authorizer",
        "account.authorizer.handler",
        {
            "DIRECTORY_TABLE": data.directory.name,
            "JWKS_URL": f"{parts.parameters.cognito_url}/{pool_id}/.well-known/jwks.json",
            "TOKEN_ISSUER": f"{cognito_address()}/{pool_id}",
            "TOKEN_CLIENT_ID": data.identity.client.user_pool_client_id,
        },
    )
    authorizer.allow("dynamodb:GetItem", "dynamodb:Query", on=[data.directory.arn])
    return authorizer


def _api(parts: Parts, front: FrontDoor) -> None:
    data = parts.data
    api, role = parts.api_function(
        front,
        "AccountApi",
        "account.api.handler",
        {
            "WORKSPACES_TABLE": data.workspaces.name,
            "DIRECTORY_TABLE": data.directory.name,
            "USAGE_TABLE": data.usage.name,
            "USER_POOL_ID": data.identity.pool.user_pool_id,
            "MAIL_SENDER": parts.stage.mail_sender,
            "DASHBOARD_URL": parts.parameters.dashboard_url,
        },
    )
    writing = (
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:ConditionCheckItem",
    )
    role.allow("dynamodb:Query", "dynamodb:GetItem", *writing, on=[data.workspaces.arn])
    # The twins of people, keys and invitations, in the transaction of the change itself.
    role.allow(*writing, on=[data.directory.arn])
    role.allow("dynamodb:Query", "dynamodb:UpdateItem", on=[data.usage.arn])
    # Who the caller is and which workspaces are theirs is asked across workspaces.
    api.allow(
        "dynamodb:Query",
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        on=[data.directory.arn],
    )
    api.allow("cognito-idp:AdminUserGlobalSignOut", on=[data.identity.pool.user_pool_arn])
    parts.allow_mail(api)


def _metering(parts: Parts) -> None:
    data = parts.data
    metering = parts.function(
        "Metering", "account.metering.handler", {"USAGE_TABLE": data.usage.name}, timeout=60
    )
    metering.allow(
        "dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", on=[data.usage.arn]
    )
    follow(
        data.conversations,
        metering,
        parts.alarms,
        window=METERING_WINDOW,
        only=[
            # A message received, and one whose delivery Meta has taken.
            {"NewImage": {"direction": {"S": ["in"]}}},
            {"NewImage": {"sent_at": {"N": [{"exists": True}]}}},
        ],
    )


def _set_plan(parts: Parts) -> None:
    data = parts.data
    set_plan = parts.function(
        "SetPlan",
        "account.set_plan.handler",
        {
            "WORKSPACES_TABLE": data.workspaces.name,
            "DIRECTORY_TABLE": data.directory.name,
            "USAGE_TABLE": data.usage.name,
        },
    )
    set_plan.allow(
        "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", on=[data.workspaces.arn]
    )
    set_plan.allow("dynamodb:UpdateItem", on=[data.directory.arn])
    cdk.CfnOutput(parts.stack, "SetPlanFunction", value=set_plan.function.function_name)
