"""The dashboard."""

from __future__ import annotations

from pathlib import Path

import aws_cdk as cdk
from constructs import Construct

from infra.components.app_parameters import cognito_address
from infra.components.identity import hosted_sign_in
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
        media = f"https://{data.media.bucket_regional_domain_name}"
        hosted = [hosted_sign_in(stage.google)] if stage.google else []
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
                **({"hostedSignInUrl": hosted[0]} if hosted else {}),
            },
            connect_to=[
                app.front.url,
                cognito_address(),
                *hosted,
                f"https://{data.files.bucket_regional_domain_name}",
                media,
            ],
            show_from=[media],
        )
        cdk.CfnOutput(self, "DashboardUrl", value=site.url)
        cdk.CfnOutput(self, "DashboardBucketName", value=site.bucket.bucket_name)
