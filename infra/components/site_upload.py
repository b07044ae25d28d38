"""Copies the built dashboard and its addresses into the bucket at deploy time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import aws_cdk as cdk
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_s3_deployment as deployment
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.components.retention import log_group
from infra.config import Stage

PROVIDER_ID: Final = "Custom::CDKBucketDeployment"
UPLOADER: Final = "The uploader is CDK's own function and runs only while a stack is deployed."
UPLOADER_REASONS: Final = {
    "AwsSolutions-L1": f"{UPLOADER} CDK chooses its runtime.",
    "Serverless-LambdaLatestVersion": f"{UPLOADER} CDK chooses its runtime.",
    "Serverless-LambdaDLQ": f"{UPLOADER} CloudFormation reports its failure and rolls back.",
    "Serverless-LambdaTracing": f"{UPLOADER} There is nothing to trace between deployments.",
}


class SiteUpload(Construct):
    """Grants are our own: CDK's would be wildcards on actions."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        folder: Path,
        config: Mapping[str, str],
        bucket: s3.IBucket,
        distribution: cloudfront.Distribution,
    ) -> None:
        """`config` becomes config.json; its values may be known only at deploy time."""
        super().__init__(scope, construct_id)
        logs = log_group(self, "Logs", stage)
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        logs.grant_write(role)
        self._allow(role, bucket, distribution)
        upload = deployment.BucketDeployment(
            self,
            "Files",
            sources=[
                deployment.Source.asset(str(folder)),
                deployment.Source.json_data("config.json", dict(config)),
            ],
            destination_bucket=bucket,
            distribution=distribution,
            distribution_paths=["/*"],
            # A page that is open during a deployment still finds the files it was built with.
            prune=False,
            memory_limit=512,
            log_group=logs,
            role=role.without_policy_updates(),
        )
        upload.node.add_dependency(role)
        for child in cdk.Stack.of(self).node.children:
            if child.node.id.startswith(PROVIDER_ID):
                acknowledge(child, UPLOADER_REASONS)

    def _allow(
        self, role: iam.Role, bucket: s3.IBucket, distribution: cloudfront.Distribution
    ) -> None:
        stack = cdk.Stack.of(self)
        assets = cdk.Fn.sub(
            "arn:${AWS::Partition}:s3:::cdk-"
            f"{cdk.DefaultStackSynthesizer.DEFAULT_QUALIFIER}"
            "-assets-${AWS::AccountId}-${AWS::Region}/*"
        )
        grants = {
            assets: ["s3:GetObject"],
            bucket.bucket_arn: ["s3:ListBucket"],
            bucket.arn_for_objects("*"): ["s3:PutObject", "s3:AbortMultipartUpload"],
            distribution.distribution_arn: [
                "cloudfront:CreateInvalidation",
                "cloudfront:GetInvalidation",
            ],
        }
        for resource, actions in grants.items():
            role.add_to_policy(iam.PolicyStatement(actions=actions, resources=[resource]))
        name = stack.get_logical_id(bucket.node.default_child)  # type: ignore[arg-type]
        acknowledge(
            role,
            {
                f"AwsSolutions-IAM5[Resource::<{name}.Arn>/*]": (
                    "Uploads the files of the build, whatever they are called: write actions "
                    "on this one bucket."
                ),
                "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-"
                "<AWS::AccountId>-<AWS::Region>/*]": (
                    "Reads the archive that CDK staged for this deployment; its name is a hash."
                ),
            },
        )
