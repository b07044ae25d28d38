"""WhatsApp in and out: the webhook, the sender, the receipts and what people see of them."""

from __future__ import annotations

from infra.components.http_api import FrontDoor
from infra.components.worker_queue import QueueSpec
from infra.config import Stage
from infra.contexts.parts import Parts

WEBHOOK_REASON = (
    "Meta cannot sign in. Every body carries its HMAC, which the function checks over the raw "
    "bytes before it reads anything, and the handshake needs the verify token."
)

LINKED_REASON = (
    "The service for linked phones cannot sign in. Every body carries the token that the channel "
    "was connected with, which is compared before anything is read."
)


def queues(stage: Stage) -> dict[str, QueueSpec]:
    """By construct id."""
    return {
        # The sender counts its own attempts: waiting for a throttled number spends receives too.
        "Outbound": QueueSpec(fifo=True, consumer_timeout=30, max_receives=100, oldest_alarm=900),
        "Receipts": QueueSpec(
            fifo=False,
            consumer_timeout=30,
            max_receives=5,
            oldest_alarm=300,
            batch_size=stage.receipts_batch_size,
            window=stage.receipts_window,
        ),
        "LinkedReceipts": QueueSpec(
            fifo=False, consumer_timeout=30, max_receives=5, oldest_alarm=1800
        ),
        "AccountEvents": QueueSpec(
            fifo=True, consumer_timeout=30, max_receives=5, oldest_alarm=900
        ),
        # A file is tried for about a day: what waits for WhatsApp is old without being wrong.
        "Media": QueueSpec(
            fifo=False,
            consumer_timeout=120,
            max_receives=12,
            oldest_alarm=2 * 24 * 3600,
            batch_size=1,
        ),
    }


def add(parts: Parts, front: FrontDoor) -> None:
    _sender(parts)
    _receipts(parts)
    _account_events(parts)
    _media(parts)
    _webhook(parts, front)
    _own_app_webhook(parts, front)
    _linked_webhook(parts, front)
    _linked_receipts(parts)
    _api(parts, front)


def _webhook(parts: Parts, front: FrontDoor) -> None:
    data = parts.data
    webhook = parts.function(
        "Webhook",
        "gateway.webhook.handler",
        {
            "INBOUND_QUEUE_URL": parts.url("Inbound"),
            "RECEIPTS_QUEUE_URL": parts.url("Receipts"),
            "ACCOUNT_EVENTS_QUEUE_URL": parts.url("AccountEvents"),
            "OVERFLOW_BUCKET": data.overflow.bucket_name,
            "META_SECRET_ARN": data.meta_secret.secret_arn,
        },
    )
    fed = ("Inbound", "Receipts", "AccountEvents")
    webhook.allow("sqs:SendMessage", on=[parts.arn(queue) for queue in fed])
    webhook.allow_prefix("s3:PutObject", bucket=data.overflow, prefix="overflow/")
    webhook.allow("secretsmanager:GetSecretValue", on=[data.meta_secret.secret_arn])
    front.open(
        ["GET /webhook", "POST /webhook"],
        webhook,
        WEBHOOK_REASON,
    )


def _own_app_webhook(parts: Parts, front: FrontDoor) -> None:
    """A function of its own: it reads the directory and opens sealed secrets, which the platform's
    webhook need not."""
    data = parts.data
    webhook = parts.function(
        "OwnAppWebhook",
        "gateway.own_app_webhook.handler",
        {
            "INBOUND_QUEUE_URL": parts.url("Inbound"),
            "RECEIPTS_QUEUE_URL": parts.url("Receipts"),
            "ACCOUNT_EVENTS_QUEUE_URL": parts.url("AccountEvents"),
            "OVERFLOW_BUCKET": data.overflow.bucket_name,
            "DIRECTORY_TABLE": data.directory.name,
            "SECRETS_KEY_ARN": data.secrets_key.key_arn,
        },
    )
    fed = ("Inbound", "Receipts", "AccountEvents")
    webhook.allow("sqs:SendMessage", on=[parts.arn(queue) for queue in fed])
    webhook.allow_prefix("s3:PutObject", bucket=data.overflow, prefix="overflow/")
    webhook.allow("dynamodb:GetItem", on=[data.directory.arn])
    webhook.allow("kms:Decrypt", on=[data.secrets_key.key_arn])
    front.open(["GET /webhook/{channel_id}", "POST /webhook/{channel_id}"], webhook, WEBHOOK_REASON)


