"""The people of the workspace: see them, change their roles, remove them."""

from __future__ import annotations

from contextlib import suppress

from account.app import api, manages_owners
from account.place import dynamodb, settings, tables
from account.shapes import MemberPage, MemberShape, NewRole
from shared.api import Cursor, Limit, ProblemError
from shared.api.problems import PEOPLE_ONLY
from shared.aws import client
from shared.clock import now_ms
from shared.permissions import Permission
from shared.store.members import Member, Members


@api.endpoint("GET", "/v1/members", permission=Permission.READ_MEMBERS)
def list_members(limit: Limit = 50, cursor: Cursor = None) -> MemberPage:
    """The people of the workspace."""
    found, next_cursor = _members().page(limit, cursor)
    return MemberPage(items=[_shape(member) for member in found], next_cursor=next_cursor)


@api.endpoint("PATCH", "/v1/members/{user_id}", permission=Permission.MANAGE_MEMBERS)
def change_role(user_id: str, body: NewRole) -> MemberShape:
    """Give a person another role. Only owners make and unmake owners."""
    changed = _members().set_role(
        user_id, body.role.value, by=api.actor, by_owner=manages_owners(), at=now_ms()
    )
    return _shape(changed)


@api.endpoint(
    "DELETE",
    "/v1/members/{user_id}",
    permission=Permission.MANAGE_MEMBERS,
    status=204,
)
def remove_member(user_id: str) -> None:
    """Remove a person from the workspace; their sessions end."""
    _members().remove(user_id, by=api.actor, by_owner=manages_owners(), at=now_ms())
    end_refreshing(user_id)


@api.endpoint(
    "POST",
    "/v1/workspace/leave",
    permission=Permission.READ_WORKSPACE,
    status=204,
)
def leave() -> None:
    """Leave the workspace. Its last owner cannot."""
    user_id = api.caller.user_id
    if user_id is None:
        raise ProblemError(PEOPLE_ONLY)
    _members().leave(user_id, by=api.actor, at=now_ms())


def end_refreshing(user_id: str) -> None:
    """The person's sessions have ended already; this takes their refresh tokens as well."""
    cognito = client("cognito-idp")
    with suppress(cognito.exceptions.UserNotFoundException):
        cognito.admin_user_global_sign_out(UserPoolId=settings().user_pool_id, Username=user_id)


def _members() -> Members:
    tenant = api.caller.workspace
    return Members(tenant, tables(), dynamodb(tenant))


def _shape(member: Member) -> MemberShape:
    return MemberShape(
        user_id=member.user_id,
        email=member.email,
        role=member.role,
        joined_at=member.joined_at,
    )
