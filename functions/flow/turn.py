"""One event's turn in a conversation: who answers, what starts, what goes on. Pure.

The engine runs flows; what is decided here is what no single flow knows: which flow an event
starts, that a person answers instead of the bot, and that short messages are read as one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

from flow.bursts import held, is_full, merged
from flow.catalog import Catalog
from flow.engine.contacts import changed
from flow.engine.effects import (
    Assign,
    Effect,
    HandBack,
    Send,
    Stopped,
    Traced,
    UpdateContact,
    Visit,
    WakeAt,
)
from flow.engine.events import (
    AiAnswered,
    EngineEvent,
    HandedBack,
    HttpAnswered,
    Said,
    Started,
    TakenOver,
    TimerFired,
)
from flow.engine.limits import DEFAULT_LIMITS, Limits
from flow.engine.lookup import FlowRef
from flow.engine.session import CUSTOMER, Session
from flow.engine.starts import Repetition, Running, choose, heard, is_expired
from flow.engine.step import Step, expire, step
from flow.happened import Happened, happened
from shared.channels.inbound import payload_of, speaks, text_of
from shared.events import (
    AGENT_MESSAGE,
    AI_ANSWERED,
    CONTACT_CHANGED,
    ECHO,
    HANDED_BACK,
    HTTP_ANSWERED,
    MAX_HOPS,
    MESSAGE,
    START,
    TAKEN_OVER,
    TIMER_FIRED,
    Event,
)
from shared.handling import PHONE, Handling, Taken
from shared.json_types import JsonObject

BLOCKED: Final = "contact_blocked"
BOT_LOOP: Final = "bot_loop"
TOO_MANY_HOPS: Final = "too_many_hops"
_HAND_BACK: Final = "handback:"
_BURST: Final = "burst:"
_PHONE_BACK_SECONDS: Final = 30 * 60  # a person on the phone cannot hand back


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
    limits: Limits = DEFAULT_LIMITS
    effects: list[Effect | Happened] = field(default_factory=list)

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
            self.effects.append(WakeAt(f"{_HAND_BACK}{taken.since}", taken.back_at))

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


def take_turn(turn: Turn, event: Event) -> None:
    """What the event makes of the conversation. A kind that has no turn changes nothing, and a
    blocked contact begins nothing."""
    if turn.talk.contact.get("blocked") and event.kind in _BEGINS:
        return
    if event.hops > MAX_HOPS:
        turn.give_up(TOO_MANY_HOPS)
        return
    take = _TURNS.get(event.kind)
    if take is not None:
        take(turn, event)


def _said(turn: Turn, event: Event) -> None:
    if not speaks(event.body):
        return
    said = Said(
        event.id,
        text_of(event.body),
        payload=payload_of(event.body),
        message=event.body,
        referral=_referral(event.body),
    )
    if _is_loop(turn, said):
        turn.give_up(BOT_LOOP)
        return
    running = turn.running()
    if running is not None and is_expired(running, turn.now):
        turn.becomes(expire(running.session))
        running = None
    start = _start_of(turn, said, running)
    if start is not None:
        turn.handle(burst=None)
        turn.step(said, start)
    elif running is not None and _waits_for_more(turn, running):
        _hold(turn, said, running.flow.definition.settings.merge_seconds)
    else:
        turn.step(said)


def _referral(message: JsonObject) -> JsonObject | None:
    referral = message.get("referral")
    return referral if isinstance(referral, dict) else None


def _is_loop(turn: Turn, said: Said) -> bool:
    """Two bots that answer each other say the same things without end."""
    before = Repetition(**(turn.talk.handling.repeated or {}))
    after, is_loop = heard(before, said, turn.now, turn.limits)
    turn.handle(repeated={"text": after.text, "times": after.times, "since": after.since})
    return is_loop


def _start_of(turn: Turn, event: Said | Started, running: Running | None) -> FlowRef | None:
    """The flow that the event starts: by the most exact trigger; of equals the flow that went live
    first; the number's own when none fits and nothing runs. None while a person answers."""
    if turn.taken is not None:
        return None
    chosen = choose(
        turn.catalog.startables,
        event,
        running=running,
        is_new_contact=turn.talk.is_new,
        channel=turn.talk.channel,
    )
    if chosen is None and turn.talk.session is None and isinstance(event, Said):
        return turn.catalog.default
    return chosen


def _waits_for_more(turn: Turn, running: Running) -> bool:
    is_asked = running.session.waiting.awaited == CUSTOMER and not running.session.silenced
    return is_asked and turn.taken is None and running.flow.definition.settings.merge_seconds > 0


