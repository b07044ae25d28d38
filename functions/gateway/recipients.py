"""Whom a program's message goes to: each recipient's lane, and what stands against it. A thousand
cost a few batched reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from shared.channels.kinds import BAILEYS, HAS_WINDOW, kind_of_channel
from shared.contacts.record import ContactRecord
from shared.conversation import Conversation
from shared.events import Sender
from shared.json_types import JsonObject
from shared.lanes import Identity, contact_id
from shared.standing import BLOCKED, Standing
from shared.store.contacts import Contacts
from shared.store.conversation_states import ConversationStates
from shared.window import Window

_SEPARATORS: Final = re.compile(r"[\s().-]")
_E164: Final = re.compile(r"\+?([1-9][0-9]{6,14})")
_OPTED_OUT: Final = "The contact has opted out of {kind} messages."


@dataclass(frozen=True, slots=True)
class Recipient:
    """Known by one of these."""

    phone: str | None = None
    user_id: str | None = None
    contact_id: str | None = None
    conversation_id: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """`code` is stable; `detail` is for people."""

    code: str
    detail: str


NUMBER_INVALID: Final = Refusal("number_invalid", "This is no phone number with a country code.")
NUMBER_NEEDED: Final = Refusal(
    "number_needed", "This channel writes to phone numbers, and not to WhatsApp's user ids."
)
CONTACT_UNKNOWN: Final = Refusal("contact_unknown", "There is no such contact.")
CONTACT_HAS_NO_NUMBER: Final = Refusal(
    "contact_has_no_number", "The contact has no number, and has never written to this channel."
)
CONVERSATION_UNKNOWN: Final = Refusal(
    "conversation_unknown", "There is no such conversation on this channel."
)
REPEATED: Final = Refusal("repeated", "The same person is a recipient further up.")


@dataclass(frozen=True, slots=True)
class Lane:
    """`contact` names the lane; `sender` is who that is where the conversation may be new;
    `opts` are the contact's opt-ins by kind, as far as they are known."""

    contact: str
    sender: Sender | None
    standing: Standing
    opts: Mapping[str, str]

    def refusal(self, message: JsonObject, category: str | None, now: int) -> Refusal | None:
        """Why the message may not be sent to them now. `category` is that of its template."""
        if category and self.opts.get(category) == "out":
            return Refusal("opted_out", _OPTED_OUT.format(kind=category))
        reason = self.standing.refusal(message, now)
        if reason is None:
            return None
        return Refusal("blocked" if reason == BLOCKED else "window_closed", reason)


@dataclass(frozen=True, slots=True)
class Addressing:
    """On one channel of a workspace."""

    channel: str
    contacts: Contacts
    states: ConversationStates

    def lanes(self, recipients: Sequence[Recipient]) -> list[Lane | Refusal]:
        """In the order of the recipients; nobody twice."""
        found = self._records(recipients)
        places = [self._place(one, record) for one, record in zip(recipients, found, strict=True)]
        asked = [one[0] for one in places if not isinstance(one, Refusal)]
        states = self.states.of(self.channel, asked)
        lanes: list[Lane | Refusal] = []
        seen: set[str] = set()
        for place, record in zip(places, found, strict=True):
            lane: Lane | Refusal = (
                place
                if isinstance(place, Refusal)
                else self._lane(*place, record, states.get(place[0]))
            )
            if isinstance(lane, Lane) and lane.contact in seen:
                lane = REPEATED
            elif isinstance(lane, Lane):
                seen.add(lane.contact)
            lanes.append(lane)
        return lanes

    def _records(self, recipients: Iterable[Recipient]) -> list[ContactRecord | None]:
        recipients = list(recipients)
        identities = [_named(one) for one in recipients]
        known = self.contacts.known_by([one for one in identities if one])
        ids = [
            one.contact_id or (known.get(identity) if identity else None)
            for one, identity in zip(recipients, identities, strict=True)
        ]
        records = self.contacts.many([id_ for id_ in ids if id_])
        return [records.get(id_) if id_ else None for id_ in ids]

    def _place(
        self, recipient: Recipient, record: ContactRecord | None
    ) -> tuple[str, Sender | None] | Refusal:
        """The lane's contact, and who that is where it may be new."""
        if recipient.conversation_id is not None:
            channel, _, contact = recipient.conversation_id.partition(".")
            is_name = contact.isascii() and contact.isalnum()
            return (contact, None) if channel == self.channel and is_name else CONVERSATION_UNKNOWN
        if recipient.contact_id is not None and record is None:
            return CONTACT_UNKNOWN
        identity = _known(record) if recipient.contact_id and record else _named(recipient)
        for id_ in record.conversations if record else ():
            channel, _, contact = id_.partition(".")
            if channel == self.channel:
                return contact, None
        if identity is None:
            return CONTACT_HAS_NO_NUMBER if recipient.contact_id else NUMBER_INVALID
        if identity.kind == "bsuid" and kind_of_channel(self.channel) == BAILEYS:
            return CONTACT_HAS_NO_NUMBER if recipient.contact_id else NUMBER_NEEDED
        return contact_id(self.channel, identity.kind, identity.value), Sender((identity,))

    def _lane(
        self,
        contact: str,
        sender: Sender | None,
        record: ContactRecord | None,
        state: Conversation | None,
    ) -> Lane | Refusal:
        if sender is None and (state is None or not _has_address(state)):
            return CONVERSATION_UNKNOWN
        profile = (state.profile if state else None) or {}
        window = state.window if state else Window()
        blocked = record.blocked if record else bool(profile.get("blocked"))
        opts = (
            {kind: one.state for kind, one in record.opt_ins.items()}
            if record
            else profile.get("opt_ins", {})
        )
        windowed = kind_of_channel(self.channel) in HAS_WINDOW
        standing = Standing(window, blocked, windowed=windowed)
        return Lane(state.contact.id if state else contact, sender, standing, opts)


def _has_address(state: Conversation) -> bool:
    """Whoever was forgotten has none."""
    return any(state.contact.address().values())


def _named(recipient: Recipient) -> Identity | None:
    if recipient.user_id is not None:
        return Identity("bsuid", recipient.user_id)
    return _identity(recipient.phone)


def _known(record: ContactRecord) -> Identity | None:
    """By the number, since some messages cannot go to an id alone."""
    ids = (one for one in record.identities if one.kind == "bsuid")
    return _identity(record.phone) or next(ids, None)


def _identity(phone: str | None) -> Identity | None:
    """As WhatsApp knows a number: its digits."""
    found = _E164.fullmatch(_SEPARATORS.sub("", phone)) if phone else None
    return Identity("wa_id", found[1]) if found else None
