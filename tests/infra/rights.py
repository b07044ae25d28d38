"""What each function may do by itself: exact actions."""

from __future__ import annotations

EVERY_FUNCTION = {
    "logs:CreateLogStream",
    "logs:PutLogEvents",
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
}
EVERY_FILER = {
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ChangeMessageVisibility",
}
# Whoever gives a message up notes why.
EVERY_CONSUMER = EVERY_FILER | {"dynamodb:PutItem"}
REQUESTS = {"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"}
ALLOWED = {
    "channels.api.handler": {
        "sts:AssumeRole",
        "dynamodb:GetItem",
        "kms:Encrypt",
        "kms:Decrypt",
        "secretsmanager:GetSecretValue",
        "sqs:SendMessage",
    },
    "channels.template_syncs.handler": EVERY_CONSUMER
    | REQUESTS
    | {"dynamodb:Query", "kms:Decrypt", "sqs:SendMessage"},
    "gateway.own_app_webhook.handler": {
        "sqs:SendMessage",
        "s3:PutObject",
        "dynamodb:GetItem",
        "kms:Decrypt",
    },
    "gateway.linked_webhook.handler": {
        "sqs:SendMessage",
        "s3:PutObject",
        "dynamodb:GetItem",
    },
    "gateway.linked_receipts.handler": EVERY_CONSUMER | {"sqs:SendMessage", "dynamodb:GetItem"},
    "gateway.webhook.handler": {
        "sqs:SendMessage",
        "s3:PutObject",
        "secretsmanager:GetSecretValue",
    },
    "flow.worker.handler": EVERY_CONSUMER
    | {
        "dynamodb:Query",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:BatchWriteItem",
        "dynamodb:BatchGetItem",
        "sqs:SendMessage",
        "s3:GetObject",
        "s3:PutObject",
    },
    "gateway.media.handler": EVERY_CONSUMER
    | {
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:ConditionCheckItem",
        "kms:Decrypt",
        "s3:GetObject",
        "s3:PutObject",
        "s3:DeleteObject",
    },
    "gateway.sender.handler": EVERY_CONSUMER
    | {
        "dynamodb:UpdateItem",
        "dynamodb:GetItem",
        "dynamodb:Query",
        "kms:Decrypt",
        "sqs:SendMessage",
    },
    "gateway.receipts.handler": EVERY_CONSUMER
    | {
        "dynamodb:UpdateItem",
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "s3:GetObject",
        "s3:PutObject",
        "sqs:SendMessage",
    },
    "gateway.account_events.handler": EVERY_CONSUMER
    | REQUESTS
    | {
        "dynamodb:Query",
        "dynamodb:BatchGetItem",
        "s3:GetObject",
        "s3:PutObject",
        "sqs:SendMessage",
    },
    "flow.actions.handler": EVERY_CONSUMER | {"sqs:SendMessage", "dynamodb:Query"},
    "flow.timers.handler": EVERY_CONSUMER
    | {"sqs:SendMessage", "scheduler:CreateSchedule", "iam:PassRole"},
    "flow.api.handler": {"sts:AssumeRole", "sqs:SendMessage"},
    "flow.starting.handler": EVERY_CONSUMER
    | {"sqs:SendMessage", "dynamodb:GetItem", "dynamodb:Query"},
    "flow.schedules.handler": EVERY_CONSUMER
    | {
        "sqs:SendMessage",
        "scheduler:CreateSchedule",
        "iam:PassRole",
        "dynamodb:GetItem",
        "dynamodb:Query",
    },
    "flow.contact_news.handler": {
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:GetItem",
        "sqs:SendMessage",
    },
    "gateway.api.handler": {"sts:AssumeRole", "sqs:SendMessage"},
    "hooks.api.handler": {"sts:AssumeRole", "sqs:SendMessage", "kms:Encrypt"},
    "hooks.watching.handler": {
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:Query",
        "sqs:SendMessage",
    },
    "hooks.watching_records.handler": {
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:Query",
        "sqs:SendMessage",
    },
    "hooks.watching_campaigns.handler": {
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:GetItem",
        "dynamodb:Query",
        "sqs:SendMessage",
    },
    "hooks.fan_out.handler": EVERY_CONSUMER
    | {"dynamodb:Query", "dynamodb:PutItem", "sqs:SendMessage"},
    "hooks.deliver.handler": EVERY_CONSUMER
    | {
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "kms:Decrypt",
        "sqs:SendMessage",
    },
    "contacts.api.handler": {"sts:AssumeRole", "sqs:SendMessage"},
    "blast.api.handler": {
        "sts:AssumeRole",
        "sqs:SendMessage",
        "scheduler:CreateSchedule",
        "iam:PassRole",
    },
    "blast.deliver.handler": EVERY_CONSUMER
    | {
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "kms:Decrypt",
        "sqs:SendMessage",
    },
    "blast.pacer.handler": EVERY_CONSUMER
    | {
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "sqs:SendMessage",
    },
    "blast.jobs.handler": EVERY_CONSUMER
    | {
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:BatchWriteItem",
        "sqs:SendMessage",
        "s3:GetObject",
        "s3:PutObject",
    },
    "letters.api.handler": {"sts:AssumeRole", "sqs:SendMessage"},
    "letters.filer.handler": EVERY_FILER
    | {"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:ConditionCheckItem", "s3:GetObject"},
    "letters.jobs.handler": EVERY_CONSUMER
    | {
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:ConditionCheckItem",
        "sqs:SendMessage",
        "s3:PutObject",
    },
    "contacts.jobs.handler": EVERY_CONSUMER
    | {
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:BatchWriteItem",
        "sqs:SendMessage",
        "s3:GetObject",
        "s3:PutObject",
    },
    "contacts.changes.handler": EVERY_CONSUMER
    | {
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "sqs:SendMessage",
    },
    "account.api.handler": {
        "sts:AssumeRole",
        "dynamodb:Query",
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "cognito-idp:AdminUserGlobalSignOut",
        "sqs:SendMessage",
    },
    "account.metering.handler": {
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:BatchGetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
    },
    "account.eraser.handler": EVERY_CONSUMER
    | {
        "dynamodb:Query",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:BatchWriteItem",
        "s3:ListBucket",
        "s3:DeleteObject",
        "sqs:SendMessage",
    },
    "account.exporter.handler": EVERY_CONSUMER
    | {"dynamodb:Query", "dynamodb:GetItem", "dynamodb:UpdateItem", "s3:PutObject"},
    "account.remover.handler": EVERY_CONSUMER
    | {
        "dynamodb:Scan",
        "dynamodb:Query",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:DeleteItem",
        "dynamodb:BatchWriteItem",
        "s3:ListBucket",
        "s3:DeleteObject",
    },
    "rag.api.handler": {
        "sts:AssumeRole",
        "sqs:SendMessage",
        "dynamodb:GetItem",
        "bedrock:InvokeModel",
    },
    "rag.answer.handler": EVERY_CONSUMER
    | {
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "sqs:SendMessage",
        "bedrock:InvokeModel",
    },
    "rag.evaluate.handler": EVERY_CONSUMER
    | {
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "sqs:SendMessage",
        "bedrock:InvokeModel",
    },
    "rag.forgetting.handler": {
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "sqs:SendMessage",
    },
    "rag.preparing.handler": set(),
    "rag.ingest.handler": EVERY_CONSUMER
    | {
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:BatchWriteItem",
        "s3:GetObject",
        "s3:PutObject",
        "s3:DeleteObject",
        "s3:ListBucket",
        "sqs:SendMessage",
        "bedrock:InvokeModel",
    },
    "account.set_plan.handler": {
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
    },
    "front.signpost.handler": set(),
    "account.authorizer.handler": {"dynamodb:GetItem", "dynamodb:Query"},
    "account.pre_token.handler": {"dynamodb:Query"},
    "account.post_confirmation.handler": {
        "dynamodb:PutItem",
        "cognito-idp:AdminUserGlobalSignOut",
    },
}
_KEY_OF_SERVICE = "secretsmanager:GetSecretValue"
LINKING = {
    "channels.api.handler": {_KEY_OF_SERVICE},
    "gateway.media.handler": {_KEY_OF_SERVICE},
    "gateway.sender.handler": {_KEY_OF_SERVICE, "s3:GetObject"},
}
"""Where phones are linked: what calls the service, with files in its hands."""
INDEXING = {
    "rag.preparing.handler",
    "rag.ingest.handler",
    "rag.answer.handler",
    "rag.evaluate.handler",
    "rag.api.handler",
}
"""What reaches the collection, where a stage has one of its own."""
RERANKING = {
    "rag.answer.handler",
    "rag.evaluate.handler",
    "rag.api.handler",
}
"""What puts passages in a better order, where a stage names a model for it."""
WRITING_MAIL = {
    "account.api.handler",
    "gateway.account_events.handler",
    "hooks.deliver.handler",
}
