"""Numbers on Meta and what is set up with them."""

from __future__ import annotations

from infra.components.http_api import FrontDoor
from infra.components.queue_schedules import QueueSchedules
from infra.components.worker_queue import QueueSpec
from infra.contexts.parts import Parts


def queues() -> dict[str, QueueSpec]:
    """By construct id."""
    return {
        # An account may have thousands of templates, which Meta lists a hundred at a time.
        "TemplateSyncs": QueueSpec(
            fifo=False, consumer_timeout=120, max_receives=5, oldest_alarm=3600, batch_size=1
        ),
    }


def add(parts: Parts, front: FrontDoor) -> None:
    _api(parts, front)
    _template_syncs(parts)


def _api(parts: Parts, front: FrontDoor) -> None:
    data = parts.data
    api, role = parts.api_function(
        front,
        "ChannelsApi",
        "channels.api.handler",
        {
            "WORKSPACES_TABLE": data.workspaces.name,
            "DIRECTORY_TABLE": data.directory.name,
            "SECRETS_KEY_ARN": data.secrets_key.key_arn,
            "META_SECRET_ARN": data.meta_secret.secret_arn,
            "GRAPH_API_URL": parts.parameters.graph_api_url,
            "GRAPH_API_VERSION": parts.stage.graph_api_version,
            "TEMPLATE_SYNCS_QUEUE_URL": parts.url("TemplateSyncs"),
            "FILES_BUCKET": data.files.bucket_name,
            **parts.linked_phones(),
        },
        # Connecting asks Meta six times in a row.
        timeout=29,
    )
    writing = ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem")
    role.allow("dynamodb:Query", "dynamodb:GetItem", *writing, on=[data.workspaces.arn])
    # The twins of numbers and accounts, in the transaction of the change itself.
    role.allow(*writing, on=[data.directory.arn])
    api.allow("dynamodb:GetItem", on=[data.directory.arn])
    api.allow("kms:Encrypt", "kms:Decrypt", on=[data.secrets_key.key_arn])
    api.allow("secretsmanager:GetSecretValue", on=[data.meta_secret.secret_arn])
    api.allow("sqs:SendMessage", on=[parts.arn("TemplateSyncs")])
    parts.allow_linked_phones(api)
    # Samples of templates' headers: posted by the browser, brought to Meta from here.
    role.allow_files("s3:GetObject", "s3:PutObject", bucket=data.files)


def _template_syncs(parts: Parts) -> None:
    data = parts.data
    worker = parts.function(
        "TemplateSyncsWorker",
        "channels.template_syncs.handler",
        {
            "WORKSPACES_TABLE": data.workspaces.name,
            "DIRECTORY_TABLE": data.directory.name,
            "SECRETS_KEY_ARN": data.secrets_key.key_arn,
            "GRAPH_API_URL": parts.parameters.graph_api_url,
            "GRAPH_API_VERSION": parts.stage.graph_api_version,
            "TEMPLATE_SYNCS_QUEUE_URL": parts.url("TemplateSyncs"),
        },
        timeout=120,
        # The day's reminder hands over every account.
        recursive=True,
    )
    worker.allow(
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        on=[data.workspaces.arn],
    )
    worker.allow(
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        on=[data.directory.arn],
    )
    worker.allow("kms:Decrypt", on=[data.secrets_key.key_arn])
    worker.allow("sqs:SendMessage", on=[parts.arn("TemplateSyncs")])
    queue = parts.queues["TemplateSyncs"]
    queue.deliver_to(worker)
    QueueSchedules(parts.stack, "TemplateSyncReminder", to=queue).every("Daily", "rate(1 day)")
