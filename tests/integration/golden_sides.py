"""The golden flows of the engine, played by the simulator and by the running stack.

Every case has a business number of its own, on which its flow answers, and one customer who is
known as the case says. All cases go on together, event by event. Waits do not last: as the
simulator jumps to what is waited for, a stored conversation is moved into the past and its timer
sent.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

import httpx

from flow.engine import session as sessions
from flow.engine.session import Session
from local.stack import LocalStack
from shared.conversation import Contact, Conversation
from shared.events import AI_ANSWERED, START, TIMER_FIRED, Event, LaneEvents, entry
from shared.json_types import JsonObject
from shared.lanes import contact_id
from shared.queues import send_all
from shared.sealed import Sealer
from shared.store.conversations import Conversations
from shared.store.directory import Directory, Number
from shared.store.flows import FlowStore
from tests import builders
from tests.deployed import WORKER, Deployed
from tests.meta_side import Meta
from tests.people import Person, newcomer
from tests.published import publish
from tests.shops import Shop
from tests.unit.flow.engine.golden_talk import CONTACT, flows_of
from tests.visitor import call

_REVISION: Final = 1_000_000  # no record's: the customer stays as the case says
_ADDRESS: Final = "https://shop.example"
_LATE_SECONDS: Final = 2.5
_MUCH_LATER_MS: Final = 3_600_000
LOST_ANSWER: Final = "what is said meanwhile changes nothing, unless the answer is lost"
LATE_ANSWER: Final = "an answer that comes while a person talks is kept for the hand-back"


@dataclass
class Side:
    """What one side has made of a case: all messages so far, after each event; and where the
    conversation stands then: [awaited, node, silenced, variables], None when nothing goes on."""

    said: list[list[JsonObject]] = field(default_factory=list)
    stands: list[list[Any] | None] = field(default_factory=list)


@dataclass
class Case:
    """`name` is unique and made of letters and digits: of flows, of the number, of replies."""

    name: str
    about: JsonObject
    number: str
    person: Person
    simulated: Side = field(default_factory=Side)
    stack: Side = field(default_factory=Side)
    state: JsonObject | None = None
    awaited: str | None = None
    ahead: int = 0

    @property
    def lane_contact(self) -> str:
        return contact_id(self.number, "wa_id", str(self.person.wa_id))

    @property
    def contact(self) -> JsonObject:
        """The case's customer; the id is that of the conversation, so that both sides draw the
        same at random."""
        known = {**CONTACT, "opt_ins": {}, "blocked": False, "username": ""}
        return {**known, **self.about.get("contact", {}), "id": self.lane_contact}

    @property
    def turns(self) -> list[JsonObject]:
        return [dict(turn["when"]) for turn in self.about["talk"]]

    def flow_id(self, name: str = "main") -> str:
        return f"{self.name}{name}"

    def flows(self, shop_url: str) -> Iterator[tuple[str, JsonObject]]:
        """The flows under ids of their own, calling the shop instead of the world."""
        for name, written in flows_of(self.about).items():
            text = json.dumps(written).replace(_ADDRESS, f"{shop_url}/replies/{self.name}")
            flow = json.loads(text)
            for node in flow["nodes"]:
                if "flow" in node["data"]:
                    node["data"]["flow"] = self.flow_id(node["data"]["flow"])
                if node["type"] == "http" and self._is_late():
                    node["data"]["timeout_seconds"] = 1
            yield self.flow_id(name), flow

    def reply(self) -> JsonObject:
        """What the shop answers this case's calls."""
        for when in self.turns:
            if "status" in when:
                return {"status": when["status"], "body": when.get("body")}
        return {"seconds": _LATE_SECONDS} if self._is_late() else {}

    def _is_late(self) -> bool:
        return any(when.get("answered") == "timeout" for when in self.turns)


def cases(named: Iterable[tuple[str, JsonObject]]) -> list[Case]:
    return [
        Case(f"golden{place}", about, f"7700{place:04d}", newcomer(has_user_id=False))
        for place, (_, about) in enumerate(named)
    ]


