"""The flows that a conversation can run, as the engine asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flow.engine.lookup import Find, FlowRef
from flow.engine.starts import Startable


@dataclass(frozen=True, slots=True)
class Catalog:
    """`startables` are the workspace's live flows, in the order in which they went live; `default`
    is what answers on the number when no trigger fits."""

    find: Find
    startables: Sequence[Startable] = ()
    default: FlowRef | None = None
