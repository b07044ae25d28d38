"""Template messages, with every component that a template may have.

That the template exists, is approved, and has as many variables as are given is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from shared.channels.messages import limits
from shared.channels.messages.parts import DOCUMENT, FILLED, IMAGE, VIDEO, given
from shared.channels.messages.products import SECTION, products_in_all
from shared.channels.messages.schema import (
    Anything,
    Errors,
    Kind,
    Listing,
    OneOf,
    Shape,
    Tagged,
    Text,
    Whole,
)
from shared.channels.messages.simple import LOCATION
from shared.field_error import FieldError
from shared.json_types import JsonObject

_UNPRINTABLE: Final = re.compile(rf"[\t\r\n]| {{{limits.CONSECUTIVE_SPACES + 1},}}")
_MOST_PARAMETERS: Final = 100
_LATEST: Final = 253_402_300_800_000  # the year 10000


def _printable(value: str, path: str) -> Errors:
    if _UNPRINTABLE.search(value):
        most = limits.CONSECUTIVE_SPACES
        yield FieldError(path, f"may hold no line breaks, tabs or more than {most} spaces in a row")


_PARAMETERS: Final[dict[str, Kind]] = {
    "text": Text(limits.TEMPLATE_TEXT, rules=(_printable,)),
    "currency": Shape(
        {
            "fallback_value": FILLED,
            "code": Text(pattern=r"[A-Z]{3}", says="must be a currency's three letters"),
            "amount_1000": Whole(-(10**15), 10**15),
        },
        needs=("fallback_value", "code", "amount_1000"),
    ),
    "date_time": Shape({"fallback_value": FILLED}, needs=("fallback_value",)),
    "image": IMAGE,
    "video": VIDEO,
    "document": DOCUMENT,
    "location": LOCATION,
    "product": Shape(
        {"catalog_id": FILLED, "product_retailer_id": FILLED}, needs=("product_retailer_id",)
    ),
    "payload": FILLED,
    "coupon_code": Text(limits.COUPON_CODE),
    "limited_time_offer": Shape(
        {"expiration_time_ms": Whole(1, _LATEST)}, needs=("expiration_time_ms",)
    ),
    "action": Anything(),
}


def _parameters(*kinds: str, most: int = 1, **own: Kind) -> Listing:
    """Parameters of these kinds; `own` gives a kind another content than it has elsewhere."""
    cases = {
        kind: Shape(
            {
                "type": OneOf((kind,)),
                kind: own.get(kind, _PARAMETERS[kind]),
                "parameter_name": FILLED,
            },
            needs=(kind,),
        )
        for kind in kinds
    }
    return Listing(Tagged("type", cases), 1, most)


_CATALOGUE: Final = Shape({"thumbnail_product_retailer_id": FILLED})
_PRODUCT_LIST: Final = Shape(
    {
        "thumbnail_product_retailer_id": FILLED,
        "sections": Listing(SECTION, 1, limits.PRODUCT_SECTIONS),
    },
    needs=("sections",),
    rules=(products_in_all,),
)
_BUTTON_PARAMETERS: Final[dict[str, Kind]] = {
    "quick_reply": _parameters("payload"),
    "url": _parameters("text"),
    "copy_code": _parameters("coupon_code"),
    "flow": _parameters(
        "action", action=Shape({"flow_token": FILLED, "flow_action_data": Anything()})
    ),
    "catalog": _parameters("action", action=_CATALOGUE),
    "mpm": _parameters("action", action=_PRODUCT_LIST),
    "order_details": _parameters("action", action=Anything(filled=True)),
    "voice_call": Listing(Anything(), 0, _MOST_PARAMETERS),
}
_NEEDS_NONE: Final = frozenset({"voice_call", "catalog"})


def _button(kind: str) -> Shape:
    fields: dict[str, Kind] = {
        "type": OneOf(("button",)),
        "sub_type": OneOf((kind,)),
        "index": Text(pattern=r"\d", says="must be the button's place, as text: 0 to 9"),
        "parameters": _BUTTON_PARAMETERS[kind],
    }
    needs = ("index",) if kind in _NEEDS_NONE else ("index", "parameters")
    return Shape(fields, needs=needs)


def _component(kind: str, parameters: Kind) -> Shape:
    return Shape({"type": OneOf((kind,)), "parameters": parameters}, needs=("parameters",))


_HEADER_KINDS: Final = ("text", "image", "video", "document", "location", "product")
_OF_CARDS: Final[dict[str, Kind]] = {
    "header": _component("header", _parameters(*_HEADER_KINDS)),
    "body": _component("body", _parameters("text", "currency", "date_time", most=_MOST_PARAMETERS)),
    "button": Tagged("sub_type", {kind: _button(kind) for kind in _BUTTON_PARAMETERS}),
}
_CARD: Final = Shape(
    {
        "card_index": Whole(0, limits.CAROUSEL_CARDS_MOST - 1),
        "components": Listing(Tagged("type", _OF_CARDS), 1, _MOST_PARAMETERS),
    },
    needs=("card_index", "components"),
)
_COMPONENTS: Final[dict[str, Kind]] = {
    **_OF_CARDS,
    "limited_time_offer": _component("limited_time_offer", _parameters("limited_time_offer")),
    "carousel": Shape(
        {
            "type": OneOf(("carousel",)),
            "cards": Listing(_CARD, limits.CAROUSEL_CARDS_LEAST, limits.CAROUSEL_CARDS_MOST),
        },
        needs=("cards",),
    ),
    "order_status": _component("order_status", Listing(Anything(), 1, _MOST_PARAMETERS)),
    # Where a tap on a header's picture leads; for some businesses, and described in no more detail.
    "tap_target_configuration": _component(
        "tap_target_configuration", Listing(Anything(filled=True), 1, _MOST_PARAMETERS)
    ),
}
TEMPLATE: Final = Shape(
    {
        "name": Text(
            limits.TEMPLATE_NAME,
            pattern=r"[a-z0-9_]+",
            says="may hold small letters, digits and underscores",
        ),
        "language": Shape(
            {
                "code": Text(
                    pattern=r"[a-z]{2,3}(_[A-Z]{2})?", says="must be a language as en or en_US"
                ),
                "policy": OneOf(("deterministic",)),
            },
            needs=("code",),
        ),
        "components": Listing(Tagged("type", _COMPONENTS), 0, _MOST_PARAMETERS),
    },
    needs=("name", "language"),
)
"""The content of a message of type template."""


def template(name: str, language: str, components: Sequence[JsonObject] = ()) -> JsonObject:
    """`language` as Meta has the template: en is not en_US."""
    content = given(
        name=name, language={"code": language}, components=list(components) if components else None
    )
    return {"type": "template", "template": content}


def text_parameter(text: str, name: str | None = None) -> JsonObject:
    """`name` for templates whose variables have names."""
    return given(type="text", parameter_name=name, text=text)


def parameter(kind: str, content: Any) -> JsonObject:
    """Of any kind of `_PARAMETERS`: media, location, product, currency, date_time, ..."""
    return {"type": kind, kind: content}


def header_component(content: JsonObject) -> JsonObject:
    """`content` from `text_parameter` or `parameter`."""
    return {"type": "header", "parameters": [content]}


def body_component(*parameters: JsonObject) -> JsonObject:
    return {"type": "body", "parameters": list(parameters)}


def button_component(sub_type: str, index: int, content: JsonObject | None = None) -> JsonObject:
    """`index` is the place among all buttons of the template, from 0."""
    return given(
        type="button",
        sub_type=sub_type,
        index=str(index),
        parameters=None if content is None else [content],
    )


def reply_button(index: int, payload: str) -> JsonObject:
    return button_component("quick_reply", index, parameter("payload", payload))


def url_button(index: int, end: str) -> JsonObject:
    """`end` is what the address's variable stands for."""
    return button_component("url", index, text_parameter(end))


