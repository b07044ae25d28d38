"""Addresses chosen at deploy time, so that a template is the same on every machine and port."""

from __future__ import annotations

import aws_cdk as cdk
from constructs import Construct


class AppParameters:
    """Parameters belong to the stack itself: their logical ids are their names."""

    def __init__(self, stack: Construct) -> None:
        self.graph_api_url = cdk.CfnParameter(
            stack,
            "GraphApiUrl",
            default="https://graph.facebook.com",
            description="Base address of Meta's Graph API",
        ).value_as_string
        self.dashboard_origin = cdk.CfnParameter(
            stack,
            "DashboardOrigin",
            default="*",
            description="Origin that may call the API; any may, because tokens are no cookies",
        ).value_as_string
        self.dashboard_url = cdk.CfnParameter(
            stack,
            "DashboardUrl",
            default="",
            description="Where the dashboard is, for the links in mail",
        ).value_as_string
        self.private_hosts = cdk.CfnParameter(
            stack,
            "PrivateHosts",
            default="",
            description=(
                "What flows and webhooks may call although it is not on the public internet, "
                "as host:port with spaces between"
            ),
        ).value_as_string
        override = cdk.CfnParameter(
            stack,
            "CognitoUrl",
            default="",
            description="Base address of the user pools' keys; empty means Cognito in this Region",
        )
        given = cdk.CfnCondition(
            stack,
            "CognitoUrlGiven",
            expression=cdk.Fn.condition_not(cdk.Fn.condition_equals(override.value_as_string, "")),
        )
        self.cognito_url = cdk.Fn.condition_if(
            given.logical_id, override.value_as_string, cognito_address()
        ).to_string()


def linked_phones_address(stack: Construct) -> str:
    """Where phones are linked, for a stage whose service runs outside of its stacks."""
    return cdk.CfnParameter(
        stack,
        "BaileysUrl",
        default="",
        description="Base address of the service that links phones",
    ).value_as_string


def cognito_address() -> str:
    """Cognito in the stack's own Region; every token names it as the issuer."""
    return f"https://cognito-idp.{cdk.Aws.REGION}.{cdk.Aws.URL_SUFFIX}"
