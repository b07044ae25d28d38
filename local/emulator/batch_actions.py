"""AWS allows a batch of SQS by the action of its single form: there is no `sqs:SendMessageBatch`.

The emulator asks for it, and refuses roles that name exact actions.
"""

from __future__ import annotations

from typing import Any

from ministack.core import iam_actions

_SERVICE = "sqs:"
_BATCH = "Batch"


def apply() -> None:
    extract = iam_actions.extract_iam_action

    def extract_single(*args: Any, **kwargs: Any) -> str | None:
        action: str | None = extract(*args, **kwargs)
        if action and action.startswith(_SERVICE):
            return action.removesuffix(_BATCH)
        return action

    iam_actions.extract_iam_action = extract_single
