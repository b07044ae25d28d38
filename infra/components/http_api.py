"""The front door: an HTTP API with throttling, access logs and an authorizer for people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import cast

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_cloudwatch as cloudwatch
from constructs import Construct

from infra.acknowledge import acknowledge
from infra.components.python_function import PythonFunction
from infra.components.retention import log_group
from infra.config import Stage

# No query strings, headers or identities: verify tokens and people stay out of the log.
ACCESS_LOG_FIELDS = {
    "requestId": "$context.requestId",
    "route": "$context.routeKey",
    "status": "$context.status",
    "bytes": "$context.responseLength",
    "latencyMs": "$context.responseLatency",
    "integrationError": "$context.integrationErrorMessage",
    "authorizerError": "$context.authorizer.error",
}
# What a page may read of an answer; the id is what it shows when something went wrong.
SHOWN_HEADERS = (
    "apigw-requestid",
    "etag",
    "idempotency-replayed",
    "ratelimit-limit",
    "ratelimit-remaining",
    "ratelimit-reset",
    "retry-after",
)


class FrontDoor(Construct):
    """Routes are private unless they are opened with a reason."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        authorizer: PythonFunction,
        origins: Sequence[str],
    ) -> None:
        super().__init__(scope, construct_id)
        self.api = apigateway.HttpApi(
            self,
            "Api",
            create_default_stage=False,
            cors_preflight=apigateway.CorsPreflightOptions(
                allow_origins=list(origins),
                allow_methods=[
                    apigateway.CorsHttpMethod.GET,
                    apigateway.CorsHttpMethod.POST,
                    apigateway.CorsHttpMethod.PUT,
                    apigateway.CorsHttpMethod.PATCH,
                    apigateway.CorsHttpMethod.DELETE,
                ],
                allow_headers=["authorization", "content-type", "idempotency-key", "if-match"],
                expose_headers=list(SHOWN_HEADERS),
                max_age=cdk.Duration.hours(1),
            ),
        )
        front = apigateway.HttpStage(
            self,
            "Stage",
            http_api=self.api,
            stage_name="$default",
            auto_deploy=True,
            throttle=apigateway.ThrottleSettings(
                rate_limit=stage.requests_per_second, burst_limit=stage.request_burst
            ),
        )
        # The L2 takes settings only as a class that implements an interface; this is one property.
        cast(
            apigateway.CfnStage, front.node.default_child
        ).access_log_settings = apigateway.CfnStage.AccessLogSettingsProperty(
            destination_arn=log_group(self, "AccessLogs", stage).log_group_arn,
            format=json.dumps(ACCESS_LOG_FIELDS),
        )
        self._integrations: dict[str, integrations.HttpLambdaIntegration] = {}
        self._authorizer = authorizers.HttpLambdaAuthorizer(
            "Authorizer",
            authorizer.function,
            response_types=[authorizers.HttpLambdaResponseType.SIMPLE],
            identity_source=["$request.header.Authorization"],
            results_cache_ttl=cdk.Duration.seconds(stage.authorizer_cache),
        )

    @property
    def url(self) -> str:
        """The base address, without a slash at the end."""
        return self.api.api_endpoint

    def private(self, routes: Sequence[str], function: PythonFunction) -> None:
        """Routes such as "GET /v1/me" that need a token or an API key."""
        self._add(routes, function, self._authorizer)

    def open(self, routes: Sequence[str], function: PythonFunction, reason: str) -> None:
        """Anyone may call these; the reason says what protects them instead."""
        for route in self._add(routes, function, None):
            acknowledge(route, {"AwsSolutions-APIG4": reason})

    def server_errors(self) -> cloudwatch.Metric:
        """Answers of 500 and above in five minutes."""
        return self.api.metric_server_error(period=cdk.Duration.minutes(5), statistic="Sum")

    def _add(
        self,
        routes: Sequence[str],
        function: PythonFunction,
        authorizer: authorizers.HttpLambdaAuthorizer | None,
    ) -> list[apigateway.HttpRoute]:
        """In the stack of the function that answers: a stack has room for 500 resources."""
        integration = self._integration(function)
        added = []
        for route in routes:
            method, path = route.split()
            added.append(
                apigateway.HttpRoute(
                    function,
                    route,
                    http_api=self.api,
                    route_key=apigateway.HttpRouteKey.with_(path, apigateway.HttpMethod(method)),
                    integration=integration,
                    authorizer=authorizer,
                )
            )
        return added

    def _integration(self, function: PythonFunction) -> integrations.HttpLambdaIntegration:
        """One per function, with one permission: a function's policy has room for some fifty."""
        name = f"To{function.node.id}"
        if name not in self._integrations:
            self._integrations[name] = integrations.HttpLambdaIntegration(
                name,
                function.function,
                payload_format_version=apigateway.PayloadFormatVersion.VERSION_2_0,
                scope_permission_to_route=False,
            )
        return self._integrations[name]
