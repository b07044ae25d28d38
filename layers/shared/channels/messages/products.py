"""Messages that show products of a catalogue, or cards side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from shared.channels.messages import limits
from shared.channels.messages.choices import REPLY
from shared.channels.messages.parts import (
    FILLED,
    HEADER_OF_TEXT,
    MEDIA_HEADERS,
    given,
    interactive,
    interactive_shape,
)
from shared.channels.messages.requests import LINK
from shared.channels.messages.schema import (
    Errors,
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

_ITEM: Final = Shape({"product_retailer_id": FILLED}, needs=("product_retailer_id",))
SECTION: Final = Shape(
    {
        "title": Text(limits.SECTION_TITLE),
        "product_items": Listing(_ITEM, 1, limits.PRODUCTS_IN_ALL),
    },
    needs=("title", "product_items"),
)


def products_in_all(value: JsonObject, path: str) -> Errors:
    count = sum(len(section["product_items"]) for section in value["sections"])
    if count > limits.PRODUCTS_IN_ALL:
        most = limits.PRODUCTS_IN_ALL
        yield FieldError(
            inside(path, "sections"), f"holds {count} products in all; {most} are allowed"
        )


def _few_lines(value: str, path: str) -> Errors:
    if value.count("\n") > limits.CARD_BODY_LINE_BREAKS:
        yield FieldError(path, f"may have {limits.CARD_BODY_LINE_BREAKS} line breaks")


def _alike_and_in_order(cards: list[JsonObject], path: str) -> Errors:
    for place, card in enumerate(cards):
        if card["card_index"] != place:
            yield FieldError(inside(inside(path, place), "card_index"), f"must be {place}")
    if len({len(card["action"].get("buttons", ())) for card in cards}) > 1:
        yield FieldError(path, "must all have the same kind and number of buttons")


_QUICK_REPLY: Final = Shape(
    {"type": OneOf(("quick_reply",)), "quick_reply": REPLY}, needs=("type", "quick_reply")
)
_CARD_ACTION: Final = Shape(
    {
        "name": OneOf(("cta_url",)),
        "parameters": LINK,
        "buttons": Listing(_QUICK_REPLY, 1, limits.REPLY_BUTTONS),
    },
    one_of=("parameters", "buttons"),
)
_CARD: Final = Shape(
    {
        "card_index": Whole(0, limits.CAROUSEL_CARDS_MOST - 1),
        "type": OneOf(("cta_url",)),
        "header": Tagged("type", MEDIA_HEADERS),
        "body": Shape({"text": Text(limits.CARD_BODY, rules=(_few_lines,))}, needs=("text",)),
        "action": _CARD_ACTION,
    },
    needs=("card_index", "header", "action"),
)
PRODUCTS: Final[dict[str, Kind]] = {
    "product": interactive_shape(
        "product",
        Shape(
            {"catalog_id": FILLED, "product_retailer_id": FILLED},
            needs=("catalog_id", "product_retailer_id"),
        ),
        header=None,
        needs=("action",),
    ),
    "product_list": interactive_shape(
        "product_list",
        Shape(
            {"catalog_id": FILLED, "sections": Listing(SECTION, 1, limits.PRODUCT_SECTIONS)},
            needs=("catalog_id", "sections"),
            rules=(products_in_all,),
        ),
        header=HEADER_OF_TEXT,
        needs=("header", "body", "action"),
    ),
    "catalog_message": interactive_shape(
        "catalog_message",
        Shape(
            {
                "name": OneOf(("catalog_message",)),
                "parameters": Shape({"thumbnail_product_retailer_id": FILLED}),
            },
            needs=("name",),
        ),
    ),
    "carousel": Shape(
        {
            "type": OneOf(("carousel",)),
            "body": Shape({"text": Text(limits.INTERACTIVE_BODY)}, needs=("text",)),
            "action": Shape(
                {
                    "cards": Listing(
                        _CARD,
                        limits.CAROUSEL_CARDS_LEAST,
                        limits.CAROUSEL_CARDS_MOST,
                        rules=(_alike_and_in_order,),
                    )
                },
                needs=("cards",),
            ),
        },
        needs=("body", "action"),
    ),
}


def product(
    catalog_id: str, product_retailer_id: str, *, body: str | None = None, footer: str | None = None
) -> JsonObject:
    action = {"catalog_id": catalog_id, "product_retailer_id": product_retailer_id}
    return interactive("product", action, body=body, footer=footer)


def product_section(title: str, product_retailer_ids: Sequence[str]) -> JsonObject:
    return {
        "title": title,
        "product_items": [{"product_retailer_id": one} for one in product_retailer_ids],
    }


def product_list(
    body: str, catalog_id: str, sections: Sequence[JsonObject], *, header: JsonObject, **around: Any
) -> JsonObject:
    action = {"catalog_id": catalog_id, "sections": list(sections)}
    return interactive("product_list", action, body=body, header=header, **around)


def catalogue(body: str, *, thumbnail: str | None = None, **around: Any) -> JsonObject:
    """`thumbnail` is the retailer's id of the product that is shown."""
    action = given(
        name="catalog_message",
        parameters=thumbnail and {"thumbnail_product_retailer_id": thumbnail},
    )
    return interactive("catalog_message", action, body=body, **around)


def link_card(
    header: JsonObject, display_text: str, url: str, body: str | None = None
) -> JsonObject:
    action = {"name": "cta_url", "parameters": {"display_text": display_text, "url": url}}
    return given(
        type="cta_url", header=header, body=None if body is None else {"text": body}, action=action
    )


def reply_card(
    header: JsonObject, replies: Sequence[tuple[str, str]], body: str | None = None
) -> JsonObject:
    buttons = [
        {"type": "quick_reply", "quick_reply": {"id": reply_id, "title": title}}
        for reply_id, title in replies
    ]
    return given(
        type="cta_url",
        header=header,
        body=None if body is None else {"text": body},
        action={"buttons": buttons},
    )


def carousel(body: str, cards: Sequence[JsonObject]) -> JsonObject:
    """Two to ten cards, all of links or all of as many replies."""
    numbered = [{"card_index": place, **card} for place, card in enumerate(cards)]
    return interactive("carousel", {"cards": numbered}, body=body)
