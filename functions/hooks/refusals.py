"""What stands against a call, as the API says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shared.api import ProblemKind
from shared.api.problems import CHANGED_MEANWHILE
from shared.store.transactions import BusyError
from shared.store.webhook_deliveries import DeliveryNotFoundError, StillPendingError
from shared.store.webhooks import (
    MOST,
    TooManyWebhooksError,
    WebhookChangedError,
    WebhookNotFoundError,
)

REFUSALS: Final[Mapping[type[Exception], ProblemKind]] = {
    WebhookNotFoundError: ProblemKind(404, "webhook-not-found", "There is no such webhook."),
    DeliveryNotFoundError: ProblemKind(
        404, "delivery-not-found", "The webhook was told no such thing, or it is too long ago."
    ),
    StillPendingError: ProblemKind(
        409, "still-pending", "This delivery is still being tried by itself."
    ),
    TooManyWebhooksError: ProblemKind(
        409, "too-many-webhooks", f"A workspace has {MOST} webhooks at most. Delete one first."
    ),
    BusyError: ProblemKind(409, "busy", "Others are changing the same thing right now. Try again."),
    WebhookChangedError: CHANGED_MEANWHILE,
}
