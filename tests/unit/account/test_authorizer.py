"""Who may call the API: genuine access tokens of our pool, known API keys, nobody else."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from account import authorizer as module
from account.authorizer import Authorizer, NotAllowedError, Settings
from shared.clock import now_ms
from shared.json_types import JsonObject
from shared.store.directory import Directory
from tests.fakes import FakeClock

ISSUER = "https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_ours"
CLIENT = "client-of-ours"
OURS = rsa.generate_private_key(public_exponent=65537, key_size=2048)
THEIRS = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def now() -> int:
    """The library judges by the real clock, however long ago this file was read."""
    return now_ms() // 1000


def claims(**changed: Any) -> dict[str, Any]:
    made = {
        "sub": "user-1",
        "iss": ISSUER,
        "client_id": CLIENT,
        "token_use": "access",
        "exp": now() + 600,
        "iat": now(),
        "auth_time": now(),
        "email": "ana@kabar.test",
    } | changed
    return {name: value for name, value in made.items() if value is not None}


def token(key: Any = OURS, algorithm: str = "RS256", **changed: Any) -> str:
    return jwt.encode(claims(**changed), key, algorithm=algorithm, headers={"kid": "1"})


@pytest.fixture
def authorizer(dynamodb: Any) -> Authorizer:
    """With the pool's one key; a token whose kid is not there is refused as PyJWT refuses it."""

    def signing_key(text: str) -> Any:
        if jwt.get_unverified_header(text).get("kid") != "1":
            raise jwt.PyJWKClientError("no such key")
        return OURS.public_key()

    settings = Settings("directory", "http://jwks", ISSUER, CLIENT)
    return Authorizer(settings, Directory("directory", dynamodb), signing_key, FakeClock())


def test_a_genuine_token_names_the_caller(authorizer: Authorizer) -> None:
    expected = {
        "workspace_id": "",
        "role": "",
        "permissions": "",
        "user_id": "user-1",
        "email": "ana@kabar.test",
        "key_id": "",
    }
    assert authorizer.context(f"Bearer {token()}") == expected
    assert authorizer.context(f"bearer {token()}") == expected
    assert authorizer.context(f"Bearer {token(email=None)}")["email"] == ""


WRONG: dict[str, Callable[[], str]] = {
    "expired": lambda: token(exp=now() - 1),
    "without expiry": lambda: token(exp=None),
    "not yet valid": lambda: token(nbf=now() + 600),
    "other issuer": lambda: token(iss=ISSUER + "x"),
    "without issuer": lambda: token(iss=None),
    "without the session's beginning": lambda: token(auth_time=None),
    "without subject": lambda: token(sub=None),
    "other client": lambda: token(client_id="theirs"),
    "without client": lambda: token(client_id=None),
    "audience for client": lambda: token(client_id=None, aud=CLIENT),
    "id token": lambda: token(token_use="id", aud=CLIENT),
    "refresh token": lambda: token(token_use=None),
    "other pool's key": lambda: token(THEIRS),
    "unknown key": lambda: jwt.encode(claims(), OURS, "RS256", headers={"kid": "2"}),
    "without key id": lambda: jwt.encode(claims(), OURS, "RS256"),
    "alg none": lambda: jwt.encode(claims(), None, "none", headers={"kid": "1"}),  # type: ignore[arg-type]
    "alg None, signed": lambda: forged({"alg": "None", "kid": "1"}, b"x"),
    "other RSA": lambda: token(algorithm="RS512"),
    "signature cut": lambda: token().rpartition(".")[0] + ".",
    "garbage": lambda: "garbage",
    "empty parts": lambda: "..",
    "not ASCII": lambda: "é.é.é",
    "a list": lambda: forged(["alg"], b"x"),
}


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def forged(header: Any, signature: bytes) -> str:
    parts = (json.dumps(header).encode(), json.dumps(claims()).encode(), signature)
    return ".".join(b64(part) for part in parts)


def hs256_with_public_key() -> str:
    """The public key taken for a shared secret, as libraries once could be made to."""
    pem = OURS.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    signed = forged({"alg": "HS256", "kid": "1", "typ": "JWT"}, b"").rpartition(".")[0]
    return f"{signed}.{b64(hmac.digest(pem, signed.encode(), 'sha256'))}"


def with_other_claims() -> str:
    header, _, signature = token().split(".")
    return f"{header}.{b64(json.dumps(claims(workspace_id='ws_b')).encode())}.{signature}"


WRONG |= {"HS256 with the public key": hs256_with_public_key, "claims changed": with_other_claims}


@pytest.mark.parametrize("kind", WRONG)
def test_any_other_token_is_refused(kind: str, authorizer: Authorizer) -> None:
    with pytest.raises(NotAllowedError):
        authorizer.context(f"Bearer {WRONG[kind]()}")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "kabar_x", "Token x y"])
def test_a_header_of_another_form_is_refused(header: str, authorizer: Authorizer) -> None:
    with pytest.raises(NotAllowedError):
        authorizer.context(header)


@pytest.mark.parametrize("key", ["kabar_", "kabar_good2", "kabar_good ", "KABAR_good", "kabar_é"])
def test_an_unknown_key_is_refused(key: str, authorizer: Authorizer) -> None:
    with pytest.raises(NotAllowedError):
        authorizer.context(f"Bearer {key}")


def test_the_handler_answers_simply(
    authorizer: Authorizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_authorizer", lambda: authorizer)
    good = module.handler({"headers": {"authorization": f"Bearer {token()}"}}, None)
    assert good["isAuthorized"] is True
    assert good["context"]["user_id"] == "user-1"
    refused: list[JsonObject] = [{}, {"headers": None}, {"headers": {}}]
    for event in (*refused, {"headers": {"authorization": "x"}}):
        assert module.handler(event, None) == {"isAuthorized": False}
