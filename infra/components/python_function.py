"""A Lambda function with its own log group and a role that can do nothing else yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import aws_cdk as cdk
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.bundling import ARCHITECTURE, RUNTIME, context_code
from infra.components.layers import Layers
from infra.components.retention import log_group
from infra.config import Stage

FUNCTION_REASONS = {
    "AwsSolutions-L1": (
        "Python 3.13 is the version the locked wheels and their bytecode are built for; "
        "Lambda supports it until 2029."
    ),
    "Serverless-LambdaLatestVersion": (
        "Python 3.13 is the version the locked wheels and their bytecode are built for; "
        "Lambda supports it until 2029."
    ),
    "Serverless-LambdaDLQ": (
        "Nothing invokes it asynchronously: callers wait for the answer, and a queue that "
        "feeds it has a dead-letter queue of its own."
    ),
}
NETWORK_ACTIONS = (
    "ec2:CreateNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeSubnets",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
)
ROLE_REASONS = {
    "AwsSolutions-IAM5[Resource::*]": "X-Ray has no resources to name: its two write actions only."
}


class PythonFunction(Construct):
    """`handler` is `<context>.<module>.<callable>`; the context's folder is what is packed."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        layers: Layers,
        handler: str,
        environment: Mapping[str, str],
        timeout: int,
        memory: int = 512,
        recursive: bool = False,
        libraries: lambda_.ILayerVersion | None = None,
        reserved: int | None = None,
    ) -> None:
        """`timeout` in seconds, `memory` in MB; `recursive` lets it be part of a queue loop;
        `libraries` are beside those of every function; `reserved` is how many may run at once, and
        are kept free for it: its queue must hand over no more (`WorkerQueue.deliver_to`)."""
        super().__init__(scope, construct_id)
        context, module, _ = handler.split(".")
        logs = log_group(self, "Logs", stage)
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        logs.grant_write(self.role)
        self.timeout = timeout
        self.reserved = reserved
        self.function = lambda_.Function(
            self,
            "Function",
            runtime=RUNTIME,
            architecture=ARCHITECTURE,
            handler=handler,
            code=context_code(context),
            layers=[*layers.all, *([libraries] if libraries else [])],
            role=self.role,
            timeout=cdk.Duration.seconds(timeout),
            memory_size=memory,
            log_group=logs,
            logging_format=lambda_.LoggingFormat.JSON,
            tracing=lambda_.Tracing.ACTIVE,
            reserved_concurrent_executions=reserved,
            recursive_loop=lambda_.RecursiveLoop.ALLOW if recursive else None,
            environment={
                "POWERTOOLS_SERVICE_NAME": f"{context}-{module}".replace("_", "-"),
                "LOG_LEVEL": stage.log_level,
                **environment,
            },
        )
        acknowledge(self.function, FUNCTION_REASONS)
        acknowledge(self.role, ROLE_REASONS)

    def allow(self, *actions: str, on: Sequence[str], keys: Sequence[str] = ()) -> None:
        """Grant exactly these actions on exactly these ARNs; of tables, on the items whose leading
        keys fit the patterns `keys` only."""
        bound = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": list(keys)}}
        self.role.add_to_principal_policy(
            iam.PolicyStatement(
                actions=list(actions), resources=list(on), conditions=bound if keys else None
            )
        )

    def join(self, vpc: ec2.IVpc, group: ec2.ISecurityGroup) -> None:
        """Run in the private subnets of a network, as a member of a security group."""
        function = cast(lambda_.CfnFunction, self.function.node.default_child)
        subnets = vpc.select_subnets(subnet_type=ec2.SubnetType.PRIVATE_WITH_EGRESS)
        function.vpc_config = lambda_.CfnFunction.VpcConfigProperty(
            security_group_ids=[group.security_group_id], subnet_ids=subnets.subnet_ids
        )
        self.role.add_to_principal_policy(
            iam.PolicyStatement(actions=list(NETWORK_ACTIONS), resources=["*"])
        )
        acknowledge(
            self.role,
            {
                "AwsSolutions-IAM5[Resource::*]": (
                    "X-Ray's and a network interface's actions have no resources to name."
                )
            },
        )

    def allow_prefix(self, action: str, *, bucket: s3.IBucket, prefix: str) -> None:
        """Grant one action on the objects below a prefix of another stack's bucket."""
        allow_below(self.role, action, bucket=bucket, prefix=prefix)


def allow_below(role: iam.Role, action: str, *, bucket: s3.IBucket, prefix: str) -> None:
    """Grant a role one action on the objects below a prefix of another stack's bucket."""
    owner = cdk.Stack.of(bucket)
    imported = owner.export_value(bucket.bucket_arn)
    place = f"{imported}/{prefix}*"
    role.add_to_principal_policy(iam.PolicyStatement(actions=[action], resources=[place]))
    # The finding names the resource as the template writes it: by its export.
    export = owner.resolve(imported)["Fn::ImportValue"]
    acknowledge(
        role,
        {
            f"AwsSolutions-IAM5[Resource::{export}/{prefix}*]": (
                f"Object names are made at run time: one action, below {prefix or 'it'} only."
            )
        },
    )
