"""Campaigns: their API, the work behind it, the pacer and the workers that send."""

from __future__ import annotations

from infra.components.http_api import FrontDoor
from infra.components.queue_schedules import QueueSchedules
from infra.components.worker_queue import QueueSpec
from infra.contexts.parts import Parts


def queues() -> dict[str, QueueSpec]:
    """By construct id."""
    return {
        # A worker without time, or one that waits for a file's upload, spends receives too: real
        # failures are counted at the recipients. A chunk waits for its time by its delay.
        "CampaignChunks": QueueSpec(
            fifo=False, consumer_timeout=60, max_receives=50, oldest_alarm=900, batch_size=1
        ),
        "CampaignPaces": QueueSpec(
            fifo=False, consumer_timeout=60, max_receives=5, oldest_alarm=300, batch_size=1
        ),
        # A part of a large audience takes minutes.
        "CampaignJobs": QueueSpec(
            fifo=False, consumer_timeout=900, max_receives=5, oldest_alarm=7200, batch_size=1
        ),
    }


def add(parts: Parts, front: FrontDoor) -> None:
    _deliver(parts)
    _pacer(parts)
    _jobs(parts)
    _api(parts, front)


def _deliver(parts: Parts) -> None:
    data = parts.data
    deliver = parts.function(
        "CampaignDeliverer",
        "blast.deliver.handler",
        {
            "CAMPAIGNS_TABLE": data.campaigns.name,
            "CONVERSATIONS_TABLE": data.conversations.name,
            "CONTACTS_TABLE": data.contacts.name,
            "WORKSPACES_TABLE": data.workspaces.name,
            "DIRECTORY_TABLE": data.directory.name,
            "REQUESTS_TABLE": data.requests.name,
            "USAGE_TABLE": data.usage.name,
            "CAMPAIGN_CHUNKS_QUEUE_URL": parts.url("CampaignChunks"),
            "INBOUND_QUEUE_URL": parts.url("Inbound"),
            "CONTACTS_QUEUE_URL": parts.url("Contacts"),
            "MEDIA_QUEUE_URL": parts.url("Media"),
            "ACCOUNT_EVENTS_QUEUE_URL": parts.url("AccountEvents"),
            "TEMPLATE_SYNCS_QUEUE_URL": parts.url("TemplateSyncs"),
            "GRAPH_API_URL": parts.parameters.graph_api_url,
            "GRAPH_API_VERSION": parts.stage.graph_api_version,
            "UNSETTLED_WINDOW_SECONDS": str(parts.stage.unsettled_window),
            "SECRETS_KEY_ARN": data.secrets_key.key_arn,
        },
        timeout=60,
        memory=1024,  # more than half a processor: dozens of connections, most of which wait
        reserved=parts.stage.campaign_concurrency,
    )
    deliver.allow(
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        on=[data.campaigns.arn],
    )
    deliver.allow("dynamodb:BatchGetItem", on=[data.conversations.arn, data.contacts.arn])
    deliver.allow(
        "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", on=[data.workspaces.arn]
    )
    deliver.allow("dynamodb:GetItem", on=[data.directory.arn])
    deliver.allow("dynamodb:UpdateItem", on=[data.requests.arn])
    deliver.allow("dynamodb:Query", on=[data.usage.arn])
    deliver.allow("kms:Decrypt", on=[data.secrets_key.key_arn])
    fed = ("Inbound", "Contacts", "Media", "AccountEvents", "TemplateSyncs")
    deliver.allow("sqs:SendMessage", on=[parts.arn(queue) for queue in fed])
    parts.queues["CampaignChunks"].deliver_to(deliver)


def _pacer(parts: Parts) -> None:
    data = parts.data
    pacer = parts.function(
        "CampaignPacer",
        "blast.pacer.handler",
        {
            "CAMPAIGNS_TABLE": data.campaigns.name,
            "DIRECTORY_TABLE": data.directory.name,
            "WORKSPACES_TABLE": data.workspaces.name,
            "USAGE_TABLE": data.usage.name,
            "CAMPAIGN_PACES_QUEUE_URL": parts.url("CampaignPaces"),
            "CAMPAIGN_CHUNKS_QUEUE_URL": parts.url("CampaignChunks"),
        },
        timeout=60,
        memory=1024,  # it adds up very many blocks
        # The minute's reminder hands over every number.
        recursive=True,
    )
    pacer.allow(
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        on=[data.campaigns.arn],
    )
    pacer.allow(
        "dynamodb:GetItem", "dynamodb:Query", "dynamodb:DeleteItem", on=[data.directory.arn]
    )
    pacer.allow("dynamodb:GetItem", on=[data.workspaces.arn])
    pacer.allow("dynamodb:Query", on=[data.usage.arn])
    pacer.allow(
        "sqs:SendMessage", on=[parts.arn(queue) for queue in ("CampaignPaces", "CampaignChunks")]
    )
    queue = parts.queues["CampaignPaces"]
    queue.deliver_to(pacer)
    QueueSchedules(parts.stack, "CampaignMinutes", to=queue).every("Minute", "rate(1 minute)")


