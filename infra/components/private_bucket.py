"""A bucket that nobody outside the account reads, with its accesses logged."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.acknowledge import acknowledge_plain_http
from infra.components.retention import removal_policy
from infra.config import Stage

ACCESS_LOGS_KEPT = cdk.Duration.days(90)


class PrivateBucket(Construct):
    """Without `access_logs` it is the bucket that takes the logs of others."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        expires: cdk.Duration | None = None,
        access_logs: s3.IBucket | None = None,
    ) -> None:
        super().__init__(scope, construct_id)
        rules = [s3.LifecycleRule(abort_incomplete_multipart_upload_after=cdk.Duration.days(1))]
        if expires:
            rules.append(s3.LifecycleRule(expiration=expires))
        self.bucket = s3.Bucket(
            self,
            "Bucket",
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=stage.enforce_tls,
            lifecycle_rules=rules,
            server_access_logs_bucket=access_logs,
            server_access_logs_prefix=f"{construct_id.lower()}/" if access_logs else None,
            removal_policy=removal_policy(stage),
        )
        if not stage.enforce_tls:
            acknowledge_plain_http(self.bucket, "AwsSolutions-S10")
