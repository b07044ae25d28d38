"""Templates as they are handed in: the examples of Meta's reference (5.1), any valid one, and the
message that fills one with its samples."""

from __future__ import annotations

from typing import Any, Final

from hypothesis import strategies as st

from shared.channels.messages.template import (
    body_component,
    button_component,
    carousel_component,
    header_component,
    offer_component,
    parameter,
    template,
    text_parameter,
)
from shared.json_types import JsonObject
from shared.templates.filling import ButtonPlace, Wanted, wanted

ORDER_UPDATE: Final[JsonObject] = {
    "name": "order_update",
    "language": "en_US",
    "category": "UTILITY",
    "parameter_format": "POSITIONAL",
    "components": [
        {
            "type": "HEADER",
            "format": "TEXT",
            "text": "Order {{1}}",
            "example": {"header_text": ["1001"]},
        },
        {
            "type": "BODY",
            "text": "Hi {{1}}, your total is {{2}}. Thank you.",
            "example": {"body_text": [["Ana", "EUR 7.99"]]},
        },
        {"type": "FOOTER", "text": "Example Ltd"},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "QUICK_REPLY", "text": "Help"},
                {
                    "type": "URL",
                    "text": "Track",
                    "url": "https://example.com/t/{{1}}",
                    "example": ["https://example.com/t/1001"],
                },
                {"type": "PHONE_NUMBER", "text": "Call", "phone_number": "+15550001111"},
            ],
        },
    ],
}
INVOICE: Final[JsonObject] = {
    "name": "invoice",
    "language": "en_US",
    "category": "UTILITY",
    "parameter_format": "NAMED",
    "components": [
        {"type": "HEADER", "format": "DOCUMENT", "example": {"header_handle": ["4::EXAMPLE"]}},
        {
            "type": "BODY",
            "text": "Hi {{first_name}}, invoice {{order_id}} is attached.",
            "example": {
                "body_text_named_params": [
                    {"param_name": "first_name", "example": "Ana"},
                    {"param_name": "order_id", "example": "1001"},
                ]
            },
        },
    ],
}
LOGIN_CODE: Final[JsonObject] = {
    "name": "login_code",
    "language": "en_US",
    "category": "AUTHENTICATION",
    "message_send_ttl_seconds": 60,
    "components": [
        {"type": "BODY", "add_security_recommendation": True},
        {"type": "FOOTER", "code_expiration_minutes": 5},
        {
            "type": "BUTTONS",
            "buttons": [
                {
                    "type": "OTP",
                    "otp_type": "ONE_TAP",
                    "text": "Copy code",
                    "autofill_text": "Autofill",
                    "supported_apps": [
                        {"package_name": "com.example.shop", "signature_hash": "AbCdEfGhIjK"}
                    ],
                }
            ],
        },
    ],
}


def _card(text: str, address: str) -> JsonObject:
    return {
        "components": [
            {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::EXAMPLE"]}},
            {"type": "BODY", "text": text},
            {
                "type": "BUTTONS",
                "buttons": [
                    {"type": "QUICK_REPLY", "text": "More"},
                    {
                        "type": "URL",
                        "text": "Shop",
                        "url": "https://example.com/{{1}}",
                        "example": [address],
                    },
                ],
            },
        ]
    }


CAROUSEL: Final[JsonObject] = {
    "name": "carousel_a",
    "language": "en_US",
    "category": "MARKETING",
    "components": [
        {
            "type": "BODY",
            "text": "Hi {{1}}, two ideas for you.",
            "example": {"body_text": [["Ana"]]},
        },
        {
            "type": "CAROUSEL",
            "cards": [
                _card("Idea 1", "https://example.com/p/1"),
                _card("Idea 2", "https://example.com/p/1"),
            ],
        },
    ],
}
OFFER: Final[JsonObject] = {
    "name": "lto_a",
    "language": "en_US",
    "category": "MARKETING",
    "components": [
        {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::EXAMPLE"]}},
        {
            "type": "LIMITED_TIME_OFFER",
            "limited_time_offer": {"text": "Ends soon!", "has_expiration": True},
        },
        {"type": "BODY", "text": "Good news, use the code below for 20% off."},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "COPY_CODE", "example": "SAVE20"},
                {
                    "type": "URL",
                    "text": "Book",
                    "url": "https://example.com/o?c={{1}}",
                    "example": ["https://example.com/o?c=offer7"],
                },
            ],
        },
    ],
}
EXAMPLES: Final = (ORDER_UPDATE, INVOICE, LOGIN_CODE, CAROUSEL, OFFER)

