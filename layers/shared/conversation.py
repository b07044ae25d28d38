"""A conversation as one item: what must change together is written together."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from shared import handling as handlings
from shared import offered as offers
from shared import window as windows
from shared.events import MESSAGE, Sender
from shared.handling import Handling
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.offered import Offered
from shared.window import Window

REMEMBERED_IDS = 32


@dataclass(frozen=True, slots=True)
class Contact:
    """The customer. `id` is ours; a person may have a number, a business-scoped id, or both.
    `moved_at` is when WhatsApp last told that they are another from then on, in milliseconds."""

    id: str
    wa_id: str | None = None
    bsuid: str | None = None
    lid: str | None = None
    name: str | None = None
    username: str | None = None
    moved_at: int = 0

    def seen_as(self, sender: Sender, at: int) -> Contact:
        """What a message of `at` tells about the person; what it leaves out stays. One that was
        written before they moved and comes late does not bring them back."""
        identities = {identity.kind: identity.value for identity in reversed(sender.identities)}
        identities |= {identity.kind: identity.value for identity in sender.becomes}
        if at < self.moved_at:
            identities = {kind: getattr(self, kind) or one for kind, one in identities.items()}
        return replace(
            self,
            **identities,
            name=sender.name or self.name,
            username=sender.username or self.username,
            moved_at=max(self.moved_at, at) if sender.becomes else self.moved_at,
        )

    def is_now_other_than(self, identity: Identity) -> bool:
        """Whether the person was known so and no longer is: the number may be another's by now."""
        known = getattr(self, identity.kind)
        return known is not None and known != identity.value

    def address(self) -> JsonObject:
        """Where a send goes: the number when known (some messages cannot go to a bare id)."""
        known = (("wa_id", self.wa_id), ("bsuid", self.bsuid), ("lid", self.lid))
        return next(({kind: value} for kind, value in known if value), {"bsuid": None})


@dataclass(frozen=True, slots=True)
class SaidLine:
    """What an event brought, with its place in the log. Kept with the state until it is logged: the
    lane's next event must be able to log it, since only the log remembers an event for good. `kind`
    is the event's (see `shared.events`): most are a customer's messages."""

    seq: int
    at: int
    message: JsonObject
    kind: str = MESSAGE


@dataclass(frozen=True, slots=True)
class Handover:
    """What one event caused: committed with the state, handed to the queues afterwards.

    `at` is when the event was applied; `said` the event's own line in the log, None where it has
    none; `effects` are JSON, ready for their queues.
    """

    event: str
    version: int
    at: int
    said: SaidLine | None
    effects: tuple[JsonObject, ...]


@dataclass(frozen=True, slots=True)
class AppliedIds:
    """The newest applied event ids, as short hashes, oldest first.

    `forgotten_until` is the newest `at` among the ids that have dropped out: an event that is not
    remembered and not newer than this may have been applied, and only the log can tell.
    """

    recent: tuple[tuple[str, int], ...] = ()
    forgotten_until: int = 0

    def __contains__(self, event_id: str) -> bool:
        return any(known == short_hash(event_id) for known, _ in self.recent)

    def unsure(self, at: int) -> bool:
        return at <= self.forgotten_until

    def with_id(self, event_id: str, at: int) -> AppliedIds:
        recent = (*self.recent, (short_hash(event_id), at))
        dropped = recent[:-REMEMBERED_IDS]
        return AppliedIds(
            recent=recent[-REMEMBERED_IDS:],
            forgotten_until=max([self.forgotten_until, *(at for _, at in dropped)]),
        )


@dataclass(frozen=True, slots=True)
class Conversation:
    """The state of one conversation. `version` 0 means that nothing is stored yet; `seq` is the
    last number given to a message; `session` is the flow engine's own state; `handling` says who
    answers; `profile` is a copy of the contact's record (see `shared.contacts.record.profile`),
    None until there is one; `told_at` is when the contacts were last told that this person is here,
    in milliseconds; `window` says for how long anything may be sent; `offered` are the options of
    the newest question, where the channel cannot show them."""

    channel: str
    contact: Contact
    version: int = 0
    seq: int = 0
    session: JsonObject | None = None
    applied: AppliedIds = field(default_factory=AppliedIds)
    outbox: tuple[Handover, ...] = ()
    handling: Handling = field(default_factory=Handling)
    profile: JsonObject | None = None
    told_at: int = 0
    window: Window = field(default_factory=Window)
    offered: Offered | None = None

    @property
    def blocked(self) -> bool:
        """Whether people want nothing to do with the contact: flows are silent, nothing is sent."""
        return bool(self.profile and self.profile.get("blocked"))


def forgotten(conversation: Conversation) -> Conversation:
    """What is left of a conversation whose person is to be forgotten: numbers that go on, so that
    nothing that is still under way is mistaken for what comes anew, and hashes of events."""
    return Conversation(
        channel=conversation.channel,
        contact=Contact(id=conversation.contact.id),
        version=conversation.version + 1,
        seq=conversation.seq,
        applied=conversation.applied,
    )


def short_hash(event_id: str) -> str:
    """72 bits: enough to tell a conversation's events apart, small enough to keep many."""
    return b64encode(hashlib.sha256(event_id.encode()).digest()[:9]).decode()


def to_json(conversation: Conversation) -> JsonObject:
    contact = conversation.contact
    return {
        "contact": {
            name: value
            for name in ("id", "wa_id", "bsuid", "lid", "name", "username", "moved_at")
            if (value := getattr(contact, name))
        },
        "seq": conversation.seq,
        "session": conversation.session,
        "applied": conversation.applied.recent,
        "forgotten_until": conversation.applied.forgotten_until,
        "outbox": [_handover_json(handover) for handover in conversation.outbox],
        "handling": handlings.to_json(conversation.handling),
        "profile": conversation.profile,
        "told_at": conversation.told_at,
        "window": windows.to_json(conversation.window),
        "offered": offers.to_json(conversation.offered),
    }


def outbox_bytes(conversation: Conversation) -> int:
    """How much of its item the outbox takes."""
    return sum(len(json.dumps(_handover_json(handover))) for handover in conversation.outbox)


def from_json(channel: str, version: int, raw: Mapping[str, Any]) -> Conversation:
    return Conversation(
        channel=channel,
        contact=Contact(**raw["contact"]),
        version=version,
        seq=raw["seq"],
        session=raw["session"],
        applied=AppliedIds(
            recent=tuple((known, at) for known, at in raw["applied"]),
            forgotten_until=raw["forgotten_until"],
        ),
        outbox=tuple(
            Handover(
                event=handover["event"],
                version=handover["version"],
                at=handover["at"],
                said=SaidLine(**handover["said"]) if handover["said"] else None,
                effects=tuple(handover["effects"]),
            )
            for handover in raw["outbox"]
        ),
        handling=handlings.from_json(raw.get("handling", {})),
        profile=raw.get("profile"),
        told_at=raw.get("told_at", 0),
        window=windows.from_json(raw.get("window")),
        offered=offers.from_json(raw.get("offered")),
    )


def _handover_json(handover: Handover) -> JsonObject:
    said = handover.said
    return {
        "event": handover.event,
        "version": handover.version,
        "at": handover.at,
        "said": said
        and {"seq": said.seq, "at": said.at, "message": said.message, "kind": said.kind},
        "effects": handover.effects,
    }
