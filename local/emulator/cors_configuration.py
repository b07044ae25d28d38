"""Two differences in how an HTTP API answers pages of another origin.

A CORS configuration that comes by CloudFormation keeps the template's capital letters, in which the
emulator does not find it again: every preflight is refused. And refusals by an authorizer go out
without CORS headers, so that a page cannot tell "sign in again" from a broken network; on AWS the
headers are the gateway's own and are on every answer.
"""

from __future__ import annotations

from typing import Any

from ministack.services import apigateway
from ministack.services.cloudformation import provisioners

_TYPE = "AWS::ApiGatewayV2::Api"
_CONFIGURATION = "CorsConfiguration"


def apply() -> None:
    _read_the_templates_names()
    _answer_refusals_with_headers()


def _read_the_templates_names() -> None:
    handler = provisioners._RESOURCE_HANDLERS[_TYPE]
    create = handler["create"]

    def create_with_service_names(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        cors = properties.get(_CONFIGURATION) or {}
        named = {name[0].lower() + name[1:]: value for name, value in cors.items()}
        return create(logical_id, {**properties, _CONFIGURATION: named}, stack)

    provisioners._RESOURCE_HANDLERS[_TYPE] = {**handler, "create": create_with_service_names}


def _answer_refusals_with_headers() -> None:
    execute = apigateway._handle_execute_in_scope

    async def execute_with_headers(
        api_id: str, stage: str, path: str, method: str, headers: dict[str, str], *more: Any
    ) -> Any:
        answer = await execute(api_id, stage, path, method, headers, *more)
        cors = (apigateway._apis.get(api_id) or {}).get("corsConfiguration")
        if cors and method != "OPTIONS":
            status, answered, body = answer
            origin = headers.get("origin", "")
            return status, {**answered, **apigateway._cors_response_headers(cors, origin)}, body
        return answer

    apigateway._handle_execute_in_scope = execute_with_headers
