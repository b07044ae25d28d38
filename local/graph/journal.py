"""What happened at the send endpoint, for people and tests to look at."""

from collections import deque
from dataclasses import dataclass
from typing import Any

from local.graph.acceptance import AcceptedMessage
from local.graph.json_types import JsonObject

LONGEST_JOURNAL = 100_000


@dataclass
class RequestRecord:
    """Headers are left out: they hold the token. `status` stays None when no answer was given."""

    at_ms: int
    method: str
    path: str
    body: Any
    status: int | None = None
    error_code: int | None = None
    fault: str | None = None
    wamid: str | None = None

    def as_json(self) -> JsonObject:
        return {
            "at": self.at_ms,
            "method": self.method,
            "path": self.path,
            "body": self.body,
            "status": self.status,
            "error_code": self.error_code,
            "fault": self.fault,
            "wamid": self.wamid,
        }


class Journal:
    def __init__(self) -> None:
        self.requests: deque[RequestRecord] = deque(maxlen=LONGEST_JOURNAL)
        self.accepted: deque[AcceptedMessage] = deque(maxlen=LONGEST_JOURNAL)


def accepted_json(message: AcceptedMessage) -> JsonObject:
    return {
        "wamid": message.wamid,
        "at": message.at_ms,
        "to": message.recipient.phone,
        "recipient": message.recipient.user_id,
        "customer_id": message.customer.id if message.customer else None,
        "type": message.request.type,
        "biz_opaque_callback_data": message.request.callback_data,
        "payload": message.request.payload,
    }
