"""Contacts: their API, and the worker that applies what others want changed in them."""

from __future__ import annotations

from infra.components.http_api import FrontDoor
from infra.components.worker_queue import QueueSpec
from infra.contexts.parts import Parts


def queues() -> dict[str, QueueSpec]:
    """By construct id."""
    return {
        "Contacts": QueueSpec(fifo=True, consumer_timeout=20, max_receives=5, oldest_alarm=300),
        # A large import hands over all its parts at once.
        "ContactJobs": QueueSpec(
            fifo=False, consumer_timeout=120, max_receives=5, oldest_alarm=3600, batch_size=1
        ),
    }


def add(parts: Parts, front: FrontDoor) -> None:
    _changes(parts)
    _jobs(parts)
    _api(parts, front)


def _changes(parts: Parts) -> None:
    data = parts.data
    changes = parts.function(
        "ContactChanges",
        "contacts.changes.handler",
        {
            "CONTACTS_TABLE": data.contacts.name,
            "CONTACTS_QUEUE_URL": parts.url("Contacts"),
            "INBOUND_QUEUE_URL": parts.url("Inbound"),
        },
        timeout=20,
        # Conversations tell of their contacts and are told of them; what they are told, they do
        # not tell again.
        recursive=True,
    )
    changes.allow(
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        on=[data.contacts.arn],
    )
    changes.allow("sqs:SendMessage", on=[parts.arn("Inbound")])
    parts.queues["Contacts"].deliver_to(changes)


def _jobs(parts: Parts) -> None:
    data = parts.data
    jobs = parts.function(
        "ContactJobsWorker",
        "contacts.jobs.handler",
        {
            "CONTACTS_TABLE": data.contacts.name,
            "CONTACTS_QUEUE_URL": parts.url("Contacts"),
            "CONTACT_JOBS_QUEUE_URL": parts.url("ContactJobs"),
            "FILES_BUCKET": data.files.bucket_name,
        },
        timeout=120,
        memory=1769,  # one whole processor
        # Cutting a file hands over its parts, and the last part hands over the report.
        recursive=True,
    )
    jobs.allow(
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:BatchWriteItem",
        on=[data.contacts.arn],
    )
    jobs.allow("sqs:SendMessage", on=[parts.arn("Contacts"), parts.arn("ContactJobs")])
    for action in ("s3:GetObject", "s3:PutObject"):
        jobs.allow_prefix(action, bucket=data.files, prefix="")
    parts.queues["ContactJobs"].deliver_to(jobs)


def _api(parts: Parts, front: FrontDoor) -> None:
    data = parts.data
    api, role = parts.api_function(
        front,
        "ContactsApi",
        "contacts.api.handler",
        {
            "CONTACTS_TABLE": data.contacts.name,
            "WORKSPACES_TABLE": data.workspaces.name,
            "CONTACTS_QUEUE_URL": parts.url("Contacts"),
            "CONTACT_JOBS_QUEUE_URL": parts.url("ContactJobs"),
            "FILES_BUCKET": data.files.bucket_name,
        },
        timeout=20,
        memory=1769,  # one whole processor: it reads very many contacts when it counts
    )
    role.allow(
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        on=[data.contacts.arn],
    )
    # The audit log's entries, in the transaction of the change itself; where numbers are at home.
    role.allow("dynamodb:PutItem", "dynamodb:GetItem", on=[data.workspaces.arn])
    role.allow_files("s3:GetObject", "s3:PutObject", bucket=data.files)
    api.allow("sqs:SendMessage", on=[parts.arn("Contacts"), parts.arn("ContactJobs")])
