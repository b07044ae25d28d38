"""The teams of the workspace: whom a conversation can be given to without naming one person."""

from __future__ import annotations

from account.app import api
from account.place import dynamodb, settings, tables
from account.shapes import ChangedTeam, NewTeam, TeamList, TeamShape
from shared.api import ProblemError
from shared.api.problems import CHANGED_MEANWHILE, INVALID_INPUT
from shared.clock import now_ms
from shared.field_error import FieldError
from shared.permissions import Permission
from shared.store.members import Members
from shared.store.teams import Team, Teams


@api.endpoint("GET", "/v1/teams", permission=Permission.READ_MEMBERS)
def list_teams() -> TeamList:
    """List the workspace's teams, all of them."""
    return TeamList(items=[_shape(team) for team in _teams().all()])


@api.endpoint("POST", "/v1/teams", permission=Permission.MANAGE_TEAMS, status=201)
def create_team(body: NewTeam) -> TeamShape:
    """Make a team. Flows and colleagues can give conversations to it; whoever of it takes one over
    first has it."""
    _check_people(body.members)
    return _told(_teams().create(body.name, body.members, by=api.actor, at=now_ms()))


@api.endpoint("PATCH", "/v1/teams/{team_id}", permission=Permission.MANAGE_TEAMS, if_match=True)
def change_team(team_id: str, body: ChangedTeam) -> TeamShape:
    """Rename a team, or say who is in it."""
    before = _teams().get(team_id)
    if before.revision != api.revision:
        raise ProblemError(CHANGED_MEANWHILE)
    _check_people(body.members or [])
    after = _teams().change(before, body.name, body.members, by=api.actor, at=now_ms())
    return _told(after)


@api.endpoint("DELETE", "/v1/teams/{team_id}", permission=Permission.MANAGE_TEAMS, status=204)
def delete_team(team_id: str) -> None:
    """Delete a team. Its people stay, and so do the conversations that wait for it."""
    _teams().remove(team_id, by=api.actor, at=now_ms())


def _check_people(user_ids: list[str]) -> None:
    """Raises ProblemError, naming who is not in the workspace."""
    tenant = api.caller.workspace
    people = Members(tenant, tables(), dynamodb(tenant))
    missing = [
        FieldError(f"members.{place}", "Nobody of this id is in the workspace")
        for place, user_id in enumerate(user_ids)
        if people.get(user_id) is None
    ]
    if missing:
        raise ProblemError(INVALID_INPUT, errors=missing)


def _teams() -> Teams:
    tenant = api.caller.workspace
    return Teams(tenant, settings().workspaces_table, dynamodb(tenant))


def _told(team: Team) -> TeamShape:
    api.tell_revision(team.revision)
    return _shape(team)


def _shape(team: Team) -> TeamShape:
    return TeamShape(
        id=team.id,
        name=team.name,
        members=list(team.members),
        revision=team.revision,
        created_at=team.created_at,
    )