_WORDS: Final = st.lists(
    st.text("abcdefgéñ漢0123", min_size=1, max_size=8), min_size=3, max_size=6
).map(" ".join)
_LABELS: Final = st.text("abcdefgéñ漢", min_size=1, max_size=25)
_BUTTONS: Final = st.one_of(
    st.builds(
        lambda text: {"type": "PHONE_NUMBER", "text": text, "phone_number": "+1555"}, _LABELS
    ),
    st.builds(
        lambda text, varies: {
            "type": "URL",
            "text": text,
            "url": "https://example.com/" + ("{{1}}" if varies else "all"),
            **({"example": ["https://example.com/1"]} if varies else {}),
        },
        _LABELS,
        st.booleans(),
    ),
    st.just({"type": "COPY_CODE", "example": "SAVE20"}),
    st.builds(lambda text: {"type": "FLOW", "text": text, "flow_id": "7"}, _LABELS),
    st.sampled_from(
        [
            {"type": "REQUEST_CONTACT_INFO"},
            {"type": "REQUEST_CONTACT_INFO", "text": "Share Contact Info"},
        ]
    ),
)


@st.composite
def drafts(draw: st.DrawFn) -> JsonObject:
    """Any valid template of the categories that people write themselves."""
    named = draw(st.booleans())
    count = draw(st.integers(0, 3))
    names = [f"v{one}" if named else str(one) for one in range(1, count + 1)]
    parts = [draw(_WORDS), *(f"{{{{{name}}}}} {draw(_WORDS)}" for name in names)]
    body: JsonObject = {"type": "BODY", "text": " ".join(parts)}
    if names and named:
        pairs = [{"param_name": name, "example": "x"} for name in names]
        body["example"] = {"body_text_named_params": pairs}
    elif names:
        body["example"] = {"body_text": [["x"] * count]}
    components = [*draw(st.sampled_from(_headers())), body]
    if draw(st.booleans()):
        components.append({"type": "FOOTER", "text": draw(_LABELS)})
    replies = [{"type": "QUICK_REPLY", "text": text} for text in draw(_few(_LABELS))]
    others = draw(st.lists(_BUTTONS, max_size=3, unique_by=lambda one: one["type"]))
    if replies or others:
        components.append({"type": "BUTTONS", "buttons": [*replies, *others]})
    return {
        "name": draw(st.from_regex(r"[a-z0-9_]{1,40}", fullmatch=True)),
        "language": draw(st.sampled_from(["en", "en_US", "id", "pt_BR"])),
        "category": draw(st.sampled_from(["MARKETING", "UTILITY"])),
        "parameter_format": "NAMED" if named else "POSITIONAL",
        "components": components,
    }


def _few(of: Any) -> Any:
    return st.lists(of, max_size=3)


def _headers() -> list[list[JsonObject]]:
    sample = {"header_handle": ["4::EXAMPLE"]}
    media = [{"type": "HEADER", "format": one, "example": sample} for one in ("IMAGE", "DOCUMENT")]
    text = {"type": "HEADER", "format": "TEXT", "text": "News"}
    return [[], [text], [{"type": "HEADER", "format": "LOCATION"}], *([one] for one in media)]


_HEADERS: Final[dict[str, JsonObject]] = {
    "image": {"id": "7"},
    "video": {"id": "7"},
    "document": {"id": "7", "filename": "a.pdf"},
    "location": {"latitude": "48.1", "longitude": "11.5", "name": "Shop", "address": "Square 1"},
}
_BUTTON_FILLINGS: Final[dict[str, JsonObject]] = {
    "url": text_parameter("end"),
    "copy_code": parameter("coupon_code", "SAVE20"),
    "quick_reply": parameter("payload", "chosen"),
    "flow": parameter("action", {"flow_token": "token"}),
}


def sample_send(draft: JsonObject) -> JsonObject:
    """A message that fills the template in every place."""
    wants = wanted(draft["components"])
    return template(draft["name"], draft["language"], _filled(wants))


def _filled(wants: Wanted) -> list[JsonObject]:
    components = []
    if wants.header == "text":
        components.append(header_component(_text(wants, wants.header_names[0])))
    elif wants.header:
        components.append(header_component(parameter(wants.header, _HEADERS[wants.header])))
    if wants.body:
        components.append(body_component(*(_text(wants, name) for name in wants.body)))
    if wants.offer:
        components.append(offer_component(1_796_035_200_000))
    components += [
        _button(one) for one in wants.buttons if one.kind in _BUTTON_FILLINGS and one.needed
    ]
    if wants.cards:
        components.append(carousel_component([_filled(card) for card in wants.cards]))
    return components


def _text(wants: Wanted, name: str) -> JsonObject:
    return text_parameter("filled", name if wants.named else None)


def _button(place: ButtonPlace) -> JsonObject:
    return button_component(place.kind, place.index, _BUTTON_FILLINGS[place.kind])
