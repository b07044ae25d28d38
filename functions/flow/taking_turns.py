"""One event's turn in a conversation: who answers, what starts, what goes on. Pure.

The engine runs flows; what is decided here is what no single flow knows: which flow an event
starts, that a person answers instead of the bot, and that short messages are read as one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from flow.bursts import held, is_full, merged
from flow.campaign_replies import CampaignReply, answered, sent, with_answer
from flow.engine.effects import Send, Stopped, UpdateContact, WakeAt
from flow.engine.events import (
    AiAnswered,
    HandedBack,
    HttpAnswered,
    Said,
    Started,
    TakenOver,
    TimerFired,
)
from flow.engine.lookup import FlowRef
from flow.engine.ratings import rating_of
from flow.engine.session import CUSTOMER
from flow.engine.starts import (
    Repetition,
    Running,
    choose,
    heard,
    is_expired,
    missed_replies,
    started_again,
)
from flow.engine.step import expire
from flow.opting import Wish, granted
from flow.turn import HAND_BACK, Turn
from shared.campaigns.outcomes import REPLIED
from shared.channels.inbound import payload_of, speaks, text_of
from shared.delivery import SENT
from shared.events import (
    AGENT_MESSAGE,
    AI_ANSWERED,
    CAMPAIGN_SENT,
    CONTACT_CHANGED,
    ECHO,
    HANDED_BACK,
    HTTP_ANSWERED,
    MAX_HOPS,
    MESSAGE,
    PROGRAM_MESSAGE,
    START,
    TAKEN_OVER,
    TIMER_FIRED,
    Event,
)
from shared.handling import PHONE, Taken
from shared.json_types import JsonObject

BLOCKED: Final = "contact_blocked"
BOT_LOOP: Final = "bot_loop"
START_LOOP: Final = "start_loop"
TOO_MANY_HOPS: Final = "too_many_hops"
AUTOMATIC: Final = ("tag_added", "segment_entered")
"""Starts that come of changes which flows make themselves."""
NO_REPLY: Final = "noreply:"
_BURST: Final = "burst:"
_PHONE_BACK_SECONDS: Final = 30 * 60  # a person on the phone cannot hand back
_MOST_UNANSWERED: Final = 20
_MOST_CAMPAIGNS: Final = 30  # as many as the tightest cap counts


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
    if rating := rating_of(said.payload):
        turn.want(rating)  # it begins nothing, ends nothing, and is no part of what is being said
        return
    turn.handle(unanswered=())
    answers = answered(turn.talk.handling.campaigns, event.body, event.at)
    if answers is not None and not answers.get("replied"):
        said = replace(said, campaign=answers["campaign"])
    if _is_loop(turn, said):
        turn.give_up(BOT_LOOP)
        return
    running = turn.running()
    if running is not None and is_expired(running, turn.now):
        turn.becomes(expire(running.session))
        running = None
    wish = granted(turn, said)
    _tell_campaign(turn, answers, wish)
    if wish is not None:
        return
    start = _start_of(turn, said, running)
    if start is not None:
        turn.handle(burst=None)
        turn.step(said, start)
    elif running is not None and _waits_for_more(turn, running):
        _hold(turn, said, running.flow.definition.settings.merge_seconds)
    else:
        turn.step(said)


def _tell_campaign(turn: Turn, answers: JsonObject | None, wish: Wish | None) -> None:
    """The campaign's message that was answered learns of the first answer, and of an opt-out."""
    if answers is None or answers.get("recipient") is None:
        return
    opted_out = wish is not None and wish.state == "out"
    if answers.get("replied") and not opted_out:
        return
    turn.handle(campaigns=with_answer(turn.talk.handling.campaigns, answers))
    turn.effects.append(CampaignReply(answers["campaign"], answers["recipient"], opted_out))
    change = {"op": "campaign", "campaign_id": answers["campaign"], "state": REPLIED}
    turn.effects.append(UpdateContact((change,)))


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
    elif correlation.startswith(NO_REPLY):
        _no_reply(turn, event, correlation)
    elif correlation.startswith(HAND_BACK):
        if taken is not None and correlation == f"{HAND_BACK}{taken.since}":
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
    if started.trigger in AUTOMATIC and _starts_itself(turn):
        turn.effects.append(Stopped(START_LOOP))
        return
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


