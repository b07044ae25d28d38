"""A function that is told what changes in a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_lambda as lambda_

from infra.acknowledge import acknowledge
from infra.components.alarm_topic import Alarms
from infra.components.python_function import PythonFunction
from infra.components.tenant_table import TenantTable

_TOLD_TOGETHER = 1000
_LATE_MS = 3_600_000


def follow(
    table: TenantTable,
    function: PythonFunction,
    alarms: Alarms,
    *,
    window: int,
    only: Sequence[dict[str, Any]],
    events: Sequence[str] = (),
) -> None:
    """Let a function follow a table; `window` in seconds, `only` patterns of a record's `dynamodb`;
    `events` are INSERT, MODIFY or REMOVE, all of them when empty.

    A batch that fails comes again until it succeeds or is a day old: an alarm tells long before.
    """
    stream_arn = table.table.table_stream_arn
    assert stream_arn is not None
    function.allow(
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        on=[stream_arn],
    )
    source = lambda_.EventSourceMapping(
        function,
        "Stream",
        target=function.function,
        event_source_arn=stream_arn,
        starting_position=lambda_.StartingPosition.TRIM_HORIZON,
        batch_size=_TOLD_TOGETHER,
        max_batching_window=cdk.Duration.seconds(window),
        filters=[
            lambda_.FilterCriteria.filter(
                {"dynamodb": pattern, **({"eventName": list(events)} if events else {})}
            )
            for pattern in only
        ],
    )
    source.node.add_dependency(function.role)
    acknowledge(
        source,
        {
            "Serverless-LambdaEventSourceMappingDestination": (
                "Nothing is given up before the stream itself forgets it; an alarm on its age "
                "tells hours before."
            )
        },
    )
    alarms.on_metric(
        f"{function.node.id}Late",
        cloudwatch.Metric(
            namespace="AWS/Lambda",
            metric_name="IteratorAge",
            dimensions_map={"FunctionName": function.function.function_name},
            period=cdk.Duration.minutes(5),
            statistic="Maximum",
        ),
        threshold=_LATE_MS,
    )
