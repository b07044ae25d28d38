"""What a customer wants to get: the words and buttons by which promotions stop and start again.

Decided in the lane, so that what they asked for last holds. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from flow.engine.effects import Send, UpdateContact
from flow.engine.events import Said
from flow.engine.starts import is_offered
from flow.engine.texts import fallbacks
from flow.engine.triggers import plain
from flow.turn import Turn
from shared.json_types import JsonObject
from shared.opt_words import OPT_WORDS, START_PAYLOAD, STOP_PAYLOAD

OPTED_OUT: Final = "opted_out"
_PROMOTIONS: Final = ("marketing",)
_ALL: Final = ("marketing", "utility")  # codes are sent to whoever asks for one
_DEFAULT_LANGUAGE: Final = "en"


@dataclass(frozen=True, slots=True)
class Wish:
    """`confirmation` names the text of `OptWords` that answers it; `languages` are those that have
    the word, none for a button's payload."""

    state: str
    kinds: tuple[str, ...]
    confirmation: str
    languages: tuple[str, ...] = ()


_STOP: Final = Wish("out", _PROMOTIONS, "stopped")
_STOP_ALL: Final = Wish("out", _ALL, "stopped_all")
_START: Final = Wish("in", _ALL, "started")


def wish_of(said: Said) -> Wish | None:
    """The message is a wish if it is one of the words and nothing else, or a button that bears
    one: WhatsApp gives a template's button its own text as payload where it was sent with none."""
    return _PAYLOADS.get(said.payload or "") or _WISHES.get(plain(said.payload or said.text))


def granted(turn: Turn, said: Said) -> Wish | None:
    """Record the customer's wish and confirm it, if the message is one. Who has stopped nothing
    means something else by "start", and an option of the question that waits is its answer."""
    wish = wish_of(said)
    running = turn.running()
    if wish is None or (running is not None and is_offered(running, said)):
        return None
    before = turn.talk.contact.get("opt_ins", {})
    kinds = [kind for kind in wish.kinds if wish.state == "out" or before.get(kind) == "out"]
    if not kinds:
        return None
    turn.handle(burst=None)
    if wish.state == "out" and said.payload is None and turn.talk.session is not None:
        turn.give_up(OPTED_OUT)
    changes = ({"op": "opt", "kind": kind, "state": wish.state} for kind in kinds)
    turn.want(UpdateContact(tuple({**change, "source": "message"} for change in changes)))
    turn.want(Send({"type": "text", "text": {"body": _confirmation(turn, wish)}}))
    return wish


def with_wishes(profile: JsonObject | None, contact: JsonObject) -> JsonObject | None:
    """The copy of the record with what the turn has made of the opt-ins: the record's own tidings
    come later, and what is said before them must not be judged by the old ones."""
    if profile is None or profile.get("opt_ins") == contact.get("opt_ins"):
        return profile
    return {**profile, "opt_ins": contact["opt_ins"]}


def _confirmation(turn: Turn, wish: Wish) -> str:
    """In the contact's language; else in the one of the word, if it is of one only."""
    known = turn.talk.contact.get("language")
    spoken = wish.languages[0] if len(wish.languages) == 1 else None
    own = spoken if spoken != _DEFAULT_LANGUAGE else None  # everybody knows "stop"
    wanted = known or own or turn.workspace.get("language") or spoken or _DEFAULT_LANGUAGE
    found = (OPT_WORDS.get(one) for one in fallbacks(str(wanted), _DEFAULT_LANGUAGE))
    words = next(one for one in found if one is not None)
    return str(getattr(words, wish.confirmation))


def _by_word() -> Iterator[tuple[str, str, Wish]]:
    for language, row in OPT_WORDS.items():
        kinds: Iterable[tuple[tuple[str, ...], Wish]] = (
            (row.stop, _STOP),
            (row.stop_all, _STOP_ALL),
            (row.start, _START),
        )
        for words, wish in kinds:
            yield from ((plain(word), language, wish) for word in words)


def _wishes() -> dict[str, Wish]:
    wishes: dict[str, Wish] = {}
    for word, language, wish in _by_word():
        known = wishes.get(word)
        languages = (*known.languages, language) if known else (language,)
        wishes[word] = Wish(wish.state, wish.kinds, wish.confirmation, languages)
    return wishes


_PAYLOADS: Final = {STOP_PAYLOAD: _STOP, START_PAYLOAD: _START}
_WISHES: Final = _wishes()
