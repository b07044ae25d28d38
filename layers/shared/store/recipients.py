"""A campaign's recipients, in blocks of BLOCK: each is one item, which is claimed before it is sent
to and moves on by conditional writes only. Whoever has changed some has their blocks counted anew
(see `shared.store.tallies`)."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

from shared.campaigns.callbacks import RecipientRef
from shared.campaigns.outcomes import (
    CANCELLED,
    IN_FLIGHT,
    QUEUED,
    RANKS,
    REPLIED,
    SKIPPED,
    WAITING,
    class_of,
    retry_at,
)
from shared.delivery import ACCEPTED, CLAIMED, FAILED, SENT, UNSETTLED
from shared.json_types import JsonObject
from shared.store import campaign_keys, keys
from shared.store.partitions import items
from shared.store.recipient_items import Recipient, item_of, recipient_of
from shared.store.transactions import BusyError
from shared.tenancy import Tenant

BLOCK: Final = 100
_TOGETHER: Final = 25  # of one BatchWriteItem
_TRIES: Final = 8
_NAMES: Final = {"#state": "state", "#rank": "rank"}


class Recipients:
    """Of one campaign. `window_ms`: how long WhatsApp may be silent about a message."""

    def __init__(
        self, tenant: Tenant, campaign: str, table: str, dynamodb: Any, *, window_ms: int = 300_000
    ) -> None:
        self._tenant = tenant
        self.campaign = campaign
        self._table = table
        self._dynamodb = dynamodb
        self._window_ms = window_ms

    # Freezing: before anything is sent.

    def add(self, block: int, recipients: Sequence[Recipient]) -> None:
        """A whole block. Done again, it is the same. Raises BusyError."""
        pk = self._pk(block)
        found = [item_of(pk, one) for one in recipients]
        for start in range(0, len(found), _TOGETHER):
            asked: Any = {
                self._table: [
                    {"PutRequest": {"Item": item}} for item in found[start : start + _TOGETHER]
                ]
            }
            for attempt in range(_TRIES):
                asked = self._dynamodb.batch_write_item(RequestItems=asked).get("UnprocessedItems")
                if not asked:
                    break
                time.sleep(random.uniform(0, 0.05 * 2**attempt))
            else:
                raise BusyError

    # Reading.

    def block(self, block: int) -> list[Recipient]:
        """In order, as they are now."""
        found = items(self._dynamodb, self._table, self._pk(block))
        return [recipient_of(block, item) for item in found]

    def page(self, block: int, after: int | None, limit: int) -> list[Recipient]:
        """Of one block, those after a number."""
        answer = self._dynamodb.query(
            TableName=self._table,
            KeyConditionExpression="pk = :pk AND sk > :after",
            ExpressionAttributeValues={
                ":pk": {"S": self._pk(block)},
                ":after": {"S": campaign_keys.recipient(after) if after is not None else " "},
            },
            Limit=limit,
        )
        return [recipient_of(block, item) for item in answer["Items"]]

    def find(self, ref: RecipientRef) -> Recipient | None:
        item = self._dynamodb.get_item(**self._place(ref), ConsistentRead=True).get("Item")
        return recipient_of(ref.block, item) if item else None

    # Sending.

    def claim(self, before: Recipient, now: int) -> Recipient | None:
        """Take it for sending, as it was read; None when somebody has moved it since, or nothing is
        to be sent. The attempts of a try are counted; what an earlier try was called by WhatsApp is
        remembered."""
        if not before.may_be_sent(now, self._window_ms):
            return None
        sets = "SET #state = :claimed, #rank = :zero, since = :now, updated_at = :now"
        values: JsonObject = {
            ":claimed": {"S": CLAIMED},
            ":zero": {"N": "0"},
            ":now": {"N": str(now)},
            ":one": {"N": "1"},
            ":state": {"S": before.state},
            ":attempts": {"N": str(before.attempts)},
        }
        adds = "ADD attempts :one"
        condition = "#state = :state AND attempts = :attempts"
        removes = " REMOVE retry_at, reason, #class, wamid"
        if before.wamid:
            adds += ", old_wamids :old"
            values[":old"] = {"SS": [before.wamid]}
        ref = before.ref(self.campaign)
        taken = self._update(ref, f"{sets}{removes} {adds}", condition, values, _NAMES | _CLASS)
        return recipient_of(ref.block, taken) if taken else None

    def sent(self, ref: RecipientRef, wamid: str, now: int) -> None:
        """WhatsApp took it, and its conversation was told. Keeps what a status has said since."""
        values: JsonObject = {
            ":state": {"S": SENT},
            ":rank": {"N": str(RANKS[SENT])},
            ":wamid": {"S": wamid},
            ":now": {"N": str(now)},
            ":yes": {"BOOL": True},
            ":claimed": {"S": CLAIMED},
            ":unsettled": {"S": UNSETTLED},
        }
        moved = self._update(
            ref,
            "SET #state = :state, #rank = :rank, wamid = :wamid, told = :yes,"
            " sent_at = if_not_exists(sent_at, :now), updated_at = :now",
            "#state IN (:claimed, :unsettled)",
            values,
            _NAMES,
        )
        if moved is None:
            self.told(ref)

    def told(self, ref: RecipientRef) -> None:
        """Its conversation knows of the message."""
        self._update(ref, "SET told = :yes", "attribute_exists(pk)", {":yes": {"BOOL": True}}, {})

    def unsettled(self, ref: RecipientRef, reason: str, now: int) -> None:
        """Nobody knows whether WhatsApp took it."""
        self._mark(ref, UNSETTLED, {"reason": reason}, now)

    def again(self, ref: RecipientRef, at: int, reason: str, class_: str, now: int) -> None:
        """WhatsApp surely did not take it: it is tried again at a time."""
        self._mark(ref, WAITING, {"reason": reason, "class": class_}, now, retry_at=at)

    def failed(
        self, ref: RecipientRef, reason: str, class_: str, now: int, *, rounds: int = 0
    ) -> None:
        """It will not be sent, but in another round where its class has one; `rounds` of them have
        been."""
        at = retry_at(class_, rounds, now)
        if at is not None:
            self._mark(
                ref, WAITING, {"reason": reason, "class": class_}, now, retry_at=at, round_=True
            )
            return
        self._mark(ref, FAILED, {"reason": reason, "class": class_}, now)

    def skip(self, ref: RecipientRef, class_: str, reason: str, now: int) -> None:
        """Nothing was sent, and will not be: only of one that nobody has claimed."""
        self._unclaimed(ref, SKIPPED, {"reason": reason, "class": class_}, now)

    def put_off(self, ref: RecipientRef, at: int, reason: str, now: int) -> None:
        """Nothing was sent yet; it is looked at again at a time."""
        self._unclaimed(ref, WAITING, {"reason": reason}, now, retry_at=at)

    def cancel(self, ref: RecipientRef, now: int) -> None:
        """The same of a campaign that was cancelled."""
        self._unclaimed(ref, CANCELLED, {}, now)

    def reopen(self, ref: RecipientRef, now: int) -> bool:
        """Somebody wants a failed message tried again. Answers whether it was."""
        done = self._update(
            ref,
            "SET #state = :waiting, #rank = :zero, attempts = :zero, retry_at = :now,"
            " updated_at = :now REMOVE rounds",
            "#state = :failed",
            {
                ":waiting": {"S": WAITING},
                ":failed": {"S": FAILED},
                ":zero": {"N": "0"},
                ":now": {"N": str(now)},
            },
            _NAMES,
        )
        return done is not None

    # What is told afterwards.

    def receipt(
        self,
        ref: RecipientRef,
        status: str,
        details: Mapping[str, str],
        now: int,
        *,
        pricing: Mapping[str, str] | None = None,
    ) -> Recipient | None:
        """One of WhatsApp's statuses; answers the recipient if it was moved. It moves none that was
        never claimed, and a failure only the try that it is about."""
        pricing = pricing or {}
        if status == FAILED:
            return self._receipt_of_failure(ref, details, now)
        values: JsonObject = {
            ":state": {"S": status},
            ":rank": {"N": str(RANKS[status])},
            ":now": {"N": str(now)},
        }
        names = dict(_NAMES)
        sets = "SET #state = :state, #rank = :rank, updated_at = :now"
        if status in ACCEPTED:
            sets += ", sent_at = if_not_exists(sent_at, :now)"
        if details.get("wamid"):
            sets += ", wamid = :wamid"
            values[":wamid"] = {"S": details["wamid"]}
        for name, value in pricing.items():
            names[f"#{name}"], values[f":{name}"] = name, {"S": value}
            sets += f", #{name} = if_not_exists(#{name}, :{name})"
        condition = "#rank < :rank AND attribute_exists(since)"
        moved = self._update(
            ref, f"{sets} REMOVE retry_at, reason, #class", condition, values, names | _CLASS
        )
        if moved is None and pricing:
            self._price(ref, pricing)
        return recipient_of(ref.block, moved) if moved else None

    def _receipt_of_failure(
        self, ref: RecipientRef, details: Mapping[str, str], now: int
    ) -> Recipient | None:
        code = details.get("code")
        class_ = class_of(int(code) if code else None)
        before = self.find(ref)
        if before is None or details.get("wamid") in before.old_wamids or not before.since:
            return None
        if before.state not in (*IN_FLIGHT, SENT):
            return None  # told before: it waits for its next try, or was delivered after all
        at = retry_at(class_, before.rounds, now)
        state = FAILED if at is None else WAITING
        values: JsonObject = {
            ":state": {"S": state},
            ":rank": {"N": str(RANKS[state])},
            ":class": {"S": class_},
            ":reason": {"S": details.get("reason", "")},
            ":now": {"N": str(now)},
            ":before": {"S": before.state},
            ":attempts": {"N": str(before.attempts)},
        }
        sets = (
            "SET #state = :state, #rank = :rank, #class = :class, reason = :reason,"
            " updated_at = :now"
        )
        if wamid := details.get("wamid"):
            sets += ", wamid = :wamid"
            values[":wamid"] = {"S": wamid}
        if at is not None:
            sets += ", retry_at = :at, attempts = :none ADD rounds :one"
            values |= {":at": {"N": str(at)}, ":none": {"N": "0"}, ":one": {"N": "1"}}
        condition = "#state = :before AND attempts = :attempts"
        moved = self._update(ref, sets, condition, values, _NAMES | _CLASS)
        return recipient_of(ref.block, moved) if moved else None

    def replied(self, ref: RecipientRef, at: int) -> bool:
        """The person answered the message. Answers whether that was news."""
        moved = self._update(
            ref,
            "SET #state = :state, #rank = :rank, replied_at = :at, updated_at = :at",
            "#rank < :rank AND attribute_exists(since)",
            {
                ":state": {"S": REPLIED},
                ":rank": {"N": str(RANKS[REPLIED])},
                ":at": {"N": str(at)},
            },
            _NAMES,
        )
        return moved is not None

    def opted_out(self, ref: RecipientRef) -> None:
        """The person opted out after this message."""
        self._update(
            ref, "SET opted_out = :yes", "attribute_exists(pk)", {":yes": {"BOOL": True}}, {}
        )

    # Inside.

    def _mark(
        self,
        ref: RecipientRef,
        state: str,
        details: Mapping[str, str],
        now: int,
        *,
        retry_at: int | None = None,
        round_: bool = False,
    ) -> None:
        """After a claim, unless a status has settled it meanwhile."""
        names = {**_NAMES, **{f"#{name}": name for name in details}}
        values: JsonObject = {
            ":state": {"S": state},
            ":rank": {"N": str(RANKS[state])},
            ":now": {"N": str(now)},
            ":claimed": {"S": CLAIMED},
            ":unsettled": {"S": UNSETTLED},
            **{f":{name}": {"S": value} for name, value in details.items()},
        }
        sets = "SET #state = :state, #rank = :rank, updated_at = :now" + "".join(
            f", #{name} = :{name}" for name in details
        )
        if retry_at is not None:
            sets += ", retry_at = :retry_at"
            values[":retry_at"] = {"N": str(retry_at)}
        if round_:
            sets += ", attempts = :none ADD rounds :one"
            values |= {":none": {"N": "0"}, ":one": {"N": "1"}}
        self._update(ref, sets, "#state IN (:claimed, :unsettled)", values, names)

    def _unclaimed(
        self,
        ref: RecipientRef,
        state: str,
        details: Mapping[str, str],
        now: int,
        *,
        retry_at: int | None = None,
    ) -> None:
        names = {**_NAMES, **{f"#{name}": name for name in details}}
        values: JsonObject = {
            ":state": {"S": state},
            ":rank": {"N": str(RANKS[state])},
            ":now": {"N": str(now)},
            ":queued": {"S": QUEUED},
            ":waiting": {"S": WAITING},
            **{f":{name}": {"S": value} for name, value in details.items()},
        }
        sets = "SET #state = :state, #rank = :rank, updated_at = :now" + "".join(
            f", #{name} = :{name}" for name in details
        )
        if retry_at is None:
            sets += " REMOVE retry_at"
        else:
            sets += ", retry_at = :retry_at"
            values[":retry_at"] = {"N": str(retry_at)}
        self._update(ref, sets, "#state IN (:queued, :waiting)", values, names)

    def _price(self, ref: RecipientRef, pricing: Mapping[str, str]) -> None:
        """Of a message that is further than the status that tells it."""
        self._update(
            ref,
            "SET " + ", ".join(f"#{name} = :{name}" for name in pricing),
            "attribute_exists(since) AND attribute_not_exists(#category)",
            {f":{name}": {"S": value} for name, value in pricing.items()},
            {"#category": "category", **{f"#{name}": name for name in pricing}},
        )

    def _update(
        self,
        ref: RecipientRef,
        update: str,
        condition: str,
        values: JsonObject,
        names: Mapping[str, str],
    ) -> JsonObject | None:
        """The item as it is then; None when the condition did not hold."""
        used = {name: attribute for name, attribute in names.items() if name in update + condition}
        more = {"ExpressionAttributeNames": used} if used else {}
        try:
            answer = self._dynamodb.update_item(
                **self._place(ref),
                UpdateExpression=update,
                ConditionExpression=condition,
                ExpressionAttributeValues=values,
                ReturnValues="ALL_NEW",
                **more,
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return None
        found: JsonObject = answer["Attributes"]
        return found

    def _pk(self, block: int) -> str:
        return campaign_keys.recipients(self._tenant, self.campaign, block)

    def _place(self, ref: RecipientRef) -> JsonObject:
        key = keys.key(self._pk(ref.block), campaign_keys.recipient(ref.number))
        return {"TableName": self._table, "Key": key}


_CLASS: Final = {"#class": "class"}
