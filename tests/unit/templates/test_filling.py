"""What a template wants filled, and which messages do not fill it so."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings

from local.graph.graph_errors import GraphError
from local.graph.templates.book import Template, TemplateBook
from local.graph.templates.sending import template_of
from local.graph.templates.shape import TemplateToCreate
from shared.channels.messages import validate
from shared.json_types import JsonObject
from shared.templates.filling import ButtonPlace, misfits, wanted
from shared.templates.preview import preview
from tests.template_drafts import (
    CAROUSEL,
    EXAMPLES,
    INVOICE,
    LOGIN_CODE,
    OFFER,
    ORDER_UPDATE,
    drafts,
    sample_send,
)


def found_in(draft: JsonObject, message: JsonObject) -> list[str]:
    return [one.field for one in misfits(message["template"], wanted(draft["components"]))]


def meta_takes(draft: JsonObject, message: JsonObject) -> Template:
    book = TemplateBook(lambda: 0)
    made = book.add(TemplateToCreate.model_validate(draft), draft["components"])
    made.status = "APPROVED"
    return template_of(message["template"], book)


def test_what_a_template_wants_is_read_from_its_components() -> None:
    wants = wanted(ORDER_UPDATE["components"])
    assert (wants.header, wants.header_names, wants.body, wants.named) == (
        "text",
        ("1",),
        ("1", "2"),
        False,
    )
    assert [one.kind for one in wants.buttons if one.needed] == ["url"]
    assert wanted(INVOICE["components"]).body == ("first_name", "order_id")
    assert wanted(INVOICE["components"]).header == "document"
    assert wanted(OFFER["components"]).offer
    assert [card.header for card in wanted(CAROUSEL["components"]).cards] == ["image", "image"]
    code = wanted(LOGIN_CODE["components"])
    assert (code.body, code.buttons) == (("1",), (ButtonPlace(0, "url", "Copy code", True, 15),))


@pytest.mark.parametrize("draft", EXAMPLES, ids=lambda one: one["name"])
def test_a_filled_template_is_sent(draft: JsonObject) -> None:
    message = sample_send(draft)
    assert (validate(message), found_in(draft, message)) == ([], [])
    meta_takes(draft, message)


@settings(max_examples=60, deadline=None)
@given(drafts())
def test_any_template_is_read_and_filled_again(draft: JsonObject) -> None:
    message = sample_send(draft)
    assert (validate(message), found_in(draft, message)) == ([], [])
    meta_takes(draft, message)


def without(draft: JsonObject, kind: str) -> JsonObject:
    message = sample_send(draft)
    content = message["template"]
    content["components"] = [one for one in content["components"] if one["type"] != kind]
    return message


COMPONENTS = "template.components"
IMAGE = {"type": "header", "parameters": [{"type": "image", "image": {"id": "7"}}]}
BUTTON = {"type": "button", "index": "0", "parameters": [{"type": "text", "text": "a"}]}


@pytest.mark.parametrize(
    ("draft", "left_out"),
    [
        (ORDER_UPDATE, "header"),
        (ORDER_UPDATE, "body"),
        (ORDER_UPDATE, "button"),
        (INVOICE, "header"),
        (LOGIN_CODE, "body"),
        (LOGIN_CODE, "button"),
        (OFFER, "limited_time_offer"),
        (CAROUSEL, "carousel"),
    ],
)
def test_what_is_not_filled_is_named(draft: JsonObject, left_out: str) -> None:
    assert found_in(draft, without(draft, left_out)) == [COMPONENTS]


@pytest.mark.parametrize(
    ("draft", "place", "value", "named"),
    [
        (ORDER_UPDATE, 0, IMAGE, f"{COMPONENTS}.0.parameters"),
        (INVOICE, 0, IMAGE, f"{COMPONENTS}.0.parameters"),
        (ORDER_UPDATE, 1, {"type": "body", "parameters": []}, f"{COMPONENTS}.1.parameters"),
        (ORDER_UPDATE, 2, {**BUTTON, "sub_type": "url", "index": "7"}, f"{COMPONENTS}.2.index"),
        (ORDER_UPDATE, 2, {**BUTTON, "sub_type": "url"}, f"{COMPONENTS}.2.sub_type"),
    ],
)
def test_what_is_filled_wrongly_is_named(
    draft: JsonObject, place: int, value: Any, named: str
) -> None:
    message = copy.deepcopy(sample_send(draft))
    message["template"]["components"][place] = value
    assert named in found_in(draft, message)


def test_named_variables_are_given_by_their_names() -> None:
    message = sample_send(INVOICE)
    message["template"]["components"][1]["parameters"][0]["parameter_name"] = "surname"
    assert found_in(INVOICE, message) == [f"{COMPONENTS}.1.parameters"]


BODY_ALONE: JsonObject = {
    **ORDER_UPDATE,
    "components": [one for one in ORDER_UPDATE["components"] if one["type"] == "BODY"],
}


@pytest.mark.parametrize(
    ("draft", "place", "most"), [(ORDER_UPDATE, 1, 1024), (BODY_ALONE, 0, 32_768)]
)
def test_a_body_has_a_length_when_it_is_filled(draft: JsonObject, place: int, most: int) -> None:
    message = copy.deepcopy(sample_send(draft))
    ana, total = message["template"]["components"][place]["parameters"]
    body = next(one["text"] for one in draft["components"] if one["type"] == "BODY")
    beside = len(body.replace("{{1}}", "").replace("{{2}}", total["text"]))
    ana["text"] = "x" * (most - beside)
    assert (validate(message), found_in(draft, message)) == ([], [])
    meta_takes(draft, message)
    ana["text"] += "x"
    assert found_in(draft, message) == [f"{COMPONENTS}.{place}.parameters"]
    with pytest.raises(GraphError) as refused:
        meta_takes(draft, message)
    assert refused.value.code == 132005


def test_a_code_has_fifteen_characters() -> None:
    message = copy.deepcopy(sample_send(LOGIN_CODE))
    for component in message["template"]["components"]:
        component["parameters"][0]["text"] = "1" * 16
    assert found_in(LOGIN_CODE, message) == [f"{COMPONENTS}.1.parameters"]
    with pytest.raises(GraphError):
        meta_takes(LOGIN_CODE, message)


def test_the_parts_of_a_card_are_named_with_it() -> None:
    message = copy.deepcopy(sample_send(CAROUSEL))
    cards = message["template"]["components"][1]["cards"]
    cards[1]["components"] = cards[1]["components"][:1]
    assert found_in(CAROUSEL, message) == [f"{COMPONENTS}.1.cards.1.components"]


def test_a_preview_shows_the_samples() -> None:
    shown = preview(ORDER_UPDATE["components"])
    assert shown["header"] == {"kind": "text", "text": "Order 1001"}
    assert shown["body"] == "Hi Ana, your total is EUR 7.99. Thank you."
    assert [one["text"] for one in shown["buttons"]] == ["Help", "Track", "Call"]
    assert preview(INVOICE["components"])["body"] == "Hi Ana, invoice 1001 is attached."
    assert preview(LOGIN_CODE["components"])["footer"] == "This code expires in 5 minutes."
    assert len(preview(CAROUSEL["components"])["cards"]) == 2
