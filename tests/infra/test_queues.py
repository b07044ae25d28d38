"""Every queue has one consumer, a dead-letter queue of its kind, alarms that reach people, and a
redrive."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra.config import STAGES
from tests.templates import (
    ALARM,
    LAMBDA,
    QUEUE,
    Resources,
    own_functions,
    queue_sources,
    referred,
    resources,
)

MAX_RECEIVES = {
    "Outbound": 100,
    "Exports": 3,
    "Removals": 3,
    "Media": 12,
    "CampaignChunks": 50,
    "Questions": 3,
}
FILER = "letters.filer.handler"
COMMON_RECEIVES = 5
FOURTEEN_DAYS = 14 * 24 * 3600


def dead_letter_ids(queues: Resources) -> set[str]:
    return {
        referred(queue["Properties"]["RedrivePolicy"]["deadLetterTargetArn"])
        for queue in queues.values()
        if "RedrivePolicy" in queue["Properties"]
    }


def work_queues(stage: str) -> Resources:
    queues = resources(stage, QUEUE)
    dead = dead_letter_ids(queues)
    return {name: queue for name, queue in queues.items() if name not in dead}


def sources_by_queue(stage: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for properties in queue_sources(stage).values():
        found.setdefault(referred(properties["EventSourceArn"]), []).append(properties)
    return found


def alarms_on(stage: str, queue: str) -> set[str]:
    """Metrics of a queue that an alarm with an action watches."""
    return {
        alarm["Properties"]["MetricName"]
        for alarm in resources(stage, ALARM).values()
        if f'"{queue}"' in json.dumps(alarm["Properties"]["Dimensions"])
        and alarm["Properties"]["AlarmActions"]
    }


def test_the_queues_are_seen(stage: str) -> None:
    names = {name.partition("Queue")[0] for name in work_queues(stage)}
    assert {"Inbound", "Outbound", "Receipts", "Actions"} <= names


def test_each_queue_has_one_consumer_and_each_dead_letter_queue_the_filer(stage: str) -> None:
    sources, functions = sources_by_queue(stage), resources(stage, LAMBDA)
    assert sources.keys() == resources(stage, QUEUE).keys()
    assert all(len(of_queue) == 1 for of_queue in sources.values())
    dead = dead_letter_ids(resources(stage, QUEUE))
    for name, (source,) in sources.items():
        handler = functions[referred(source["FunctionName"])]["Properties"]["Handler"]
        assert (handler == FILER) == (name in dead)


def test_the_filer_knows_whose_letters_each_queue_holds_and_the_worker_where_they_go_back(
    stage: str,
) -> None:
    filer, jobs = (own_functions(stage)[f"letters.{name}.handler"] for name in ("filer", "jobs"))
    filed = json.dumps(filer["Environment"]["Variables"]["DEAD_LETTER_QUEUES"])
    back = json.dumps(jobs["Environment"]["Variables"]["QUEUES"])
    queues = resources(stage, QUEUE)
    for name in work_queues(stage):
        dead = referred(queues[name]["Properties"]["RedrivePolicy"]["deadLetterTargetArn"])
        assert dead in filed
        assert name in back


def test_whoever_consumes_a_queue_knows_which_receive_is_the_last(stage: str) -> None:
    functions = resources(stage, LAMBDA)
    for name, queue in work_queues(stage).items():
        (source,) = sources_by_queue(stage)[name]
        variables = functions[referred(source["FunctionName"])]["Properties"]["Environment"]
        last = queue["Properties"]["RedrivePolicy"]["maxReceiveCount"]
        assert variables["Variables"]["MAX_RECEIVES"] == str(last)


def test_last_words_are_all_that_a_consumer_may_write_among_the_letters(stage: str) -> None:
    writing = [
        statement
        for policy in resources(stage, "AWS::IAM::Policy").values()
        for statement in policy["Properties"]["PolicyDocument"]["Statement"]
        if "dynamodb:LeadingKeys" in json.dumps(statement.get("Condition", {}))
    ]
    assert len(writing) == len(work_queues(stage))
    for statement in writing:
        assert statement["Action"] == "dynamodb:PutItem"
        assert "DeadLettersTable" in json.dumps(statement["Resource"])
        assert statement["Condition"] == {
            "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["WORDS#*"]}
        }


def test_each_queue_gives_up_into_a_queue_of_its_kind_after_its_count(stage: str) -> None:
    queues = resources(stage, QUEUE)
    for name, queue in work_queues(stage).items():
        properties = queue["Properties"]
        dead = queues[referred(properties["RedrivePolicy"]["deadLetterTargetArn"])]["Properties"]
        assert dead.get("FifoQueue") == properties.get("FifoQueue")
        assert dead["MessageRetentionPeriod"] == FOURTEEN_DAYS
        expected = MAX_RECEIVES.get(name.partition("Queue")[0], COMMON_RECEIVES)
        assert properties["RedrivePolicy"]["maxReceiveCount"] == expected


def test_each_queue_is_watched_for_age_and_each_dead_letter_queue_for_content(stage: str) -> None:
    queues = resources(stage, QUEUE)
    for name in work_queues(stage):
        assert "ApproximateAgeOfOldestMessage" in alarms_on(stage, name)
    for name in dead_letter_ids(queues):
        # The filer takes them at once: none lies there long enough to be seen lying.
        assert "NumberOfMessagesReceived" in alarms_on(stage, name)


def test_lanes_are_high_throughput_fifo_without_guessing_duplicates_from_content(
    stage: str,
) -> None:
    fifo = {
        name: queue["Properties"]
        for name, queue in resources(stage, QUEUE).items()
        if name.startswith(("Inbound", "Outbound"))
    }
    assert len(fifo) == 4
    for properties in fifo.values():
        assert properties["FifoQueue"] is True
        assert properties["DeduplicationScope"] == "messageGroup"
        assert properties["FifoThroughputLimit"] == "perMessageGroupId"
        assert not properties.get("ContentBasedDeduplication", False)


@pytest.mark.parametrize(("of_stage", "factor"), [("dev", 6), ("prod", 6), ("local", 1)])
def test_a_message_stays_hidden_long_enough_for_its_consumer(of_stage: str, factor: int) -> None:
    functions = resources(of_stage, LAMBDA)
    for name, (source,) in sources_by_queue(of_stage).items():
        timeout = functions[referred(source["FunctionName"])]["Properties"]["Timeout"]
        window = source.get("MaximumBatchingWindowInSeconds", 0)
        visibility = resources(of_stage, QUEUE)[name]["Properties"]["VisibilityTimeout"]
        assert visibility >= factor * timeout + window


def reserved(stage: str) -> dict[str, int]:
    """Of functions that have some of the account's concurrency for themselves, by logical id."""
    return {
        name: function["Properties"]["ReservedConcurrentExecutions"]
        for name, function in resources(stage, LAMBDA).items()
        if "ReservedConcurrentExecutions" in function["Properties"]
    }


