"""The buttons of a template."""

from __future__ import annotations

from typing import Final

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
from shared.templates.variables import places_in, without

_LABEL: Final = Text(limits.BUTTON_TEXT)
_DIGITS: Final = Text(pattern=r"\d+", says="must be an id of digits")


def _url_rule(button: JsonObject, path: str) -> Errors:
    url, place = button["url"], inside(path, "url")
    names = places_in(url)
    at_its_end = names in ([], ["1"]) and (not names or url.endswith("}}"))
    if not at_its_end or "{" in without(url):
        yield FieldError(place, "may have one variable, {{1}}, at its end")
    elif names and not button.get("example"):
        yield FieldError(
            inside(path, "example"), "needs the whole address with the variable filled"
        )
    elif not names and button.get("example"):
        yield FieldError(inside(path, "example"), "is for addresses with a variable")


def _button(kind: str, fields: dict[str, Kind], *needs: str, **more: object) -> Shape:
    return Shape({"type": OneOf((kind,)), **fields}, needs=needs, **more)  # type: ignore[arg-type]


_ADDRESS: Final = Text(
    limits.URL, pattern=r"https?://[^\s/]+\S*", says="must be an address with http or https"
)
_CASES: Final[dict[str, Kind]] = {
    "QUICK_REPLY": _button("QUICK_REPLY", {"text": _LABEL}, "text"),
    "URL": _button(
        "URL",
        {"text": _LABEL, "url": _ADDRESS, "example": Listing(_ADDRESS, 1, 1)},
        "text",
        "url",
        rules=(_url_rule,),
    ),
    "PHONE_NUMBER": _button(
        "PHONE_NUMBER",
        {
            "text": _LABEL,
            "phone_number": Text(
                limits.PHONE, pattern=r"\+?[0-9 ()-]+", says="must be a phone number"
            ),
        },
        "text",
        "phone_number",
    ),
    "COPY_CODE": _button("COPY_CODE", {"text": _LABEL, "example": Text(limits.COUPON)}, "example"),
    "FLOW": _button(
        "FLOW",
        {
            "text": _LABEL,
            "flow_id": _DIGITS,
            "flow_name": Text(),
            "flow_json": Text(),
            "flow_action": OneOf(("navigate", "data_exchange")),
            "navigate_screen": Text(),
            "icon": OneOf(("DOCUMENT", "PROMOTION", "REVIEW")),
        },
        "text",
        one_of=("flow_id", "flow_name", "flow_json"),
    ),
    "CATALOG": _button("CATALOG", {"text": _LABEL}, "text"),
    "MPM": _button("MPM", {"text": _LABEL}, "text"),
    "ORDER_DETAILS": _button("ORDER_DETAILS", {"text": _LABEL}),
    "VOICE_CALL": _button(
        "VOICE_CALL", {"text": _LABEL, "ttl_minutes": Whole(1440, 43_200)}, "text"
    ),
    # Shown in the phone's language; a label, where there is one, must be Meta's own.
    "REQUEST_CONTACT_INFO": _button(
        "REQUEST_CONTACT_INFO", {"text": OneOf(("Share Contact Info",))}
    ),
}
BUTTONS: Final = Tagged("type", _CASES)
CARD_BUTTONS: Final = Tagged(
    "type", {kind: _CASES[kind] for kind in ("QUICK_REPLY", "URL", "PHONE_NUMBER")}
)

_APPS: Final = Listing(
    Shape(
        {
            "package_name": Text(
                pattern=r"[A-Za-z]\w*(\.[A-Za-z]\w*)+", says="must be a package as com.example.shop"
            ),
            "signature_hash": Text(pattern=r"[A-Za-z0-9+/=]{11}", says="must have 11 characters"),
        },
        needs=("package_name", "signature_hash"),
    ),
    1,
    limits.APPS_OF_A_CODE,
)


def _accepts_terms(button: JsonObject, path: str) -> Errors:
    if button["zero_tap_terms_accepted"] is not True:
        yield FieldError(inside(path, "zero_tap_terms_accepted"), "must be true")


_COMMON: Final[dict[str, Kind]] = {"type": OneOf(("OTP",)), "text": _LABEL}
_FILLING: Final[dict[str, Kind]] = {
    **_COMMON,
    "autofill_text": _LABEL,
    "supported_apps": _APPS,
}
CODE_BUTTONS: Final = Tagged(
    "otp_type",
    {
        "COPY_CODE": Shape({**_COMMON, "otp_type": OneOf(("COPY_CODE",))}, needs=("type",)),
        "ONE_TAP": Shape(
            {**_FILLING, "otp_type": OneOf(("ONE_TAP",))}, needs=("type", "supported_apps")
        ),
        "ZERO_TAP": Shape(
            {**_FILLING, "otp_type": OneOf(("ZERO_TAP",)), "zero_tap_terms_accepted": Flag()},
            needs=("type", "supported_apps", "zero_tap_terms_accepted"),
            rules=(_accepts_terms,),
        ),
    },
)
"""Of authentication templates: how the code gets from the message into the app."""
