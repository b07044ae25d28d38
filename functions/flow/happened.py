"""What an event did to a session: the engine's trace, with where it waited before and after."""

from __future__ import annotations

from dataclasses import dataclass

from flow.engine.effects import Traced, Visit
from flow.engine.session import Session


@dataclass(frozen=True, slots=True)
class Happened:
    """`waited_at` and `waits_at` are (flow, node), None where the session had not begun or has
    ended."""

    session: str
    visits: tuple[Visit, ...]
    waited_at: tuple[str, str] | None
    waits_at: tuple[str, str] | None

    @property
    def begun(self) -> bool:
        return self.waited_at is None


def happened(traced: Traced, before: Session | None, after: Session | None) -> Happened:
    return Happened(traced.session, traced.visits, _place(traced, before), _place(traced, after))


def _place(traced: Traced, session: Session | None) -> tuple[str, str] | None:
    """Where the traced session stands; None when this one is another."""
    if session is None or session.id != traced.session:
        return None
    return session.top.flow, session.top.node
