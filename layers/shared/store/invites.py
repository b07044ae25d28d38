"""Invitations: a token that works once, for seven days, and for the address it was sent to.
Only the token's hash is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from shared.ids import digest, new_id, new_secret
from shared.json_types import JsonObject
from shared.store import keys
from shared.store.audit import Actor, Change, entry
from shared.store.members import OWNER, Member, joining, people_changed
from shared.store.pages import below, rest
from shared.store.tables import Tables
from shared.store.transactions import Write, commit
from shared.store.workspaces import Workspaces
from shared.tenancy import Tenant
from shared.usage.limits import LimitReachedError, check
from shared.usage.meters import PEOPLE
from shared.usage.plans import Plan, plan_of

VALID_SECONDS: Final = 7 * 24 * 3600


class InviteNotFoundError(Exception):
    """There is no such invitation: never made, used, revoked or expired."""


class InviteForAnotherError(Exception):
    """The invitation was sent to another address than the person has verified."""


@dataclass(frozen=True, slots=True)
class Invite:
    """`created_at` in milliseconds, `expires_at` in seconds; `invited_by` is a name to show."""

    id: str
    email: str
    role: str
    token_hash: str
    invited_by: str
    created_at: int
    expires_at: int


class Invites:
    def __init__(self, tenant: Tenant, tables: Tables, dynamodb: Any) -> None:
        self._tenant = tenant
        self._tables = tables
        self._dynamodb = dynamodb

    def create(self, email: str, role: str, *, by: Actor, at: int) -> tuple[Invite, str]:
        """The invitation and its token, which is stored nowhere."""
        token = new_secret()
        invite = Invite(
            id=new_id(),
            email=email,
            role=role,
            token_hash=digest(token),
            invited_by=by.name,
            created_at=at,
            expires_at=at // 1000 + VALID_SECONDS,
        )
        commit(
            self._dynamodb,
            [
                self._put(invite),
                self._put_twin(invite),
                self._tell(by, "invite.created", invite, at),
            ],
        )
        return invite, token

    def get(self, invite_id: str) -> Invite | None:
        item = self._dynamodb.get_item(**self._place(invite_id), ConsistentRead=True).get("Item")
        return _invite(item) if item else None

    def page(self, limit: int, cursor: str | None, *, at: int) -> tuple[list[Invite], str | None]:
        """Those that can still be accepted. Raises InvalidCursorError."""
        items, next_cursor = below(
            self._dynamodb,
            self._tables.workspaces,
            self._tenant,
            keys.INVITES,
            limit=limit,
            cursor=cursor,
        )
        found = [_invite(item) for item in items]
        return [invite for invite in found if invite.expires_at * 1000 > at], next_cursor

    def revoke(self, invite_id: str, *, by: Actor, at: int) -> None:
        """Raises InviteNotFoundError."""
        invite = self.get(invite_id)
        if invite is None:
            raise InviteNotFoundError(invite_id)
        commit(
            self._dynamodb,
            [*self._take_back(invite), self._tell(by, "invite.revoked", invite, at)],
        )

    def accept(self, invite_id: str, token_hash: str, *, by: Actor, at: int) -> Member:
        """Use the invitation up; `by.name` is the address that the person has verified.

        Raises InviteNotFoundError, InviteForAnotherError, AlreadyMemberError or LimitReachedError.
        """
        invite = self.get(invite_id)
        usable = invite is not None and invite.expires_at * 1000 > at
        if invite is None or not usable or invite.token_hash != token_hash:
            raise InviteNotFoundError(invite_id)
        if invite.email != by.name:
            raise InviteForAnotherError(invite_id)
        member = Member(by.id, invite.email, invite.role, at)
        commit(
            self._dynamodb,
            [
                *self._take_back(invite),
                *joining(self._tenant, self._tables, member),
                self._count(invite, at),
                self._tell(by, "invite.accepted", invite, at),
            ],
        )
        return member

    def check_room(self, at: int) -> None:
        """Raises LimitReachedError when the plan allows no more people, InviteNotFoundError when
        the workspace is gone."""
        self._plan_with_room(at)

    def _count(self, invite: Invite, at: int) -> Write:
        """Checks at least that the workspace is still there."""
        plan = self._plan_with_room(at)
        most = plan.limits.get(PEOPLE.id)
        gone = InviteNotFoundError(invite.id)
        return people_changed(
            self._tables.workspaces,
            self._tenant,
            gone if most is None else LimitReachedError(plan, PEOPLE, at),
            people=1,
            owners=int(invite.role == OWNER),
            most=most,
        )

    def _plan_with_room(self, at: int) -> Plan:
        workspace = Workspaces(self._tenant, self._tables.workspaces, self._dynamodb).get()
        if workspace is None:
            raise InviteNotFoundError(self._tenant.id)
        plan = plan_of(workspace.plan)
        check(plan, PEOPLE, workspace.people, at)
        return plan

    def _put(self, invite: Invite) -> Write:
        item = {
            **keys.key(self._tenant.id, keys.invite(invite.id)),
            "email": {"S": invite.email},
            "role": {"S": invite.role},
            "token_hash": {"S": invite.token_hash},
            "invited_by": {"S": invite.invited_by},
            "created_at": {"N": str(invite.created_at)},
            "expires_at": {"N": str(invite.expires_at)},
        }
        return Write({"Put": {"TableName": self._tables.workspaces, "Item": item}})

    def _put_twin(self, invite: Invite) -> Write:
        item = {
            **keys.key(keys.invite_token(invite.token_hash), keys.INVITE),
            "tenant_id": {"S": self._tenant.id},
            "invite_id": {"S": invite.id},
            "expires_at": {"N": str(invite.expires_at)},
        }
        return Write({"Put": {"TableName": self._tables.directory, "Item": item}})

    def _take_back(self, invite: Invite) -> list[Write]:
        gone = InviteNotFoundError(invite.id)
        is_there = {"ConditionExpression": "attribute_exists(pk)"}
        twin = {
            "TableName": self._tables.directory,
            "Key": keys.key(keys.invite_token(invite.token_hash), keys.INVITE),
        }
        return [
            Write({"Delete": {**self._place(invite.id), **is_there}}, gone),
            Write({"Delete": twin}),
        ]

    def _tell(self, by: Actor, action: str, invite: Invite, at: int) -> Write:
        change = Change(by, action, invite.id, at, {"email": invite.email, "role": invite.role})
        return entry(self._tenant, self._tables.workspaces, change)

    def _place(self, invite_id: str) -> JsonObject:
        return {
            "TableName": self._tables.workspaces,
            "Key": keys.key(self._tenant.id, keys.invite(invite_id)),
        }


def _invite(item: JsonObject) -> Invite:
    return Invite(
        id=rest(item, keys.INVITES),
        email=item["email"]["S"],
        role=item["role"]["S"],
        token_hash=item["token_hash"]["S"],
        invited_by=item["invited_by"]["S"],
        created_at=int(item["created_at"]["N"]),
        expires_at=int(item["expires_at"]["N"]),
    )
