"""Runs a deployed function's own code on one batch, and dies at a stated place, as by a power cut.

`python -m tests.integration.dying <place>`, the batch as JSON on stdin, the function's environment
in the environment. Ends with status 9 at the place, and with 0 when it never came there.
"""

from __future__ import annotations

import importlib
import itertools
import json
import os
import sys
from collections.abc import Callable
from typing import Any

POWER_CUT = 9


def die(*_: Any, **__: Any) -> None:
    os._exit(POWER_CUT)


def before_the_commit() -> None:
    from shared.store.conversations import Conversations

    setattr(Conversations, "commit", die)  # noqa: B010 - mypy knows what a method is


def before_handing_over() -> None:
    from flow import worker

    setattr(worker, "send_all", die)  # noqa: B010


def before_the_log() -> None:
    from shared.store.conversations import Conversations

    setattr(Conversations, "record", die)  # noqa: B010


def before_calling_meta() -> None:
    from shared.channels.cloud_api import GraphCloudApi

    setattr(GraphCloudApi, "send", die)  # noqa: B010


def after_meta_accepted() -> None:
    from shared.store.deliveries import Deliveries

    setattr(Deliveries, "sent", die)  # noqa: B010


def in_the_middle_of_a_chunk() -> None:
    from blast.telling import Telling

    accepted = itertools.count(1)

    def die_at_the_fifth(*_: Any) -> None:
        if next(accepted) >= 5:
            die()

    setattr(Telling, "accepted", die_at_the_fifth)  # noqa: B010


PLACES: dict[str, tuple[str, Callable[[], None]]] = {
    place.__name__: (module, place)
    for module, place in (
        ("flow.worker", before_the_commit),
        ("flow.worker", before_handing_over),
        ("flow.worker", before_the_log),
        ("gateway.sender", before_calling_meta),
        ("gateway.sender", after_meta_accepted),
        ("blast.deliver", in_the_middle_of_a_chunk),
    )
}


class PlentyOfTime:
    """What the functions read of Lambda's context."""

    def get_remaining_time_in_millis(self) -> int:
        return 30_000


def main() -> None:
    module, mine_the_place = PLACES[sys.argv[1]]
    mine_the_place()
    records = json.load(sys.stdin)
    importlib.import_module(module).handler({"Records": records}, PlentyOfTime())


if __name__ == "__main__":
    main()
