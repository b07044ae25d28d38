"""Cognito's post-confirmation trigger: a password that was reset ends the sessions that began with
the old one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from shared.aws import client
from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.settings import load
from shared.store.directory import Directory

RESET: Final = "PostConfirmation_ConfirmForgotPassword"


@dataclass(frozen=True, slots=True)
class Settings:
    directory_table: str


@dataclass(frozen=True, slots=True)
class PostConfirmation:
    directory: Directory
    cognito: Any
    clock: Clock = now_ms

    def run(self, event: JsonObject) -> None:
        """Nothing to do after a sign-up."""
        if event["triggerSource"] != RESET:
            return
        self.directory.end_sessions(event["request"]["userAttributes"]["sub"], self.clock())
        self.cognito.admin_user_global_sign_out(
            UserPoolId=event["userPoolId"], Username=event["userName"]
        )


@lru_cache(maxsize=1)
def _post_confirmation() -> PostConfirmation:
    directory = Directory(load(Settings).directory_table, client("dynamodb"))
    return PostConfirmation(directory, client("cognito-idp"))


def handler(event: JsonObject, context: object) -> JsonObject:  # noqa: ARG001
    _post_confirmation().run(event)
    return event
