"""Dead letters: every queue's are filed, shown to whom they are of, put back and dropped."""

from __future__ import annotations

import re

import aws_cdk as cdk
from aws_cdk import aws_sqs as sqs

from infra.components.http_api import FrontDoor
from infra.components.worker_queue import FILING_TIMEOUT, QueueSpec
from infra.contexts.parts import Parts

JOB_TIMEOUT = 40  # seconds
_NAME_IN_ARN = 5


def queues() -> dict[str, QueueSpec]:
    """By construct id."""
    return {
        # A run is short: what one that was killed has sent is sent again within the five minutes
        # in which SQS knows it for the same.
        "LetterJobs": QueueSpec(
            fifo=False,
            consumer_timeout=JOB_TIMEOUT,
            max_receives=5,
            oldest_alarm=900,
            batch_size=1,
        ),
    }


def add(parts: Parts, front: FrontDoor) -> None:
    _filer(parts)
    _jobs(parts)
    _api(parts, front)


def _filer(parts: Parts) -> None:
    data = parts.data
    dead = {name: queue.dead_letters for name, queue in parts.queues.items()}
    filer = parts.function(
        "LetterFiler",
        "letters.filer.handler",
        {
            "DEAD_LETTERS_TABLE": data.dead_letters.name,
            "DIRECTORY_TABLE": data.directory.name,
            "OVERFLOW_BUCKET": data.overflow.bucket_name,
            "DEAD_LETTER_QUEUES": parts.stack.to_json_string(
                {_own_name(queue): _in_words(name) for name, queue in dead.items()}
            ),
        },
        timeout=FILING_TIMEOUT,
    )
    filer.allow(
        "dynamodb:GetItem",
        "dynamodb:PutItem",
        "dynamodb:ConditionCheckItem",
        on=[data.dead_letters.arn],
    )
    filer.allow("dynamodb:GetItem", on=[data.directory.arn])
    filer.allow_prefix("s3:GetObject", bucket=data.overflow, prefix="overflow/")
    for queue in parts.queues.values():
        queue.file_dead_letters_with(filer)


def _jobs(parts: Parts) -> None:
    data = parts.data
    jobs = parts.function(
        "LetterJobsWorker",
        "letters.jobs.handler",
        {
            "DEAD_LETTERS_TABLE": data.dead_letters.name,
            "OVERFLOW_BUCKET": data.overflow.bucket_name,
            "LETTER_JOBS_QUEUE_URL": parts.url("LetterJobs"),
            "QUEUES": parts.stack.to_json_string(
                {_in_words(name): _own_name(one.queue) for name, one in parts.queues.items()}
            ),
        },
        timeout=JOB_TIMEOUT,
        # What a run has no time for is handed over to the next one.
        recursive=True,
    )
    jobs.allow(
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:ConditionCheckItem",
        on=[data.dead_letters.arn],
    )
    jobs.allow("sqs:SendMessage", on=[parts.arn(name) for name in parts.queues])
    jobs.allow_prefix("s3:PutObject", bucket=data.overflow, prefix="overflow/")
    parts.queues["LetterJobs"].deliver_to(jobs)


def _api(parts: Parts, front: FrontDoor) -> None:
    data = parts.data
    api, role = parts.api_function(
        front,
        "LettersApi",
        "letters.api.handler",
        {
            "DEAD_LETTERS_TABLE": data.dead_letters.name,
            "WORKSPACES_TABLE": data.workspaces.name,
            "LETTER_JOBS_QUEUE_URL": parts.url("LetterJobs"),
        },
    )
    role.allow(
        "dynamodb:GetItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        on=[data.dead_letters.arn],
    )
    # The audit log's entries, in the transaction of the order itself.
    role.allow("dynamodb:PutItem", on=[data.workspaces.arn])
    api.allow("sqs:SendMessage", on=[parts.arn("LetterJobs")])


def _in_words(construct_id: str) -> str:
    """What people and the store call a queue: "CampaignChunks" is "campaign_chunks"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", construct_id).lower()


def _own_name(queue: sqs.IQueue) -> str:
    """Made of the ARN, which other stacks export anyhow."""
    return cdk.Fn.select(_NAME_IN_ARN, cdk.Fn.split(":", queue.queue_arn))
