"""Makes the demo workspace in a freshly deployed stack, through the product's own repositories."""

from __future__ import annotations

import hashlib
import json
import secrets
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from local import demo
from local.addresses import DemoUser
from local.deploy import Clients

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEY_LIFETIME_SECONDS = 365 * 24 * 3600
_OWNER = "owner"


@dataclass(frozen=True)
class Seeded:
    """What only the seeding knows; `api_key` in the clear, as it is stored nowhere."""

    demo_user: DemoUser
    api_key: str


@dataclass(frozen=True)
class MetaSecrets:
    """What the stand-in for Meta and the stack must agree on."""

    app_secret: str
    access_token: str
    verify_token: str

    @classmethod
    def generate(cls) -> MetaSecrets:
        return cls(
            app_secret=secrets.token_hex(16),
            access_token=f"EAA{secrets.token_hex(24)}",
            verify_token=secrets.token_hex(16),
        )


def seed(clients: Clients, outputs: Mapping[str, str], meta: MetaSecrets) -> Seeded:
    """`outputs` are those of the data stack."""
    _find_product_code()
    user = DemoUser(demo.USER_EMAIL, f"Kabar-{secrets.token_urlsafe(9)}-1")
    _make_workspace(clients, outputs)
    _connect_number(clients, outputs, meta.access_token)
    _add_person(clients, outputs, user)
    _set_meta_secret(clients, outputs["MetaSecretArn"], meta)
    return Seeded(demo_user=user, api_key=_make_api_key(clients, outputs))


def _find_product_code() -> None:
    """`layers` is an import root on Lambda and in tests, and so here."""
    layers = str(Path(__file__).resolve().parent.parent / "layers")
    if layers not in sys.path:
        sys.path.insert(0, layers)


def _set_meta_secret(clients: Clients, secret_arn: str, meta: MetaSecrets) -> None:
    value = {"app_secrets": [meta.app_secret], "verify_token": meta.verify_token}
    clients("secretsmanager").put_secret_value(SecretId=secret_arn, SecretString=json.dumps(value))


def _make_workspace(clients: Clients, outputs: Mapping[str, str]) -> None:
    from shared.store.workspaces import Workspace, Workspaces
    from shared.tenancy import Tenant

    workspaces = Workspaces(
        Tenant(demo.WORKSPACE_ID), outputs["WorkspacesTableName"], clients("dynamodb")
    )
    workspaces.put(Workspace(demo.WORKSPACE_NAME))
    workspaces.publish_flow(demo.FLOW_ID, demo.flow())


def _connect_number(clients: Clients, outputs: Mapping[str, str], access_token: str) -> None:
    from shared.sealed import Sealer
    from shared.store.directory import Directory, Number
    from shared.tenancy import Tenant

    sealer = Sealer(clients("kms"), outputs["SecretsKeyArn"])
    Directory(outputs["DirectoryTableName"], clients("dynamodb")).put_number(
        Number(
            phone_number_id=demo.PHONE_NUMBER_ID,
            tenant_id=demo.WORKSPACE_ID,
            display_phone_number=demo.DISPLAY_PHONE_NUMBER,
            name=demo.WORKSPACE_NAME,
            flow_id=demo.FLOW_ID,
            sealed_token=sealer.seal(Tenant(demo.WORKSPACE_ID), access_token),
        )
    )


def _add_person(clients: Clients, outputs: Mapping[str, str], user: DemoUser) -> None:
    from shared.store.directory import Directory, Membership

    cognito, pool = clients("cognito-idp"), outputs["UserPoolId"]
    created = cognito.admin_create_user(
        UserPoolId=pool,
        Username=user.email,
        UserAttributes=[
            {"Name": "email", "Value": user.email},
            {"Name": "email_verified", "Value": "true"},
        ],
        MessageAction="SUPPRESS",
    )
    cognito.admin_set_user_password(
        UserPoolId=pool, Username=user.email, Password=user.password, Permanent=True
    )
    attributes = {item["Name"]: item["Value"] for item in created["User"]["Attributes"]}
    Directory(outputs["DirectoryTableName"], clients("dynamodb")).put_membership(
        Membership(user_id=attributes["sub"], tenant_id=demo.WORKSPACE_ID, role=_OWNER)
    )


def _make_api_key(clients: Clients, outputs: Mapping[str, str]) -> str:
    from shared.store.directory import ApiKey, Directory

    key = f"kabar_{secrets.token_urlsafe(24)}"
    Directory(outputs["DirectoryTableName"], clients("dynamodb")).put_api_key(
        ApiKey(
            key_hash=hashlib.sha256(key.encode()).hexdigest(),
            tenant_id=demo.WORKSPACE_ID,
            name="Demo",
            expires_at=int(time.time()) + _KEY_LIFETIME_SECONDS,
        )
    )
    return key