def code_button(index: int, coupon: str) -> JsonObject:
    return button_component("copy_code", index, parameter("coupon_code", coupon))


def form_button(index: int, token: str, data: JsonObject | None = None) -> JsonObject:
    action = given(flow_token=token, flow_action_data=data or None)
    return button_component("flow", index, parameter("action", action))


def catalogue_button(index: int, thumbnail: str) -> JsonObject:
    action = {"thumbnail_product_retailer_id": thumbnail}
    return button_component("catalog", index, parameter("action", action))


def products_button(index: int, thumbnail: str, sections: Sequence[JsonObject]) -> JsonObject:
    action = {"thumbnail_product_retailer_id": thumbnail, "sections": list(sections)}
    return button_component("mpm", index, parameter("action", action))


def order_button(index: int, order_details: JsonObject) -> JsonObject:
    action = {"order_details": order_details}
    return button_component("order_details", index, parameter("action", action))


def one_time_code(code: str) -> list[JsonObject]:
    """The components of an authentication template: the code is in the body and in the button."""
    return [body_component(text_parameter(code)), url_button(0, code)]


def offer_component(expires_at: int) -> JsonObject:
    """A limited-time offer; `expires_at` in milliseconds."""
    content = parameter("limited_time_offer", {"expiration_time_ms": expires_at})
    return {"type": "limited_time_offer", "parameters": [content]}


def carousel_component(cards: Sequence[Sequence[JsonObject]]) -> JsonObject:
    """Each card is a sequence of components."""
    numbered = [{"card_index": place, "components": list(card)} for place, card in enumerate(cards)]
    return {"type": "carousel", "cards": numbered}
