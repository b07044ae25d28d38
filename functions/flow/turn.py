"""Where a conversation stands in the middle of an event, and what the event has caused. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from flow.campaign_replies import CampaignReply
from flow.catalog import Catalog
from flow.engine.contacts import changed
from flow.engine.effects import (
    Assign,
    Effect,
    HandBack,
    Stopped,
    Traced,
    UpdateContact,
    Visit,
    WakeAt,
)
from flow.engine.events import EngineEvent
from flow.engine.limits import Limits
from flow.engine.lookup import FlowRef
from flow.engine.session import Session
from flow.engine.starts import Running
from flow.engine.step import Step, step
from flow.happened import Happened, happened
from shared.handling import Handling, Taken
from shared.json_types import JsonObject

HAND_BACK: Final = "handback:"


@dataclass(frozen=True, slots=True)
class Talk:
    """Where a conversation stands: what its flow does, and who answers. `contact` is the contact
    as flows see it; `id` is the same for the same contact, for what is drawn at random."""

    id: str
    session: Session | None
    handling: Handling
    contact: JsonObject
    channel: str
    is_new: bool = False


@dataclass(slots=True)
class Turn:
    """Where the conversation stands in the middle of an event, and what the event has caused."""

    talk: Talk
    catalog: Catalog
    workspace: JsonObject
    now: int
    effects: list[Effect | Happened | CampaignReply] = field(default_factory=list)

    @property
    def limits(self) -> Limits:
        return self.catalog.limits

    @property
    def taken(self) -> Taken | None:
        return self.talk.handling.taken

    def step(self, event: EngineEvent, start: FlowRef | None = None) -> None:
        """A session whose flow cannot be used is left as it is: people answer, and it goes on when
        the flow is there again."""
        if start is None and self.talk.session is not None and self.running() is None:
            return
        done = step(
            self.catalog.find,
            self.talk.session,
            event,
            start=start,
            contact=self.talk.contact,
            workspace=self.workspace,
            now=self.now,
            seed=self.talk.id,
            limits=self.limits,
        )
        self.becomes(done)

    def becomes(self, done: Step) -> None:
        before = self.talk.session
        self.talk = replace(self.talk, session=done.session)
        for effect in done.effects:
            if isinstance(effect, Traced):
                self.effects.append(happened(effect, before, done.session))
            else:
                self.want(effect)

    def want(self, effect: Effect) -> None:
        self.effects.append(effect)
        match effect:
            case Assign(silent=True):
                self.take(effect.person, effect.team, self._hand_back_after())
            case HandBack():
                self.handle(taken=None)
            case UpdateContact(changes):
                contact = self.talk.contact
                for change in changes:
                    contact = changed(contact, change)
                self.talk = replace(self.talk, contact=contact)

    def handle(self, **parts: Any) -> None:
        self.talk = replace(self.talk, handling=replace(self.talk.handling, **parts))

    def take(self, by: str | None, team: str | None, back_after: int | None) -> None:
        """A person has it from now on, or another person."""
        taken = Taken(by, team, self.now, self.now, back_after)
        self.handle(taken=taken, burst=None)
        self.wake_for(taken)

    def wake_for(self, taken: Taken) -> None:
        if taken.back_at is not None:
            self.effects.append(WakeAt(f"{HAND_BACK}{taken.since}", taken.back_at))

    def running(self) -> Running | None:
        session = self.talk.session
        if session is None:
            return None
        found = self.catalog.find(session.top.flow, session.top.version)
        return Running(session, found[1]) if found else None

    def _hand_back_after(self) -> int | None:
        running = self.running()
        after = running.flow.definition.settings.hand_back_after if running else None
        return after.seconds if after else None

    def give_up(self, code: str) -> None:
        """End the flow that runs, saying why."""
        session = self.talk.session
        traced: tuple[Effect, ...] = ()
        if session is not None:
            top = session.top
            visit = Visit(top.flow, top.version, top.node, entered=False, dropped=code)
            traced = (Traced(session.id, (visit,)),)
        self.becomes(Step(None, (Stopped(code), *traced)))