def _starts_itself(turn: Turn) -> bool:
    """Flows whose changes of a contact start flows could do so without end."""
    before = Repetition(**(turn.talk.handling.started or {}))
    after, is_loop = started_again(before, turn.now, turn.limits)
    turn.handle(started={"times": after.times, "since": after.since})
    return is_loop


def _campaign_sent(turn: Turn, event: Event) -> None:
    """The campaign is remembered, and the flows that wait for a reply to it, each with its time."""
    campaign = event.body["campaign"]
    new = sent(campaign, event.body.get("recipient"), event.body.get("wamid"), event.at)
    others = [one for one in turn.talk.handling.campaigns if one["campaign"] != campaign]
    turn.handle(campaigns=(*others, new)[-_MOST_CAMPAIGNS:])
    change = {"op": "campaign", "campaign_id": campaign, "state": SENT}
    turn.effects.append(UpdateContact((change,)))
    kept = [one for one in turn.talk.handling.unanswered if one["campaign"] != campaign]
    for flow_id, after in missed_replies(turn.catalog.startables, campaign, turn.talk.channel):
        correlation = f"{NO_REPLY}{campaign}:{flow_id}"
        kept.append({"correlation": correlation, "campaign": campaign, "flow": flow_id})
        turn.effects.append(WakeAt(correlation, turn.now + after.seconds * 1000))
    turn.handle(unanswered=tuple(kept[-_MOST_UNANSWERED:]))


def _no_reply(turn: Turn, event: Event, correlation: str) -> None:
    """Nobody has replied in time: the flow starts, unless something else goes on."""
    unanswered = turn.talk.handling.unanswered
    found = [one for one in unanswered if one["correlation"] == correlation]
    turn.handle(unanswered=tuple(one for one in unanswered if one not in found))
    for one in found:
        start = _named(turn, one["flow"], turn.running(), interrupt=False)
        values = {"campaign_id": one["campaign"]}
        if start is not None:
            turn.step(Started(event.id, "campaign_no_reply", values), start)


def _taken_over(turn: Turn, event: Event) -> None:
    """Whoever takes over what a team was given has it for the team."""
    team = event.body.get("team") or (turn.taken.team if turn.taken else None)
    turn.take(event.body.get("by"), team, event.body.get("back_after"))
    turn.step(TakenOver(event.id))


def _handed_back(turn: Turn, event: Event) -> None:
    if turn.taken is None:
        return
    turn.handle(taken=None)
    turn.step(HandedBack(event.id))


def _contact_changed(turn: Turn, event: Event) -> None:
    """Whoever is blocked is left alone at once, in the middle of a flow."""
    del event
    if not turn.talk.contact.get("blocked"):
        return
    turn.handle(burst=None, unanswered=())
    if turn.talk.session is not None:
        turn.give_up(BLOCKED)


def _agent_message(turn: Turn, event: Event) -> None:
    turn.effects.append(Send(event.body["message"]))
    _person_spoke(turn, event, event.body.get("by"), event.body.get("back_after"))


def _program_message(turn: Turn, event: Event) -> None:
    """Whoever answers goes on answering."""
    turn.effects.append(Send(event.body["message"]))


def _echo(turn: Turn, event: Event) -> None:
    _person_spoke(turn, event, PHONE, _PHONE_BACK_SECONDS)


def _person_spoke(turn: Turn, event: Event, by: str | None, back_after: int | None) -> None:
    """Whoever writes takes over."""
    if turn.taken is None:
        turn.take(by, None, back_after)
        turn.step(TakenOver(event.id))
    else:
        turn.handle(taken=replace(turn.taken, by=by or turn.taken.by, spoke_at=turn.now))


_BEGINS: Final = frozenset({MESSAGE, START, CAMPAIGN_SENT})
_TURNS: Final[dict[str, Callable[[Turn, Event], None]]] = {
    MESSAGE: _said,
    HTTP_ANSWERED: _http_answered,
    AI_ANSWERED: _ai_answered,
    TIMER_FIRED: _timer_fired,
    START: _start,
    TAKEN_OVER: _taken_over,
    HANDED_BACK: _handed_back,
    AGENT_MESSAGE: _agent_message,
    PROGRAM_MESSAGE: _program_message,
    ECHO: _echo,
    CONTACT_CHANGED: _contact_changed,
    CAMPAIGN_SENT: _campaign_sent,
}
