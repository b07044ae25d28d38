"""Teams through the account API: made, changed, left, deleted, and who may say so."""

from __future__ import annotations

import json
from typing import Any

import pytest

from account import api
from shared.json_types import JsonObject
from shared.permissions import Role, permissions_of
from shared.store import teams
from tests.api_events import api_event, authorized
from tests.office import ANA, BUDI, CITRA, Office
from tests.unit.account.test_api import CONTEXT, ask, kind, office

__all__ = ["office"]


def made(*members: str, name: str = "Sales") -> str:
    code, team = ask("POST", "teams", {"name": name, "members": list(members)})
    assert code == 201, team
    return str(team["id"])


def changed(team_id: str, read: int, body: JsonObject) -> tuple[int, JsonObject]:
    headers = {"if-match": f'"{read}"'}
    caller = authorized(user_id=ANA.id)
    event = api_event("PATCH", f"/v1/teams/{team_id}", body=body, headers=headers, caller=caller)
    answer = api.handler(event, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"])


def listed() -> dict[str, list[str]]:
    return {team["name"]: team["members"] for team in ask("GET", "teams")[1]["items"]}


def test_a_team_is_made_renamed_filled_and_deleted(office: Office) -> None:
    office.join(BUDI, "agent")
    team = made()
    assert listed() == {"Sales": []}
    assert changed(team, 1, {"members": [BUDI.id, ANA.id, BUDI.id]})[0] == 200
    assert changed(team, 2, {"name": "Penjualan"})[1]["revision"] == 3
    assert listed() == {"Penjualan": [ANA.id, BUDI.id]}
    assert changed(team, 3, {"members": []})[0] == 200
    assert listed() == {"Penjualan": []}
    assert ask("DELETE", f"teams/{team}")[0] == 204
    assert listed() == {}
    told = [action for action in office.actions() if action.startswith("team.")]
    assert told == ["team.created", *["team.updated"] * 3, "team.deleted"]


def test_what_somebody_else_changed_is_not_changed_again(office: Office) -> None:
    team = made()
    assert changed(team, 1, {"name": "A"})[0] == 200
    assert kind(changed(team, 1, {"name": "B"})) == (412, "changed-meanwhile")
    assert listed() == {"A": []}


def test_only_people_of_the_workspace_are_in_a_team(office: Office) -> None:
    code, refused = ask("POST", "teams", {"name": "Sales", "members": [ANA.id, "nobody"]})
    assert (code, [error["field"] for error in refused["errors"]]) == (400, ["members.1"])
    assert listed() == {}


@pytest.mark.parametrize("goes", ["removed", "left"])
def test_whoever_goes_is_in_no_team_any_more(office: Office, goes: str) -> None:
    for person in (BUDI, CITRA):
        office.join(person, "agent")
    made(BUDI.id, CITRA.id, name="Sales")
    made(BUDI.id, name="Night")
    made(CITRA.id, name="Day")
    if goes == "left":
        office.members.leave(BUDI.id, by=BUDI, at=office.clock())
    else:
        office.members.remove(BUDI.id, by=ANA, by_owner=True, at=office.clock())
    assert listed() == {"Sales": [CITRA.id], "Night": [], "Day": [CITRA.id]}


def test_a_change_from_before_somebody_went_does_not_bring_them_back(office: Office) -> None:
    office.join(BUDI, "agent")
    team = made(BUDI.id)
    office.members.leave(BUDI.id, by=BUDI, at=office.clock())
    assert changed(team, 1, {"name": "Old"})[0] == 412
    assert listed() == {"Sales": []}


def test_there_are_so_many_teams_and_no_more(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teams, "MOST_TEAMS", 2)
    made(name="A"), made(name="B")
    assert kind(ask("POST", "teams", {"name": "C"})) == (409, "too-many-teams")


@pytest.mark.parametrize("role", Role)
def test_everybody_sees_teams_and_admins_make_them(office: Office, role: Role) -> None:
    caller: dict[str, Any] = {"permissions": permissions_of(role.value), "role": role.value}
    assert ask("GET", "teams", **caller)[0] == 200
    may = role in (Role.OWNER, Role.ADMIN)
    assert ask("POST", "teams", {"name": "Sales"}, **caller)[0] == (201 if may else 403)


def test_a_team_that_is_not_there_is_told_so(office: Office) -> None:
    assert kind(changed("none", 1, {"name": "A"})) == (404, "team-not-found")
    assert kind(ask("DELETE", "teams/none")) == (404, "team-not-found")
