"""Each outbound example of the reference (sections 3.1 to 3.6), made by our builders, in order."""

from __future__ import annotations

from typing import Final

from shared.channels.messages import choices, products, requests, simple
from shared.channels.messages import template as templates
from shared.channels.messages.parts import header, media
from shared.channels.messages.union import in_reply_to, read_receipt
from shared.json_types import JsonObject

_QUOTED = "wamid.EXAMPLE000000000000000002=="
_BO: JsonObject = {
    "name": {"formatted_name": "Bo Sample", "first_name": "Bo", "last_name": "Sample"},
    "phones": [{"phone": "+16505550199", "type": "WORK", "wa_id": "16505550199"}],
    "emails": [{"email": "bo@example.com", "type": "WORK"}],
}
_SHOP: JsonObject = {
    "latitude": "48.137154",
    "longitude": "11.576124",
    "name": "Shop",
    "address": "1 Example Square",
}


def _say(*values: str) -> JsonObject:
    return templates.body_component(*map(templates.text_parameter, values))


def _card(number: int, image: str) -> list[JsonObject]:
    return [
        templates.header_component(templates.parameter("image", media(id=image))),
        templates.reply_button(0, f"card:{number}"),
        templates.url_button(1, f"p/{number + 1}"),
    ]


BUILT: Final[list[JsonObject]] = [
    in_reply_to(simple.text("See https://example.com/t/1001", preview=True), _QUOTED),
    simple.image(link="https://example.com/a.jpg", caption="Your order"),
    simple.audio(id="700000000000010", voice=True),
    simple.video(id="700000000000011", caption="How to"),
    simple.document(id="700000000000012", filename="invoice-1001.pdf", caption="Invoice"),
    simple.sticker(id="700000000000013"),
    simple.location(**_SHOP),
    simple.contacts(_BO),
    simple.reaction(_QUOTED, "👍"),
    choices.buttons(
        "Confirm the booking?",
        [("flow:42:yes", "Yes"), ("flow:42:no", "No")],
        header=header(media(id="700000000000014")),
        footer="Example Ltd",
    ),
    choices.list_of(
        "Choose a size",
        "Show sizes",
        [
            choices.section(
                [choices.row("size-s", "Small", "Tight"), choices.row("size-m", "Medium")],
                "Shirts",
            )
        ],
        header=header("Sizes"),
        footer="Example Ltd",
    ),
    requests.link(
        "Open the calendar", "Open", "https://example.com/c?id=1", header=header("Booking")
    ),
    requests.ask_location("Where should we deliver?"),
    requests.form(
        "Book a slot",
        "Book",
        flow_id="650000000000001",
        mode="published",
        token="ft-0001",
        screen="START",
        data={"name": "Ana"},
    ),
    products.product("800000000000001", "SKU-1", body="This one?"),
    products.product_list(
        "Pick",
        "800000000000001",
        [products.product_section("Shirts", ["SKU-1", "SKU-2"])],
        header=header("New items"),
    ),
    products.catalogue("Our catalog", thumbnail="SKU-1"),
    products.carousel(
        "Three ideas",
        [
            products.link_card(
                header(media(link=f"https://example.com/{number}.jpg")),
                "Open",
                f"https://example.com/{number}",
                f"Idea {number + 1}",
            )
            for number in range(2)
        ],
    ),
    requests.ask_call_permission("May we call you about the order?"),
    requests.ask_contact_info("Please share your number so that the courier can call."),
    templates.template(
        "order_update",
        "en_US",
        [
            templates.header_component(templates.text_parameter("1001")),
            templates.body_component(
                templates.text_parameter("Ana"),
                templates.parameter(
                    "currency", {"fallback_value": "EUR 7.99", "code": "EUR", "amount_1000": 7990}
                ),
            ),
        ],
    ),
    templates.template(
        "order_update_named",
        "en_US",
        [
            templates.body_component(
                templates.text_parameter("Ana", "first_name"),
                templates.text_parameter("1001", "order_id"),
            )
        ],
    ),
    templates.template(
        "invoice",
        "en_US",
        [
            templates.header_component(
                templates.parameter(
                    "document", media(id="700000000000012", filename="invoice-1001.pdf")
                )
            ),
            _say("Ana"),
        ],
    ),
    templates.template(
        "pickup", "en_US", [templates.header_component(templates.parameter("location", _SHOP))]
    ),
    templates.template(
        "promo",
        "en_US",
        [templates.reply_button(0, "camp:7:stop"), templates.url_button(1, "t/1001")],
    ),
    templates.template("login_code", "en_US", templates.one_time_code("482913")),
    templates.template(
        "book_flow", "en_US", [templates.form_button(0, "ft-0002", {"name": "Ana"})]
    ),
    templates.template("coupon", "en_US", [templates.code_button(0, "SAVE20")]),
    templates.template(
        "carousel_a",
        "en_US",
        [
            _say("Ana"),
            templates.carousel_component(
                [_card(0, "700000000000020"), _card(1, "700000000000021")]
            ),
        ],
    ),
    templates.template(
        "lto_a",
        "en_US",
        [
            templates.header_component(templates.parameter("image", media(id="700000000000022"))),
            templates.offer_component(1796035200000),
            templates.code_button(0, "SAVE20"),
            templates.url_button(1, "offer7"),
        ],
    ),
    templates.template(
        "catalog_a",
        "en_US",
        [templates.products_button(0, "SKU-1", [products.product_section("Shirts", ["SKU-1"])])],
    ),
    read_receipt(_QUOTED, typing=True),
]
