"""What stands against a call of the flow API: status, stable name and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flow.engine.errors import FlowInvalidError
from shared.api import ProblemKind
from shared.api.problems import CHANGED_MEANWHILE
from shared.standing import BLOCKED
from shared.store.flow_records import (
    DraftChangedError,
    FlowNotFoundError,
    FlowsBusyError,
    FlowTooLargeError,
    TooManyFlowsError,
)
from shared.store.transactions import BusyError
from shared.window import CLOSED

FLOW_NOT_READY: Final = ProblemKind(
    409, "flow-not-ready", "The flow cannot be published as it is: see errors, by node."
)
CONVERSATION_NOT_FOUND: Final = ProblemKind(
    404, "conversation-not-found", "There is no such conversation."
)
MESSAGE_INVALID: Final = ProblemKind(
    400, "message-invalid", "WhatsApp would not take this message: see errors."
)
NOT_IN_GALLERY: Final = ProblemKind(404, "not-in-gallery", "There is no such ready flow.")
WINDOW_CLOSED: Final = ProblemKind(409, "window-closed", f"{CLOSED} Send a template instead.")
CONTACT_BLOCKED: Final = ProblemKind(409, "contact-blocked", BLOCKED)
FLOW_INVALID: Final = ProblemKind(422, "flow-invalid", "The flow cannot run as it is: see errors.")
SIMULATION_IMPOSSIBLE: Final = ProblemKind(
    422, "simulation-impossible", "The event does not fit the state: see errors."
)
NOT_PUBLISHED: Final = ProblemKind(
    409, "flow-not-published", "Publish the flow first: only a published version can be started."
)
_BUSY: Final = ProblemKind(
    409, "busy", "Others are publishing flows right now. Try again in a moment."
)
REFUSALS: Final[Mapping[type[Exception], ProblemKind]] = {
    FlowNotFoundError: ProblemKind(
        404,
        "flow-not-found",
        "There is no such flow, or no such version of it.",
    ),
    FlowTooLargeError: ProblemKind(
        413,
        "flow-too-large",
        "The flow is too large or nested too deeply to be kept.",
    ),
    TooManyFlowsError: ProblemKind(
        409,
        "too-many-flows",
        "The workspace has as many published flows as it may have. Archive one first.",
    ),
    FlowInvalidError: FLOW_INVALID,
    DraftChangedError: CHANGED_MEANWHILE,
    FlowsBusyError: _BUSY,
    BusyError: _BUSY,
}
