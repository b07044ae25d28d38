"""How functions run: runtime, logs, recursion, layers, alarms."""

from __future__ import annotations

import json
import re

import pytest

from tests.templates import (
    ALARM,
    LAMBDA,
    LOG_GROUP,
    SOURCE,
    own_functions,
    referred,
    resources,
    templates,
)

READING_KNOWLEDGE = {
    "rag.preparing.handler",
    "rag.ingest.handler",
    "rag.answer.handler",
    "rag.evaluate.handler",
    "rag.api.handler",
}
"""What carries the libraries for documents and the collection."""
SIZES = {
    "gateway.webhook.handler": (10, 512),
    "gateway.own_app_webhook.handler": (10, 512),
    "gateway.linked_webhook.handler": (10, 512),
    "gateway.linked_receipts.handler": (30, 512),
    "channels.api.handler": (29, 512),
    "flow.worker.handler": (10, 512),
    "gateway.sender.handler": (30, 512),
    "gateway.receipts.handler": (30, 512),
    "gateway.account_events.handler": (30, 512),
    "channels.template_syncs.handler": (120, 512),
    "gateway.media.handler": (120, 1024),
    "flow.actions.handler": (60, 512),
    "flow.starting.handler": (10, 512),
    "flow.timers.handler": (10, 512),
    "flow.schedules.handler": (30, 512),
    "flow.contact_news.handler": (30, 512),
    "flow.api.handler": (29, 512),
    "gateway.api.handler": (29, 512),
    "hooks.api.handler": (10, 512),
    "hooks.fan_out.handler": (30, 512),
    "hooks.watching.handler": (30, 512),
    "hooks.watching_records.handler": (30, 512),
    "hooks.watching_campaigns.handler": (30, 512),
    "hooks.deliver.handler": (60, 512),
    "contacts.api.handler": (20, 1769),
    "blast.api.handler": (20, 1024),
    "blast.deliver.handler": (60, 1024),
    "blast.pacer.handler": (60, 1024),
    "blast.jobs.handler": (900, 1769),
    "letters.api.handler": (10, 512),
    "letters.filer.handler": (30, 512),
    "letters.jobs.handler": (40, 512),
    "contacts.changes.handler": (20, 512),
    "contacts.jobs.handler": (120, 1769),
    "rag.api.handler": (29, 1024),
    "rag.answer.handler": (90, 1024),
    "rag.evaluate.handler": (180, 1024),
    "rag.ingest.handler": (180, 2048),
    "rag.preparing.handler": (600, 512),
    "rag.forgetting.handler": (30, 512),
    "account.api.handler": (10, 512),
    "front.signpost.handler": (10, 512),
    "account.authorizer.handler": (10, 512),
    "account.metering.handler": (60, 512),
    "account.set_plan.handler": (10, 512),
    "account.eraser.handler": (300, 512),
    "account.exporter.handler": (900, 1024),
    "account.remover.handler": (900, 512),
    "account.pre_token.handler": (5, 256),
    "account.post_confirmation.handler": (5, 256),
}


def test_timeouts_and_memory_are_as_meant(stage: str) -> None:
    found = {
        handler: (props["Timeout"], props["MemorySize"])
        for handler, props in own_functions(stage).items()
    }
    assert found == SIZES


def test_every_stack_has_room_to_grow(stage: str) -> None:
    """CloudFormation takes 500 resources in a stack."""
    assert {name for name, one in templates(stage).items() if len(one["Resources"]) > 450} == set()


def test_functions_run_python_313_on_arm64(deployed: str) -> None:
    for function in own_functions(deployed).values():
        assert function["Runtime"] == "python3.13"
        assert function["Architectures"] == ["arm64"]


def test_only_what_is_part_of_a_counted_loop_may_recurse(stage: str) -> None:
    allowed = {
        handler
        for handler, props in own_functions(stage).items()
        if props.get("RecursiveLoop") == "Allow"
    }
    assert allowed == {
        "flow.worker.handler",
        "flow.actions.handler",
        "flow.timers.handler",
        "flow.schedules.handler",
        "flow.contact_news.handler",
        "hooks.deliver.handler",
        "flow.starting.handler",
        "contacts.changes.handler",
        "contacts.jobs.handler",
        "rag.ingest.handler",
        "blast.pacer.handler",
        "blast.jobs.handler",
        "letters.jobs.handler",
        "rag.answer.handler",
        "rag.evaluate.handler",
        "channels.template_syncs.handler",
        "gateway.linked_receipts.handler",
    }


