"""One-time schedules that send to one queue, and the role that may do nothing else."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.components.python_function import PythonFunction
from infra.components.worker_queue import WorkerQueue


class QueueSchedules(Construct):
    """`group` is the schedules' own. What cannot be delivered goes to the queue's dead letters."""

    def __init__(self, scope: Construct, construct_id: str, *, to: WorkerQueue) -> None:
        super().__init__(scope, construct_id)
        self._queue = to.queue
        self._name = f"{cdk.Stack.of(self).stack_name}-{construct_id}"
        self.group = scheduler.ScheduleGroup(
            self,
            "Group",
            schedule_group_name=self._name,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        # Only schedules of this group: the service must not act for anybody else's.
        self.role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal(
                "scheduler.amazonaws.com",
                conditions={
                    "StringEquals": {
                        "aws:SourceAccount": cdk.Aws.ACCOUNT_ID,
                        "aws:SourceArn": self.group.schedule_group_arn,
                    }
                },
            ),
        )
        self.role.add_to_principal_policy(
            iam.PolicyStatement(
                actions=["sqs:SendMessage"],
                resources=[to.queue.queue_arn, to.dead_letters.queue_arn],
            )
        )

    def every(self, construct_id: str, expression: str) -> None:
        """Send an empty message as often as the expression says."""
        scheduler.CfnSchedule(
            self,
            construct_id,
            group_name=self.group.schedule_group_name,
            schedule_expression=expression,
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(mode="OFF"),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=self._queue.queue_arn, role_arn=self.role.role_arn, input="{}"
            ),
        )

    def let(self, function: PythonFunction) -> None:
        """The function may make schedules in the group, with the role."""
        place = cdk.Stack.of(self).format_arn(
            service="scheduler", resource="schedule", resource_name=f"{self._name}/*"
        )
        function.allow("scheduler:CreateSchedule", on=[place])
        function.allow("iam:PassRole", on=[self.role.role_arn])
        # The finding names the resource as the template writes it.
        shown = (
            f"arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule/{self._name}/*"
        )
        acknowledge(
            function.role,
            {
                f"AwsSolutions-IAM5[Resource::{shown}]": (
                    "Schedules are named at run time: one action, in their own group only."
                )
            },
        )
