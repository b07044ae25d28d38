"""Conversations: the worker of their lanes, and the slow work that flows ask for."""

from __future__ import annotations

import json

from infra.components.http_api import FrontDoor
from infra.components.queue_schedules import QueueSchedules
from infra.components.table_stream import follow
from infra.components.worker_queue import QueueSpec
from infra.contexts.parts import Parts


def queues() -> dict[str, QueueSpec]:
    """By construct id."""
    return {
        "Inbound": QueueSpec(fifo=True, consumer_timeout=10, max_receives=5, oldest_alarm=120),
        "Actions": QueueSpec(
            fifo=False, consumer_timeout=60, max_receives=5, oldest_alarm=600, batch_size=5
        ),
        # Answered by knowledge, which is a stack of its own. A collection that slept wakes in half
        # a minute, and a model may take as long.
        "Questions": QueueSpec(
            fifo=False, consumer_timeout=90, max_receives=3, oldest_alarm=300, batch_size=1
        ),
        "Starts": QueueSpec(fifo=False, consumer_timeout=10, max_receives=5, oldest_alarm=900),
        "Schedules": QueueSpec(fifo=False, consumer_timeout=30, max_receives=5, oldest_alarm=1500),
        # Timers may lie here for a quarter of an hour before their time.
        "Timers": QueueSpec(fifo=False, consumer_timeout=10, max_receives=5, oldest_alarm=1500),
    }


def add(parts: Parts, front: FrontDoor) -> None:
    _worker(parts)
    _actions(parts)
    _timers(parts)
    _starting(parts)
    _schedules(parts)
    _contact_news(parts)
    _api(parts, front)


def _limits(parts: Parts) -> dict[str, str]:
    """The same where flows run and where they are checked and tried."""
    named = dict(parts.stage.flow_limits)
    return {"FLOW_LIMITS": json.dumps(named)} if named else {}


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
            "QUESTIONS_QUEUE_URL": parts.url("Questions"),
            "TIMERS_QUEUE_URL": parts.url("Timers"),
            "STARTS_QUEUE_URL": parts.url("Starts"),
            "CONTACTS_QUEUE_URL": parts.url("Contacts"),
            "MEDIA_QUEUE_URL": parts.url("Media"),
            "CAMPAIGNS_TABLE": data.campaigns.name,
            "CONTACTS_TABLE": data.contacts.name,
            "OVERFLOW_BUCKET": data.overflow.bucket_name,
            **_limits(parts),
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
    worker.allow("dynamodb:BatchGetItem", on=[data.contacts.arn])
    worker.allow(
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        on=[data.campaigns.arn],
    )
    fed = ("Outbound", "Actions", "Questions", "Timers", "Starts", "Contacts", "Media")
    worker.allow("sqs:SendMessage", on=[parts.arn(name) for name in fed])
    worker.allow_prefix("s3:GetObject", bucket=data.overflow, prefix="overflow/")
    worker.allow_prefix("s3:PutObject", bucket=data.overflow, prefix="overflow/")  # to empty them
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
        {
            "INBOUND_QUEUE_URL": parts.url("Inbound"),
            "CONTACTS_TABLE": parts.data.contacts.name,
            "WORKSPACES_TABLE": parts.data.workspaces.name,
            "DIRECTORY_TABLE": parts.data.directory.name,
        },
        # Flows start flows for others, so many generations and no more.
        recursive=True,
    )
    starting.allow("sqs:SendMessage", on=[parts.arn("Inbound")])
    starting.allow("dynamodb:GetItem", on=[parts.data.contacts.arn])
    starting.allow("dynamodb:Query", on=[parts.data.workspaces.arn])
    parts.queues["Starts"].deliver_to(starting)


def _schedules(parts: Parts) -> None:
    queue = parts.queues["Schedules"]
    moments = QueueSchedules(parts.stack, "FlowSchedules", to=queue)
    schedules = parts.function(
        "SchedulesWorker",
        "flow.schedules.handler",
        {
            "WORKSPACES_TABLE": parts.data.workspaces.name,
            "CONTACTS_TABLE": parts.data.contacts.name,
            "STARTS_QUEUE_URL": parts.url("Starts"),
            "SCHEDULES_QUEUE_URL": parts.url("Schedules"),
            "SCHEDULES_QUEUE_ARN": parts.arn("Schedules"),
            "SCHEDULES_DLQ_ARN": queue.dead_letters.queue_arn,
            "SCHEDULE_GROUP": moments.group.schedule_group_name,
            "SCHEDULE_ROLE_ARN": moments.role.role_arn,
        },
        timeout=30,
        # Each moment plans the next one; a flow that is gone has none.
        recursive=True,
    )
    schedules.allow("sqs:SendMessage", on=[parts.arn("Starts"), parts.arn("Schedules")])
    schedules.allow("dynamodb:GetItem", on=[parts.data.workspaces.arn, parts.data.contacts.arn])
    schedules.allow("dynamodb:Query", on=[parts.data.contacts.arn])
    moments.let(schedules)
    queue.deliver_to(schedules)


def _contact_news(parts: Parts) -> None:
    data = parts.data
    news = parts.function(
        "ContactNews",
        "flow.contact_news.handler",
        {
            "WORKSPACES_TABLE": data.workspaces.name,
            "CONTACTS_TABLE": data.contacts.name,
            "STARTS_QUEUE_URL": parts.url("Starts"),
        },
        timeout=30,
        # Flows change contacts, and contacts start flows; conversations count how often.
        recursive=True,
    )
    news.allow("dynamodb:GetItem", on=[data.workspaces.arn, data.contacts.arn])
    news.allow("sqs:SendMessage", on=[parts.arn("Starts")])
    records = {"Keys": {"sk": {"S": [{"prefix": "C#"}]}}}
    follow(data.contacts, news, parts.alarms, window=0, only=[records])


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
            "CONTACTS_TABLE": data.contacts.name,
            "STARTS_QUEUE_URL": parts.url("Starts"),
            "SCHEDULES_QUEUE_URL": parts.url("Schedules"),
            "USAGE_TABLE": data.usage.name,
            "MEDIA_BUCKET": data.media.bucket_name,
            "KNOWLEDGE_TABLE": data.knowledge.name,
            "PRIVATE_HOSTS": parts.parameters.private_hosts,
            **_limits(parts),
        },
        timeout=29,
    )
    fed = ("Inbound", "Starts", "Schedules")
    api.allow("sqs:SendMessage", on=[parts.arn(name) for name in fed])
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
    # Who is to be started for, and what checks ask of.
    asked = ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query")
    role.allow(*asked, on=[data.contacts.arn])
    # Which knowledge bases there are that a flow may name.
    role.allow("dynamodb:Query", on=[data.knowledge.arn])
    # A file that somebody sends is looked at, if nobody has yet.
    role.allow_files("s3:GetObject", "s3:PutObject", "s3:DeleteObject", bucket=data.media)
    role.allow("dynamodb:PutItem", "dynamodb:UpdateItem", on=[data.usage.arn])
