"""Conversations are told what a campaign sent in them: an event in the lane of each, which writes
it into the log and knows from then on that the person was written to."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, Protocol

from shared.campaigns.callbacks import RecipientRef, event_id
from shared.events import CAMPAIGN_SENT, Event, LaneEvents, Sender, entry
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.queues import MAX_ENTRIES, Entry, send_all
from shared.store.campaigns import Campaign
from shared.store.recipient_items import Recipient
from shared.store.recipients import Recipients
from shared.tenancy import Tenant
from shared.wording import filled


class Lanes(Protocol):
    @property
    def inbound_queue_url(self) -> str: ...


class Telling:
    """Of one chunk. A message is settled as sent after its conversation is told, so that whoever
    dies in between is followed by somebody who tells it again: the event has the same id."""

    def __init__(
        self, campaign: Campaign, tenant: Tenant, recipients: Recipients, sqs: Any, lanes: Lanes
    ) -> None:
        self.campaign = campaign
        self._tenant = tenant
        self._recipients = recipients
        self._sqs = sqs
        self._lanes = lanes
        self._lock = threading.Lock()
        self._accepted: list[tuple[Recipient, str, int]] = []

    def accepted(self, one: Recipient, wamid: str, now: int) -> None:
        """WhatsApp took it. May be called by many threads."""
        with self._lock:
            self._accepted.append((one, wamid, now))

    def tell(self, *, everything: bool = False) -> None:
        """As many as a batch of the queue holds; a last one may hold fewer. By many threads: soon
        after it was accepted, since a status that comes before costs two writes more."""
        while some := self._next(1 if everything else MAX_ENTRIES):
            entries = [self._entry(one, wamid, one.since) for one, wamid, _ in some]
            send_all(self._sqs, self._lanes.inbound_queue_url, entries)
            for one, wamid, now in some:
                self._recipients.sent(self._ref(one), wamid, now)

    def again(self, untold: Sequence[Recipient]) -> None:
        """Those that a status has settled."""
        entries = [self._entry(one, one.wamid or "", one.since) for one in untold]
        send_all(self._sqs, self._lanes.inbound_queue_url, entries)
        for one in untold:
            self._recipients.told(self._ref(one))

    def _next(self, least: int) -> list[tuple[Recipient, str, int]]:
        with self._lock:
            if len(self._accepted) < least:
                return []
            some, self._accepted = self._accepted[:MAX_ENTRIES], self._accepted[MAX_ENTRIES:]
            return some

    def _ref(self, one: Recipient) -> RecipientRef:
        return one.ref(self.campaign.id)

    def _entry(self, one: Recipient, wamid: str, at: int) -> Entry:
        ref = self._ref(one)
        body: JsonObject = {
            "tenant": self._tenant.id,
            "campaign": ref.campaign,
            "recipient": ref.id,
            "message": filled(self.campaign.plan["message"], one.values),
            "wamid": wamid,
        }
        known = (("bsuid", one.bsuid), ("wa_id", one.phone))
        identities = tuple(Identity(kind, value) for kind, value in known if value)
        event = Event(event_id(ref), CAMPAIGN_SENT, at, body, Sender(identities))
        return entry(LaneEvents(self.campaign.channel, one.lane, (event,)))
