"""What the emulator leaves out when a person confirms: the address is proven from then on, and the
pool's post-confirmation trigger runs, after a sign-up and after a password reset.

As on AWS, a trigger that fails makes the call fail, though what was confirmed stays confirmed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ministack.core.responses import error_response_json
from ministack.services import cognito, lambda_svc

_TRIGGER = "PostConfirmation"
_Handler = Callable[[dict[str, Any]], Any]


def apply() -> None:
    cognito._confirm_sign_up = _followed_by(
        cognito._confirm_sign_up, "PostConfirmation_ConfirmSignUp"
    )
    cognito._confirm_forgot_password = _followed_by(
        cognito._confirm_forgot_password, "PostConfirmation_ConfirmForgotPassword"
    )


def _followed_by(confirm: _Handler, source: str) -> _Handler:
    def confirm_and_tell(data: dict[str, Any]) -> Any:
        answer = confirm(data)
        if answer[0] != 200:
            return answer
        pool, pool_id = cognito._pool_for_client(data["ClientId"])
        user, _ = cognito._resolve_user(pool, data["Username"])
        _prove_address(user)
        return _run_trigger(pool, pool_id, user, data["ClientId"], source) or answer

    return confirm_and_tell


def _prove_address(user: dict[str, Any]) -> None:
    attributes = cognito._attr_list_to_dict(user["Attributes"])
    if "email" in attributes:
        attributes["email_verified"] = "true"
        user["Attributes"] = cognito._dict_to_attr_list(attributes)


def _run_trigger(
    pool: dict[str, Any], pool_id: str, user: dict[str, Any], client_id: str, source: str
) -> Any:
    arn = (pool.get("LambdaConfig") or {}).get(_TRIGGER)
    if not arn:
        return None
    event = {
        "version": "1",
        "triggerSource": source,
        "region": cognito._pool_region(pool_id),
        "userPoolId": pool_id,
        "userName": user["Username"],
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": client_id},
        "request": {"userAttributes": cognito._attr_list_to_dict(user["Attributes"])},
        "response": {},
    }
    record, config, _name = lambda_svc._get_func_record_for_ref(arn)
    execution = lambda_svc._execution_record_for_config(record, config)
    result = lambda_svc._execute_function_with_config_scope(execution, event)
    if isinstance(result, dict) and result.get("error"):
        reason = f"{_TRIGGER} failed with error {json.dumps(result.get('body'), default=str)}."
        return error_response_json("UserLambdaValidationException", reason, 400)
    return None
