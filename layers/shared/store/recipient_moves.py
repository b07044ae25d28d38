"""How a recipient's item moves on: each move is one conditional write. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from shared.campaigns.outcomes import (
    IN_FLIGHT,
    QUEUED,
    RANKS,
    REPLIED,
    WAITING,
    class_of,
    retry_at,
)
from shared.delivery import ACCEPTED, CLAIMED, FAILED, SENT
from shared.json_types import JsonObject
from shared.store.recipient_items import Recipient

Value = str | int | bool | frozenset[str]
_NAME: Final = re.compile(r"#(\w+)")
_IS_THERE: Final = "attribute_exists(pk)"
_WAS_CLAIMED: Final = "attribute_exists(since)"
_FURTHER: Final = f"#rank < :rank AND {_WAS_CLAIMED}"
_AS_READ: Final = "#state = :was AND #attempts = :tried"
_IS_SOMEBODY: Final = "(attribute_exists(phone) OR attribute_exists(bsuid))"
_OF_THIS_TRY: Final = "NOT contains(#old_wamids, :wamid)"
_TRIED_ANEW_MS: Final = 36 * 3_600_000
"""WhatsApp says within hours that it held a message back. The pacer looks after a campaign for two
days after its last send: who came to wait later would do so for ever."""


@dataclass(frozen=True, slots=True)
class Move:
    """`sets` by attribute; `first` are set where there is nothing yet; `adds` count up, or put into
    a set. `given` is what the condition speaks of beside those."""

    condition: str
    given: Mapping[str, Value] = field(default_factory=dict)
    sets: Mapping[str, Value] = field(default_factory=dict)
    first: Mapping[str, Value] = field(default_factory=dict)
    adds: Mapping[str, Value] = field(default_factory=dict)
    removes: Collection[str] = ()

    def request(self) -> JsonObject:
        """What `update_item` is asked beside the place."""
        set_ = [f"#{name} = :{name}" for name in self.sets]
        set_ += [f"#{name} = if_not_exists(#{name}, :{name})" for name in self.first]
        clauses = {
            "SET": set_,
            "REMOVE": [f"#{name}" for name in self.removes],
            "ADD": [f"#{name} :more_{name}" for name in self.adds],
        }
        update = " ".join(f"{verb} {', '.join(some)}" for verb, some in clauses.items() if some)
        more = {f"more_{name}": value for name, value in self.adds.items()}
        values = {**self.given, **self.sets, **self.first, **more}
        asked: JsonObject = {
            "UpdateExpression": update,
            "ConditionExpression": self.condition,
            "ExpressionAttributeValues": {f":{name}": _typed(one) for name, one in values.items()},
        }
        if names := _NAME.findall(f"{update} {self.condition}"):
            asked["ExpressionAttributeNames"] = {f"#{name}": name for name in names}
        return asked


TOLD: Final = Move(_IS_THERE, sets={"told": True})
OPTED_OUT: Final = Move(_IS_THERE, sets={"opted_out": True})


def claim(before: Recipient, now: int) -> Move:
    """As it was read. What an earlier try was called by WhatsApp is remembered."""
    old = {"old_wamids": frozenset({before.wamid})} if before.wamid else {}
    return Move(
        _AS_READ,
        given=_as_read(before),
        sets={**_state(CLAIMED, now), "since": now},
        adds={"attempts": 1, **old},
        removes=("retry_at", "reason", "class", "wamid"),
    )


def sent(wamid: str, now: int) -> Move:
    return _of_claimed({**_state(SENT, now), "wamid": wamid, "told": True}, first={"sent_at": now})


def ended(state: str, now: int, details: Mapping[str, str], at: int | None = None) -> Move:
    """After a claim: how the try ended; `at` when there is another."""
    return _of_claimed({**_state(state, now), **details, **_waiting(at)})


def failed(class_: str, reason: str, rounds: int, now: int) -> Move:
    """After a claim: it is over, but for another round where its class has one."""
    details, at = {"class": class_, "reason": reason}, retry_at(class_, rounds, now)
    if at is None:
        return ended(FAILED, now, details)
    return _of_claimed(
        {**_state(WAITING, now), **details, **_waiting(at), "attempts": 0}, adds={"rounds": 1}
    )


def unclaimed(state: str, now: int, details: Mapping[str, str], at: int | None = None) -> Move:
    """Of one that nobody has claimed; `at` when it is looked at again."""
    return Move(
        "#state IN (:queued, :waiting)",
        given={"queued": QUEUED, "waiting": WAITING},
        sets={**_state(state, now), **details, **_waiting(at)},
        removes=("retry_at",) if at is None else (),
    )


def reopened(now: int) -> Move:
    return Move(
        f"#state = :failed AND {_IS_SOMEBODY}",
        given={"failed": FAILED},
        sets={**_state(WAITING, now), "attempts": 0, "retry_at": now, "reopened": True},
        removes=("rounds",),
    )


def status(state: str, details: Mapping[str, str], pricing: Mapping[str, str], now: int) -> Move:
    """WhatsApp's word that it came further. That it was sent is said of one try only; what arrived
    by any try has arrived."""
    named = {"wamid": details["wamid"]} if details.get("wamid") else {}
    accepted = {"sent_at": now} if state in ACCEPTED else {}
    return Move(
        f"{_FURTHER} AND {_OF_THIS_TRY}" if named and state == SENT else _FURTHER,
        sets={**_state(state, now), **named},
        first={**accepted, **pricing},
        removes=("retry_at", "reason", "class"),
    )


def priced(pricing: Mapping[str, str]) -> Move:
    """Of a message that is further than the status that tells it."""
    return Move(f"{_WAS_CLAIMED} AND attribute_not_exists(#category)", sets=pricing)


def failure(before: Recipient, details: Mapping[str, str], now: int) -> Move | None:
    """WhatsApp's word that a try failed; None where it is about another one, or comes late."""
    wamid = details.get("wamid")
    if not before.since or wamid in before.old_wamids:
        return None
    if before.state not in (*IN_FLIGHT, SENT):
        return None  # told before: it waits for its next try, or was delivered after all
    if wamid and before.wamid and wamid != before.wamid:
        return None  # of a try that nobody knew to be WhatsApp's
    code = details.get("code")
    class_ = class_of(int(code) if code else None)
    is_anew = before.is_somebody and now - before.since <= _TRIED_ANEW_MS
    at = retry_at(class_, before.rounds, now) if is_anew else None
    named = {"wamid": wamid} if wamid else {}
    old = {"old_wamids": frozenset({wamid})} if wamid else {}
    told: dict[str, Value] = {"class": class_, "reason": details.get("reason", ""), **named}
    again: dict[str, Value] = {} if at is None else {**_waiting(at), "attempts": 0}
    return Move(
        _AS_READ,
        given=_as_read(before),
        sets={**_state(FAILED if at is None else WAITING, now), **told, **again},
        adds={**old, **({} if at is None else {"rounds": 1})},
    )


def replied(at: int) -> Move:
    return Move(_FURTHER, sets={**_state(REPLIED, at), "replied_at": at})


def _of_claimed(
    sets: Mapping[str, Value],
    first: Mapping[str, Value] | None = None,
    adds: Mapping[str, Value] | None = None,
) -> Move:
    """Unless a status has settled it meanwhile."""
    claimed, unsettled = IN_FLIGHT
    return Move(
        "#state IN (:claimed, :unsettled)",
        given={"claimed": claimed, "unsettled": unsettled},
        sets=sets,
        first=first or {},
        adds=adds or {},
    )


def _state(state: str, now: int) -> dict[str, Value]:
    return {"state": state, "rank": RANKS[state], "updated_at": now}


def _waiting(at: int | None) -> dict[str, Value]:
    return {} if at is None else {"retry_at": at}


def _as_read(before: Recipient) -> dict[str, Value]:
    return {"was": before.state, "tried": before.attempts}


def _typed(value: Value) -> JsonObject:
    if isinstance(value, frozenset):
        return {"SS": sorted(value)}
    if isinstance(value, bool):
        return {"BOOL": value}
    return {"N": str(value)} if isinstance(value, int) else {"S": value}