def test_what_a_function_has_reserved_is_what_its_queue_may_use_at_once(stage: str) -> None:
    """What is received and then throttled ends among the dead letters; what is reserved and never
    used is taken from everybody else."""
    kept = reserved(stage)
    for (source,) in sources_by_queue(stage).values():
        consumer = referred(source["FunctionName"])
        if consumer in kept:
            assert source["ScalingConfig"] == {"MaximumConcurrency": kept[consumer]}


def test_a_queue_never_takes_more_of_an_account_than_its_stage_has(stage: str) -> None:
    most = STAGES[stage].max_concurrency
    expected = {"MaximumConcurrency": most} if most else None
    for (source,) in sources_by_queue(stage).values():
        if referred(source["FunctionName"]) not in reserved(stage):
            assert source.get("ScalingConfig") == expected


@pytest.mark.parametrize(("of_stage", "expected"), [("local", []), ("dev", []), ("prod", [50])])
def test_only_a_stage_that_says_so_reserves_and_only_for_campaigns(
    of_stage: str, expected: list[int]
) -> None:
    kept = reserved(of_stage)
    senders = {
        name
        for name, function in resources(of_stage, LAMBDA).items()
        if function["Properties"]["Handler"] == "blast.deliver.handler"
    }
    assert list(kept.values()) == expected
    assert kept.keys() <= senders


def test_one_bad_message_does_not_fail_its_batch(stage: str) -> None:
    sources = queue_sources(stage)
    assert sources
    for source in sources.values():
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_queues_are_encrypted(stage: str) -> None:
    for queue in resources(stage, QUEUE).values():
        assert queue["Properties"]["SqsManagedSseEnabled"] is True


def test_queues_refuse_plain_http(deployed: str) -> None:
    refused = {
        referred(name)
        for policy in resources(deployed, "AWS::SQS::QueuePolicy").values()
        if "aws:SecureTransport" in json.dumps(policy)
        for name in policy["Properties"]["Queues"]
    }
    assert refused == resources(deployed, QUEUE).keys()
