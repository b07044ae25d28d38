"""Whom a conversation is with, before it was told: somebody imported writes for the first time, or
somebody known to another number. Flows ask about their tags at once, and a block holds at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Final

from shared.contacts.merging import merged
from shared.contacts.record import profile
from shared.conversation import Conversation
from shared.events import MESSAGE, START, Event
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.store.contacts import Contacts

_ANSWERED: Final = frozenset({MESSAGE, START})


def is_asked_for(conversation: Conversation, events: Iterable[Event]) -> bool:
    """Only while the contacts do not know of the conversation: afterwards they tell it."""
    is_untold = conversation.profile is None and conversation.told_at == 0
    return is_untold and any(event.kind in _ANSWERED for event in events)


def known_profile(contacts: Contacts, identities: Sequence[Identity]) -> JsonObject | None:
    """What the conversation would have been told. Of records that are not yet known to be one
    person's, what they will be together; None of somebody unknown."""
    ids = sorted(set(contacts.known_by(identities).values()))
    found = contacts.many(ids)
    records = [found[id_] for id_ in ids if id_ in found]
    return profile(reduce(merged, records)) if records else None