def _linked_webhook(parts: Parts, front: FrontDoor) -> None:
    data = parts.data
    webhook = parts.function(
        "LinkedWebhook",
        "gateway.linked_webhook.handler",
        {
            "INBOUND_QUEUE_URL": parts.url("Inbound"),
            "RECEIPTS_QUEUE_URL": parts.url("Receipts"),
            "ACCOUNT_EVENTS_QUEUE_URL": parts.url("AccountEvents"),
            "LINKED_RECEIPTS_QUEUE_URL": parts.url("LinkedReceipts"),
            "OVERFLOW_BUCKET": data.overflow.bucket_name,
            "DIRECTORY_TABLE": data.directory.name,
        },
    )
    fed = ("Inbound", "Receipts", "AccountEvents", "LinkedReceipts")
    webhook.allow("sqs:SendMessage", on=[parts.arn(queue) for queue in fed])
    webhook.allow_prefix("s3:PutObject", bucket=data.overflow, prefix="overflow/")
    webhook.allow("dynamodb:GetItem", on=[data.directory.arn])
    front.open(["POST /webhook/linked/{channel_id}"], webhook, LINKED_REASON)


def _linked_receipts(parts: Parts) -> None:
    data = parts.data
    worker = parts.function(
        "LinkedReceiptsWorker",
        "gateway.linked_receipts.handler",
        {
            "DIRECTORY_TABLE": data.directory.name,
            "REQUESTS_TABLE": data.requests.name,
            "INBOUND_QUEUE_URL": parts.url("Inbound"),
            "RECEIPTS_QUEUE_URL": parts.url("Receipts"),
            "LINKED_RECEIPTS_QUEUE_URL": parts.url("LinkedReceipts"),
        },
        timeout=30,
        # A receipt of nobody's is put back twice.
        recursive=True,
    )
    worker.allow("dynamodb:GetItem", on=[data.directory.arn, data.requests.arn])
    fed = ("Inbound", "Receipts", "LinkedReceipts")
    worker.allow("sqs:SendMessage", on=[parts.arn(queue) for queue in fed])
    parts.queues["LinkedReceipts"].deliver_to(worker)


def _sender(parts: Parts) -> None:
    data = parts.data
    dead_letters = parts.queues["Outbound"].dead_letters
    sender = parts.function(
        "Sender",
        "gateway.sender.handler",
        {
            "CONVERSATIONS_TABLE": data.conversations.name,
            "DIRECTORY_TABLE": data.directory.name,
            "USAGE_TABLE": data.usage.name,
            "REQUESTS_TABLE": data.requests.name,
            "INBOUND_QUEUE_URL": parts.url("Inbound"),
            "TEMPLATE_SYNCS_QUEUE_URL": parts.url("TemplateSyncs"),
            "ACCOUNT_EVENTS_QUEUE_URL": parts.url("AccountEvents"),
            "OUTBOUND_QUEUE_URL": parts.url("Outbound"),
            "OUTBOUND_DLQ_URL": dead_letters.queue_url,
            "WORKSPACES_TABLE": data.workspaces.name,
            "MEDIA_QUEUE_URL": parts.url("Media"),
            "MEDIA_BUCKET": data.media.bucket_name,
            "GRAPH_API_URL": parts.parameters.graph_api_url,
            "GRAPH_API_VERSION": parts.stage.graph_api_version,
            "UNSETTLED_WINDOW_SECONDS": str(parts.stage.unsettled_window),
            "PAIR_BURST": str(parts.stage.pair_burst),
            "SECRETS_KEY_ARN": data.secrets_key.key_arn,
            **parts.linked_phones(),
        },
        timeout=30,
    )
    sender.allow(
        "dynamodb:GetItem",
        "dynamodb:UpdateItem",
        on=[data.conversations.arn, data.workspaces.arn],
    )
    parts.allow_linked_phones(sender)
    if data.linked_phones_secret:
        # Such a phone is handed the bytes themselves.
        sender.allow_prefix("s3:GetObject", bucket=data.media, prefix="")
    sender.allow("dynamodb:GetItem", on=[data.directory.arn])
    sender.allow("dynamodb:Query", on=[data.usage.arn])
    sender.allow("kms:Decrypt", on=[data.secrets_key.key_arn])
    sender.allow("dynamodb:UpdateItem", on=[data.requests.arn])
    sender.allow(
        "sqs:SendMessage",
        on=[
            dead_letters.queue_arn,
            *(parts.arn(queue) for queue in ("AccountEvents", "Inbound", "Media", "TemplateSyncs")),
        ],
    )
    parts.queues["Outbound"].deliver_to(sender)


