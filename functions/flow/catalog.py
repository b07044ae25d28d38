"""The flows that a conversation can run, as the engine asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flow.engine.limits import DEFAULT_LIMITS, Limits
from flow.engine.lookup import Find, FlowRef
from flow.engine.starts import Startable
from shared.channels.kinds import CLOUD_API


@dataclass(frozen=True, slots=True)
class Catalog:
    """`startables` are the workspace's live flows, in the order in which they went live; `default`
    is what answers on the number when no trigger fits; `channel_kind` is the number's (see
    `shared.channels.kinds`). `limits` bound what runs."""

    find: Find
    startables: Sequence[Startable] = ()
    default: FlowRef | None = None
    channel_kind: str = CLOUD_API
    limits: Limits = DEFAULT_LIMITS
