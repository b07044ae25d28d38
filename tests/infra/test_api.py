"""The front door: which routes are open, and what limits and records them."""

from __future__ import annotations

import json
from typing import Any

from infra import api_routes
from tests.templates import own_functions, referred, resources, templates

OPEN = {
    "GET /webhook",
    "POST /webhook",
    "GET /webhook/{channel_id}",
    "POST /webhook/{channel_id}",
    "POST /webhook/linked/{channel_id}",
    *api_routes.DESCRIPTION,
}
PRIVATE = {key for routes in api_routes.BY_HANDLER.values() for key in routes} | {*api_routes.REST}


def only(stage: str, resource_type: str) -> dict[str, Any]:
    (resource,) = resources(stage, resource_type).values()
    properties: dict[str, Any] = resource["Properties"]
    return properties


def test_only_the_webhook_and_the_description_are_open(stage: str) -> None:
    routes = [
        route["Properties"] for route in resources(stage, "AWS::ApiGatewayV2::Route").values()
    ]
    authorized = {r["RouteKey"] for r in routes if r["AuthorizationType"] == "CUSTOM"}
    unauthorized = {r["RouteKey"] for r in routes if r["AuthorizationType"] == "NONE"}
    assert authorized == PRIVATE
    assert unauthorized == OPEN


def test_the_authorizer_answers_simply_and_by_the_authorization_header(stage: str) -> None:
    authorizer = only(stage, "AWS::ApiGatewayV2::Authorizer")
    assert authorizer["AuthorizerType"] == "REQUEST"
    assert authorizer["AuthorizerPayloadFormatVersion"] == "2.0"
    assert authorizer["EnableSimpleResponses"] is True
    assert authorizer["IdentitySource"] == ["$request.header.Authorization"]
    expected = 0 if stage == "local" else 60
    assert authorizer["AuthorizerResultTtlInSeconds"] == expected


def test_functions_get_the_payload_whose_bytes_can_be_verified(stage: str) -> None:
    for integration in resources(stage, "AWS::ApiGatewayV2::Integration").values():
        assert integration["Properties"]["PayloadFormatVersion"] == "2.0"


def test_the_api_is_throttled(stage: str) -> None:
    settings = only(stage, "AWS::ApiGatewayV2::Stage")["DefaultRouteSettings"]
    assert settings["ThrottlingRateLimit"] > 0
    assert settings["ThrottlingBurstLimit"] >= settings["ThrottlingRateLimit"]


def test_the_access_log_holds_nothing_that_is_secret(stage: str) -> None:
    settings = only(stage, "AWS::ApiGatewayV2::Stage")["AccessLogSettings"]
    assert referred(settings["DestinationArn"])
    logged = json.loads(settings["Format"])
    assert logged["requestId"] == "$context.requestId"
    text = settings["Format"].lower()
    assert not any(word in text for word in ("querystring", "header", "identity", "claims"))


def test_the_browser_may_call_from_the_dashboards_origin(stage: str) -> None:
    cors = only(stage, "AWS::ApiGatewayV2::Api")["CorsConfiguration"]
    assert cors["AllowOrigins"] == [{"Ref": "DashboardOrigin"}]
    assert {"authorization", "content-type", "if-match", "idempotency-key"} <= set(
        cors["AllowHeaders"]
    )
    assert {"apigw-requestid", "etag", "ratelimit-remaining"} <= set(cors["ExposeHeaders"])
    assert not cors.get("AllowCredentials", False)


def test_parameters_have_the_defaults_of_a_real_account(stage: str) -> None:
    parameters = templates(stage)["App"]["Parameters"]
    defaults = {
        name: parameter["Default"]
        for name, parameter in parameters.items()
        if name != "BootstrapVersion"
    }
    assert defaults.pop("BaileysUrl", None) == ("" if stage == "local" else None)
    assert defaults == {
        "GraphApiUrl": "https://graph.facebook.com",
        "CognitoUrl": "",
        "DashboardOrigin": "*",
        "DashboardUrl": "",
        "PrivateHosts": "",
    }


def test_keys_may_come_from_elsewhere_and_the_issuer_may_not(stage: str) -> None:
    variables = own_functions(stage)["account.authorizer.handler"]["Environment"]["Variables"]
    assert "CognitoUrl" in json.dumps(variables["JWKS_URL"])
    assert json.dumps(variables["JWKS_URL"]).count("/.well-known/jwks.json") == 1
    assert "CognitoUrl" not in json.dumps(variables["TOKEN_ISSUER"])
    assert "https://cognito-idp." in json.dumps(variables["TOKEN_ISSUER"])


def test_outputs_that_programs_read_are_there(stage: str) -> None:
    outputs = templates(stage)["App"]["Outputs"]
    assert {"ApiUrl", "WebhookUrl"} <= outputs.keys()
    assert "/webhook" in json.dumps(outputs["WebhookUrl"]["Value"])
