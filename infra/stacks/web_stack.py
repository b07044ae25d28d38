"""The dashboard."""

from __future__ import annotations

from pathlib import Path

import aws_cdk as cdk
from constructs import Construct

from infra.components.app_parameters import cognito_address
from infra.components.static_site import StaticSite
from infra.config import Stage
from infra.stacks.app_stack import AppStack
from infra.stacks.data_stack import DataStack


class WebStack(cdk.Stack):
    """Serves a built folder and tells it where the API and the sign-in are."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        data: DataStack,
        app: AppStack,
        folder: Path,
    ) -> None:
        super().__init__(scope, construct_id, description=f"Kabar {stage.name}: the dashboard")
        site = StaticSite(
            self,
            "Site",
            stage=stage,
            folder=folder,
            config={
                "apiUrl": app.front.url,
                "cognitoUrl": cognito_address(),
                "userPoolClientId": data.identity.client.user_pool_client_id,
                "region": cdk.Aws.REGION,
            },
            connect_to=[app.front.url, cognito_address()],
        )
        cdk.CfnOutput(self, "DashboardUrl", value=site.url)
        cdk.CfnOutput(self, "DashboardBucketName", value=site.bucket.bucket_name)
