"""Who answers in a conversation, as it is kept with its state: the bot, or a person."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from shared.json_types import JsonObject

PHONE: Final = "phone"  # somebody writes on the phone that shares the number


@dataclass(frozen=True, slots=True)
class Taken:
    """A person has the conversation, and the bot is silent.

    `by` is the person's id, `PHONE`, or None while it waits for one; `team` the team it was given
    to. `since` and `spoke_at` (when a person last wrote) in milliseconds. After `back_after`
    seconds without a word from a person the bot goes on; None: only when it is handed back.
    """

    by: str | None
    team: str | None
    since: int
    spoke_at: int
    back_after: int | None = None

    @property
    def back_at(self) -> int | None:
        return None if self.back_after is None else self.spoke_at + self.back_after * 1000


@dataclass(frozen=True, slots=True)
class Burst:
    """Short messages that wait for one another, to answer a question as one. `correlation` is that
    of the timer which ends the wait; `parts` are {"id", "text"}; `message` is the last one's."""

    correlation: str
    since: int
    parts: tuple[JsonObject, ...]
    message: JsonObject


@dataclass(frozen=True, slots=True)
class Handling:
    """What is kept of a conversation beside its flow's session. `repeated` counts how often the
    customer has said the same thing lately: {"text", "times", "since"}; `started` how often flows
    have started by themselves; `unanswered` holds the campaigns that flows wait for a reply to:
    {"correlation", "campaign", "flow"}; `campaigns` the newest campaigns that the person was sent:
    {"campaign", "recipient", "at"}, oldest first."""

    taken: Taken | None = None
    burst: Burst | None = None
    repeated: JsonObject | None = None
    started: JsonObject | None = None
    unanswered: tuple[JsonObject, ...] = ()
    campaigns: tuple[JsonObject, ...] = ()


def to_json(handling: Handling) -> JsonObject:
    return {name: value for name, value in asdict(handling).items() if value not in (None, ())}


def from_json(raw: JsonObject) -> Handling:
    taken, burst = raw.get("taken"), raw.get("burst")
    return Handling(
        taken=Taken(**taken) if taken else None,
        burst=Burst(**{**burst, "parts": tuple(burst["parts"])}) if burst else None,
        repeated=raw.get("repeated"),
        started=raw.get("started"),
        unanswered=tuple(raw.get("unanswered", ())),
        campaigns=tuple(raw.get("campaigns", ())),
    )
