"""Conversations: the worker of their lanes, and the slow work that flows ask for."""

from __future__ import annotations

from infra.components.http_api import FrontDoor
from infra.components.queue_schedules import QueueSchedules
from infra.components.worker_queue import QueueSpec
from infra.contexts.parts import Parts


def queues() -> dict[str, QueueSpec]:
    """By construct id."""
    return {
        "Inbound": QueueSpec(fifo=True, consumer_timeout=10, max_receives=5, oldest_alarm=120),
        "Actions": QueueSpec(
            fifo=False, consumer_timeout=60, max_receives=5, oldest_alarm=600, batch_size=5
        ),
        "Starts": QueueSpec(fifo=False, consumer_timeout=10, max_receives=5, oldest_alarm=900),
        # Timers may lie here for a quarter of an hour before their time.
        "Timers": QueueSpec(fifo=False, consumer_timeout=10, max_receives=5, oldest_alarm=1500),
    }


def add(parts: Parts, front: FrontDoor) -> None:
    _worker(parts)
    _actions(parts)
    _timers(parts)
    _starting(parts)
    _api(parts, front)


def _worker(parts: Parts) -> None:
    data = parts.data
    worker = parts.function(
        "Worker",
        "flow.worker.handler",
        {
            "CONVERSATIONS_TABLE": data.conversations.name,
            "WORKSPACES_TABLE": data.workspaces.name,
            "DIRECTORY_TABLE": data.directory.name,
            "INSPECTION_TABLE": data.inspection.name,
            "INBOUND_QUEUE_URL": parts.url("Inbound"),
            "OUTBOUND_QUEUE_URL": parts.url("Outbound"),
            "ACTIONS_QUEUE_URL": parts.url("Actions"),
            "TIMERS_QUEUE_URL": parts.url("Timers"),
            "STARTS_QUEUE_URL": parts.url("Starts"),
            "CONTACTS_QUEUE_URL": parts.url("Contacts"),
            "MEDIA_QUEUE_URL": parts.url("Media"),
            "OVERFLOW_BUCKET": data.overflow.bucket_name,
        },
        # Actions answer into the queue that feeds it; events count their own hops.
        recursive=True,
    )
    worker.allow(
        "dynamodb:Query",
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:BatchWriteItem",
        on=[data.conversations.arn],
    )
    worker.allow("dynamodb:GetItem", on=[data.workspaces.arn, data.directory.arn])
    worker.allow("dynamodb:PutItem", on=[data.inspection.arn])
    fed = ("Outbound", "Actions", "Timers", "Starts", "Contacts", "Media")
    worker.allow("sqs:SendMessage", on=[parts.arn(name) for name in fed])
    worker.allow_prefix("s3:GetObject", bucket=data.overflow, prefix="overflow/")
    parts.queues["Inbound"].deliver_to(worker)


def _actions(parts: Parts) -> None:
    actions = parts.function(
        "ActionsWorker",
        "flow.actions.handler",
        {
            "INBOUND_QUEUE_URL": parts.url("Inbound"),
            "NOTICES_QUEUE_URL": parts.url("Notices"),
            "WORKSPACES_TABLE": parts.data.workspaces.name,
            "PRIVATE_HOSTS": parts.parameters.private_hosts,
        },
        timeout=60,
        # The other half of the loop with the flow worker.
        recursive=True,
    )
    actions.allow("sqs:SendMessage", on=[parts.arn("Inbound"), parts.arn("Notices")])
    actions.allow("dynamodb:Query", on=[parts.data.workspaces.arn])
    parts.queues["Actions"].deliver_to(actions)


def _timers(parts: Parts) -> None:
    queue = parts.queues["Timers"]
    schedules = QueueSchedules(parts.stack, "TimerSchedules", to=queue)
    timers = parts.function(
        "TimersWorker",
        "flow.timers.handler",
        {
            "INBOUND_QUEUE_URL": parts.url("Inbound"),
            "TIMERS_QUEUE_URL": parts.url("Timers"),
            "TIMERS_QUEUE_ARN": parts.arn("Timers"),
            "TIMERS_DLQ_ARN": queue.dead_letters.queue_arn,
            "SCHEDULE_GROUP": schedules.group.schedule_group_name,
            "SCHEDULE_ROLE_ARN": schedules.role.role_arn,
        },
        # It puts back what is early, and flows that wait go round by way of it.
        recursive=True,
    )
    timers.allow("sqs:SendMessage", on=[parts.arn("Inbound"), parts.arn("Timers")])
    schedules.let(timers)
    queue.deliver_to(timers)


def _starting(parts: Parts) -> None:
    starting = parts.function(
        "StartsWorker",
        "flow.starting.handler",
        {"INBOUND_QUEUE_URL": parts.url("Inbound")},
        # Flows start flows for others, so many generations and no more.
        recursive=True,
    )
    starting.allow("sqs:SendMessage", on=[parts.arn("Inbound")])
    parts.queues["Starts"].deliver_to(starting)


def _api(parts: Parts, front: FrontDoor) -> None:
    data = parts.data
    api, role = parts.api_function(
        front,
        "FlowApi",
        "flow.api.handler",
        {
            "WORKSPACES_TABLE": data.workspaces.name,
            "CONVERSATIONS_TABLE": data.conversations.name,
            "INBOUND_QUEUE_URL": parts.url("Inbound"),
            "STARTS_QUEUE_URL": parts.url("Starts"),
            "PRIVATE_HOSTS": parts.parameters.private_hosts,
        },
        timeout=29,
    )
    api.allow("sqs:SendMessage", on=[parts.arn("Inbound"), parts.arn("Starts")])
    role.allow(
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        on=[data.workspaces.arn],
    )
    role.allow(
        "dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", on=[data.conversations.arn]
    )
    role.allow("dynamodb:Query", on=[data.conversations.index_arn("activity")])
