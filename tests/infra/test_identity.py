"""Google beside passwords: only where a stage names it, and never with its secret in a template."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

from infra.config import DEV, GoogleSignIn
from tests.templates import folder_of_this_run, resources

GOOGLE = GoogleSignIn(
    client_id="client.apps.googleusercontent.com",
    secret_name="kabar/google",
    domain_prefix="kabar-dev",
    callback_urls=("https://dashboard.invalid/signed-in",),
)
PROVIDER = "AWS::Cognito::UserPoolIdentityProvider"
DOMAIN = "AWS::Cognito::UserPoolDomain"


@cache
def data_resources() -> dict[str, Any]:
    """The data stack of a development stage with Google, with every check on."""
    import aws_cdk as cdk

    from infra.app import add_stacks, feature_flags, register_checks

    outdir = folder_of_this_run()
    app = cdk.App(
        context={**feature_flags(), "aws:cdk:bundling-stacks": []},
        outdir=str(outdir),
        analytics_reporting=False,
    )
    register_checks(app)
    add_stacks(app, replace(DEV, google=GOOGLE), None)
    app.synth()
    (path,) = outdir.glob("*-Data.template.json")
    found: dict[str, Any] = json.loads(path.read_text())["Resources"]
    return found


def of_type(resource_type: str) -> list[dict[str, Any]]:
    return [one["Properties"] for one in data_resources().values() if one["Type"] == resource_type]


def test_without_configuration_there_is_no_google_and_no_hosted_page(stage: str) -> None:
    assert resources(stage, PROVIDER) == {}
    assert resources(stage, DOMAIN) == {}


def test_google_proves_addresses_and_its_secret_stays_where_it_is() -> None:
    (provider,) = of_type(PROVIDER)
    assert provider["ProviderDetails"]["client_id"] == GOOGLE.client_id
    assert provider["ProviderDetails"]["client_secret"] == (
        "{{resolve:secretsmanager:kabar/google:SecretString:::}}"
    )
    assert provider["AttributeMapping"]["email_verified"] == "email_verified"
    assert len(of_type(DOMAIN)) == 1


def test_the_dashboard_takes_a_code_and_never_a_token_from_an_address() -> None:
    (client,) = of_type("AWS::Cognito::UserPoolClient")
    assert client["AllowedOAuthFlows"] == ["code"]
    assert client["CallbackURLs"] == list(GOOGLE.callback_urls)
    assert client["SupportedIdentityProviders"] == ["COGNITO", "Google"]
    assert client["GenerateSecret"] is False
