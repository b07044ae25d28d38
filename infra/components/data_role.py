"""The role under which a function of the API reaches tenants' data.

The function has no such rights itself. It assumes this role for one tenant at a time, under a
session policy that is bound to the tenant's leading keys (see `shared.tenant_session`).
"""

from __future__ import annotations

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.components.python_function import PythonFunction


class DataRole(Construct):
    """One per function, so that each may do exactly what its routes need."""

    def __init__(self, scope: Construct, construct_id: str, *, of: PythonFunction) -> None:
        super().__init__(scope, construct_id)
        self.role = iam.Role(self, "Role", assumed_by=iam.ArnPrincipal(of.role.role_arn))
        of.allow("sts:AssumeRole", on=[self.role.role_arn])
        of.function.add_environment("DATA_ROLE_ARN", self.role.role_arn)

    def allow(self, *actions: str, on: Sequence[str]) -> None:
        """At most these actions on exactly these ARNs; a session narrows them to one tenant."""
        self.role.add_to_principal_policy(
            iam.PolicyStatement(actions=list(actions), resources=list(on))
        )

    def allow_files(self, *actions: str, bucket: s3.IBucket) -> None:
        """At most these actions on the files of tenants; a session narrows them to one's own."""
        owner = cdk.Stack.of(bucket)
        imported = owner.export_value(bucket.bucket_arn)
        self.allow(*actions, on=[f"{imported}/*"])
        export = owner.resolve(imported)["Fn::ImportValue"]
        reason = "Tenants come at run time: the session policy names the one tenant's prefix."
        acknowledge(self.role, {f"AwsSolutions-IAM5[Resource::{export}/*]": reason})
