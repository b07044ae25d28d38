"""What travels in `inbound.fifo`: all that can change a conversation, as events of a lane."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from shared.json_types import JsonObject
from shared.lanes import Identity, lane
from shared.queues import Entry, encode

MESSAGE = "message"
STANDBY = "standby"  # a message while another handler of the number answers
ECHO = "echo"  # typed by somebody on the phone that shares the number
HISTORY = "history"  # said before the number was connected
HISTORY_ECHO = "history_echo"  # answered before the number was connected
CALL = "call"
PREFERENCE = "preference"  # the person stops or resumes a kind of message
HTTP_ANSWERED = "http_answered"
AI_ANSWERED = "ai_answered"
TIMER_FIRED = "timer_fired"
START = "start"  # a flow is started other than by a message
TAKEN_OVER = "taken_over"  # a person answers from now on
HANDED_BACK = "handed_back"
AGENT_MESSAGE = "agent_message"  # a person writes to the customer
CAMPAIGN_SENT = "campaign_sent"  # body: {tenant, campaign, recipient, message, wamid}
PROGRAM_MESSAGE = "program_message"  # a program writes to the customer
OF_A_TENANT = frozenset(
    {
        *(TIMER_FIRED, START, TAKEN_OVER, HANDED_BACK),
        *(AGENT_MESSAGE, PROGRAM_MESSAGE, CAMPAIGN_SENT),
    }
)
"""Their body names the tenant that asked for them: a number may change hands meanwhile."""
LOGGED = frozenset({MESSAGE, STANDBY, ECHO, HISTORY, HISTORY_ECHO, CALL, CAMPAIGN_SENT})
OF_THE_CUSTOMER = frozenset({MESSAGE, STANDBY, CALL})
"""What WhatsApp's window may be opened by, whoever answers."""
OURS = frozenset({ECHO, HISTORY_ECHO, CAMPAIGN_SENT})
BEFORE_US = frozenset({HISTORY, HISTORY_ECHO})
CONTACT_CHANGED = "contact_changed"  # body: the contact's profile
MAX_HOPS = 50  # rounds between worker and actions that one customer's message may cause


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a message is from, as far as this one webhook tells. `identities` has the strongest
    first; more than one links the lanes of one person. `becomes` holds what a system message says
    that the person is known by from now on."""

    identities: tuple[Identity, ...]
    name: str | None = None
    username: str | None = None
    becomes: tuple[Identity, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `id` deduplicates; `at` is milliseconds since 1970, as its source stamped it, so
    that a redelivery carries the same; `body` is Meta's message object, or an action's answer."""

    id: str
    kind: str
    at: int
    body: JsonObject
    sender: Sender | None = None
    hops: int = 0


@dataclass(frozen=True, slots=True)
class LaneEvents:
    """Events of one lane, in order, in one queue entry: none can overtake another."""

    channel: str
    contact: str
    events: tuple[Event, ...] = field(default_factory=tuple)


def to_body(batch: LaneEvents) -> JsonObject:
    return {
        "v": 1,
        "channel": batch.channel,
        "contact": batch.contact,
        "events": [_event_json(event) for event in batch.events],
    }


def from_body(body: JsonObject) -> LaneEvents:
    return LaneEvents(
        channel=body["channel"],
        contact=body["contact"],
        events=tuple(_event(event) for event in body["events"]),
    )


def entry(batch: LaneEvents) -> Entry:
    """The batch as an entry of `inbound.fifo`."""
    ids = [event.id for event in batch.events]
    return lane_entry(batch.channel, batch.contact, ids, encode(to_body(batch)))


def lane_entry(channel: str, contact: str, event_ids: Iterable[str], body: str) -> Entry:
    """Events of a lane with a body of their own. The same events, sent again, are recognised by
    SQS within five minutes (and by the conversation ever after)."""
    dedup = hashlib.sha256("\n".join(event_ids).encode()).hexdigest()
    return Entry(body, lane(channel, contact), dedup)


def _event_json(event: Event) -> JsonObject:
    sender = event.sender
    return {
        "id": event.id,
        "kind": event.kind,
        "at": event.at,
        "body": event.body,
        "hops": event.hops,
        "sender": sender
        and {
            "identities": _identities_json(sender.identities),
            "becomes": _identities_json(sender.becomes),
            "name": sender.name,
            "username": sender.username,
        },
    }


def _identities_json(identities: tuple[Identity, ...]) -> list[list[str]]:
    return [[identity.kind, identity.value] for identity in identities]


def _event(raw: JsonObject) -> Event:
    sender = raw["sender"]
    return Event(
        id=raw["id"],
        kind=raw["kind"],
        at=raw["at"],
        body=raw["body"],
        hops=raw["hops"],
        sender=sender
        and Sender(
            identities=tuple(Identity(*identity) for identity in sender["identities"]),
            becomes=tuple(Identity(*identity) for identity in sender["becomes"]),
            name=sender["name"],
            username=sender["username"],
        ),
    )
