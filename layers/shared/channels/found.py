"""What was found in a webhook body, each thing with the place that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from shared.channels.persons import an_id, person_of
from shared.events import MESSAGE
from shared.json_types import JsonObject
from shared.lanes import contact_id


class AddressedMessage(NamedTuple):
    """A message, or what is logged like one, with its lane. `kind` is an event's (see
    `shared.events`); `wa_id` and `bsuid` are the person's; `contacts` those of its change."""

    channel: str
    contact: str
    message: JsonObject
    contacts: object
    event_id: str
    wa_id: str | None
    bsuid: str | None
    kind: str = MESSAGE


AddressedStatus: TypeAlias = tuple[str, JsonObject]
"""Channel, and Meta's status object."""


class AccountChange(NamedTuple):
    """Something about an account, a number or a template. `waba_id` and `channel` are None where
    the change does not name them; `time` is the entry's, as Meta wrote it."""

    waba_id: str | None
    channel: str | None
    field: str
    time: int | str | None
    value: JsonObject


class NotUnderstood(NamedTuple):
    """`channel` is None where not even the number is known; `reason` a short name."""

    channel: str | None
    reason: str
    field: str
    body: JsonObject


@dataclass(slots=True)
class Found:
    messages: list[AddressedMessage] = field(default_factory=list)
    statuses: list[AddressedStatus] = field(default_factory=list)
    account: list[AccountChange] = field(default_factory=list)
    kept: list[NotUnderstood] = field(default_factory=list)

    def keep(self, channel: str | None, reason: str, field_name: str, body: JsonObject) -> None:
        self.kept.append(NotUnderstood(channel, reason, field_name, body))

    def address(
        self,
        channel: str,
        message: JsonObject,
        contacts: object,
        *,
        phone: object,
        user_id: object,
        kind: str = MESSAGE,
        field_name: str = "messages",
        event_id: object = None,
    ) -> None:
        """Put a message in the lane of the person that these ids name; keep it when none do."""
        identity = an_id(message.get("id") if event_id is None else event_id)
        wa_id, bsuid = person_of(phone, user_id, contacts)
        if not identity or not (bsuid or wa_id):
            self.keep(channel, "no_sender_or_id", field_name, message)
            return
        strongest = ("bsuid", bsuid) if bsuid else ("wa_id", wa_id or "")
        contact = contact_id(channel, *strongest)
        found = AddressedMessage(channel, contact, message, contacts, identity, wa_id, bsuid, kind)
        self.messages.append(found)
