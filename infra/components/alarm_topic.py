"""Where every alarm goes: one encrypted topic that operators subscribe to."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.config import Stage

CLOUDWATCH = "cloudwatch.amazonaws.com"


class AlarmTopic(Construct):
    """The topic of a stage: alarms of every stack may publish to it."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage) -> None:
        super().__init__(scope, construct_id)
        # Alarms cannot publish through the AWS-managed key of SNS: its policy does not let them.
        key = kms.Key(
            self, "Key", enable_key_rotation=True, removal_policy=cdk.RemovalPolicy.DESTROY
        )
        key.add_to_resource_policy(
            self._for_alarms(["kms:Decrypt", "kms:GenerateDataKey"], resources=["*"])
        )
        self.topic = sns.Topic(self, "Topic", master_key=key, enforce_ssl=stage.enforce_tls)
        # An explicit policy replaces the default one, which is what lets alarms publish.
        self.topic.add_to_resource_policy(
            self._for_alarms(["sns:Publish"], resources=[self.topic.topic_arn])
        )

    def _for_alarms(self, allowed: list[str], resources: list[str]) -> iam.PolicyStatement:
        return iam.PolicyStatement(
            principals=[iam.ServicePrincipal(CLOUDWATCH)],
            actions=allowed,
            resources=resources,
            conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}},
        )


class Alarms(Construct):
    """Makes alarms in its stack and sends them to a topic, which may be another stack's."""

    def __init__(self, scope: Construct, construct_id: str, *, topic: sns.ITopic) -> None:
        super().__init__(scope, construct_id)
        self._topic = topic

    def on_errors(self, construct_id: str, function: lambda_.IFunction) -> None:
        """Alarm when an invocation fails."""
        self._alarm(
            construct_id,
            function.metric_errors(period=cdk.Duration.minutes(5), statistic="Sum"),
            threshold=1,
        )

    def on_dead_letters(self, construct_id: str, queue: sqs.IQueue) -> None:
        """Alarm when anything is taken from a dead-letter queue to be filed, or taken in vain.

        What SQS itself lays there does not count as sent, and is filed too soon to be seen lying.
        """
        self._alarm(
            construct_id,
            queue.metric_number_of_messages_received(
                period=cdk.Duration.minutes(5), statistic="Sum"
            ),
            threshold=1,
        )

    def on_waiting(self, construct_id: str, queue: sqs.IQueue, seconds: int) -> None:
        """Alarm when the oldest message has waited this long."""
        self._alarm(
            construct_id,
            queue.metric_approximate_age_of_oldest_message(
                period=cdk.Duration.minutes(1), statistic="Maximum"
            ),
            threshold=seconds,
        )

    def on_metric(self, construct_id: str, metric: cloudwatch.Metric, threshold: float) -> None:
        """Alarm when any other metric reaches a threshold."""
        self._alarm(construct_id, metric, threshold)

    def _alarm(self, construct_id: str, metric: cloudwatch.Metric, threshold: float) -> None:
        alarm = cloudwatch.Alarm(
            self,
            construct_id,
            metric=metric,
            threshold=threshold,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
        )
        alarm.add_alarm_action(actions.SnsAction(self._topic))
