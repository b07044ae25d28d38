"""The workspace's teams: people by a name that flows and colleagues can give conversations to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from shared.ids import new_id
from shared.json_types import JsonObject
from shared.store import keys
from shared.store.audit import Actor, Change, entry
from shared.store.partitions import items
from shared.store.transactions import Write, commit
from shared.tenancy import Tenant

MOST_TEAMS: Final = 50
"""So many that a person can be taken out of all of them in one transaction."""


class TeamNotFoundError(Exception):
    """There is no such team."""


class TeamChangedError(Exception):
    """The team is no longer as it was read."""


class TooManyTeamsError(Exception):
    """The workspace has MOST_TEAMS already."""


@dataclass(frozen=True, slots=True)
class Team:
    """`members` are ids of people in the workspace, in order; `created_at` in milliseconds."""

    id: str
    name: str
    members: tuple[str, ...]
    revision: int
    created_at: int


class Teams:
    def __init__(self, tenant: Tenant, table: str, dynamodb: Any) -> None:
        self._tenant = tenant
        self._table = table
        self._dynamodb = dynamodb

    def all(self) -> list[Team]:
        """In the order in which they were made; there are never many."""
        found = items(self._dynamodb, self._table, self._tenant.id, keys.TEAMS)
        return [_team(item) for item in found]

    def get(self, team_id: str) -> Team:
        """Raises TeamNotFoundError."""
        item = self._dynamodb.get_item(
            TableName=self._table, Key=self._key(team_id), ConsistentRead=True
        ).get("Item")
        if item is None:
            raise TeamNotFoundError(team_id)
        return _team(item)

    def create(self, name: str, members: Sequence[str], *, by: Actor, at: int) -> Team:
        """Raises TooManyTeamsError."""
        if len(self.all()) >= MOST_TEAMS:
            raise TooManyTeamsError
        made = Team(new_id(), name, tuple(sorted(set(members))), 1, at)
        is_new = {"ConditionExpression": "attribute_not_exists(pk)"}
        self._put(made, is_new, self._tell(by, "team.created", made, at))
        return made

    def change(
        self, before: Team, name: str | None, members: Sequence[str] | None, *, by: Actor, at: int
    ) -> Team:
        """What is None stays. Raises TeamChangedError."""
        after = replace(
            before,
            name=name or before.name,
            members=before.members if members is None else tuple(sorted(set(members))),
            revision=before.revision + 1,
        )
        condition = {
            "ConditionExpression": "revision = :before",
            "ExpressionAttributeValues": {":before": {"N": str(before.revision)}},
        }
        self._put(after, condition, self._tell(by, "team.updated", after, at))
        return after

    def remove(self, team_id: str, *, by: Actor, at: int) -> None:
        """Raises TeamNotFoundError."""
        team = self.get(team_id)
        request = {
            "TableName": self._table,
            "Key": self._key(team_id),
            "ConditionExpression": "attribute_exists(pk)",
        }
        gone = Write({"Delete": request}, TeamNotFoundError(team_id))
        commit(self._dynamodb, [gone, self._tell(by, "team.deleted", team, at)])

    def without(self, user_id: str) -> list[Write]:
        """What takes a person out of every team, for the transaction that takes them out of the
        workspace."""
        return [
            Write(
                {
                    "Update": {
                        "TableName": self._table,
                        "Key": self._key(team.id),
                        "UpdateExpression": "DELETE members :gone ADD revision :one",
                        "ExpressionAttributeValues": {
                            ":gone": {"SS": [user_id]},
                            ":one": {"N": "1"},
                        },
                    }
                }
            )
            for team in self.all()
            if user_id in team.members
        ]

    def _put(self, team: Team, condition: JsonObject, told: Write) -> None:
        item = {
            **self._key(team.id),
            "name": {"S": team.name},
            "revision": {"N": str(team.revision)},
            "created_at": {"N": str(team.created_at)},
            **({"members": {"SS": list(team.members)}} if team.members else {}),
        }
        request = {"TableName": self._table, "Item": item, **condition}
        commit(self._dynamodb, [Write({"Put": request}, TeamChangedError(team.id)), told])

    def _tell(self, by: Actor, action: str, team: Team, at: int) -> Write:
        change = Change(by, action, team.id, at, {"name": team.name, "members": len(team.members)})
        return entry(self._tenant, self._table, change)

    def _key(self, team_id: str) -> JsonObject:
        return keys.key(self._tenant.id, keys.team(team_id))


def _team(item: JsonObject) -> Team:
    return Team(
        id=item["sk"]["S"].removeprefix(keys.TEAMS),
        name=item["name"]["S"],
        members=tuple(sorted(item.get("members", {}).get("SS", ()))),
        revision=int(item["revision"]["N"]),
        created_at=int(item["created_at"]["N"]),
    )