class Stage:
    """Where the cases are played."""

    def __init__(self, stack: LocalStack, meta: Meta, shop: Shop) -> None:
        self._stack, self._meta, self._shop = stack, meta, shop
        dynamodb: Any = stack.aws("dynamodb")
        self._dynamodb = dynamodb
        table = stack.outputs["ConversationsTableName"]
        self._conversations = Conversations(shop.tenant, table, dynamodb)
        self._inbound = Deployed(stack).environment(WORKER)["INBOUND_QUEUE_URL"]

    def build(self, all_cases: list[Case]) -> None:
        flows = FlowStore(self._shop.tenant, self._shop.tables.workspaces, self._dynamodb)
        directory = Directory(self._shop.tables.directory, self._dynamodb)
        token = Sealer(self._stack.aws("kms"), self._stack.outputs["SecretsKeyArn"]).seal(
            self._shop.tenant, "EAA"
        )
        shop_url = self._stack.addresses.shop_url
        for case in all_cases:
            for flow_id, flow in case.flows(shop_url):
                publish(flows, flow_id, flow)
            number = Number(case.number, self._shop.tenant.id, "", "", case.flow_id(), token)
            directory.put_number(number)
            place = f"{shop_url}/replies/{case.name}"
            httpx.put(place, json=case.reply(), trust_env=False).raise_for_status()
            self._conversations.commit(_known(case), on_top_of=0)

    def play(self, all_cases: list[Case], since: int = 0, until: int | None = None) -> None:
        """Event by event, all cases together; some of the events or all."""
        for place in range(max(len(case.turns) for case in all_cases))[since:until]:
            now = [case for case in all_cases if place < len(case.turns)]
            messages = {case.name: _message(case, place) for case in now}
            for case in now:
                self._simulate(case, place, messages[case.name])
            self._happen(now, place, messages)
            for case in now:
                self._look(case)

    # The simulator.

    def _simulate(self, case: Case, place: int, message: JsonObject | None) -> None:
        when, sends = case.turns[place], list(case.simulated.said[-1] if place else [])
        if _is_much_later(case, when):
            case.ahead += _MUCH_LATER_MS
        body: JsonObject = {
            "flow_id": case.flow_id(),
            "state": case.state,
            "contact": case.contact if case.state is None else None,
            "event": _simulated_event(when, message),
            "now": time.time_ns() // 1_000_000 + case.ahead,
        }
        answer = call(self._stack, self._shop.key, "POST", "flows/simulate", body)
        if answer.status_code != httpx.codes.UNPROCESSABLE_ENTITY:  # else nothing waits for it
            assert answer.status_code == httpx.codes.OK, answer.text
            done = answer.json()
            case.state = done["state"]
            sends += [one["message"] for one in done["effects"] if one["type"] == "send"]
        case.simulated.said.append(sends)
        session = case.state and case.state["session"]
        case.simulated.stands.append(_stands(sessions.from_json(session) if session else None))

    # The stack.

    def _happen(self, now: list[Case], place: int, messages: dict[str, JsonObject | None]) -> None:
        """Everything that is said comes in one webhook."""
        values = []
        for case in now:
            message = messages[case.name]
            self._age(case, case.turns[place])
            if message is not None:
                values.append(case.person.value(case.number, message))
            else:
                self._happens(case, case.turns[place], place)
        if values:
            assert self._meta.post(builders.webhook_body(*values)).status_code == httpx.codes.OK

    def _correlation(self, case: Case) -> JsonObject:
        session = self._session(case)
        return {"correlation": session.waiting.correlation if session else "none"}

    def _happens(self, case: Case, when: JsonObject, place: int) -> None:
        at, tenant = time.time_ns() // 1_000_000, self._shop.tenant.id
        match when:
            case {"answered": outcome, "text": _, **rest}:
                told = {**self._correlation(case), "outcome": outcome, "text": when["text"]}
                event = Event(f"ai:{place}", AI_ANSWERED, at, {**told, **rest})
            case {"answered": _}:
                return  # the call is being made
            case {"timer": _}:
                told = self._correlation(case)
                event = Event(f"timer:{place}", TIMER_FIRED, at, {"tenant": tenant, **told})
            case {"started": trigger, **rest}:
                body = {"tenant": tenant, "trigger": trigger, "flow": case.flow_id()}
                event = Event(f"start:{place}", START, at, {**body, "interrupt": True, **rest})
            case _:
                step = "takeover" if "taken_over" in when else "hand-back"
                path = f"conversations/{case.number}.{case.lane_contact}/{step}"
                answer = call(self._stack, self._shop.key, "POST", path, {})
                assert answer.status_code == httpx.codes.ACCEPTED, answer.text
                return
        batch = LaneEvents(case.number, case.lane_contact, (event,))
        send_all(self._stack.aws("sqs"), self._inbound, [entry(batch)])

    def _age(self, case: Case, when: JsonObject) -> None:
        """The same conversation as much earlier as the simulator jumps."""
        opened = self._conversations.open(case.number, case.lane_contact)
        conversation, session = opened.conversation, self._session(case)
        deadline = session.waiting.deadline if session else None
        if session is None or deadline is None:
            return
        if "timer" in when:
            by = max(0, deadline - time.time_ns() // 1_000_000)
        elif _is_much_later(case, when):
            by = _MUCH_LATER_MS
        else:
            return
        waiting = replace(session.waiting, deadline=deadline - by)
        older = replace(session, waiting=waiting, active_at=session.active_at - by)
        version = conversation.version
        self._conversations.commit(
            replace(conversation, session=sessions.to_json(older), version=version + 1),
            on_top_of=version,
        )

    def _look(self, case: Case) -> None:
        """The stack's side, as soon as it is the simulator's or patience is at its end."""
        wanted = [case.simulated.said[-1], case.simulated.stands[-1]]

        def look() -> list[Any]:
            return [self._said(case), _stands(self._session(case))]

        deadline = time.monotonic() + 30
        seen = look()
        while seen != wanted and time.monotonic() < deadline:
            time.sleep(0.1)
            seen = look()
        case.stack.said.append(seen[0])
        case.stack.stands.append(seen[1])

    def _session(self, case: Case) -> Session | None:
        opened = self._conversations.open(case.number, case.lane_contact)
        stored = opened.conversation.session
        return sessions.from_json(stored) if stored else None

    def _said(self, case: Case) -> list[JsonObject]:
        found, _ = self._conversations.messages(case.number, case.lane_contact, 50, None)
        lines = [message.line for message in found[::-1]]
        return [line.message for line in lines if line.direction == "out"]


def _is_much_later(case: Case, when: JsonObject) -> bool:
    """Where it matters; other cases play in the hour in which they are played."""
    return "at" in when and case.about["about"] == LOST_ANSWER


def _known(case: Case) -> Conversation:
    """A conversation in which nothing was said yet, with a customer who is known."""
    contact = Contact(case.lane_contact, wa_id=case.person.wa_id, name="Ana")
    profile = {**case.contact, "revision": _REVISION}
    return Conversation(case.number, contact, version=1, profile=profile)


def _message(case: Case, place: int) -> JsonObject | None:
    """What the customer says, as Meta tells it."""
    when = case.turns[place]
    if "said" not in when:
        return None
    message = case.person.message(when["said"])
    if "payload" in when:
        reply = {"id": when["payload"], "title": when["said"]}
        told = {"type": "button_reply", "button_reply": reply}
        message = {**message, "type": "interactive", "interactive": told}
    if "message" in when:
        message = {**message, **when["message"]}
    if message["type"] != "text":
        del message["text"]
    return message


def _simulated_event(when: JsonObject, message: JsonObject | None) -> JsonObject:
    if message is not None:
        return {"type": "said", "message": message}
    match when:
        case {"started": trigger, **rest}:
            return {"type": "started", "trigger": trigger, **rest}
        case {"answered": outcome, "text": text}:
            return {"type": "ai_answered", "outcome": outcome, "text": text}
        case {"answered": _}:
            return {"type": "perform"}
    (name,) = when
    return {"type": {"timer": "timer_fired"}.get(name, name)}


def _stands(session: Session | None) -> list[Any] | None:
    if session is None:
        return None
    top = session.top
    return [session.waiting.awaited, top.flow, top.node, session.silenced, top.variables]
