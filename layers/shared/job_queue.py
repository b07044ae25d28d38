"""A queue of background work, a piece at a time: what its entries say, and what becomes of a piece
that waits, that nobody needs any more, or that nobody can do."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from shared.fifo_batch import NotYetError
from shared.json_types import JsonObject
from shared.queues import Entry, encode
from shared.tenancy import Tenant

MAX_RECEIVES: Final = 5  # of every such queue: the last one must end what waits for it
_SOON_SECONDS: Final = 5.0
OURS: Final = "Something went wrong on our side. Please try again."

Workbench = TypeVar("Workbench")
Do = Callable[[Workbench, JsonObject], None]


def work_entry(tenant: Tenant, work: str, id_: str, **more: Any) -> Entry:
    """The queue entry of a piece of work. The group is the tenant's share of the queue."""
    body = {"v": 1, "work": work, "tenant": tenant.id, "id": id_, **more}
    return Entry(encode(body), group=tenant.id)


def nobody_waits(bench: Any, body: JsonObject) -> None:
    """Of a piece that nobody is told of."""


@dataclass(frozen=True, slots=True)
class Piece(Generic[Workbench]):
    """A kind of work, given the entry's body. `do` raises NotYetError when it is to come back;
    `may_lapse` says that what it waits for may never have been written. `unwritten` is what it
    raises until then, where it is handed over first: whoever dies in between leaves nothing that
    waits for ever. `give_up` follows the last try that failed: whoever waits is told."""

    do: Do[Workbench]
    give_up: Do[Workbench] = nobody_waits
    may_lapse: bool = True
    unwritten: tuple[type[Exception], ...] = ()


@dataclass(frozen=True, slots=True)
class JobQueue(Generic[Workbench]):
    """`pieces` by the name of their work; `workbench` is what a tenant's work is done with; `over`
    are the errors of a piece that nobody needs: it was cancelled or removed meanwhile."""

    pieces: Mapping[str, Piece[Workbench]]
    workbench: Callable[[Tenant], Workbench]
    over: tuple[type[Exception], ...]

    def run(self, record: JsonObject) -> None:
        """One queue record: one piece of work. Raises NotYetError when it is to come back."""
        body = json.loads(record["body"])
        piece, bench = self.pieces[body["work"]], self.workbench(Tenant(body["tenant"]))
        is_last = int(record["attributes"]["ApproximateReceiveCount"]) >= MAX_RECEIVES
        try:
            piece.do(bench, body)
        except NotYetError:
            if not (is_last and piece.may_lapse):
                raise
        except piece.unwritten as error:
            if not is_last:
                raise NotYetError("What it is for is not written yet", _SOON_SECONDS) from error
        except self.over:
            return
        except Exception:
            if is_last:
                with suppress(*self.over):
                    piece.give_up(bench, body)
            raise
