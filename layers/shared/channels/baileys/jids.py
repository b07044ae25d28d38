"""How WhatsApp itself names numbers and people.

A channel's id is made of the number, told apart from Meta's ids, which are digits alone.
"""

from __future__ import annotations

import re
from typing import Final

from shared.channels.kinds import LINKED
from shared.json_types import JsonObject
from shared.lanes import Identity

_PERSON: Final = "s.whatsapp.net"
_HIDDEN: Final = "lid"
_GROUP: Final = "g.us"
_DIGITS: Final = re.compile(r"[0-9]{5,20}")


class NoAddressError(ValueError):
    """The contact is known by nothing that such a channel can write to."""


def channel_id(phone: str) -> str:
    """Of a number in E.164: `+6281…` is `wa6281…`."""
    return f"{LINKED}{phone.removeprefix('+')}"


def phone_of(channel: str) -> str:
    """In E.164."""
    return f"+{channel.removeprefix(LINKED)}"


def jid_of(address: JsonObject) -> str:
    """Where a message to a conversation's address goes. Raises NoAddressError."""
    if address.get("wa_id"):
        return f"{address['wa_id']}@{_PERSON}"
    if address.get("lid"):
        return f"{address['lid']}@{_HIDDEN}"
    raise NoAddressError("The contact has neither a phone number nor an id on this channel.")


def is_group(jid: object) -> bool:
    return isinstance(jid, str) and jid.endswith(f"@{_GROUP}")


def identities(*jids: object) -> tuple[Identity, ...]:
    """Who these name, by number first: a hidden id alone cannot be looked up elsewhere."""
    found = [one for jid in jids if (one := _identity(jid))]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.kind != "wa_id"))


def _identity(jid: object) -> Identity | None:
    """A device's part (`:12`) is no part of who it is."""
    if not isinstance(jid, str):
        return None
    name, _, host = jid.partition("@")
    digits = name.partition(":")[0]
    kind = {_PERSON: "wa_id", _HIDDEN: "lid"}.get(host)
    return Identity(kind, digits) if kind and _DIGITS.fullmatch(digits) else None
