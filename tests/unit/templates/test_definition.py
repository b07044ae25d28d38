"""A template is refused before Meta sees it, by the name of the field; what is valid is taken."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from local.graph.templates.shape import TemplateToCreate
from shared.json_types import JsonObject
from shared.templates.definition import validate
from tests.template_drafts import (
    CAROUSEL,
    EXAMPLES,
    INVOICE,
    LOGIN_CODE,
    OFFER,
    ORDER_UPDATE,
    drafts,
)

HEADER, BODY, FOOTER, BUTTONS = range(4)


def set_in(place: str, value: Any) -> Callable[[JsonObject], None]:
    """Puts a value at "components.1.text"; None takes it away."""
    *way, last = [int(part) if part.isdecimal() else part for part in place.split(".")]

    def change(draft: JsonObject) -> None:
        at: Any = draft
        for part in way:
            at = at[part]
        if value is None:
            del at[last]
        elif isinstance(at, list) and last == len(at):
            at.append(value)
        else:
            at[last] = value

    return change


def url(text: str, **more: Any) -> JsonObject:
    return {"type": "URL", "text": "Go", "url": text, **more}


REPLY = {"type": "QUICK_REPLY", "text": "No"}
BODY_TEXT = f"components.{BODY}.text"
BUTTON = f"components.{BUTTONS}.buttons"
SAMPLE = "https://example.com/1"
CASES: list[tuple[JsonObject, str, Any, str]] = [
    # of what, which field, becomes what, and which field is named
    (ORDER_UPDATE, "name", "Order", "name"),
    (ORDER_UPDATE, "name", "a" * 513, "name"),
    (ORDER_UPDATE, "name", None, "name"),
    (ORDER_UPDATE, "language", "english", "language"),
    (ORDER_UPDATE, "category", "TRANSACTIONAL", "category"),
    (ORDER_UPDATE, "components", [], "components"),
    (ORDER_UPDATE, f"components.{BODY}", {"type": "FOOTER", "text": "a"}, "components.2"),
    (ORDER_UPDATE, "components", [{"type": "FOOTER", "text": "a"}], "components"),
    (ORDER_UPDATE, "components.0.text", "a" * 61, "components.0.text"),
    (ORDER_UPDATE, "components.0.text", "{{1}} of {{2}}", "components.0.text"),
    (ORDER_UPDATE, "components.0.example", None, "components.0.example"),
    (ORDER_UPDATE, "components.0.format", "MOVIE", "components.0.format"),
    (ORDER_UPDATE, BODY_TEXT, "a" * 1025, BODY_TEXT),
    (ORDER_UPDATE, BODY_TEXT, "   ", BODY_TEXT),
    (ORDER_UPDATE, BODY_TEXT, "{{1}}, your total is {{2}}. Thank you.", BODY_TEXT),
    (ORDER_UPDATE, BODY_TEXT, "Hi {{1}}, your total is {{2}}", BODY_TEXT),
    (ORDER_UPDATE, BODY_TEXT, "Hi, your total, {{1}} {{2}} as it is.", BODY_TEXT),
    (ORDER_UPDATE, BODY_TEXT, "Hi {{1}} and {{2}} bye", BODY_TEXT),
    (ORDER_UPDATE, BODY_TEXT, "Hi {{1}}, your total is {{3}}. Thank you.", "components.1.example"),
    (ORDER_UPDATE, BODY_TEXT, "Hi {{name}}, your total is ten. Thank you.", "components.1.example"),
    (ORDER_UPDATE, BODY_TEXT, "Hi {{first name}}, all is well here now.", BODY_TEXT),
    (ORDER_UPDATE, "components.1.example", {"body_text": [["Ana"]]}, "components.1.example"),
    (ORDER_UPDATE, "parameter_format", "NAMED", "components.0.text"),
    (INVOICE, "parameter_format", "POSITIONAL", "components.1.text"),
    (INVOICE, "components.0.example", None, "components.0.example"),
    (INVOICE, "components.0.example", {"header_handle": []}, "components.0.example.header_handle"),
    (ORDER_UPDATE, f"components.{FOOTER}.text", "a" * 61, "components.2.text"),
    (ORDER_UPDATE, f"components.{FOOTER}.text", "Hi {{1}}", "components.2.text"),
    (ORDER_UPDATE, BUTTON, [REPLY] * 11, BUTTON),
    (ORDER_UPDATE, BUTTON, [], BUTTON),
    (ORDER_UPDATE, BUTTON, [url(SAMPLE)] * 3, f"{BUTTON}.2"),
    (ORDER_UPDATE, f"{BUTTON}.3", REPLY, BUTTON),
    (ORDER_UPDATE, f"{BUTTON}.0.text", "a" * 26, f"{BUTTON}.0.text"),
    (ORDER_UPDATE, f"{BUTTON}.1", url("ftp://example.com"), f"{BUTTON}.1.url"),
    (ORDER_UPDATE, f"{BUTTON}.1", url("https://a.b/" + "c" * 2000), f"{BUTTON}.1.url"),
    (ORDER_UPDATE, f"{BUTTON}.1", url("https://{{1}}/b", example=[SAMPLE]), f"{BUTTON}.1.url"),
    (ORDER_UPDATE, f"{BUTTON}.1", url("https://a.b/{{x}}", example=[SAMPLE]), f"{BUTTON}.1.url"),
    (ORDER_UPDATE, f"{BUTTON}.1", url("https://a.b/{{1}}"), f"{BUTTON}.1.example"),
    (ORDER_UPDATE, f"{BUTTON}.2.phone_number", "call us", f"{BUTTON}.2.phone_number"),
    (ORDER_UPDATE, f"{BUTTON}.2.phone_number", "+" + "1" * 20, f"{BUTTON}.2.phone_number"),
    (ORDER_UPDATE, f"{BUTTON}.2", {"type": "FLOW", "text": "Form"}, f"{BUTTON}.2"),
    (ORDER_UPDATE, f"{BUTTON}.2", {"type": "OTP"}, f"{BUTTON}.2.type"),
    (ORDER_UPDATE, "message_send_ttl_seconds", 29, "message_send_ttl_seconds"),
    (OFFER, "message_send_ttl_seconds", -1, "message_send_ttl_seconds"),
    (
        OFFER,
        "components.1.limited_time_offer.text",
        "a" * 17,
        "components.1.limited_time_offer.text",
    ),
    (OFFER, "components.2.text", "a" * 601, "components.2.text"),
    (OFFER, "components.3.buttons.0.example", "SAVE20SAVE20SAVE", "components.3.buttons.0.example"),
    (OFFER, "category", "UTILITY", "components.1.type"),
    (CAROUSEL, "components.1.cards", CAROUSEL["components"][1]["cards"][:1], "components.1.cards"),
    (
        CAROUSEL,
        "components.1.cards.1.components.2.buttons.1",
        REPLY,
        "components.1.cards.1",
    ),
    (
        CAROUSEL,
        "components.1.cards.0.components.1.text",
        "a" * 161,
        "components.1.cards.0.components.1.text",
    ),
    (LOGIN_CODE, "components.0.text", "Your code is {{1}} now", "components.0.text"),
    (
        LOGIN_CODE,
        "components.1.code_expiration_minutes",
        91,
        "components.1.code_expiration_minutes",
    ),
    (
        LOGIN_CODE,
        "components.2.buttons.0.supported_apps.0.signature_hash",
        "short",
        "components.2.buttons.0.supported_apps.0.signature_hash",
    ),
    (
        ORDER_UPDATE,
        "components.3.buttons.0",
        {"type": "REQUEST_CONTACT_INFO", "text": "Your number"},
        "components.3.buttons.0.text",
    ),
    (LOGIN_CODE, "components.2.buttons.0.otp_type", "TELEPATHY", "components.2.buttons.0.otp_type"),
    (LOGIN_CODE, "message_send_ttl_seconds", 901, "message_send_ttl_seconds"),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one["name"])
def test_the_examples_of_the_reference_are_taken(example: JsonObject) -> None:
    assert validate(example) == []


@pytest.mark.parametrize(("of", "place", "value", "named"), CASES)
def test_a_limit_is_told_by_its_field(of: JsonObject, place: str, value: Any, named: str) -> None:
    draft = copy.deepcopy(of)
    set_in(place, value)(draft)
    assert named in [one.field for one in validate(draft)]


@pytest.mark.parametrize("draft", [None, [], {}, {"category": []}, {"category": "UTILITY"}])
def test_what_is_no_template_is_told(draft: Any) -> None:
    assert validate(draft)


@settings(max_examples=60, deadline=None)
@given(drafts())
def test_any_valid_template_is_taken_by_us_and_by_meta(draft: JsonObject) -> None:
    assert validate(draft) == []
    TemplateToCreate.model_validate(draft)


@settings(max_examples=80, deadline=None)
@given(drafts(), st.data())
def test_what_meta_refuses_of_a_changed_one_is_refused_before(
    draft: JsonObject, data: st.DataObject
) -> None:
    place = data.draw(st.sampled_from([one[1] for one in CASES if one[0] is ORDER_UPDATE]))
    value = data.draw(st.sampled_from([one[2] for one in CASES]))
    try:
        set_in(place, value)(draft)
    except (IndexError, KeyError, TypeError):
        return
    try:
        TemplateToCreate.model_validate(draft)
    except ValidationError:
        assert validate(draft)
