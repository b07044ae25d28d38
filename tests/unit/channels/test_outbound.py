"""What can be sent: the reference's examples made by our builders, and what is refused before."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from local.graph.graph_errors import GraphError
from local.graph.message_request import message_request
from shared.channels.messages import CONTENT, INTERACTIVE, kind_of, validate
from shared.channels.messages import limits as ours
from shared.channels.messages.choices import buttons, list_of, row, section
from shared.channels.messages.parts import header, media
from shared.channels.messages.products import carousel, link_card, reply_card
from shared.channels.messages.requests import form, link
from shared.channels.messages.simple import image, reaction, text
from shared.channels.messages.template import (
    button_component,
    catalogue_button,
    order_button,
    template,
)
from shared.channels.payloads import send_payload
from shared.json_types import JsonObject
from tests.unit.channels.outbound_builders import BUILT
from tests.unit.local_graph.graph_builders import outbound_examples

EXAMPLES = [body for _, body in outbound_examples()]
PAIRS = list(zip(BUILT, outbound_examples(), strict=True))
SENDS = [message for message in BUILT if "type" in message]


def payload(message: JsonObject, body: JsonObject) -> JsonObject:
    if "type" not in message:
        return message
    address = {"wa_id": body.get("to"), "bsuid": body.get("recipient")}
    built = send_payload(message, address, "contact", 1)
    callback = body.get("biz_opaque_callback_data")
    return {**built, "biz_opaque_callback_data": callback} if callback else without(built)


def without(built: JsonObject) -> JsonObject:
    return {name: one for name, one in built.items() if name != "biz_opaque_callback_data"}


@pytest.mark.parametrize(
    ("message", "example"), PAIRS, ids=lambda one: one[0] if isinstance(one, tuple) else ""
)
def test_our_builders_make_every_example_of_the_reference(
    message: JsonObject, example: tuple[str, JsonObject]
) -> None:
    assert payload(message, example[1]) == example[1]


@pytest.mark.parametrize("message", SENDS, ids=kind_of)
def test_no_example_of_the_reference_is_refused(message: JsonObject) -> None:
    assert validate(message) == []


def test_the_examples_hold_nearly_every_kind() -> None:
    kinds = {kind_of(message) for message in SENDS}
    every = {kind for kind in CONTENT if kind != "interactive"}
    every |= {f"interactive.{kind}" for kind in INTERACTIVE}
    countries_only = ("address_message", "order_details", "order_status")
    assert every - kinds == {f"interactive.{kind}" for kind in countries_only}


def at(message: JsonObject, path: str, value: Any) -> JsonObject:
    changed = copy.deepcopy(message)
    *way, last = path.split(".")
    place: Any = changed
    for part in way:
        place = place[int(part)] if part.isdigit() else place[part]
    place[int(last) if last.isdigit() else last] = value
    return changed


BUTTONS = buttons("Well?", [("a", "A"), ("b", "B")], footer="f", header=header("h"))
LIST = list_of("Well?", "Open", [section([row("a", "A", "d")], "S")])
CARDS = [link_card(header(media(id="1")), "Open", "https://a.example", "b") for _ in range(2)]
NAME = "interactive.action.buttons.1.reply"
LENGTHS = [
    (text("x"), "text.body", ours.TEXT_BODY),
    (image(id="1", caption="c"), "image.caption", ours.CAPTION),
    (BUTTONS, "interactive.body.text", ours.INTERACTIVE_BODY),
    (BUTTONS, "interactive.footer.text", ours.FOOTER),
    (BUTTONS, "interactive.header.text", ours.HEADER_TEXT),
    (BUTTONS, f"{NAME}.title", ours.REPLY_TITLE),
    (BUTTONS, f"{NAME}.id", ours.REPLY_ID),
    (LIST, "interactive.body.text", ours.LIST_BODY),
    (LIST, "interactive.action.button", ours.LIST_BUTTON),
    (LIST, "interactive.action.sections.0.title", ours.SECTION_TITLE),
    (LIST, "interactive.action.sections.0.rows.0.id", ours.ROW_ID),
    (LIST, "interactive.action.sections.0.rows.0.title", ours.ROW_TITLE),
    (LIST, "interactive.action.sections.0.rows.0.description", ours.ROW_DESCRIPTION),
    (
        link("b", "t", "https://a.example"),
        "interactive.action.parameters.display_text",
        ours.CTA_TEXT,
    ),
    (form("b", "t", flow_id="1"), "interactive.action.parameters.flow_cta", ours.FLOW_CTA),
    (carousel("b", CARDS), "interactive.action.cards.1.body.text", ours.CARD_BODY),
    (template("t", "en"), "template.name", ours.TEMPLATE_NAME),
]


@pytest.mark.parametrize(("message", "path", "most"), LENGTHS, ids=[path for _, path, _ in LENGTHS])
def test_a_length_is_kept_to_the_character_and_the_field_is_named(
    message: JsonObject, path: str, most: int
) -> None:
    assert validate(at(message, path, "x" * most)) == []
    (error,) = validate(at(message, path, "x" * (most + 1)))
    assert error.field == path
    assert str(most) in error.message


COMPONENT = "template.components.0"
REFUSED: list[tuple[str, object, str]] = [
    ("nothing", {}, "type"),
    ("no object", "text", ""),
    ("an unknown type", {"type": "hologram"}, "type"),
    ("no content", {"type": "text"}, "text"),
    ("another field", {**text("a"), "to": "1"}, "to"),
    ("blank text", text(" \n"), "text.body"),
    ("text that is none", at(text("a"), "text.body", 5), "text.body"),
    ("id and link", image(id="1", link="https://a.example/b"), "image"),
    ("neither id nor link", image(), "image"),
    ("a link without TLS", image(link="http://a.example/b"), "image.link"),
    ("two emoji", reaction("wamid.A", "👍👍"), "reaction.emoji"),
    ("kana for an emoji", reaction("wamid.A", "あ"), "reaction.emoji"),
    (
        "an emoji on a form's button",
        form("b", "Book 📅", flow_id="1"),
        "interactive.action.parameters.flow_cta",
    ),
    ("a reaction as a reply", {**reaction("wamid.A", ""), "context": {}}, "context"),
    ("no button", buttons("b", []), "interactive.action.buttons"),
    (
        "four buttons",
        buttons("b", [(str(n), str(n)) for n in range(4)]),
        "interactive.action.buttons",
    ),
    ("equal ids", buttons("b", [("a", "A"), ("a", "B")]), "interactive.action.buttons.1"),
    ("equal titles", buttons("b", [("a", "A"), ("b", "A")]), "interactive.action.buttons.1"),
    (
        "eleven rows in two sections",
        list_of("b", "o", [section([row(f"{s}{n}", "r") for n in range(6)], "s") for s in "ab"]),
        "interactive.action.sections",
    ),
    (
        "sections without titles",
        list_of("b", "o", [section([row("a", "r")]), section([row("b", "r")])]),
        "interactive.action.sections.0.title",
    ),
    (
        "a list with a picture",
        list_of("b", "o", [section([row("a", "r")])], header=header(media(id="1"))),
        "interactive.header.type",
    ),
    (
        "a form of two names",
        form("b", "c", flow_id="1", flow_name="n"),
        "interactive.action.parameters",
    ),
    ("one card", carousel("b", CARDS[:1]), "interactive.action.cards"),
    (
        "cards that differ",
        carousel("b", [CARDS[0], reply_card(header(media(id="1")), [("a", "A")])]),
        "interactive.action.cards",
    ),
    (
        "three line breaks on a card",
        at(carousel("b", CARDS), "interactive.action.cards.0.body.text", "a\nb\nc\nd"),
        "interactive.action.cards.0.body.text",
    ),
    ("a language with a dash", template("t", "en-US"), "template.language.code"),
    ("a name with capitals", template("T", "en"), "template.name"),
    (
        "a button without its place",
        template("t", "en", [{"type": "button", "sub_type": "url", "parameters": []}]),
        f"{COMPONENT}.index",
    ),
    (
        "an unknown button",
        template("t", "en", [button_component("lever", 0)]),
        f"{COMPONENT}.sub_type",
    ),
]


@pytest.mark.parametrize(
    ("message", "field"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED]
)
def test_what_whatsapp_refuses_is_refused_before_with_its_field(
    message: object, field: str
) -> None:
    assert field in [error.field for error in validate(message)]


@pytest.mark.parametrize("said", ["", " ", "a\nb", "a\tb", "a     b"])
def test_a_templates_parameter_holds_printable_text(said: str) -> None:
    message = template(
        "t", "en", [{"type": "body", "parameters": [{"type": "text", "text": said}]}]
    )
    (error,) = validate(message)
    assert error.field == f"{COMPONENT}.parameters.0.text"


def test_buttons_of_templates_that_the_examples_lack() -> None:
    components = [catalogue_button(0, "SKU-1"), order_button(1, {"reference_id": "o-1"})]
    assert validate(template("t", "en", components)) == []


def test_a_picture_that_leads_somewhere_is_taken_by_us_and_by_meta() -> None:
    kind = "tap_target_configuration"
    target = {"type": kind, kind: [{"url": "https://example.com", "title": "Shop"}]}
    message = template("t", "en", [{"type": kind, "parameters": [target]}])
    assert validate(message) == []
    message_request({"messaging_product": "whatsapp", "to": "16505550123", **message})


def _change(body: JsonObject, data: Callable[..., Any]) -> JsonObject:
    """One thing in a message is dropped, put there, or becomes something else."""
    changed = copy.deepcopy(body)
    place: Any = changed
    keys = [key for key in changed if key in (changed.get("type"), "type")]
    key: Any = data(st.sampled_from(keys))
    while isinstance(place[key], dict | list) and place[key] and data(st.integers(0, 4)):
        place = place[key]
        key = data(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place))))
    what = data(st.sampled_from(["drop", "add", "replace"]))
    if what == "drop":
        del place[key]
    elif what == "add" and isinstance(place, dict):
        place["extra"] = "x"
    else:
        odd: list[object] = [
            None,
            7,
            "",
            " ",
            "x",
            "x" * 25,
            "x" * 70,
            "x" * 5000,
            [],
            {},
            True,
            "a\nb\nc\nd",
        ]
        place[key] = data(st.sampled_from(odd))
    return changed


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_what_the_stand_in_for_meta_refuses_is_refused_before(data: st.DataObject) -> None:
    body = data.draw(st.sampled_from([body for body in EXAMPLES if "type" in body]))
    changed = _change(body, data.draw)
    message = {name: changed[name] for name in ("type", body["type"]) if name in changed}
    try:
        message_request({**changed, "messaging_product": "whatsapp"})
    except GraphError as error:
        assert validate(message), f"Meta says {error} of {message}"
