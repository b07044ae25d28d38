"""Who may sign in to the dashboard: the user pool, its client and what goes into its tokens."""

from __future__ import annotations

import aws_cdk as cdk
from aws_cdk import aws_cognito as cognito
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.components.python_function import PythonFunction
from infra.components.retention import removal_policy
from infra.config import GoogleSignIn, Stage

GOOGLE = "Google"


class Identity(Construct):
    """People sign up with an e-mail address that they prove to own, or come from Google."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        pre_token: PythonFunction,
        post_confirmation: PythonFunction,
    ) -> None:
        super().__init__(scope, construct_id)
        self.pool = cognito.UserPool(
            self,
            "Pool",
            # Claims in access tokens need Essentials; the Lite plan writes ID tokens only.
            feature_plan=cognito.FeaturePlan.ESSENTIALS,
            sign_in_aliases=cognito.SignInAliases(email=True),
            sign_in_case_sensitive=False,
            self_sign_up_enabled=True,
            auto_verify=cognito.AutoVerifiedAttrs(email=True),
            # A new address counts once it is proven; until then the old one stays.
            keep_original=cognito.KeepOriginalAttrs(email=True),
            user_verification=cognito.UserVerificationConfig(
                email_subject="Kabar: {####}",
                email_body="Your code for Kabar is {####}. / Kode Kabar Anda adalah {####}.",
                email_style=cognito.VerificationEmailStyle.CODE,
            ),
            mfa=cognito.Mfa.OPTIONAL,
            mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False),
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
        self.pool.add_trigger(
            cognito.UserPoolOperation.POST_CONFIRMATION, post_confirmation.function
        )
        # Beside the role, not in it: the function is made before the pool that calls it.
        iam.Policy(
            self,
            "EndSessions",
            roles=[post_confirmation.role],
            statements=[
                iam.PolicyStatement(
                    actions=["cognito-idp:AdminUserGlobalSignOut"],
                    resources=[self.pool.user_pool_arn],
                )
            ],
        )
        google = self._google(stage.google) if stage.google else None
        self.client = self.pool.add_client(
            "Dashboard",
            generate_secret=False,
            auth_flows=cognito.AuthFlow(user_password=True, user_srp=True),
            disable_o_auth=google is None,
            o_auth=_code_grant(stage.google) if stage.google else None,
            supported_identity_providers=[
                cognito.UserPoolClientIdentityProvider.COGNITO,
                *([cognito.UserPoolClientIdentityProvider.GOOGLE] if google else []),
            ],
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            access_token_validity=cdk.Duration.hours(1),
            id_token_validity=cdk.Duration.hours(1),
            refresh_token_validity=cdk.Duration.days(30),
        )
        if google:
            self.client.node.add_dependency(google)
        acknowledge(
            self.pool,
            {
                "AwsSolutions-COG2": (
                    "Each person turns the second factor on for themselves; demanding it of all "
                    "is a workspace's decision, not the pool's."
                ),
                "AwsSolutions-COG8": (
                    "Threat protection is the Plus plan, at several times the price per person; "
                    "Essentials has what the tokens need."
                ),
            },
        )

    def _google(self, google: GoogleSignIn) -> cognito.UserPoolIdentityProviderGoogle:
        self.pool.add_domain(
            "Domain",
            cognito_domain=cognito.CognitoDomainOptions(domain_prefix=google.domain_prefix),
        )
        return cognito.UserPoolIdentityProviderGoogle(
            self,
            GOOGLE,
            user_pool=self.pool,
            client_id=google.client_id,
            client_secret_value=cdk.SecretValue.secrets_manager(google.secret_name),
            scopes=["openid", "email", "profile"],
            attribute_mapping=cognito.AttributeMapping(
                email=cognito.ProviderAttribute.GOOGLE_EMAIL,
                email_verified=cognito.ProviderAttribute.GOOGLE_EMAIL_VERIFIED,
                fullname=cognito.ProviderAttribute.GOOGLE_NAME,
            ),
        )


def hosted_sign_in(google: GoogleSignIn) -> str:
    """The address of the pool's own pages, without a slash at its end."""
    return f"https://{google.domain_prefix}.auth.{cdk.Aws.REGION}.amazoncognito.com"


def _code_grant(google: GoogleSignIn) -> cognito.OAuthSettings:
    return cognito.OAuthSettings(
        flows=cognito.OAuthFlows(authorization_code_grant=True),
        # The last one lets the page manage its own second factor.
        scopes=[
            cognito.OAuthScope.OPENID,
            cognito.OAuthScope.EMAIL,
            cognito.OAuthScope.COGNITO_ADMIN,
        ],
        callback_urls=list(google.callback_urls),
        logout_urls=list(google.callback_urls),
    )