def _receipts(parts: Parts) -> None:
    data = parts.data
    receipts = parts.function(
        "ReceiptsWorker",
        "gateway.receipts.handler",
        {
            "CONVERSATIONS_TABLE": data.conversations.name,
            "CAMPAIGNS_TABLE": data.campaigns.name,
            "DIRECTORY_TABLE": data.directory.name,
            "INSPECTION_TABLE": data.inspection.name,
            "INBOUND_QUEUE_URL": parts.url("Inbound"),
            "CONTACTS_QUEUE_URL": parts.url("Contacts"),
            "ACCOUNT_EVENTS_QUEUE_URL": parts.url("AccountEvents"),
            "OVERFLOW_BUCKET": data.overflow.bucket_name,
        },
        timeout=30,
    )
    told = ("Inbound", "Contacts", "AccountEvents")
    receipts.allow("sqs:SendMessage", on=[parts.arn(queue) for queue in told])
    receipts.allow("dynamodb:UpdateItem", on=[data.conversations.arn])
    # A campaign's messages are settled at their recipients, whose blocks are counted anew.
    receipts.allow(
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "dynamodb:PutItem",
        on=[data.campaigns.arn],
    )
    receipts.allow("dynamodb:GetItem", on=[data.directory.arn])
    receipts.allow("dynamodb:PutItem", on=[data.inspection.arn])
    receipts.allow_prefix("s3:GetObject", bucket=data.overflow, prefix="overflow/")
    receipts.allow_prefix("s3:PutObject", bucket=data.overflow, prefix="overflow/")  # to empty them
    parts.queues["Receipts"].deliver_to(receipts)


def _account_events(parts: Parts) -> None:
    data = parts.data
    worker = parts.function(
        "AccountEventsWorker",
        "gateway.account_events.handler",
        {
            "DIRECTORY_TABLE": data.directory.name,
            "WORKSPACES_TABLE": data.workspaces.name,
            "USAGE_TABLE": data.usage.name,
            "CONTACTS_TABLE": data.contacts.name,
            "MAIL_SENDER": parts.stage.mail_sender,
            "DASHBOARD_URL": parts.parameters.dashboard_url,
            "INSPECTION_TABLE": data.inspection.name,
            "ACCOUNT_EVENTS_QUEUE_URL": parts.url("AccountEvents"),
            "TEMPLATE_SYNCS_QUEUE_URL": parts.url("TemplateSyncs"),
            "OVERFLOW_BUCKET": data.overflow.bucket_name,
        },
        timeout=30,
    )
    worker.allow("sqs:SendMessage", on=[parts.arn("TemplateSyncs")])
    worker.allow(
        "dynamodb:GetItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", on=[data.directory.arn]
    )
    worker.allow(
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        on=[data.workspaces.arn],
    )
    worker.allow("dynamodb:PutItem", on=[data.inspection.arn])
    # Whom the phone book of an app names that shares its number.
    worker.allow(
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        on=[data.contacts.arn],
    )
    parts.allow_mail(worker)
    worker.allow_prefix("s3:GetObject", bucket=data.overflow, prefix="overflow/")
    worker.allow_prefix("s3:PutObject", bucket=data.overflow, prefix="overflow/")  # to empty them
    parts.queues["AccountEvents"].deliver_to(worker)


