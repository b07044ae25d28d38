"""What a refusal says of more than its message: of the person's wish, of the number, of what the
number may carry, or of the template, which is then no longer as our list has it."""

from __future__ import annotations

from typing import Any, Final, Protocol

from gateway.pacing import Guard
from shared.channels.cloud_api import Refused
from shared.channels.errors import Action
from shared.json_types import JsonObject
from shared.marketing_stops import STOPPED_MARKETING, stop_entry
from shared.queues import send_all
from shared.refused_number import is_of_number, refused_entry
from shared.store.directory import Number
from shared.template_syncs import sync_entry

_TOO_FAST: Final = frozenset({4, 80007, 130429})
"""Of whatever the number sends, to whomever: others would be refused as well."""
_REST_SECONDS: Final = 2.0


class Queues(Protocol):
    @property
    def inbound_queue_url(self) -> str: ...

    @property
    def account_events_queue_url(self) -> str: ...

    @property
    def template_syncs_queue_url(self) -> str: ...


def heed(
    answer: Refused,
    number: Number,
    body: JsonObject,
    now: int,
    *,
    guard: Guard,
    sqs: Any,
    queues: Queues,
) -> None:
    """`body` is the effect that was refused, with its envelope; `now` in milliseconds."""
    if answer.code == STOPPED_MARKETING:
        told = stop_entry(body["channel"], body["contact"], body["seq"], now)
        send_all(sqs, queues.inbound_queue_url, [told])
    if answer.code is not None and is_of_number(answer.code):
        told = refused_entry(body["channel"], answer.code, now)
        send_all(sqs, queues.account_events_queue_url, [told])
    if answer.action is Action.PAUSE_TEMPLATE and number.waba_id:
        asked = sync_entry(number.tenant, number.waba_id)
        send_all(sqs, queues.template_syncs_queue_url, [asked])
    if answer.code in _TOO_FAST:
        guard.rest(number, answer.retry_after or _REST_SECONDS)
