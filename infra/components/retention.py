"""What outlives a stack, and for how long."""

from __future__ import annotations

from typing import Final

import aws_cdk as cdk
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.config import LOG_RETENTIONS_DAYS, Stage

RETENTIONS: Final = dict(
    zip(
        LOG_RETENTIONS_DAYS,
        (
            logs.RetentionDays.ONE_DAY,
            logs.RetentionDays.ONE_WEEK,
            logs.RetentionDays.TWO_WEEKS,
            logs.RetentionDays.ONE_MONTH,
            logs.RetentionDays.THREE_MONTHS,
            logs.RetentionDays.ONE_YEAR,
        ),
        strict=True,
    )
)


def removal_policy(stage: Stage) -> cdk.RemovalPolicy:
    """What deleting a stack does to its data."""
    return cdk.RemovalPolicy.RETAIN if stage.retained else cdk.RemovalPolicy.DESTROY


def log_group(scope: Construct, construct_id: str, stage: Stage) -> logs.LogGroup:
    """A log group that forgets after the stage's retention."""
    return logs.LogGroup(
        scope,
        construct_id,
        retention=RETENTIONS[stage.log_retention_days],
        removal_policy=removal_policy(stage),
    )
