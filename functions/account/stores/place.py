"""Where the stores are, for those who work on all of them, and whom they work for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from shared.clock import Clock, now_ms
from shared.json_types import JsonObject
from shared.lanes import Identity, contact_id
from shared.tenancy import Tenant

_LEAST_TELLING: Final = 5  # characters: shorter ones stand in texts by chance


@dataclass(frozen=True, slots=True)
class StoreNames:
    """Every table and bucket that holds anything of a workspace."""

    directory_table: str
    workspaces_table: str
    contacts_table: str
    conversations_table: str
    inspection_table: str
    requests_table: str
    usage_table: str
    webhook_deliveries_table: str
    knowledge_table: str
    campaigns_table: str
    dead_letters_table: str
    overflow_bucket: str
    files_bucket: str
    media_bucket: str
    knowledge_files_bucket: str


@dataclass(frozen=True, slots=True)
class Place:
    names: StoreNames
    dynamodb: Any
    s3: Any
    clock: Clock = now_ms


@dataclass(frozen=True, slots=True)
class Person:
    """A contact of a workspace, with everything that leads to them: `identities` as the contact's
    record has them, `conversations` as pairs of channel and lane; `former` are what they were known
    by, which may lead to somebody else by now."""

    tenant: Tenant
    contact_id: str
    identities: tuple[Identity, ...] = ()
    conversations: tuple[tuple[str, str], ...] = ()
    former: tuple[Identity, ...] = ()

    def lanes(self) -> tuple[tuple[str, str], ...]:
        """Every lane that may be theirs: the known ones, and those that their identities name."""
        channels = dict.fromkeys(channel for channel, _ in self.conversations)
        named = (
            (channel, contact_id(channel, one.kind, one.value))
            for channel in channels
            for one in (*self.identities, *self.former)
        )
        return tuple(dict.fromkeys((*self.conversations, *named)))

    def is_named_in(self, text: str) -> bool:
        """Whether a text holds one of their numbers or ids, of before too."""
        known = (*self.identities, *self.former)
        return any(one.value in text for one in known if len(one.value) >= _LEAST_TELLING)


def to_json(person: Person) -> JsonObject:
    return {
        "identities": [[one.kind, one.value] for one in person.identities],
        "conversations": [list(place) for place in person.conversations],
        "former": [[one.kind, one.value] for one in person.former],
    }


def from_json(tenant: Tenant, contact: str, raw: JsonObject) -> Person:
    return Person(
        tenant,
        contact,
        tuple(Identity(*one) for one in raw["identities"]),
        tuple((channel, lane) for channel, lane in raw["conversations"]),
        tuple(Identity(*one) for one in raw.get("former", ())),
    )
