"""Addresses chosen at deploy time, so that a template is the same on every machine and port."""

from __future__ import annotations

from functools import cached_property

import aws_cdk as cdk
from constructs import Construct


class AppParameters:
    """A stack declares those that it uses, under the same names in each."""

    def __init__(self, stack: Construct) -> None:
        self._stack = stack

    @cached_property
    def graph_api_url(self) -> str:
        return self._parameter(
            "GraphApiUrl", "Base address of Meta's Graph API", "https://graph.facebook.com"
        )

    @cached_property
    def dashboard_origin(self) -> str:
        return self._parameter(
            "DashboardOrigin",
            "Origin that may call the API; any may, because tokens are no cookies",
            "*",
        )

    @cached_property
    def dashboard_url(self) -> str:
        return self._parameter("DashboardUrl", "Where the dashboard is, for the links in mail")

    @cached_property
    def private_hosts(self) -> str:
        return self._parameter(
            "PrivateHosts",
            "What flows and webhooks may call although it is not on the public internet, "
            "as host:port with spaces between",
        )

    @cached_property
    def linked_phones_url(self) -> str:
        """For a stage whose service runs outside of its stacks."""
        return self._parameter("BaileysUrl", "Base address of the service that links phones")

    @cached_property
    def bedrock_url(self) -> str:
        return self._parameter(
            "BedrockUrl", "Base address of Bedrock's runtimes; empty means AWS's own"
        )

    @cached_property
    def collection_url(self) -> str:
        """For a stage whose collection is outside of its stacks."""
        return self._parameter("CollectionUrl", "Base address of the vector collection")

    @cached_property
    def cognito_url(self) -> str:
        override = self._parameter(
            "CognitoUrl",
            "Base address of the user pools' keys; empty means Cognito in this Region",
        )
        given = cdk.CfnCondition(
            self._stack,
            "CognitoUrlGiven",
            expression=cdk.Fn.condition_not(cdk.Fn.condition_equals(override, "")),
        )
        return cdk.Fn.condition_if(given.logical_id, override, cognito_address()).to_string()

    def _parameter(self, name: str, description: str, default: str = "") -> str:
        """It belongs to the stack itself: its logical id is its name."""
        return cdk.CfnParameter(
            self._stack, name, default=default, description=description
        ).value_as_string


def cognito_address() -> str:
    """Cognito in the stack's own Region; every token names it as the issuer."""
    return f"https://cognito-idp.{cdk.Aws.REGION}.{cdk.Aws.URL_SUFFIX}"
