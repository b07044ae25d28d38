"""What stands against a call of the flow API: status, stable name and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shared.api import ProblemKind
from shared.api.problems import CHANGED_MEANWHILE
from shared.store.flow_records import (
    DraftChangedError,
    FlowNotFoundError,
    FlowsBusyError,
    FlowTooLargeError,
    TooManyFlowsError,
)
from shared.store.transactions import BusyError

FLOW_NOT_READY: Final = ProblemKind(
    409, "flow-not-ready", "The flow cannot be published as it is: see errors, by node."
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
    DraftChangedError: CHANGED_MEANWHILE,
    FlowsBusyError: _BUSY,
    BusyError: _BUSY,
}
