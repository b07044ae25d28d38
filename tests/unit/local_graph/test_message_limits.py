"""Lengths and counts of section 3.2, and the shapes of sections 3.3 to 3.5."""

from typing import Any

import pytest

from local.graph.graph_errors import GraphError
from local.graph.message_request import message_request
from tests.unit.local_graph.graph_builders import body_of, interactive_body, text_body

Body = dict[str, Any]


def reply_buttons(*titles: str) -> Body:
    buttons = [
        {"type": "reply", "reply": {"id": str(number), "title": title}}
        for number, title in enumerate(titles)
    ]
    return interactive_body({"type": "button", "action": {"buttons": buttons}})


def list_of(*sections: Body, button: str = "Show", body: str = "Choose") -> Body:
    return interactive_body(
        {
            "type": "list",
            "body": {"text": body},
            "action": {"button": button, "sections": list(sections)},
        }
    )


def section(rows: int, title: str | None = "S", prefix: str = "r", **row: str) -> Body:
    made = [{"id": f"{prefix}{number}", "title": "T", **row} for number in range(rows)]
    return {"title": title, "rows": made} if title else {"rows": made}


def link(text: str = "Open", url: str = "https://example.com/c") -> Body:
    parameters = {"display_text": text, "url": url}
    return interactive_body(
        {"type": "cta_url", "action": {"name": "cta_url", "parameters": parameters}}
    )


def form(**changes: Any) -> Body:
    parameters = {"flow_message_version": "3", "flow_id": "1", "flow_cta": "Book", **changes}
    return interactive_body({"type": "flow", "action": {"name": "flow", "parameters": parameters}})


def products(*counts: int, header: bool = True) -> Body:
    sections = [
        {"title": "S", "product_items": [{"product_retailer_id": "P"}] * count} for count in counts
    ]
    content: Body = {"type": "product_list", "action": {"catalog_id": "1", "sections": sections}}
    return interactive_body(
        {**content, "header": {"type": "text", "text": "New"}} if header else content
    )


def carousel(cards: int, text: str = "Idea", label: str = "Open", first: int = 0) -> Body:
    made = [
        {
            "card_index": first + number,
            "type": "cta_url",
            "header": {"type": "image", "image": {"id": "1"}},
            "body": {"text": text},
            "action": {
                "name": "cta_url",
                "parameters": {"display_text": label, "url": "https://example.com/0"},
            },
        }
        for number in range(cards)
    ]
    return interactive_body({"type": "carousel", "action": {"cards": made}})


def template(*parameters: Body, name: str = "order_update", language: str = "en_US") -> Body:
    return body_of(
        "template",
        {
            "name": name,
            "language": {"code": language},
            "components": [{"type": "body", "parameters": list(parameters)}],
        },
    )


def card(**name: str) -> Body:
    return body_of("contacts", [{"name": name}])


def pin(latitude: Any = "48.1", longitude: Any = 11.5) -> Body:
    return body_of("location", {"latitude": latitude, "longitude": longitude})


def reaction(emoji: str) -> Body:
    return body_of("reaction", {"message_id": "wamid.A==", "emoji": emoji})


ACCEPTED = {
    "text of 4096": text_body("x" * 4096),
    "text of 4096 emoji": text_body("👍" * 4096),
    "preview": text_body(text={"body": "https://example.com", "preview_url": True}),
    "caption of 1024": body_of("image", {"id": "1", "caption": "x" * 1024}),
    "document": body_of("document", {"link": "https://example.com/a.pdf", "filename": "a.pdf"}),
    "filename of 240": body_of("document", {"id": "1", "filename": "x" * 240}),
    "three buttons": reply_buttons("a", "b", "c"),
    "title of 20": reply_buttons("x" * 20),
    "list of ten rows": list_of(section(5), section(5, prefix="s")),
    "list body of 4096": list_of(section(1), body="x" * 4096),
    "one section without title": list_of(section(1, title=None)),
    "row description of 72": list_of(section(1, description="x" * 72)),
    "link text of 20": link("x" * 20),
    "form button of 30": form(flow_cta="x" * 30),
    "thirty products": products(15, 15),
    "ten cards": carousel(10),
    "card body of 160": carousel(2, text="x" * 160),
    "template text": template({"type": "text", "text": "Ana"}),
    "template spaces": template({"type": "text", "text": "a    b"}),
    "contact": card(formatted_name="Bo Sample", first_name="Bo"),
    "pin": pin(),
    "reaction": reaction("👍"),
    "reaction with skin": reaction("👍🏽"),
    "reaction of a family": reaction("👨‍👩‍👧"),
    "reaction with a flag": reaction("🇮🇩"),
    "reaction with a heart": reaction("❤️"),
    "reaction taken back": reaction(""),
}

