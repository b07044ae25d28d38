"""Makes the demo workspace in a freshly deployed stack, through the product's own repositories."""

from __future__ import annotations

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

    from shared.store.audit import Actor

_KEY_LIFETIME_SECONDS = 365 * 24 * 3600
_AGENT = "agent"


@dataclass(frozen=True)
class Seeded:
    """What only the seeding knows; `api_key` in the clear, as it is stored nowhere."""

    demo_user: DemoUser
    api_key: str
    linked_phones_key: str


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
    """`outputs` are those of the data stack. Everybody signs in with the demo user's password."""
    _find_product_code()
    user = DemoUser(demo.USER_EMAIL, f"Kabar-{secrets.token_urlsafe(9)}-1")
    place = _Place(clients, outputs)
    place.make_workspace(
        demo.WORKSPACE_ID, demo.WORKSPACE_NAME, place.add_person(user.email, user.password)
    )
    agent = place.add_person(demo.AGENT_EMAIL, user.password)
    place.add_member(demo.WORKSPACE_ID, agent, _AGENT)
    place.make_workspace(
        demo.OTHER_WORKSPACE_ID,
        demo.OTHER_WORKSPACE_NAME,
        place.add_person(demo.OTHER_EMAIL, user.password),
    )
    _publish_flow(clients, outputs)
    _connect_number(clients, outputs, meta.access_token)
    _set_meta_secret(clients, outputs["MetaSecretArn"], meta)
    linked_phones_key = secrets.token_hex(20)
    clients("secretsmanager").put_secret_value(
        SecretId=outputs["LinkedPhonesSecretArn"],
        SecretString=json.dumps({"api_key": linked_phones_key}),
    )
    return Seeded(user, place.make_api_key(), linked_phones_key)


def _find_product_code() -> None:
    """`layers` is an import root on Lambda and in tests, and so here."""
    layers = str(Path(__file__).resolve().parent.parent / "layers")
    if layers not in sys.path:
        sys.path.insert(0, layers)


def _set_meta_secret(clients: Clients, secret_arn: str, meta: MetaSecrets) -> None:
    value = {
        "app_id": demo.META_APP_ID,
        "app_secrets": [meta.app_secret],
        "verify_token": meta.verify_token,
    }
    clients("secretsmanager").put_secret_value(SecretId=secret_arn, SecretString=json.dumps(value))


def _publish_flow(clients: Clients, outputs: Mapping[str, str]) -> None:
    from shared.store.audit import Actor
    from shared.store.flows import FlowStore
    from shared.tenancy import Tenant

    store = FlowStore(
        Tenant(demo.WORKSPACE_ID), outputs["WorkspacesTableName"], clients("dynamodb")
    )
    flow, seed, now = demo.flow(), Actor("seed", demo.USER_EMAIL), time.time_ns() // 1_000_000
    record = store.create(demo.FLOW_ID, flow["name"], flow, by=seed, at=now)
    store.publish(demo.FLOW_ID, record.revision, "The first one", by=seed, at=now)


def _connect_number(clients: Clients, outputs: Mapping[str, str], access_token: str) -> None:
    from shared.sealed import Sealer
    from shared.store.audit import Actor
    from shared.store.channels import PLATFORM, Channel, Channels, Health, Secrets
    from shared.tenancy import Tenant

    tenant = Tenant(demo.WORKSPACE_ID)
    sealer = Sealer(clients("kms"), outputs["SecretsKeyArn"])
    tables = outputs["WorkspacesTableName"], outputs["DirectoryTableName"]
    Channels(tenant, *tables, clients("dynamodb")).connect(
        Channel(
            id=demo.PHONE_NUMBER_ID,
            kind=PLATFORM,
            waba_id=demo.WABA_ID,
            display_phone_number=demo.DISPLAY_PHONE_NUMBER,
            name=demo.WORKSPACE_NAME,
            flow_id=demo.FLOW_ID,
            app_id=demo.META_APP_ID,
            health=Health("GREEN", "TIER_2K", "STANDARD", "APPROVED"),
        ),
        Secrets(sealer.seal(tenant, access_token)),
        by=Actor("seed", demo.USER_EMAIL),
        at=time.time_ns() // 1_000_000,
    )


class _Place:
    """Where people and workspaces are made."""

    def __init__(self, clients: Clients, outputs: Mapping[str, str]) -> None:
        from shared.store.tables import Tables

        self._cognito = clients("cognito-idp")
        self._dynamodb = clients("dynamodb")
        self._pool = outputs["UserPoolId"]
        self._tables = Tables(
            outputs["WorkspacesTableName"], outputs["DirectoryTableName"], outputs["UsageTableName"]
        )
        self._now = time.time_ns() // 1_000_000

    def add_person(self, email: str, password: str) -> Actor:
        from shared.store.audit import Actor

        created = self._cognito.admin_create_user(
            UserPoolId=self._pool,
            Username=email,
            UserAttributes=[
                {"Name": "email", "Value": email},
                {"Name": "email_verified", "Value": "true"},
            ],
            MessageAction="SUPPRESS",
        )
        self._cognito.admin_set_user_password(
            UserPoolId=self._pool, Username=email, Password=password, Permanent=True
        )
        attributes = {item["Name"]: item["Value"] for item in created["User"]["Attributes"]}
        return Actor(attributes["sub"], email)

    def make_workspace(self, workspace_id: str, name: str, owner: Actor) -> None:
        from shared.store.lifecycle import Lifecycle
        from shared.tenancy import Tenant

        lifecycle = Lifecycle(Tenant(workspace_id), self._tables, self._dynamodb)
        made = lifecycle.create(name, by=owner, at=self._now)
        lifecycle.change(demo.PLACE, made.revision, by=owner, at=self._now)

    def add_member(self, workspace_id: str, who: Actor, role: str) -> None:
        from shared.store.lifecycle import WorkspaceNotFoundError
        from shared.store.members import Member, joining, people_changed
        from shared.store.transactions import commit
        from shared.tenancy import Tenant

        member = Member(who.id, who.name, role, self._now)
        tenant = Tenant(workspace_id)
        gone = WorkspaceNotFoundError(workspace_id)
        counted = people_changed(self._tables.workspaces, tenant, gone, people=1)
        commit(self._dynamodb, [*joining(tenant, self._tables, member), counted])

    def make_api_key(self) -> str:
        """One that may do everything that a program may."""
        from shared.permissions import API_KEY_SCOPES
        from shared.store.api_keys import ApiKeys
        from shared.store.audit import Actor
        from shared.tenancy import Tenant

        store = ApiKeys(Tenant(demo.WORKSPACE_ID), self._tables, self._dynamodb)
        _, key = store.create(
            "Demo",
            [scope.value for scope in API_KEY_SCOPES],
            self._now // 1000 + _KEY_LIFETIME_SECONDS,
            by=Actor("seed", demo.USER_EMAIL),
            at=self._now,
        )
        return key
