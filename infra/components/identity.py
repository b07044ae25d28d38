"""Who may sign in to the dashboard: the user pool, its client and what goes into its tokens."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.components.python_function import PythonFunction
from infra.components.retention import removal_policy
from infra.config import Stage


class Identity(Construct):
    """People sign in with their e-mail address; workspaces invite them."""

    def __init__(
        self, scope: Construct, construct_id: str, *, stage: Stage, pre_token: PythonFunction
    ) -> None:
        super().__init__(scope, construct_id)
        self.pool = cognito.UserPool(
            self,
            "Pool",
            # Claims in access tokens need Essentials; the Lite plan writes ID tokens only.
            feature_plan=cognito.FeaturePlan.ESSENTIALS,
            sign_in_aliases=cognito.SignInAliases(email=True),
            sign_in_case_sensitive=False,
            self_sign_up_enabled=False,
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            password_policy=cognito.PasswordPolicy(
                min_length=12,
                require_lowercase=True,
                require_uppercase=True,
                require_digits=True,
                require_symbols=True,
            ),
            deletion_protection=stage.retained,
            removal_policy=removal_policy(stage),
        )
        self.pool.add_trigger(
            cognito.UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG,
            pre_token.function,
            cognito.LambdaVersion.V2_0,
        )
        self.client = self.pool.add_client(
            "Dashboard",
            generate_secret=False,
            auth_flows=cognito.AuthFlow(user_password=True, user_srp=True),
            disable_o_auth=True,
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            access_token_validity=cdk.Duration.hours(1),
            id_token_validity=cdk.Duration.hours(1),
            refresh_token_validity=cdk.Duration.days(30),
        )
        acknowledge(
            self.pool,
            {
                "AwsSolutions-COG2": "The dashboard's sign-in has no second-factor step yet.",
                "AwsSolutions-COG8": (
                    "Threat protection is the Plus plan, at several times the price per person; "
                    "sign-up is closed and Essentials has what the tokens need."
                ),
            },
        )