TOO_LONG = {
    "text": text_body("x" * 4097),
    "caption": body_of("image", {"id": "1", "caption": "x" * 1025}),
    "filename": body_of("document", {"id": "1", "filename": "x" * 241}),
    "button title": reply_buttons("x" * 21),
    "interactive body": interactive_body(
        {**reply_buttons("a")["interactive"], "body": {"text": "x" * 1025}}
    ),
    "footer": interactive_body({**reply_buttons("a")["interactive"], "footer": {"text": "x" * 61}}),
    "header": interactive_body(
        {**reply_buttons("a")["interactive"], "header": {"type": "text", "text": "x" * 61}}
    ),
    "list body": list_of(section(1), body="x" * 4097),
    "list button": list_of(section(1), button="x" * 21),
    "section title": list_of(section(1, title="x" * 25)),
    "row id": list_of(section(1, id="x" * 201)),
    "row title": list_of(section(1, title="S") | {"rows": [{"id": "1", "title": "x" * 25}]}),
    "row description": list_of(section(1, description="x" * 73)),
    "link text": link("x" * 21),
    "form button": form(flow_cta="x" * 31),
    "card body": carousel(2, text="x" * 161),
    "card label": carousel(2, label="x" * 21),
    "template text": template({"type": "text", "text": "x" * 32_769}),
    "coupon": template({"type": "coupon_code", "coupon_code": "x" * 21}),
    "template name": template(name="x" * 513),
    "unknown key": text_body(text={"body": "x", "colour": "red"}),
    "audio with caption": body_of("audio", {"id": "1", "caption": "x"}),
    "sticker with caption": body_of("sticker", {"id": "1", "caption": "x"}),
    "product with header": interactive_body(
        {
            "type": "product",
            "header": {"type": "text", "text": "x"},
            "action": {"catalog_id": "1", "product_retailer_id": "P"},
        }
    ),
    "blank text": text_body(" \n"),
    "no text": text_body(""),
}

MISSING = {
    "text body": text_body(text={}),
    "media source": body_of("image", {"caption": "x"}),
    "latitude": body_of("location", {"longitude": 1}),
    "name part": card(formatted_name="Bo Sample"),
    "formatted name": card(first_name="Bo"),
    "action": interactive_body({"type": "button"}),
    "interactive type": interactive_body({"action": {}}),
    "section title": list_of(section(1), section(1, title=None, prefix="s")),
    "products header": products(1, header=False),
    "parameter value": template({"type": "text"}),
    "button index": body_of(
        "template",
        {
            "name": "promo",
            "language": {"code": "en_US"},
            "components": [{"type": "button", "sub_type": "url"}],
        },
    ),
    "language": body_of("template", {"name": "promo"}),
    "header content": interactive_body(
        {**reply_buttons("a")["interactive"], "header": {"type": "image"}}
    ),
}

INVALID = {
    "text of a number": text_body(text={"body": 7}),
    "text of a list": text_body(text=["x"]),
    "id and link": body_of("image", {"id": "1", "link": "https://example.com/a.jpg"}),
    "link without https": body_of("image", {"link": "http://example.com/a.jpg"}),
    "media id": body_of("image", {"id": "abc"}),
    "latitude": pin(latitude=91),
    "no buttons": reply_buttons(),
    "four buttons": reply_buttons("a", "b", "c", "d"),
    "same titles": reply_buttons("a", "a"),
    "empty title": reply_buttons(""),
    "eleven rows in all": list_of(section(6), section(5, prefix="s")),
    "same row ids": list_of(section(1), section(1)),
    "no sections": list_of(),
    "list with an image": interactive_body(
        {**list_of(section(1))["interactive"], "header": {"type": "image", "image": {"id": "1"}}}
    ),
    "link url": link(url="call me"),
    "form by id and name": form(flow_name="f"),
    "form with empty data": form(flow_action_payload={"screen": "A", "data": {}}),
    "31 products": products(16, 15),
    "one card": carousel(1),
    "eleven cards": carousel(11),
    "cards numbered from 1": carousel(2, first=1),
    "three line breaks": carousel(2, text="a\nb\nc\nd"),
    "interactive type": interactive_body({"type": "poll", "action": {}}),
    "template name": template(name="Order Update"),
    "language": template(language="english"),
    "two emoji": reaction("👍👍"),
    "emoji of letters": reaction("ok"),
    "emoji of kana": reaction("あ"),
    "form button with an emoji": form(flow_cta="Book 📅"),
    "reaction that quotes": {**reaction("👍"), "context": {"message_id": "wamid.B=="}},
    "birthday": body_of(
        "contacts",
        [{"name": {"formatted_name": "Bo", "first_name": "Bo"}, "birthday": "1 May"}],
    ),
    "no contacts": body_of("contacts", []),
    "258 contacts": body_of(
        "contacts", [{"name": {"formatted_name": "Bo", "first_name": "Bo"}}] * 258
    ),
}

UNPRINTABLE = {
    "empty": template({"type": "text", "text": ""}),
    "blank": template({"type": "text", "text": "  "}),
    "new line": template({"type": "text", "text": "a\nb"}),
    "tab": template({"type": "text", "text": "a\tb"}),
    "five spaces": template({"type": "text", "text": "a     b"}),
}


@pytest.mark.parametrize("body", ACCEPTED.values(), ids=ACCEPTED)
def test_what_is_within_the_limits_passes(body: Body) -> None:
    message_request(body)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(body, code, id=f"{code} {name}")
        for code, bodies in (
            (100, TOO_LONG),
            (131008, MISSING),
            (131009, INVALID),
            (132018, UNPRINTABLE),
        )
        for name, body in bodies.items()
    ],
)
def test_what_is_wrong_is_refused_with_its_code(body: Body, code: int) -> None:
    with pytest.raises(GraphError) as caught:
        message_request(body)
    assert caught.value.code == code


def test_the_details_name_the_parameter_as_meta_writes_it() -> None:
    with pytest.raises(GraphError) as caught:
        message_request(reply_buttons("fine", "x" * 21))
    assert caught.value.details == (
        "Param interactive['action']['buttons'][1]['reply']['title']: "
        "string should have at most 20 characters."
    )
