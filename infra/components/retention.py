"""What outlives a stack, and for how long."""

from __future__ import annotations

from typing import Final

import aws_cdk as cdk
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra.config import Stage

RETENTIONS: Final = {
    1: logs.RetentionDays.ONE_DAY,
    7: logs.RetentionDays.ONE_WEEK,
    14: logs.RetentionDays.TWO_WEEKS,
    30: logs.RetentionDays.ONE_MONTH,
    90: logs.RetentionDays.THREE_MONTHS,
    365: logs.RetentionDays.ONE_YEAR,
}


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
