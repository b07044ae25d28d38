"""The people of a workspace. A workspace never loses its last owner: the number of owners stands in
its own record, and every write that takes one away is conditional on another being left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from shared.json_types import JsonObject
from shared.store import keys
from shared.store.audit import Actor, Change, entry
from shared.store.pages import below, rest
from shared.store.tables import Tables
from shared.store.teams import Teams
from shared.store.transactions import BusyError, Write, commit
from shared.store.usage import added
from shared.tenancy import Tenant
from shared.usage.meters import PEOPLE
from shared.usage.months import month_of

OWNER: Final = "owner"
_TRIES = 5


class MemberNotFoundError(Exception):
    """Nobody of that id is in the workspace."""


class LastOwnerError(Exception):
    """The workspace would be left without an owner."""


class OnlyOwnersError(Exception):
    """Owners are made and unmade by owners only."""


class AlreadyMemberError(Exception):
    """The person is in the workspace already."""


class _ChangedMeanwhileError(Exception):
    """The member is no longer as it was read."""


@dataclass(frozen=True, slots=True)
class Member:
    """`joined_at` in milliseconds."""

    user_id: str
    email: str
    role: str
    joined_at: int


class Members:
    def __init__(self, tenant: Tenant, tables: Tables, dynamodb: Any) -> None:
        self._tenant = tenant
        self._tables = tables
        self._dynamodb = dynamodb
        self._teams = Teams(tenant, tables.workspaces, dynamodb)

    def get(self, user_id: str) -> Member | None:
        item = self._dynamodb.get_item(
            TableName=self._tables.workspaces,
            Key=keys.key(self._tenant.id, keys.member(user_id)),
            ConsistentRead=True,
        ).get("Item")
        return _member(item) if item else None

    def page(self, limit: int, cursor: str | None) -> tuple[list[Member], str | None]:
        """Raises InvalidCursorError."""
        items, next_cursor = below(
            self._dynamodb,
            self._tables.workspaces,
            self._tenant,
            keys.MEMBERS,
            limit=limit,
            cursor=cursor,
        )
        return [_member(item) for item in items], next_cursor

    def has_email(self, email: str) -> bool:
        """Whether somebody with this address is in the workspace."""
        cursor: str | None = None
        while True:
            found, cursor = self.page(1000, cursor)
            if any(member.email == email for member in found):
                return True
            if cursor is None:
                return False

    def set_role(self, user_id: str, role: str, *, by: Actor, by_owner: bool, at: int) -> Member:
        """The member with the new role. Raises MemberNotFoundError, OnlyOwnersError or
        LastOwnerError."""

        def writes(member: Member) -> list[Write]:
            _check_owners(by_owner, member.role, role)
            if member.role == role:
                return []
            return [
                self._update_role(member, role),
                self._update_membership(member, role),
                *self._count_owners(member.role, role),
                self._tell(by, "member.role_changed", member, at, before=member.role, after=role),
            ]

        changed = self._change(user_id, writes)
        return Member(changed.user_id, changed.email, role, changed.joined_at)

    def remove(self, user_id: str, *, by: Actor, by_owner: bool, at: int) -> Member:
        """Take a person out and end their sessions; answers who it was. Raises as `set_role`."""

        def writes(member: Member) -> list[Write]:
            _check_owners(by_owner, member.role)
            return [
                *self._take_out(member, at),
                end_sessions(self._tables.directory, user_id, at),
                self._tell(by, "member.removed", member, at, role=member.role),
            ]

        return self._change(user_id, writes)

    def leave(self, user_id: str, *, by: Actor, at: int) -> None:
        """Raises MemberNotFoundError or LastOwnerError."""
        self._change(
            user_id,
            lambda member: [
                *self._take_out(member, at),
                self._tell(by, "member.left", member, at, role=member.role),
            ],
        )

    def _change(self, user_id: str, writes: Callable[[Member], list[Write]]) -> Member:
        """Read, then write under the condition that nothing changed; again if something did."""
        for _ in range(_TRIES):
            member = self.get(user_id)
            if member is None:
                raise MemberNotFoundError(user_id)
            try:
                if planned := writes(member):
                    commit(self._dynamodb, planned)
            except _ChangedMeanwhileError:
                continue
            return member
        raise BusyError

    def _take_out(self, member: Member, at: int) -> list[Write]:
        was_so = {
            "ConditionExpression": "#role = :before",
            "ExpressionAttributeNames": {"#role": "role"},
            "ExpressionAttributeValues": {":before": {"S": member.role}},
        }
        return [
            Write({"Delete": {**self._place(member.user_id), **was_so}}, _ChangedMeanwhileError()),
            Write({"Delete": self._twin_place(member.user_id)}),
            people_changed(
                self._tables.workspaces,
                self._tenant,
                LastOwnerError(self._tenant.id),
                people=-1,
                owners=-int(member.role == OWNER),
            ),
            added(self._tenant, self._tables.usage, month_of(at), {PEOPLE.id: -1}),
            *self._teams.without(member.user_id),
        ]

    def _update_role(self, member: Member, role: str) -> Write:
        return Write(
            {"Update": {**self._place(member.user_id), **_role_update(member.role, role)}},
            _ChangedMeanwhileError(),
        )

    def _update_membership(self, member: Member, role: str) -> Write:
        return Write(
            {"Update": {**self._twin_place(member.user_id), **_role_update(member.role, role)}},
            _ChangedMeanwhileError(),
        )

    def _count_owners(self, before: str, after: str | None) -> list[Write]:
        difference = (after == OWNER) - (before == OWNER)
        if difference == 0:
            return []
        refusal = LastOwnerError(self._tenant.id)
        workspaces = self._tables.workspaces
        return [people_changed(workspaces, self._tenant, refusal, owners=difference)]

    def _tell(self, by: Actor, action: str, member: Member, at: int, **detail: object) -> Write:
        change = Change(by, action, member.user_id, at, {"email": member.email, **detail})
        return entry(self._tenant, self._tables.workspaces, change)

    def _place(self, user_id: str) -> JsonObject:
        return {
            "TableName": self._tables.workspaces,
            "Key": keys.key(self._tenant.id, keys.member(user_id)),
        }

    def _twin_place(self, user_id: str) -> JsonObject:
        return {
            "TableName": self._tables.directory,
            "Key": keys.key(keys.user(user_id), keys.membership(self._tenant.id)),
        }


def joining(tenant: Tenant, tables: Tables, member: Member) -> list[Write]:
    """What makes a person a member and the workspace the one they work in, for the transactions
    that bring people in. Whoever brings them in counts them in the workspace's record too."""
    return [
        Write(
            {
                "Put": {
                    "TableName": tables.workspaces,
                    "Item": {
                        **keys.key(tenant.id, keys.member(member.user_id)),
                        "email": {"S": member.email},
                        "role": {"S": member.role},
                        "joined_at": {"N": str(member.joined_at)},
                    },
                    "ConditionExpression": "attribute_not_exists(pk)",
                }
            },
            AlreadyMemberError(member.user_id),
        ),
        Write(
            {
                "Put": {
                    "TableName": tables.directory,
                    "Item": {
                        **keys.key(keys.user(member.user_id), keys.membership(tenant.id)),
                        "tenant_id": {"S": tenant.id},
                        "role": {"S": member.role},
                    },
                }
            }
        ),
        Write(
            {
                "Put": {
                    "TableName": tables.directory,
                    "Item": {
                        **keys.key(keys.user(member.user_id), keys.ACTIVE),
                        "tenant_id": {"S": tenant.id},
                    },
                }
            }
        ),
        added(tenant, tables.usage, month_of(member.joined_at), {PEOPLE.id: 1}),
    ]