def _hold(turn: Turn, said: Said, seconds: int) -> None:
    """A tap ends a burst: it is a whole answer by itself."""
    burst = held(turn.talk.handling.burst, said, f"{_BURST}{said.id}", turn.now)
    if said.payload is not None or is_full(burst):
        turn.handle(burst=None)
        turn.step(merged(burst, said.id, said.payload))
        return
    turn.handle(burst=burst)
    turn.effects.append(WakeAt(burst.correlation, turn.now + seconds * 1000))


def _let_go(turn: Turn, event: Event) -> None:
    burst = turn.talk.handling.burst
    if burst is not None:
        turn.handle(burst=None)
        turn.step(merged(burst, event.id, None))


def _timer_fired(turn: Turn, event: Event) -> None:
    correlation = event.body["correlation"]
    burst, taken = turn.talk.handling.burst, turn.taken
    if correlation.startswith(_BURST):
        if burst is not None and burst.correlation == correlation:
            _let_go(turn, event)
    elif correlation.startswith(_HAND_BACK):
        if taken is not None and correlation == f"{_HAND_BACK}{taken.since}":
            _hand_back_in_time(turn, event, taken)
    else:
        _let_go(turn, event)  # what was said before the time ran out counts
        turn.step(TimerFired(event.id, correlation))


def _hand_back_in_time(turn: Turn, event: Event, taken: Taken) -> None:
    if taken.back_at is None:
        return
    if turn.now < taken.back_at:
        turn.wake_for(taken)  # a person has written since
    else:
        _handed_back(turn, event)


def _http_answered(turn: Turn, event: Event) -> None:
    turn.step(HttpAnswered(id=event.id, **event.body))


def _ai_answered(turn: Turn, event: Event) -> None:
    turn.step(AiAnswered(id=event.id, **event.body))


def _start(turn: Turn, event: Event) -> None:
    body = event.body
    started = Started(
        event.id,
        trigger=body["trigger"],
        values=body.get("values", {}),
        parameters=body.get("parameters", {}),
        generation=body.get("generation", 0),
    )
    running = turn.running()
    if "flow" not in body:
        start = _start_of(turn, started, running)
    else:
        start = _named(turn, body["flow"], running, bool(body.get("interrupt")))
    if start is not None:
        turn.handle(burst=None)
        turn.step(started, start)


def _named(turn: Turn, flow_id: str, running: Running | None, interrupt: bool) -> FlowRef | None:
    """The flow that a start names. None while a person answers, and while another flow runs that it
    does not break off."""
    found = turn.catalog.find(flow_id, None)
    if found is None:
        turn.effects.append(Stopped("flow_missing"))
        return None
    version, flow = found
    breaks_off = interrupt or flow.definition.settings.when_busy == "interrupt"
    if turn.taken is not None or (running is not None and not breaks_off):
        return None
    return FlowRef(flow_id, version)


def _taken_over(turn: Turn, event: Event) -> None:
    turn.take(event.body.get("by"), event.body.get("team"), event.body.get("back_after"))
    turn.step(TakenOver(event.id))


def _handed_back(turn: Turn, event: Event) -> None:
    if turn.taken is None:
        return
    turn.handle(taken=None)
    turn.step(HandedBack(event.id))


def _contact_changed(turn: Turn, event: Event) -> None:
    """Whoever is blocked is left alone at once, in the middle of a flow."""
    del event
    if turn.talk.contact.get("blocked") and turn.talk.session is not None:
        turn.handle(burst=None)
        turn.give_up(BLOCKED)


def _agent_message(turn: Turn, event: Event) -> None:
    turn.effects.append(Send(event.body["message"]))
    _person_spoke(turn, event, event.body.get("by"), event.body.get("back_after"))


def _echo(turn: Turn, event: Event) -> None:
    _person_spoke(turn, event, PHONE, _PHONE_BACK_SECONDS)


def _person_spoke(turn: Turn, event: Event, by: str | None, back_after: int | None) -> None:
    """Whoever writes takes over."""
    if turn.taken is None:
        turn.take(by, None, back_after)
        turn.step(TakenOver(event.id))
    else:
        turn.handle(taken=replace(turn.taken, by=by or turn.taken.by, spoke_at=turn.now))


_BEGINS: Final = frozenset({MESSAGE, START})
_TURNS: Final[dict[str, Callable[[Turn, Event], None]]] = {
    MESSAGE: _said,
    HTTP_ANSWERED: _http_answered,
    AI_ANSWERED: _ai_answered,
    TIMER_FIRED: _timer_fired,
    START: _start,
    TAKEN_OVER: _taken_over,
    HANDED_BACK: _handed_back,
    AGENT_MESSAGE: _agent_message,
    ECHO: _echo,
    CONTACT_CHANGED: _contact_changed,
}
