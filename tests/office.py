"""People and workspaces over tables in memory."""

from __future__ import annotations

from typing import Any

import boto3

from shared.store.audit import Actor, AuditLog
from shared.store.directory import Directory
from shared.store.invites import Invites
from shared.store.lifecycle import Lifecycle
from shared.store.members import Member, Members, joining, people_changed
from shared.store.tables import Tables
from shared.store.transactions import commit
from shared.store.usage import Usage
from shared.tenancy import Tenant
from shared.usage.meters import PEOPLE
from shared.usage.months import month_of
from tests.builders import create_table
from tests.fakes import FakeClock

TABLES = Tables("workspaces", "directory", "usage")


def person(name: str) -> Actor:
    return Actor(f"user-{name}", f"{name}@kabar.test")


ANA, BUDI, CITRA = (person(name) for name in ("ana", "budi", "citra"))


class Office:
    """Made inside `moto.mock_aws()`: a workspace whose owner is Ana."""

    def __init__(self, tenant: str = "ws_tests", dynamodb: Any = None) -> None:
        self.clock = FakeClock()
        if dynamodb is None:
            dynamodb = boto3.client("dynamodb", region_name="ap-southeast-1")
            for table in (TABLES.workspaces, TABLES.directory, TABLES.usage):
                create_table(dynamodb, table)
        self.dynamodb = dynamodb
        self.tenant = Tenant(tenant)
        self.members = Members(self.tenant, TABLES, dynamodb)
        self.invites = Invites(self.tenant, TABLES, dynamodb)
        self.lifecycle = Lifecycle(self.tenant, TABLES, dynamodb)
        self.audit = AuditLog(self.tenant, TABLES.workspaces, dynamodb)
        self.directory = Directory(TABLES.directory, dynamodb)
        self.lifecycle.create("Toko", by=ANA, at=self.clock())

    def join(self, who: Actor, role: str) -> None:
        """By invitation, as people do."""
        self.clock.advance(1)
        invite, _ = self.invites.create(who.name, role, by=ANA, at=self.clock())
        self.invites.accept(invite.id, invite.token_hash, by=who, at=self.clock())

    def join_quietly(self, who: Actor, role: str) -> None:
        """Without an invitation; for a role other than owner."""
        member = Member(who.id, who.name, role, 0)
        counted = people_changed(TABLES.workspaces, self.tenant, AssertionError(), people=1)
        commit(self.dynamodb, [*joining(self.tenant, TABLES, member), counted])

    def roles(self) -> dict[str, str]:
        return {member.user_id: member.role for member in self.members.page(100, None)[0]}

    def counted_owners(self) -> int:
        key = {"pk": {"S": self.tenant.id}, "sk": {"S": "WORKSPACE"}}
        item = self.dynamodb.get_item(TableName=TABLES.workspaces, Key=key)["Item"]
        return int(item["owners"]["N"])

    def people(self) -> tuple[int, int]:
        """As the workspace's record and as its usage count them."""
        workspace = self.lifecycle.get()
        usage = Usage(self.tenant, TABLES.usage, self.dynamodb)
        return workspace.people, usage.used(PEOPLE, month_of(self.clock()))

    def actions(self) -> list[str]:
        """What the audit log tells, oldest first."""
        return [change.action for _, change in reversed(self.audit.newest(100, None)[0])]