def people_changed(
    table: str,
    tenant: Tenant,
    refusal: Exception,
    *,
    people: int = 0,
    owners: int = 0,
    most: int | None = None,
) -> Write:
    """Count people up or down in a workspace that is there: owners never down to none, people never
    up to more than `most`."""
    values = {
        ":people": {"N": str(people)},
        ":owners": {"N": str(owners)},
        ":lost": {"N": str(max(0, -owners))},
    }
    condition = "owners > :lost"
    if most is not None:
        condition += " AND people <= :before"
        values[":before"] = {"N": str(most - people)}
    return Write(
        {
            "Update": {
                "TableName": table,
                "Key": keys.key(tenant.id, keys.WORKSPACE),
                "UpdateExpression": "ADD owners :owners, people :people",
                "ConditionExpression": condition,
                "ExpressionAttributeValues": values,
            }
        },
        refusal,
    )


def end_sessions(directory_table: str, user_id: str, at: int) -> Write:
    """Sessions that began before `at` (milliseconds) no longer count."""
    return Write(
        {
            "Put": {
                "TableName": directory_table,
                "Item": {
                    **keys.key(keys.user(user_id), keys.SESSIONS),
                    "valid_from": {"N": str(at // 1000)},
                },
            }
        }
    )


def _check_owners(by_owner: bool, *roles: str) -> None:
    if OWNER in roles and not by_owner:
        raise OnlyOwnersError


def _role_update(before: str, after: str) -> JsonObject:
    return {
        "UpdateExpression": "SET #role = :after",
        "ConditionExpression": "#role = :before",
        "ExpressionAttributeNames": {"#role": "role"},
        "ExpressionAttributeValues": {":before": {"S": before}, ":after": {"S": after}},
    }


def _member(item: JsonObject) -> Member:
    return Member(
        user_id=rest(item, keys.MEMBERS),
        email=item["email"]["S"],
        role=item["role"]["S"],
        joined_at=int(item["joined_at"]["N"]),
    )
