"""What a template wants filled when it is sent, and whether a message fills it so.

Read from the components as Meta has them. What is not known here is left to Meta.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from shared.channels.messages.limits import ONE_TIME_CODE, TEMPLATE_BODY, TEMPLATE_TEXT
from shared.channels.messages.schema import Errors, inside
from shared.field_error import FieldError
from shared.json_types import JsonObject
from shared.templates.variables import filled, names_in, places_in

_MEDIA: Final = frozenset({"IMAGE", "VIDEO", "DOCUMENT", "LOCATION", "PRODUCT"})
_WORDS: Final = frozenset({"text", "currency", "date_time"})
_SUB_TYPES: Final = {
    "QUICK_REPLY": "quick_reply",
    "URL": "url",
    "OTP": "url",
    "COPY_CODE": "copy_code",
    "FLOW": "flow",
    "CATALOG": "catalog",
    "MPM": "mpm",
    "ORDER_DETAILS": "order_details",
    "VOICE_CALL": "voice_call",
}
_ALWAYS: Final = frozenset({"COPY_CODE", "OTP", "MPM", "ORDER_DETAILS"})


@dataclass(frozen=True, slots=True)
class ButtonPlace:
    """`kind` as messages name it: quick_reply, url, … One that is not `needed` may be filled, with
    `longest` characters at most (0: no limit of its own)."""

    index: int
    kind: str
    text: str
    needed: bool
    longest: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """`header` is the kind of parameter that it takes: text, image, … or None. `body` names its
    variables, which are given by name where `named`; `body_text` is where they stand, and filled in
    it may have `longest_body` characters."""

    header: str | None = None
    header_names: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    body_text: str = ""
    longest_body: int = TEMPLATE_TEXT
    named: bool = False
    buttons: tuple[ButtonPlace, ...] = ()
    offer: bool = False
    cards: tuple[Wanted, ...] = ()


def wanted(components: Sequence[JsonObject]) -> Wanted:
    parts = {str(one.get("type", "")).upper(): one for one in components}
    header, body = parts.get("HEADER", {}), parts.get("BODY")
    header_names = tuple(names_in(str(header.get("text") or "")))
    offer = parts.get("LIMITED_TIME_OFFER", {}).get("limited_time_offer") or {}
    buttons = tuple(
        _button(place, one) for place, one in enumerate(parts.get("BUTTONS", {}).get("buttons", ()))
    )
    names = _body_names(body)
    return Wanted(
        header=_header_kind(header, header_names),
        header_names=header_names,
        body=names,
        body_text=str((body or {}).get("text") or ""),
        longest_body=TEMPLATE_BODY if parts.keys() - {"BODY"} else TEMPLATE_TEXT,
        named=any(not name.isdecimal() for name in (*names, *header_names)),
        buttons=buttons,
        offer=bool(offer.get("has_expiration")),
        cards=tuple(
            wanted(card.get("components", ()))
            for card in parts.get("CAROUSEL", {}).get("cards", ())
        ),
    )


def _header_kind(header: JsonObject, names: tuple[str, ...]) -> str | None:
    kind = str(header.get("format", "")).upper()
    if kind in _MEDIA:
        return kind.lower()
    return "text" if names else None


def _body_names(body: JsonObject | None) -> tuple[str, ...]:
    """The body of a code's template is Meta's own, with the code in it."""
    if body is None:
        return ()
    text = body.get("text")
    return tuple(names_in(text)) if isinstance(text, str) else ("1",)


def _button(place: int, button: JsonObject) -> ButtonPlace:
    kind = str(button.get("type", "")).upper()
    needed = kind in _ALWAYS or bool(places_in(str(button.get("url") or "")))
    return ButtonPlace(
        place,
        _SUB_TYPES.get(kind, kind.lower()),
        str(button.get("text", "")),
        needed,
        ONE_TIME_CODE if kind == "OTP" else 0,
    )


def misfits(content: JsonObject, wants: Wanted, path: str = "template") -> list[FieldError]:
    """What Meta would refuse of the content of a message of type template, which is valid by itself
    (`shared.channels.messages`)."""
    return list(_misfits(content.get("components") or (), wants, inside(path, "components")))


def _misfits(components: Sequence[JsonObject], wants: Wanted, path: str) -> Errors:
    given = {
        str(one["type"]).lower(): (inside(path, place), one)
        for place, one in enumerate(components)
        if one["type"] != "button"
    }
    yield from _header(given.get("header"), wants, path)
    yield from _text(given.get("body"), wants.body, wants.named, "body", path)
    yield from _length(given.get("body"), wants, path)
    yield from _buttons(components, wants, path)
    if wants.offer and "limited_time_offer" not in given:
        yield FieldError(path, "needs limited_time_offer: the template's offer ends at some time")
    yield from _cards(given.get("carousel"), wants, path)


def _header(given: tuple[str, JsonObject] | None, wants: Wanted, path: str) -> Errors:
    if wants.header in (None, "text"):
        yield from _text(given, wants.header_names, wants.named, "header", path)
        return
    if given is None:
        yield FieldError(path, f"needs a header with the template's {wants.header}")
        return
    place, component = given
    kinds = [one["type"] for one in component["parameters"]]
    if kinds != [wants.header]:
        told = f"must be one {wants.header}, as the template has it, not {', '.join(kinds)}"
        yield FieldError(inside(place, "parameters"), told)


def _text(
    given: tuple[str, JsonObject] | None, names: tuple[str, ...], named: bool, part: str, path: str
) -> Errors:
    place, component = given or (path, {})
    parameters = component.get("parameters") or []
    if given is not None:
        place = inside(place, "parameters")
    if len(parameters) != len(names):
        told = f"the template's {part} has {len(names)} variables, and {len(parameters)} are given"
        yield FieldError(place, told)
        return
    kinds = [one["type"] for one in parameters if one["type"] not in _WORDS]
    if kinds:
        yield FieldError(place, f"must be text, as the template has it, not {', '.join(kinds)}")
    found = [one.get("parameter_name") for one in parameters]
    if named and sorted(map(str, found)) != sorted(names):
        yield FieldError(place, f"must name {', '.join(names)} by parameter_name")


def _length(given: tuple[str, JsonObject] | None, wants: Wanted, path: str) -> Errors:
    """Of the body with its variables filled in."""
    place, component = given or (path, {})
    parameters = component.get("parameters") or []
    if len(parameters) != len(wants.body):
        return
    values = {
        str(one.get("parameter_name") or name): _said(one)
        for name, one in zip(wants.body, parameters, strict=True)
    }
    length = len(filled(wants.body_text, values))
    if length > wants.longest_body:
        told = f"make a body of {length} characters; {wants.longest_body} are allowed"
        yield FieldError(inside(place, "parameters"), told)


def _said(parameter: JsonObject) -> str:
    content = parameter.get(str(parameter["type"]))
    shown = content.get("fallback_value") if isinstance(content, dict) else content
    return shown if isinstance(shown, str) else ""


def _buttons(components: Sequence[JsonObject], wants: Wanted, path: str) -> Errors:
    there: Mapping[int, ButtonPlace] = {one.index: one for one in wants.buttons}
    filled: set[int] = set()
    for number, one in enumerate(components):
        if one["type"] != "button":
            continue
        index = int(one["index"])
        filled.add(index)
        button = there.get(index)
        if button is None:
            told = f"names no button: the template has {len(there)}"
            yield FieldError(inside(inside(path, number), "index"), told)
        elif one["sub_type"] != button.kind:
            place = inside(inside(path, number), "sub_type")
            yield FieldError(place, f"must be {button.kind}, as the template's button is")
        elif button.longest and len(said := _said(one["parameters"][0])) > button.longest:
            place = inside(inside(path, number), "parameters")
            told = f"hold a code of {len(said)} characters; {button.longest} are allowed"
            yield FieldError(place, told)
    for button in wants.buttons:
        if button.needed and button.index not in filled:
            yield FieldError(path, f"needs button {button.index} ({button.kind}) filled")


def _cards(given: tuple[str, JsonObject] | None, wants: Wanted, path: str) -> Errors:
    place, component = given or (path, {})
    cards = component.get("cards") or []
    if len(cards) != len(wants.cards):
        yield FieldError(
            place, f"the template has {len(wants.cards)} cards, and {len(cards)} are given"
        )
        return
    for number, (card, wanted_of_card) in enumerate(zip(cards, wants.cards, strict=True)):
        within = inside(inside(place, "cards"), number)
        yield from _misfits(card["components"], wanted_of_card, inside(within, "components"))
