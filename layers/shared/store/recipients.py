"""A campaign's recipients, in blocks of BLOCK: each is one item, which is claimed before it is sent
to and moves on by conditional writes only (`shared.store.recipient_moves`). Whoever has changed
some has their blocks counted anew (see `shared.store.tallies`)."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final

from shared.campaigns.callbacks import RecipientRef
from shared.campaigns.outcomes import CANCELLED, SKIPPED, WAITING
from shared.delivery import FAILED, UNSETTLED
from shared.json_types import JsonObject
from shared.store import campaign_keys, keys
from shared.store import recipient_moves as moves
from shared.store.partitions import items
from shared.store.recipient_items import Recipient, item_of, recipient_of
from shared.store.recipient_moves import Move
from shared.store.transactions import BusyError
from shared.tenancy import Tenant

BLOCK: Final = 100
_TOGETHER: Final = 25  # of one BatchWriteItem
_TRIES: Final = 8


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
        return self._move(before.ref(self.campaign), moves.claim(before, now))

    def sent(self, ref: RecipientRef, wamid: str, now: int) -> None:
        """WhatsApp took it, and its conversation was told. Keeps what a status has said since."""
        if self._move(ref, moves.sent(wamid, now)) is None:
            self.told(ref)

    def told(self, ref: RecipientRef) -> None:
        """Its conversation knows of the message."""
        self._move(ref, moves.TOLD)

    def unsettled(self, ref: RecipientRef, reason: str, now: int) -> None:
        """Nobody knows whether WhatsApp took it."""
        self._move(ref, moves.ended(UNSETTLED, now, {"reason": reason}))

    def again(self, ref: RecipientRef, at: int, reason: str, class_: str, now: int) -> None:
        """WhatsApp surely did not take it: it is tried again at a time."""
        self._move(ref, moves.ended(WAITING, now, {"reason": reason, "class": class_}, at))

    def failed(
        self, ref: RecipientRef, reason: str, class_: str, now: int, *, rounds: int = 0
    ) -> None:
        """It will not be sent, but in another round where its class has one; `rounds` of them have
        been."""
        self._move(ref, moves.failed(class_, reason, rounds, now))

    def skip(self, ref: RecipientRef, class_: str, reason: str, now: int) -> None:
        """Nothing was sent, and will not be: only of one that nobody has claimed."""
        self._move(ref, moves.unclaimed(SKIPPED, now, {"reason": reason, "class": class_}))

    def put_off(self, ref: RecipientRef, at: int, reason: str, now: int) -> None:
        """Nothing was sent yet; it is looked at again at a time."""
        self._move(ref, moves.unclaimed(WAITING, now, {"reason": reason}, at))

    def cancel(self, ref: RecipientRef, now: int) -> None:
        """The same of a campaign that was cancelled."""
        self._move(ref, moves.unclaimed(CANCELLED, now, {}))

    def reopen(self, ref: RecipientRef, now: int) -> bool:
        """Somebody wants a failed message tried again. Answers whether it was."""
        return self._move(ref, moves.reopened(now)) is not None

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
        never claimed, and a failure only the try that it is about. Raises BusyError."""
        if status == FAILED:
            return self._told_to_have_failed(ref, details, now)
        moved = self._move(ref, moves.status(status, details, pricing or {}, now))
        if moved is None and pricing:
            self._move(ref, moves.priced(pricing))
        return moved

    def replied(self, ref: RecipientRef, at: int) -> bool:
        """The person answered the message. Answers whether that was news."""
        return self._move(ref, moves.replied(at)) is not None

    def opted_out(self, ref: RecipientRef) -> None:
        """The person opted out after this message."""
        self._move(ref, moves.OPTED_OUT)

    def _told_to_have_failed(
        self, ref: RecipientRef, details: Mapping[str, str], now: int
    ) -> Recipient | None:
        """Whoever sends may move it between the look and the write."""
        for _ in range(_TRIES):
            before = self.find(ref)
            move = moves.failure(before, details, now) if before else None
            if move is None:
                return None
            if moved := self._move(ref, move):
                return moved
        raise BusyError

    def _move(self, ref: RecipientRef, move: Move) -> Recipient | None:
        """As it is then; None when the condition did not hold."""
        try:
            answer = self._dynamodb.update_item(
                **self._place(ref), **move.request(), ReturnValues="ALL_NEW"
            )
        except self._dynamodb.exceptions.ConditionalCheckFailedException:
            return None
        return recipient_of(ref.block, answer["Attributes"])

    def _pk(self, block: int) -> str:
        return campaign_keys.recipients(self._tenant, self.campaign, block)

    def _place(self, ref: RecipientRef) -> JsonObject:
        key = keys.key(self._pk(ref.block), campaign_keys.recipient(ref.number))
        return {"TableName": self._table, "Key": key}