def _media(parts: Parts) -> None:
    data = parts.data
    media = parts.function(
        "MediaWorker",
        "gateway.media.handler",
        {
            "CONVERSATIONS_TABLE": data.conversations.name,
            "WORKSPACES_TABLE": data.workspaces.name,
            "DIRECTORY_TABLE": data.directory.name,
            "USAGE_TABLE": data.usage.name,
            "MEDIA_BUCKET": data.media.bucket_name,
            "MEDIA_QUEUE_URL": parts.url("Media"),
            "GRAPH_API_URL": parts.parameters.graph_api_url,
            "GRAPH_API_VERSION": parts.stage.graph_api_version,
            "SECRETS_KEY_ARN": data.secrets_key.key_arn,
            **parts.linked_phones(),
        },
        timeout=120,
        memory=1024,  # files go through its disk; memory brings the network and the processor
    )
    parts.allow_linked_phones(media)
    media.allow(
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:ConditionCheckItem",
        on=[data.conversations.arn],
    )
    media.allow(
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        on=[data.workspaces.arn],
    )
    media.allow("dynamodb:PutItem", "dynamodb:UpdateItem", on=[data.usage.arn])
    media.allow("dynamodb:GetItem", on=[data.directory.arn])
    media.allow("kms:Decrypt", on=[data.secrets_key.key_arn])
    for action in ("s3:GetObject", "s3:PutObject", "s3:DeleteObject"):
        media.allow_prefix(action, bucket=data.media, prefix="")
    parts.queues["Media"].deliver_to(media)


def _api(parts: Parts, front: FrontDoor) -> None:
    data = parts.data
    api, role = parts.api_function(
        front,
        "GatewayApi",
        "gateway.api.handler",
        {
            "CONVERSATIONS_TABLE": data.conversations.name,
            "INSPECTION_TABLE": data.inspection.name,
            "USAGE_TABLE": data.usage.name,
            "WORKSPACES_TABLE": data.workspaces.name,
            "DIRECTORY_TABLE": data.directory.name,
            "CONTACTS_TABLE": data.contacts.name,
            "CAMPAIGNS_TABLE": data.campaigns.name,
            "MEDIA_BUCKET": data.media.bucket_name,
            "INBOUND_QUEUE_URL": parts.url("Inbound"),
        },
        timeout=29,  # a thousand recipients are a hundred calls of the queue
    )
    # Whom programs send to, and from which number.
    api.allow("sqs:SendMessage", on=[parts.arn("Inbound")])
    role.allow("dynamodb:BatchGetItem", on=[data.contacts.arn, data.conversations.arn])
    # What became of the campaigns' messages in a conversation.
    role.allow("dynamodb:BatchGetItem", on=[data.campaigns.arn])
    role.allow("dynamodb:GetItem", on=[data.directory.arn])
    role.allow("dynamodb:GetItem", on=[data.conversations.arn])
    role.allow_files("s3:GetObject", "s3:PutObject", "s3:DeleteObject", bucket=data.media)
    # Files for messages: their records, with what they add to the storage that is used.
    role.allow(
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:DeleteItem",
        on=[data.workspaces.arn],
    )
    role.allow("dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem", on=[data.usage.arn])
    role.allow(
        "dynamodb:Query",
        on=[
            data.conversations.arn,
            data.conversations.index_arn("inbox"),
            data.conversations.index_arn("team"),
            data.inspection.arn,
        ],
    )
