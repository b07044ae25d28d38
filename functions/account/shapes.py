"""What goes in and out of the account API. Times are milliseconds."""

from __future__ import annotations

import re
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, StringConstraints

from shared.api import Input, Output
from shared.json_types import JsonObject
from shared.permissions import API_KEY_SCOPES, Permission, Role

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# Deliberately loose: whether an address exists is found out by writing to it.
_ADDRESS = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
_MOST_DAYS = 365
_LARGEST_TEAM = 100


def _on_one_line(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError("must not hold control characters")
    return text


def _time_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (KeyError, OSError, ValueError):
        raise ValueError("is no time zone") from None


def _grantable(scope: Permission) -> Permission:
    if scope not in API_KEY_SCOPES:
        raise ValueError("is not a scope of API keys")
    return scope


Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=80),
    AfterValidator(_on_one_line),
]
Address = Annotated[
    str,
    StringConstraints(strip_whitespace=True, to_lower=True, max_length=254, pattern=_ADDRESS),
]
TimeZone = Annotated[str, StringConstraints(max_length=60), AfterValidator(_time_zone)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(_[A-Za-z]{2,4})?$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,3}$")]
TeamMembers = Annotated[
    list[Annotated[str, StringConstraints(min_length=1, max_length=100)]],
    Field(max_length=_LARGEST_TEAM),
]
Scope = Annotated[Permission, AfterValidator(_grantable)]


class NamedWorkspace(Input):
    name: Name


class ChangedWorkspace(Input):
    """What is left out stays. `time_zone` is an IANA name; `language` that of most customers;
    `country_code` what their numbers begin with."""

    name: Name | None = None
    time_zone: TimeZone | None = None
    language: Language | None = None
    country_code: CountryCode | None = None


class NewRole(Input):
    role: Role


class NewTeam(Input):
    """`members` are the ids of people in the workspace."""

    name: Name
    members: TeamMembers = Field(default_factory=list)


class ChangedTeam(Input):
    """What is left out stays."""

    name: Name | None = None
    members: TeamMembers | None = None


class NewInvite(Input):
    email: Address
    role: Role


class InviteToken(Input):
    token: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class NewApiKey(Input):
    name: Name
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(API_KEY_SCOPES))]
    expires_in_days: Annotated[int, Field(ge=1, le=_MOST_DAYS)]


class UserShape(Output):
    id: str
    email: str


class MyWorkspace(Output):
    id: str
    name: str
    role: str


class ActiveWorkspace(Output):
    id: str
    name: str
    revision: int
    created_at: int
    delete_after: int | None
    time_zone: str | None
    language: str | None
    country_code: str | None


class Me(Output):
    """`user` is null for a program; `workspace` and `role` for a person who is in none."""

    user: UserShape | None
    workspace: ActiveWorkspace | None
    role: str | None
    permissions: list[str]
    workspaces: list[MyWorkspace]


class MemberShape(Output):
    user_id: str
    email: str
    role: str
    joined_at: int


class MemberPage(Output):
    items: list[MemberShape]
    next_cursor: str | None


class TeamShape(Output):
    """`members` are people's ids."""

    id: str
    name: str
    members: list[str]
    revision: int
    created_at: int


class TeamList(Output):
    items: list[TeamShape]


class InviteShape(Output):
    id: str
    email: str
    role: str
    invited_by: str
    created_at: int
    expires_at: int


class SentInvite(InviteShape):
    """`mail_sent` is false when the mail service did not take the letter."""

    mail_sent: bool


class InvitePage(Output):
    items: list[InviteShape]
    next_cursor: str | None


class ApiKeyShape(Output):
    """`prefix` are the first letters of the key."""

    id: str
    name: str
    scopes: list[str]
    prefix: str
    created_by: str
    created_at: int
    expires_at: int


class CreatedApiKey(ApiKeyShape):
    """`key` is shown this once."""

    key: str


class ApiKeyPage(Output):
    items: list[ApiKeyShape]
    next_cursor: str | None


class ActorShape(Output):
    id: str
    name: str


class AuditShape(Output):
    id: str
    actor: ActorShape
    action: str
    target: str
    at: int
    detail: JsonObject


class AuditPage(Output):
    items: list[AuditShape]
    next_cursor: str | None
