"""Webhooks of workspaces: notices are fanned out, and each delivery is tried for a day."""

from __future__ import annotations

from infra.components.http_api import FrontDoor
from infra.components.python_function import PythonFunction
from infra.components.table_stream import follow
from infra.components.worker_queue import QueueSpec
from infra.contexts.parts import Parts

_TOLD_STATES = ["sent", "delivered", "read", "played", "failed"]


def queues() -> dict[str, QueueSpec]:
    """By construct id."""
    return {
        "Notices": QueueSpec(fifo=False, consumer_timeout=30, max_receives=5, oldest_alarm=300),
        # What waits for its next try is delayed and does not count as old.
        "WebhookDeliveries": QueueSpec(
            fifo=False, consumer_timeout=60, max_receives=5, oldest_alarm=600, batch_size=5
        ),
    }


def add(parts: Parts, front: FrontDoor) -> None:
    _watching(parts)
    _watching_records(parts)
    _watching_campaigns(parts)
    _fan_out(parts)
    _deliver(parts)
    _api(parts, front)


def _watching(parts: Parts) -> None:
    follow(
        parts.data.conversations,
        _teller(parts, "Watching", "hooks.watching.handler"),
        parts.alarms,
        window=0,
        only=[
            {"NewImage": {"direction": {"S": ["in"]}}},
            {"NewImage": {"state": {"S": _TOLD_STATES}}},
        ],
    )


def _watching_records(parts: Parts) -> None:
    follow(
        parts.data.workspaces,
        _teller(parts, "WatchingRecords", "hooks.watching_records.handler"),
        parts.alarms,
        window=0,
        only=[
            {"Keys": {"sk": {"S": [{"prefix": prefix}]}}} for prefix in ("TEMPLATE#", "CHANNEL#")
        ],
    )


def _watching_campaigns(parts: Parts) -> None:
    campaigns = parts.data.campaigns
    teller = _teller(
        parts,
        "WatchingCampaigns",
        "hooks.watching_campaigns.handler",
        {"CAMPAIGNS_TABLE": campaigns.name},
    )
    # The number that a campaign is sent from.
    teller.allow("dynamodb:GetItem", on=[campaigns.arn])
    follow(
        campaigns,
        teller,
        parts.alarms,
        window=1,
        only=[{"NewImage": {"state": {"S": _TOLD_STATES}}}],
    )


def _teller(
    parts: Parts, construct_id: str, handler: str, more: dict[str, str] | None = None
) -> PythonFunction:
    """What makes notices of a table's changes, where a workspace has a webhook for them."""
    data = parts.data
    teller = parts.function(
        construct_id,
        handler,
        {
            "WORKSPACES_TABLE": data.workspaces.name,
            "NOTICES_QUEUE_URL": parts.url("Notices"),
            **(more or {}),
        },
        timeout=30,
    )
    teller.allow("dynamodb:Query", on=[data.workspaces.arn])
    teller.allow("sqs:SendMessage", on=[parts.arn("Notices")])
    return teller


def _fan_out(parts: Parts) -> None:
    data = parts.data
    fan_out = parts.function(
        "FanOut",
        "hooks.fan_out.handler",
        {
            "WORKSPACES_TABLE": data.workspaces.name,
            "WEBHOOK_DELIVERIES_TABLE": data.webhook_deliveries.name,
            "WEBHOOK_DELIVERIES_QUEUE_URL": parts.url("WebhookDeliveries"),
        },
        timeout=30,
    )
    fan_out.allow("dynamodb:Query", on=[data.workspaces.arn])
    fan_out.allow("dynamodb:PutItem", on=[data.webhook_deliveries.arn])
    fan_out.allow("sqs:SendMessage", on=[parts.arn("WebhookDeliveries")])
    parts.queues["Notices"].deliver_to(fan_out)


def _deliver(parts: Parts) -> None:
    data = parts.data
    deliver = parts.function(
        "WebhookDeliverer",
        "hooks.deliver.handler",
        {
            "WORKSPACES_TABLE": data.workspaces.name,
            "DIRECTORY_TABLE": data.directory.name,
            "USAGE_TABLE": data.usage.name,
            "WEBHOOK_DELIVERIES_TABLE": data.webhook_deliveries.name,
            "WEBHOOK_DELIVERIES_QUEUE_URL": parts.url("WebhookDeliveries"),
            "SECRETS_KEY_ARN": data.secrets_key.key_arn,
            "PRIVATE_HOSTS": parts.parameters.private_hosts,
            "MAIL_SENDER": parts.stage.mail_sender,
            "DASHBOARD_URL": parts.parameters.dashboard_url,
        },
        timeout=60,
        # It sends what is to be tried again to the queue that feeds it; tries end after a day.
        recursive=True,
    )
    deliver.allow(
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:Query",
        on=[data.workspaces.arn],
    )
    deliver.allow("dynamodb:GetItem", "dynamodb:UpdateItem", on=[data.webhook_deliveries.arn])
    deliver.allow("kms:Decrypt", on=[data.secrets_key.key_arn])
    deliver.allow("sqs:SendMessage", on=[parts.arn("WebhookDeliveries")])
    parts.allow_mail(deliver)
    parts.queues["WebhookDeliveries"].deliver_to(deliver)


def _api(parts: Parts, front: FrontDoor) -> None:
    data = parts.data
    api, role = parts.api_function(
        front,
        "HooksApi",
        "hooks.api.handler",
        {
            "WORKSPACES_TABLE": data.workspaces.name,
            "WEBHOOK_DELIVERIES_TABLE": data.webhook_deliveries.name,
            "WEBHOOK_DELIVERIES_QUEUE_URL": parts.url("WebhookDeliveries"),
            "SECRETS_KEY_ARN": data.secrets_key.key_arn,
        },
    )
    role.allow(
        "dynamodb:Query",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:DeleteItem",
        on=[data.workspaces.arn],
    )
    role.allow(
        "dynamodb:Query",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        on=[data.webhook_deliveries.arn],
    )
    api.allow("sqs:SendMessage", on=[parts.arn("WebhookDeliveries")])
    api.allow("kms:Encrypt", on=[data.secrets_key.key_arn])
