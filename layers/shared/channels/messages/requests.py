"""Messages with one thing to tap: a link, a form, one's place, one's number, a call."""

from __future__ import annotations

from typing import Any, Final

from shared.channels.messages import limits
from shared.channels.messages.emoji import holds_emoji
from shared.channels.messages.parts import FILLED, URL, given, interactive, interactive_shape
from shared.channels.messages.schema import Anything, Errors, Kind, OneOf, Shape, Text, inside
from shared.field_error import FieldError
from shared.json_types import JsonObject

LINK: Final = Shape(
    {"display_text": Text(limits.CTA_TEXT), "url": URL}, needs=("display_text", "url")
)


def _named(name: str, parameters: Kind | None = None) -> Shape:
    if parameters is None:
        return Shape({"name": OneOf((name,))}, needs=("name",))
    fields = {"name": OneOf((name,)), "parameters": parameters}
    return Shape(fields, needs=("name", "parameters"))


def _data_is_filled(value: JsonObject, path: str) -> Errors:
    if value.get("flow_action_payload", {}).get("data") == {}:
        yield FieldError(inside(path, "flow_action_payload.data"), "must not be empty")


def _without_emoji(value: str, path: str) -> Errors:
    if holds_emoji(value):
        yield FieldError(path, "may hold no emoji")


_FORM: Final = Shape(
    {
        "flow_message_version": OneOf(("3",)),
        "flow_id": FILLED,
        "flow_name": FILLED,
        "flow_cta": Text(limits.FLOW_CTA, rules=(_without_emoji,)),
        "mode": OneOf(("draft", "published")),
        "flow_token": FILLED,
        "flow_action": OneOf(("navigate", "data_exchange")),
        "flow_action_payload": Anything(),
    },
    needs=("flow_message_version", "flow_cta"),
    one_of=("flow_id", "flow_name"),
    rules=(_data_is_filled,),
)
REQUESTS: Final[dict[str, Kind]] = {
    "cta_url": interactive_shape("cta_url", _named("cta_url", LINK)),
    "flow": interactive_shape("flow", _named("flow", _FORM)),
    "location_request_message": interactive_shape(
        "location_request_message", _named("send_location")
    ),
    "call_permission_request": interactive_shape(
        "call_permission_request", _named("call_permission_request")
    ),
    "request_contact_info": interactive_shape(
        "request_contact_info", _named("request_contact_info")
    ),
    # Their actions are described for some countries only, and not in full.
    "address_message": interactive_shape("address_message", Anything(filled=True)),
    "order_details": interactive_shape("order_details", Anything(filled=True)),
    "order_status": interactive_shape("order_status", Anything(filled=True)),
}


def link(body: str, display_text: str, url: str, **around: Any) -> JsonObject:
    """`around` may hold `header` and `footer`, here and below."""
    action = {"name": "cta_url", "parameters": {"display_text": display_text, "url": url}}
    return interactive("cta_url", action, body=body, **around)


def form(
    body: str,
    cta: str,
    *,
    flow_id: str | None = None,
    flow_name: str | None = None,
    token: str | None = None,
    mode: str | None = None,
    screen: str | None = None,
    data: JsonObject | None = None,
    action: str | None = None,
    **around: Any,
) -> JsonObject:
    """A WhatsApp Flow. `token` is ours, one per send; `screen` and `data` are what it opens with;
    without a `screen`, its endpoint decides (`action` "data_exchange")."""
    opens_with = None if screen is None else given(screen=screen, data=data or None)
    parameters = given(
        flow_message_version="3",
        flow_id=flow_id,
        flow_name=flow_name,
        flow_cta=cta,
        mode=mode,
        flow_token=token,
        flow_action=action or ("navigate" if opens_with else None),
        flow_action_payload=opens_with,
    )
    wanted = {"name": "flow", "parameters": parameters}
    return interactive("flow", wanted, body=body, **around)


def ask_location(body: str, **around: Any) -> JsonObject:
    action = {"name": "send_location"}
    return interactive("location_request_message", action, body=body, **around)


def ask_call_permission(body: str, **around: Any) -> JsonObject:
    action = {"name": "call_permission_request"}
    return interactive("call_permission_request", action, body=body, **around)


def ask_contact_info(body: str, **around: Any) -> JsonObject:
    """For a person whose number is hidden."""
    action = {"name": "request_contact_info"}
    return interactive("request_contact_info", action, body=body, **around)