def _jobs(parts: Parts) -> None:
    data = parts.data
    jobs = parts.function(
        "CampaignJobsWorker",
        "blast.jobs.handler",
        {
            "CAMPAIGNS_TABLE": data.campaigns.name,
            "CONTACTS_TABLE": data.contacts.name,
            "CONVERSATIONS_TABLE": data.conversations.name,
            "WORKSPACES_TABLE": data.workspaces.name,
            "DIRECTORY_TABLE": data.directory.name,
            "FILES_BUCKET": data.files.bucket_name,
            "CAMPAIGN_JOBS_QUEUE_URL": parts.url("CampaignJobs"),
            "CAMPAIGN_PACES_QUEUE_URL": parts.url("CampaignPaces"),
            "UNSETTLED_WINDOW_SECONDS": str(parts.stage.unsettled_window),
        },
        timeout=900,
        memory=1769,  # one whole processor
        # A start hands over the parts of its audience.
        recursive=True,
    )
    jobs.allow(
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:BatchWriteItem",
        on=[data.campaigns.arn],
    )
    jobs.allow(
        "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", on=[data.contacts.arn]
    )
    jobs.allow("dynamodb:BatchGetItem", on=[data.conversations.arn])
    jobs.allow("dynamodb:GetItem", on=[data.workspaces.arn])
    jobs.allow("dynamodb:GetItem", "dynamodb:PutItem", on=[data.directory.arn])
    jobs.allow(
        "sqs:SendMessage", on=[parts.arn(queue) for queue in ("CampaignJobs", "CampaignPaces")]
    )
    for action in ("s3:GetObject", "s3:PutObject"):
        jobs.allow_prefix(action, bucket=data.files, prefix="")
    parts.queues["CampaignJobs"].deliver_to(jobs)


def _api(parts: Parts, front: FrontDoor) -> None:
    data, queue = parts.data, parts.queues["CampaignJobs"]
    schedules = QueueSchedules(parts.stack, "CampaignStarts", to=queue)
    api, role = parts.api_function(
        front,
        "CampaignsApi",
        "blast.api.handler",
        {
            "CAMPAIGNS_TABLE": data.campaigns.name,
            "CONTACTS_TABLE": data.contacts.name,
            "CONVERSATIONS_TABLE": data.conversations.name,
            "WORKSPACES_TABLE": data.workspaces.name,
            "DIRECTORY_TABLE": data.directory.name,
            "USAGE_TABLE": data.usage.name,
            "FILES_BUCKET": data.files.bucket_name,
            "CAMPAIGN_JOBS_QUEUE_URL": parts.url("CampaignJobs"),
            "CAMPAIGN_JOBS_QUEUE_ARN": parts.arn("CampaignJobs"),
            "CAMPAIGN_JOBS_DLQ_ARN": queue.dead_letters.queue_arn,
            "CAMPAIGN_PACES_QUEUE_URL": parts.url("CampaignPaces"),
            "INBOUND_QUEUE_URL": parts.url("Inbound"),
            "SCHEDULE_GROUP": schedules.group.schedule_group_name,
            "SCHEDULE_ROLE_ARN": schedules.role.role_arn,
            "UNSETTLED_WINDOW_SECONDS": str(parts.stage.unsettled_window),
        },
        timeout=20,
        memory=1024,  # it reads very many contacts when it counts
    )
    role.allow(
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        on=[data.campaigns.arn],
    )
    role.allow(
        "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", on=[data.contacts.arn]
    )
    role.allow("dynamodb:BatchGetItem", on=[data.conversations.arn])
    # The audit log's entries, in the transaction of the change itself; templates, files, numbers.
    role.allow("dynamodb:PutItem", "dynamodb:GetItem", on=[data.workspaces.arn])
    role.allow("dynamodb:GetItem", on=[data.directory.arn])
    role.allow_files("s3:GetObject", "s3:PutObject", bucket=data.files)
    schedules.let(api)
    fed = ("CampaignJobs", "CampaignPaces", "Inbound")
    api.allow("sqs:SendMessage", on=[parts.arn(name) for name in fed])