def test_every_function_writes_to_a_log_group_that_forgets(stage: str) -> None:
    groups = resources(stage, LOG_GROUP)
    functions = resources(stage, LAMBDA)
    assert functions
    for function in functions.values():
        group = groups[referred(function["Properties"]["LoggingConfig"]["LogGroup"])]
        assert group["Properties"]["RetentionInDays"] > 0


def test_every_function_carries_dependencies_and_shared_of_its_own_stack(stage: str) -> None:
    for handler, props in own_functions(stage).items():
        names = [re.sub("[0-9A-F]{8}$", "", referred(layer)) for layer in props["Layers"]]
        more = ["LayersKnowledge"] if handler in READING_KNOWLEDGE else []
        assert names == ["LayersDependencies", *more, "LayersShared"]


def test_every_function_knows_its_service_and_log_level(stage: str) -> None:
    services = []
    for props in own_functions(stage).values():
        variables = props["Environment"]["Variables"]
        services.append(variables["POWERTOOLS_SERVICE_NAME"])
        assert variables["LOG_LEVEL"] == "INFO"
    assert len(set(services)) == len(SIZES)


def test_errors_of_every_function_alarm(stage: str) -> None:
    watched = [
        json.dumps(alarm["Properties"]["Dimensions"])
        for alarm in resources(stage, ALARM).values()
        if alarm["Properties"]["MetricName"] == "Errors"
    ]
    names = [
        name
        for name, function in resources(stage, LAMBDA).items()
        if function["Properties"]["Handler"] in SIZES
    ]
    assert len(names) == len(SIZES)
    for name in names:
        assert any(name in dimensions for dimensions in watched)


def test_every_alarm_reaches_the_encrypted_topic(stage: str) -> None:
    (topic_id,) = resources(stage, "AWS::SNS::Topic")
    topic = resources(stage, "AWS::SNS::Topic")[topic_id]
    assert "KmsMasterKeyId" in topic["Properties"]
    for alarm in resources(stage, ALARM).values():
        assert [referred(action) for action in alarm["Properties"]["AlarmActions"]] == [topic_id]


def test_alarms_may_publish_to_the_topic_and_use_its_key(stage: str) -> None:
    app = templates(stage)["App"]["Resources"].values()
    speaking = [
        json.dumps(resource["Properties"])
        for resource in app
        if resource["Type"] in ("AWS::SNS::TopicPolicy", "AWS::KMS::Key")
    ]
    assert len(speaking) == 2
    assert all("cloudwatch.amazonaws.com" in text for text in speaking)


@pytest.mark.parametrize("variable", ["GRAPH_API_VERSION", "UNSETTLED_WINDOW_SECONDS"])
def test_the_sender_is_told_how_to_talk_to_meta(stage: str, variable: str) -> None:
    variables = own_functions(stage)["gateway.sender.handler"]["Environment"]["Variables"]
    assert variables[variable]
    assert variables["GRAPH_API_URL"] == {"Ref": "GraphApiUrl"}


@pytest.mark.parametrize(
    ("table", "expected", "filters"),
    [
        ("Conversations", {"Metering", "Watching"}, 2),
        ("Contacts", {"ContactNews"}, 1),
        ("Workspaces", {"WatchingRecords"}, 2),
    ],
)
def test_who_follows_a_table_does_from_the_first_and_tells_when_it_is_late(
    stage: str, table: str, expected: set[str], filters: int
) -> None:
    sources = [
        source["Properties"]
        for source in resources(stage, SOURCE).values()
        if f"{table}Table" in json.dumps(source["Properties"]["EventSourceArn"])
    ]
    followers = {referred(source["FunctionName"]).partition("Function")[0] for source in sources}
    assert followers == expected
    for source in sources:
        assert source["StartingPosition"] == "TRIM_HORIZON"
        assert "MaximumRetryAttempts" not in source
        assert len(source["FilterCriteria"]["Filters"]) == filters
    late = [
        alarm["Properties"]
        for alarm in resources(stage, ALARM).values()
        if alarm["Properties"].get("MetricName") == "IteratorAge"
    ]
    watched = {json.dumps(alarm["Dimensions"]) for alarm in late}
    for name in expected:
        assert any(f"{name}Function" in dimensions for dimensions in watched)
    assert {alarm["Threshold"] for alarm in late} == {3_600_000}
    assert all(alarm["AlarmActions"] for alarm in late)
