"""The record of a person: one per person and workspace, whatever they are known by. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from shared.json_types import JsonObject
from shared.lanes import Identity

OPT_KINDS: Final = ("marketing", "utility", "authentication")
OPT_STATES: Final = ("in", "out", "unknown")
MOST_TAGS: Final = 50
MOST_FIELDS: Final = 100
MOST_IDENTITIES: Final = 20
MOST_CONVERSATIONS: Final = 50
MOST_CAMPAIGNS: Final = 50
REMEMBERED_EFFECTS: Final = 32

FieldValue = str | float | bool


class TooManyError(Exception):
    """The record holds as many of a thing as it may; the text names the thing."""


@dataclass(frozen=True, slots=True)
class OptIn:
    """What a person agreed to for one kind of message: `state` is one of OPT_STATES, `source` says
    where it was given, `at` when, in milliseconds."""

    state: str
    source: str
    at: int


@dataclass(frozen=True, slots=True)
class Effects:
    """Ids of the newest changes that flows asked for. One that is not remembered and older than
    `forgotten_until` may have been applied before, and counts as applied."""

    recent: tuple[tuple[str, int], ...] = ()
    forgotten_until: int = 0

    def seen(self, effect_id: str, at: int) -> bool:
        return at < self.forgotten_until or any(known == effect_id for known, _ in self.recent)

    def with_id(self, effect_id: str, at: int) -> Effects:
        recent = (*self.recent, (effect_id, at))
        dropped = recent[:-REMEMBERED_EFFECTS]
        forgotten = max([self.forgotten_until, *(at for _, at in dropped)])
        return Effects(recent[-REMEMBERED_EFFECTS:], forgotten)


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """`revision` counts what anybody may have read; being seen is no new revision. `phone` is
    E.164 with its plus; `former` is what they were known by before WhatsApp told of a change, and
    leads nowhere any more; `conversations` are ids as the API shows them ("channel.contact");
    `campaigns` maps a campaign's id to what became of it for this person (sent, failed, delivered,
    read or replied), the newest last; `made_by` is the import and row that brought the record in.
    Times are milliseconds."""

    id: str
    revision: int = 0
    name: str | None = None
    phone: str | None = None
    username: str | None = None
    email: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    opt_ins: Mapping[str, OptIn] = field(default_factory=dict)
    blocked: bool = False
    last_seen_at: int | None = None
    created_at: int = 0
    updated_at: int = 0
    identities: tuple[Identity, ...] = ()
    former: tuple[Identity, ...] = ()
    conversations: tuple[str, ...] = ()
    campaigns: Mapping[str, str] = field(default_factory=dict)
    effects: Effects = field(default_factory=Effects)
    made_by: str | None = None

    def opt(self, kind: str) -> str:
        found = self.opt_ins.get(kind)
        return found.state if found else "unknown"

    def with_phone(self, phone: str | None) -> ContactRecord:
        """The same person with another number, or none. Old numbers lead here no longer."""
        before = Identity("wa_id", self.phone[1:]) if self.phone else None
        kept = tuple(one for one in self.identities if one != before)
        if phone is not None:
            kept = with_new(kept, (Identity("wa_id", phone[1:]),), MOST_IDENTITIES, "identities")
        return replace(self, phone=phone, identities=kept)


def profile(record: ContactRecord) -> JsonObject:
    """What a conversation keeps a copy of: the engine's scope `contact`, and the revision."""
    return {
        "id": record.id,
        "revision": record.revision,
        "name": record.name,
        "username": record.username,
        "phone": record.phone,
        "email": record.email,
        "language": record.language,
        "tags": list(record.tags),
        "fields": dict(record.fields),
        "opt_ins": {kind: record.opt(kind) for kind in (*OPT_KINDS, *record.opt_ins)},
        "blocked": record.blocked,
    }


def with_new(
    known: tuple[Any, ...], new: tuple[Any, ...], most: int, thing: str
) -> tuple[Any, ...]:
    """Both, each once, in order. Raises TooManyError."""
    both = tuple(dict.fromkeys((*known, *new)))
    if len(both) > most and len(both) > len(known):
        raise TooManyError(thing)
    return both


def to_json(record: ContactRecord) -> JsonObject:
    """Without what has an attribute of its own: id, revision, last_seen_at. What is empty is left
    out: a workspace reads very many of these."""
    body: JsonObject = {
        "name": record.name,
        "phone": record.phone,
        "username": record.username,
        "email": record.email,
        "language": record.language,
        "tags": record.tags,
        "fields": dict(record.fields),
        "opt_ins": {kind: [one.state, one.source, one.at] for kind, one in record.opt_ins.items()},
        "blocked": record.blocked,
        "created_at": record.created_at,
        "updated_at": record.updated_at,
        "identities": [[one.kind, one.value] for one in record.identities],
        "former": [[one.kind, one.value] for one in record.former],
        "conversations": record.conversations,
        "campaigns": dict(record.campaigns),
        "effects": record.effects.recent,
        "forgotten_until": record.effects.forgotten_until,
        "made_by": record.made_by,
    }
    return {name: value for name, value in body.items() if value}


def text_of(body: Any) -> str:
    """What `to_json` makes is written in this way only: `shared.segments.sieve` looks for pieces
    of it."""
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False)


def from_json(
    id_: str, revision: int, last_seen_at: int | None, raw: Mapping[str, Any]
) -> ContactRecord:
    return ContactRecord(
        id=id_,
        revision=revision,
        name=raw.get("name"),
        phone=raw.get("phone"),
        username=raw.get("username"),
        email=raw.get("email"),
        language=raw.get("language"),
        tags=tuple(raw.get("tags", ())),
        fields=raw.get("fields", {}),
        opt_ins={kind: OptIn(*one) for kind, one in raw.get("opt_ins", {}).items()},
        blocked=raw.get("blocked", False),
        last_seen_at=last_seen_at,
        created_at=raw.get("created_at", 0),
        updated_at=raw.get("updated_at", 0),
        identities=tuple(Identity(*one) for one in raw.get("identities", ())),
        former=tuple(Identity(*one) for one in raw.get("former", ())),
        conversations=tuple(raw.get("conversations", ())),
        campaigns=raw.get("campaigns", {}),
        effects=Effects(
            tuple((known, at) for known, at in raw.get("effects", ())),
            raw.get("forgotten_until", 0),
        ),
        made_by=raw.get("made_by"),
    )
