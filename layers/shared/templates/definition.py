"""A template as it is handed in: what each component may hold, and what Meta would refuse of it.

The shapes are data in the language of `shared.channels.messages.schema`, as those of messages are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from shared.channels.messages.schema import (
    Errors,
    Flag,
    Kind,
    Listing,
    OneOf,
    Shape,
    Tagged,
    Text,
    Whole,
    inside,
)
from shared.field_error import FieldError
from shared.json_types import JsonObject
from shared.templates import limits
from shared.templates.buttons import BUTTONS, CARD_BUTTONS, CODE_BUTTONS
from shared.templates.texts import (
    body_rule,
    examples_rule,
    footer_rule,
    format_errors,
    header_rule,
)

CATEGORIES: Final = ("MARKETING", "UTILITY", "AUTHENTICATION")
FORMATS: Final = ("POSITIONAL", "NAMED")
MEDIA: Final = ("IMAGE", "VIDEO", "DOCUMENT")

_NAMED: Final = Listing(
    Shape({"param_name": Text(), "example": Text()}, needs=("param_name", "example")), 1, 100
)
_HANDLE: Final = Shape({"header_handle": Listing(Text(), 1, 1)}, needs=("header_handle",))
_HEADER_EXAMPLE: Final = Shape(
    {"header_text": Listing(Text(), 1, 1), "header_text_named_params": _NAMED}
)
_BODY_EXAMPLE: Final = Shape(
    {"body_text": Listing(Listing(Text(), 1, 100), 1, 1), "body_text_named_params": _NAMED}
)


def _part(kind: str, fields: dict[str, Kind], **more: Any) -> Shape:
    return Shape({"type": OneOf((kind,)), **fields}, **more)


def _header(*formats: str) -> Tagged:
    cases: dict[str, Kind] = {
        "TEXT": _part(
            "HEADER",
            {
                "format": OneOf(("TEXT",)),
                "text": Text(limits.HEADER_TEXT),
                "example": _HEADER_EXAMPLE,
            },
            needs=("text",),
            rules=(header_rule, examples_rule("header")),
        ),
        **{
            one: _part("HEADER", {"format": OneOf((one,)), "example": _HANDLE}, needs=("example",))
            for one in MEDIA
        },
        "LOCATION": _part("HEADER", {"format": OneOf(("LOCATION",))}),
        "PRODUCT": _part("HEADER", {"format": OneOf(("PRODUCT",))}),
    }
    return Tagged("format", {one: cases[one] for one in formats})


def _body(most: int = limits.BODY) -> Shape:
    fields: dict[str, Kind] = {"text": Text(most), "example": _BODY_EXAMPLE}
    return _part("BODY", fields, needs=("text",), rules=(body_rule, examples_rule("body")))


def _buttons(kind: Kind, most: int, *rules: Any) -> Shape:
    fields: dict[str, Kind] = {"buttons": Listing(kind, 1, most, rules=(*rules,))}
    return _part("BUTTONS", fields, needs=("buttons",))


def _counted(value: list[JsonObject], path: str) -> Errors:
    kinds = [one["type"] for one in value]
    for kind, most in limits.MOST_OF_BUTTONS.items():
        if kinds.count(kind) > most:
            place = max(i for i, one in enumerate(kinds) if one == kind)
            yield FieldError(inside(path, place), f"is one too many: {most} of {kind} are allowed")


def _together(value: list[JsonObject], path: str) -> Errors:
    """Quick replies stand in one group, before or after the others."""
    replies = [place for place, one in enumerate(value) if one["type"] == "QUICK_REPLY"]
    if replies and replies[-1] - replies[0] + 1 != len(replies):
        yield FieldError(path, "must have its quick replies next to each other")


def _alike(value: list[JsonObject], path: str) -> Errors:
    first = _outline(value[0])
    for place, card in enumerate(value):
        if _outline(card) != first:
            yield FieldError(inside(path, place), "must have the same parts as the first card")


def _outline(card: JsonObject) -> list[object]:
    return [
        (one["type"], one.get("format"), [button["type"] for button in one.get("buttons", ())])
        for one in card["components"]
    ]


def _once(value: list[JsonObject], path: str) -> Errors:
    kinds = [one["type"] for one in value]
    for place, kind in enumerate(kinds):
        if kind in kinds[:place]:
            yield FieldError(inside(path, place), f"is a second {kind}")


def _has_body(value: list[JsonObject], path: str) -> Errors:
    if "BODY" not in [one["type"] for one in value]:
        yield FieldError(path, "needs a BODY")


def _offer_is_short(value: list[JsonObject], path: str) -> Errors:
    if "LIMITED_TIME_OFFER" not in [one["type"] for one in value]:
        return
    for place, one in enumerate(value):
        if one["type"] == "BODY" and len(one["text"]) > limits.BODY_OF_AN_OFFER:
            most = limits.BODY_OF_AN_OFFER
            words = f"has {len(one['text'])} characters; {most} are allowed beside an offer"
            yield FieldError(inside(inside(path, place), "text"), words)


_CARD: Final = Shape(
    {
        "components": Listing(
            Tagged(
                "type",
                {
                    "HEADER": _header("IMAGE", "VIDEO", "PRODUCT"),
                    "BODY": _body(limits.BODY_OF_A_CARD),
                    "BUTTONS": _buttons(CARD_BUTTONS, limits.BUTTONS_OF_A_CARD),
                },
            ),
            1,
            3,
            rules=(_once,),
        )
    },
    needs=("components",),
)
_FOOTER: Final = _part(
    "FOOTER", {"text": Text(limits.FOOTER)}, needs=("text",), rules=(footer_rule,)
)
_UTILITY: Final[dict[str, Kind]] = {
    "HEADER": _header("TEXT", *MEDIA, "LOCATION"),
    "BODY": _body(),
    "FOOTER": _FOOTER,
    "BUTTONS": _buttons(BUTTONS, limits.BUTTONS, _counted, _together),
}
_MARKETING: Final[dict[str, Kind]] = {
    **_UTILITY,
    "HEADER": _header("TEXT", *MEDIA, "LOCATION", "PRODUCT"),
    "LIMITED_TIME_OFFER": _part(
        "LIMITED_TIME_OFFER",
        {
            "limited_time_offer": Shape(
                {"text": Text(limits.OFFER_TEXT), "has_expiration": Flag()}, needs=("text",)
            )
        },
        needs=("limited_time_offer",),
    ),
    "CAROUSEL": _part(
        "CAROUSEL",
        {"cards": Listing(_CARD, limits.CARDS_LEAST, limits.CARDS_MOST, rules=(_alike,))},
        needs=("cards",),
    ),
}
_MINUTES: Final = Whole(1, limits.CODE_MINUTES)
_AUTHENTICATION: Final[dict[str, Kind]] = {
    "BODY": _part("BODY", {"add_security_recommendation": Flag()}),
    "FOOTER": _part(
        "FOOTER", {"code_expiration_minutes": _MINUTES}, needs=("code_expiration_minutes",)
    ),
    "BUTTONS": _buttons(CODE_BUTTONS, 1),
}


def _template(category: str, components: dict[str, Kind]) -> Shape:
    least, most = limits.TTL_SECONDS[category]
    return Shape(
        {
            "name": Text(
                limits.NAME,
                pattern=r"[a-z0-9_]+",
                says="may hold small letters, digits and underscores",
            ),
            "language": Text(
                pattern=r"[a-z]{2,3}(_[A-Z]{2})?", says="must be a language as en or en_US"
            ),
            "category": OneOf((category,)),
            "parameter_format": OneOf(FORMATS),
            "message_send_ttl_seconds": _Ttl(least, most, category != "MARKETING"),
            "components": Listing(
                Tagged("type", components),
                1,
                len(components),
                rules=(_once, _has_body, _offer_is_short),
            ),
        },
        needs=("name", "language", "components"),
        rules=(_format_fits,),
    )


class _Ttl:
    """Seconds within limits, or -1 for a month where that is allowed."""

    def __init__(self, least: int, most: int, month: bool) -> None:
        self._within = Whole(least, most)
        self._month = month

    def errors(self, value: object, path: str) -> Errors:
        if not (self._month and value == limits.TTL_OF_A_MONTH):
            yield from self._within.errors(value, path)


def _format_fits(value: JsonObject, path: str) -> Errors:
    """Variables are numbered or named, as the template says, in every text of it."""
    wanted = value.get("parameter_format", "POSITIONAL")
    for place, component in texts_of(value["components"], inside(path, "components")):
        yield from format_errors(component["text"], wanted, inside(place, "text"))


def texts_of(components: list[JsonObject], path: str) -> Iterator[tuple[str, JsonObject]]:
    """Each header and body with a text, and where it is; those of cards too."""
    for number, component in enumerate(components):
        place = inside(path, number)
        if component["type"] in ("HEADER", "BODY") and isinstance(component.get("text"), str):
            yield place, component
        for card_number, card in enumerate(component.get("cards") or ()):
            within = inside(inside(place, "cards"), card_number)
            yield from texts_of(card["components"], inside(within, "components"))


TEMPLATE: Final = Tagged(
    "category",
    {
        "MARKETING": _template("MARKETING", _MARKETING),
        "UTILITY": _template("UTILITY", _UTILITY),
        "AUTHENTICATION": _template("AUTHENTICATION", _AUTHENTICATION),
    },
)


def validate(template: object) -> list[FieldError]:
    """What Meta would refuse, by field, for example "components.1.text"; empty when nothing."""
    return list(TEMPLATE.errors(template, ""))
