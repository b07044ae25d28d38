"""Somebody in front of the dashboard: signs up and in, reads mail, calls the API."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from local.stack import LocalStack
from shared.json_types import JsonObject

_CODE = re.compile(r"\b\d{6}\b")
_TOKEN = re.compile(r"/invite\?token=(\S+)")
_PATIENCE_SECONDS = 60.0


def some_address(name: str) -> str:
    return f"{name}-{uuid.uuid4().hex[:8]}@kabar.test"


def some_password() -> str:
    return f"Kabar-{uuid.uuid4().hex}-1"


@dataclass
class Visitor:
    """`token` and `refresh_token` are those of the newest sign-in."""

    stack: LocalStack
    email: str
    password: str = field(default_factory=some_password)
    token: str = ""
    refresh_token: str = ""

    @property
    def _cognito(self) -> Any:
        return self.stack.aws("cognito-idp")

    @property
    def _client_id(self) -> str:
        return self.stack.outputs["UserPoolClientId"]

    def sign_up(self) -> None:
        self._cognito.sign_up(
            ClientId=self._client_id,
            Username=self.email,
            Password=self.password,
            UserAttributes=[{"Name": "email", "Value": self.email}],
        )

    def confirm(self) -> None:
        self._cognito.confirm_sign_up(
            ClientId=self._client_id, Username=self.email, ConfirmationCode=self.mailed_code()
        )

    def sign_in(self) -> JsonObject:
        """Cognito's answer: tokens, or a challenge."""
        answer: JsonObject = self._cognito.initiate_auth(
            ClientId=self._client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": self.email, "PASSWORD": self.password},
        )
        self._keep(answer)
        return answer

    def answer_second_factor(self, challenge: JsonObject, code: str) -> None:
        answer = self._cognito.respond_to_auth_challenge(
            ClientId=self._client_id,
            ChallengeName=challenge["ChallengeName"],
            Session=challenge["Session"],
            ChallengeResponses={"USERNAME": self.email, "SOFTWARE_TOKEN_MFA_CODE": code},
        )
        self._keep(answer)

    def refresh(self) -> None:
        answer = self._cognito.initiate_auth(
            ClientId=self._client_id,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={"REFRESH_TOKEN": self.refresh_token},
        )
        self.token = str(answer["AuthenticationResult"]["AccessToken"])

    def enrol_second_factor(self) -> str:
        """The secret, shared with the authenticator."""
        cognito = self._cognito
        secret = str(cognito.associate_software_token(AccessToken=self.token)["SecretCode"])
        cognito.verify_software_token(AccessToken=self.token, UserCode=one_time_code(secret))
        cognito.set_user_mfa_preference(
            AccessToken=self.token,
            SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True},
        )
        return secret

    def ask_for_reset(self) -> None:
        self._cognito.forgot_password(ClientId=self._client_id, Username=self.email)

    def reset(self) -> None:
        """With the code from the mail, to a new password."""
        self.password = some_password()
        self._cognito.confirm_forgot_password(
            ClientId=self._client_id,
            Username=self.email,
            ConfirmationCode=self.mailed_code(),
            Password=self.password,
        )

    def mails(self) -> list[JsonObject]:
        """What the outbox holds for this address, newest first."""
        answer = httpx.get(
            f"{self.stack.addresses.dashboard_url}/outbox.json", trust_env=False, timeout=10
        )
        return [mail for mail in answer.json()["items"] if mail["to"] == self.email]

    def mailed_code(self) -> str:
        found = _CODE.search(self.mails()[0]["text"])
        assert found is not None
        return found[0]

    def mailed_invitation(self) -> str:
        """The token in the newest letter's link."""
        found = _TOKEN.search(self.mails()[0]["text"])
        assert found is not None
        return found[1]

    def call(self, method: str, path: str, body: JsonObject | None = None, **headers: str) -> Any:
        """The API's answer, an httpx.Response."""
        return call(self.stack, self.token, method, path, body, **headers)

    def ok(self, method: str, path: str, body: JsonObject | None = None, **headers: str) -> Any:
        """The decoded body of an answer that must be a good one."""
        answer = self.call(method, path, body, **headers)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def _keep(self, answer: JsonObject) -> None:
        tokens = answer.get("AuthenticationResult") or {}
        self.token = str(tokens.get("AccessToken", ""))
        self.refresh_token = str(tokens.get("RefreshToken", ""))


def call(
    stack: LocalStack,
    credential: str,
    method: str,
    path: str,
    body: JsonObject | None = None,
    **headers: str,
) -> httpx.Response:
    return httpx.request(
        method,
        f"{stack.addresses.api_url}/v1/{path}",
        json=body,
        headers={
            "Authorization": f"Bearer {credential}",
            **{name.replace("_", "-"): text for name, text in headers.items()},
        },
        trust_env=False,
        timeout=_PATIENCE_SECONDS,
    )


def one_time_code(secret: str) -> str:
    """RFC 6238: what an authenticator shows now."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
