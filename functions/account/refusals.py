"""What stands against a call, as the API says it: status, stable name and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shared.api import ProblemKind
from shared.api.problems import CHANGED_MEANWHILE
from shared.store.api_keys import ApiKeyNotFoundError
from shared.store.contacts import ContactNotFoundError
from shared.store.directory import NotAMemberError
from shared.store.exports import ExportNotFoundError
from shared.store.invites import InviteForAnotherError, InviteNotFoundError
from shared.store.lifecycle import DeletionStateError, RevisionError, WorkspaceNotFoundError
from shared.store.members import (
    AlreadyMemberError,
    LastOwnerError,
    MemberNotFoundError,
    OnlyOwnersError,
)
from shared.store.teams import (
    MOST_TEAMS,
    TeamChangedError,
    TeamNotFoundError,
    TooManyTeamsError,
)
from shared.store.transactions import BusyError


class TooManyWorkspacesError(Exception):
    """The person is in as many workspaces as anybody may be."""


class ScopeNotYoursError(Exception):
    """A key would be allowed what its maker is not."""


REFUSALS: Final[Mapping[type[Exception], ProblemKind]] = {
    ApiKeyNotFoundError: ProblemKind(
        404,
        "api-key-not-found",
        "There is no such API key.",
    ),
    NotAMemberError: ProblemKind(
        404,
        "workspace-not-found",
        "You are in no such workspace.",
    ),
    WorkspaceNotFoundError: ProblemKind(
        404,
        "workspace-not-found",
        "Your workspace no longer exists.",
    ),
    MemberNotFoundError: ProblemKind(
        404,
        "member-not-found",
        "There is no such person in this workspace.",
    ),
    TeamNotFoundError: ProblemKind(
        404,
        "team-not-found",
        "There is no such team.",
    ),
    TooManyTeamsError: ProblemKind(
        409,
        "too-many-teams",
        f"A workspace has {MOST_TEAMS} teams at most. Delete one first.",
    ),
    InviteNotFoundError: ProblemKind(
        404,
        "invite-not-found",
        "The invitation was used, taken back or has expired. Ask for another one.",
    ),
    InviteForAnotherError: ProblemKind(
        403,
        "invite-for-another",
        "The invitation was sent to another address. Sign in with that one.",
    ),
    OnlyOwnersError: ProblemKind(
        403,
        "only-owners",
        "Only owners can make somebody an owner, or change or remove an owner.",
    ),
    ScopeNotYoursError: ProblemKind(
        403,
        "scope-not-yours",
        "scopes: a key can be allowed only what you are allowed yourself.",
    ),
    AlreadyMemberError: ProblemKind(
        409,
        "already-member",
        "The person is in this workspace already.",
    ),
    LastOwnerError: ProblemKind(
        409,
        "last-owner",
        "A workspace keeps an owner: make somebody else an owner first.",
    ),
    ContactNotFoundError: ProblemKind(
        404,
        "contact-not-found",
        "There is no such contact.",
    ),
    ExportNotFoundError: ProblemKind(
        404,
        "export-not-found",
        "There is no such export; they are kept for seven days.",
    ),
    DeletionStateError: ProblemKind(
        409,
        "deletion-state",
        "The workspace is to be deleted already, or its deletion can no longer be taken back.",
    ),
    TooManyWorkspacesError: ProblemKind(
        409,
        "too-many-workspaces",
        "You are in as many workspaces as anybody can be. Leave one first.",
    ),
    BusyError: ProblemKind(
        409,
        "busy",
        "Others are changing the same thing right now. Try again.",
    ),
    RevisionError: CHANGED_MEANWHILE,
    TeamChangedError: CHANGED_MEANWHILE,
}
