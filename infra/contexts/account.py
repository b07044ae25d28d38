"""Workspaces, people and their keys; the authorizer that every private route asks."""

from __future__ import annotations

import aws_cdk as cdk

from infra.components.app_parameters import cognito_address
from infra.components.http_api import FrontDoor
from infra.components.python_function import PythonFunction
from infra.components.queue_schedules import QueueSchedules
from infra.components.table_stream import follow
from infra.components.worker_queue import QueueSpec
from infra.contexts.parts import Parts

METERING_WINDOW = 60  # seconds: what a conversation says within it is counted in one write


def queues() -> dict[str, QueueSpec]:
    """By construct id."""
    return {
        "Erasures": QueueSpec(
            fifo=False, consumer_timeout=300, max_receives=5, oldest_alarm=3600, batch_size=1
        ),
        "Exports": QueueSpec(
            fifo=False, consumer_timeout=900, max_receives=3, oldest_alarm=7200, batch_size=1
        ),
        "Removals": QueueSpec(
            fifo=False, consumer_timeout=900, max_receives=3, oldest_alarm=7200, batch_size=1
        ),
    }


def add(parts: Parts, front: FrontDoor) -> None:
    data = parts.data
    parts.alarms.on_errors("PreTokenErrors", data.pre_token.function)
    parts.alarms.on_errors("PostConfirmationErrors", data.post_confirmation.function)
    _api(parts, front)
    _metering(parts)
    _set_plan(parts)
    _eraser(parts)
    _exporter(parts)
    _remover(parts)


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
            "CONTACTS_TABLE": data.contacts.name,
            "CONVERSATIONS_TABLE": data.conversations.name,
            "FILES_BUCKET": data.files.bucket_name,
            "ERASURES_QUEUE_URL": parts.url("Erasures"),
            "EXPORTS_QUEUE_URL": parts.url("Exports"),
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
    # Whom an erasure or an export is of.
    role.allow("dynamodb:GetItem", on=[data.contacts.arn, data.conversations.arn])
    role.allow_files("s3:GetObject", bucket=data.files)
    api.allow("sqs:SendMessage", on=[parts.arn("Erasures"), parts.arn("Exports")])
    # Who the caller is and which workspaces are theirs is asked across workspaces.
    api.allow(
        "dynamodb:Query",
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        on=[data.directory.arn],
    )
    api.allow("cognito-idp:AdminUserGlobalSignOut", on=[data.identity.pool.user_pool_arn])
    parts.allow_mail(api)


def _stores(parts: Parts) -> dict[str, str]:
    """Of those who work on every store."""
    data = parts.data
    return {
        "DIRECTORY_TABLE": data.directory.name,
        "WORKSPACES_TABLE": data.workspaces.name,
        "CONTACTS_TABLE": data.contacts.name,
        "CONVERSATIONS_TABLE": data.conversations.name,
        "INSPECTION_TABLE": data.inspection.name,
        "REQUESTS_TABLE": data.requests.name,
        "USAGE_TABLE": data.usage.name,
        "WEBHOOK_DELIVERIES_TABLE": data.webhook_deliveries.name,
        "KNOWLEDGE_TABLE": data.knowledge.name,
        "CAMPAIGNS_TABLE": data.campaigns.name,
        "DEAD_LETTERS_TABLE": data.dead_letters.name,
        "OVERFLOW_BUCKET": data.overflow.bucket_name,
        "FILES_BUCKET": data.files.bucket_name,
        "MEDIA_BUCKET": data.media.bucket_name,
        "KNOWLEDGE_FILES_BUCKET": data.knowledge_files.bucket_name,
    }


def _eraser(parts: Parts) -> None:
    data = parts.data
    environment = {**_stores(parts), "ERASURES_QUEUE_URL": parts.url("Erasures")}
    eraser = parts.function("Eraser", "account.eraser.handler", environment, timeout=300)
    partitions = [
        data.conversations.arn,
        data.contacts.arn,
        data.inspection.arn,
        data.usage.arn,
        data.webhook_deliveries.arn,
        data.campaigns.arn,
        data.dead_letters.arn,
    ]
    eraser.allow("dynamodb:Query", "dynamodb:BatchWriteItem", on=partitions)
    eraser.allow("dynamodb:GetItem", on=[data.conversations.arn, data.contacts.arn])
    eraser.allow("dynamodb:PutItem", on=[data.conversations.arn])
    eraser.allow("dynamodb:DeleteItem", "dynamodb:UpdateItem", on=[data.contacts.arn])
    eraser.allow("dynamodb:Query", "dynamodb:UpdateItem", on=[data.requests.arn])
    # Recipients are made nobody's, and their blocks counted anew.
    eraser.allow(
        "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", on=[data.campaigns.arn]
    )
    eraser.allow("dynamodb:DeleteItem", on=[data.campaigns.arn, data.dead_letters.arn])
    eraser.allow(
        "dynamodb:Query",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:DeleteItem",
        on=[data.workspaces.arn],
    )
    for bucket in (data.files, data.media):
        eraser.allow("s3:ListBucket", on=[bucket.bucket_arn])
        eraser.allow_prefix("s3:DeleteObject", bucket=bucket, prefix="")
    # Files that go are taken from the storage that is used.
    eraser.allow("dynamodb:PutItem", "dynamodb:UpdateItem", on=[data.usage.arn])
    # A second pass is asked for by the first one, and by none after that.
    eraser.allow("sqs:SendMessage", on=[parts.arn("Erasures")])
    parts.queues["Erasures"].deliver_to(eraser)


def _exporter(parts: Parts) -> None:
    data = parts.data
    exporter = parts.function(
        "Exporter", "account.exporter.handler", _stores(parts), timeout=900, memory=1024
    )
    exporter.allow(
        "dynamodb:Query",
        on=[
            data.workspaces.arn,
            data.contacts.arn,
            data.conversations.arn,
            data.conversations.index_arn("inbox"),
            data.inspection.arn,
            data.usage.arn,
            data.knowledge.arn,
            data.campaigns.arn,
            data.dead_letters.arn,
        ],
    )
    exporter.allow("dynamodb:GetItem", "dynamodb:UpdateItem", on=[data.workspaces.arn])
    exporter.allow("dynamodb:GetItem", on=[data.contacts.arn])
    exporter.allow_prefix("s3:PutObject", bucket=data.files, prefix="")
    parts.queues["Exports"].deliver_to(exporter)


def _remover(parts: Parts) -> None:
    data = parts.data
    remover = parts.function("Remover", "account.remover.handler", _stores(parts), timeout=900)
    tables = (
        data.directory,
        data.workspaces,
        data.contacts,
        data.conversations,
        data.inspection,
        data.requests,
        data.usage,
        data.webhook_deliveries,
        data.knowledge,
        data.campaigns,
        data.dead_letters,
    )
    remover.allow("dynamodb:Scan", "dynamodb:BatchWriteItem", on=[one.arn for one in tables])
    remover.allow(
        "dynamodb:Query",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:DeleteItem",
        on=[data.directory.arn],
    )
    for bucket in (data.files, data.media, data.knowledge_files):
        remover.allow("s3:ListBucket", on=[bucket.bucket_arn])
        remover.allow_prefix("s3:DeleteObject", bucket=bucket, prefix="")
    queue = parts.queues["Removals"]
    queue.deliver_to(remover)
    QueueSchedules(parts.stack, "RemovalSchedule", to=queue).every("Hourly", "rate(1 hour)")


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
