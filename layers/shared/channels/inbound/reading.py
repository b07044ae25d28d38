"""Reads a message in Meta's shape, whatever it holds: nothing here raises."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final

from shared.channels.inbound.contents import (
    Call,
    CallPermission,
    Card,
    Contacts,
    Content,
    Context,
    Deletion,
    Edit,
    FormReply,
    Inbound,
    Location,
    Media,
    MediaPlaceholder,
    Order,
    OrderItem,
    Preference,
    Reaction,
    Referral,
    Reply,
    System,
    Text,
    Unreadable,
    Unsupported,
    WelcomeRequest,
)
from shared.channels.inbound.fields import flag, number, obj, objs, text, whole
from shared.channels.times import milliseconds
from shared.json_types import JsonObject


def parse(message: JsonObject) -> Inbound:
    """A message, an echo, a call or a preference, as `shared.channels.attribution` finds them."""
    at = milliseconds(message.get("timestamp"), 0)
    return Inbound(
        id=text(message, "id"),
        at=at or None,
        content=content_of(message),
        context=_context(message),
        referral=_referral(message),
        group_id=text(message, "group_id") or None,
    )


def content_of(message: JsonObject) -> Content:
    kind = text(message, "type")
    read = _CONTENTS.get(kind)
    return (read(message) if read else None) or Unreadable(kind)


def media_of(message: JsonObject) -> Media | None:
    """The file that a message brings, if it is one that does."""
    content = content_of(message)
    return content if isinstance(content, Media) else None


def _text(message: JsonObject) -> Content | None:
    content = message.get("text")
    return Text(text(content, "body")) if isinstance(content, dict) else None


def _media(message: JsonObject) -> Content | None:
    kind = text(message, "type")
    content = obj(message, kind)
    if not text(content, "id"):
        return None
    return Media(
        kind=kind,
        id=text(content, "id"),
        mime_type=text(content, "mime_type"),
        sha256=text(content, "sha256"),
        url=text(content, "url"),
        caption=text(content, "caption"),
        filename=text(content, "filename"),
        voice=flag(content, "voice"),
        animated=flag(content, "animated"),
    )


def _location(message: JsonObject) -> Content | None:
    content = obj(message, "location")
    latitude, longitude = number(content, "latitude"), number(content, "longitude")
    if latitude is None or longitude is None:
        return None
    return Location(
        latitude,
        longitude,
        name=text(content, "name"),
        address=text(content, "address"),
        url=text(content, "url"),
    )


def _contacts(message: JsonObject) -> Content | None:
    """Where a number comes from is said on the card, or on the message by an early draft."""
    asked = text(message, "origin") == "contact_request"
    cards = tuple(_card(card, asked) for card in objs(message, "contacts"))
    return Contacts(cards) if cards else None


def _card(card: JsonObject, asked: bool) -> Card:
    return Card(
        name=text(obj(card, "name"), "formatted_name"),
        phones=tuple((text(one, "phone"), text(one, "wa_id")) for one in objs(card, "phones")),
        emails=tuple(text(one, "email") for one in objs(card, "emails")),
        requested=asked or text(card, "origin") == "contact_request",
        raw=card,
    )


def _reaction(message: JsonObject) -> Content | None:
    content = obj(message, "reaction")
    target = text(content, "message_id")
    return Reaction(target, text(content, "emoji")) if target else None


def _button(message: JsonObject) -> Content | None:
    content = message.get("button")
    if not isinstance(content, dict):
        return None
    title = text(content, "text")
    return Reply("template", text(content, "payload") or title, title)


def _interactive(message: JsonObject) -> Content | None:
    content = obj(message, "interactive")
    read = _INTERACTIVE.get(text(content, "type"))
    return read(content) if read else None


def _button_reply(content: JsonObject) -> Content | None:
    reply = obj(content, "button_reply")
    return Reply("button", text(reply, "id"), text(reply, "title")) if reply else None


def _list_reply(content: JsonObject) -> Content | None:
    reply = obj(content, "list_reply")
    if not reply:
        return None
    return Reply("list", text(reply, "id"), text(reply, "title"), text(reply, "description"))


def _form_reply(content: JsonObject) -> Content | None:
    reply = obj(content, "nfm_reply")
    if not reply:
        return None
    try:
        data = json.loads(text(reply, "response_json"))
    except (ValueError, RecursionError):
        data = None
    data = data if isinstance(data, dict) else None
    return FormReply(text(reply, "name") or "flow", data, text(data, "flow_token"))


def _call_permission(content: JsonObject) -> Content | None:
    reply = obj(content, "call_permission_reply")
    if not reply:
        return None
    expires_at = milliseconds(reply.get("expiration_timestamp"), 0)
    return CallPermission(text(reply, "response"), flag(reply, "is_permanent"), expires_at or None)


def _order(message: JsonObject) -> Content | None:
    content = obj(message, "order")
    items = tuple(_item(item) for item in objs(content, "product_items"))
    if not content:
        return None
    return Order(text(content, "catalog_id"), items, text(content, "text"))


def _item(item: JsonObject) -> OrderItem:
    return OrderItem(
        product_retailer_id=text(item, "product_retailer_id"),
        quantity=number(item, "quantity") or 0,
        price=number(item, "item_price") or 0,
        currency=text(item, "currency"),
    )


def _system(message: JsonObject) -> Content | None:
    content = obj(message, "system")
    if not content:
        return None
    return System(
        kind=text(content, "type"),
        body=text(content, "body"),
        wa_id=text(content, "wa_id") or text(content, "new_wa_id"),
        user_id=text(content, "user_id"),
        previous_user_id=text(content, "previous_user_id"),
    )


def _edit(message: JsonObject) -> Content | None:
    content = obj(message, "edit")
    inner = obj(content, "message")
    target = text(content, "original_message_id")
    if not target or text(inner, "type") == "edit":
        return None
    return Edit(target, content_of(inner))


def _revoke(message: JsonObject) -> Content | None:
    target = text(obj(message, "revoke"), "original_message_id")
    return Deletion(target) if target else None


def _unsupported(message: JsonObject) -> Content | None:
    error = next(iter(objs(message, "errors")), {})
    reason = text(obj(error, "error_data"), "details") or text(error, "title")
    return Unsupported(text(obj(message, "unsupported"), "type"), whole(error, "code"), reason)


def _call(message: JsonObject) -> Content | None:
    call = obj(message, "call")
    if not call:
        return None
    return Call(
        id=text(call, "id"),
        event=text(call, "event"),
        direction=text(call, "direction"),
        status=text(call, "status"),
        duration=whole(call, "duration"),
    )


def _preference(message: JsonObject) -> Content | None:
    wish = obj(message, "preference")
    if not wish:
        return None
    return Preference(text(wish, "category"), text(wish, "value"), text(wish, "detail"))


_CONTENTS: Final[Mapping[str, Callable[[JsonObject], Content | None]]] = {
    "text": _text,
    **dict.fromkeys(("image", "audio", "video", "document", "sticker"), _media),
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
    "button": _button,
    "interactive": _interactive,
    "order": _order,
    "system": _system,
    "edit": _edit,
    "revoke": _revoke,
    "request_welcome": lambda _: WelcomeRequest(),
    "media_placeholder": lambda _: MediaPlaceholder(),
    "unsupported": _unsupported,
    "unknown": _unsupported,
    "call": _call,
    "preference": _preference,
}
_INTERACTIVE: Final[Mapping[str, Callable[[JsonObject], Content | None]]] = {
    "button_reply": _button_reply,
    "list_reply": _list_reply,
    "nfm_reply": _form_reply,
    "call_permission_reply": _call_permission,
}


def _context(message: JsonObject) -> Context | None:
    context = obj(message, "context")
    if not context:
        return None
    product = obj(context, "referred_product")
    return Context(
        message_id=text(context, "id"),
        sender=text(context, "from"),
        forwarded=flag(context, "forwarded"),
        frequently_forwarded=flag(context, "frequently_forwarded"),
        catalog_id=text(product, "catalog_id"),
        product_retailer_id=text(product, "product_retailer_id"),
    )


def _referral(message: JsonObject) -> Referral | None:
    referral = obj(message, "referral")
    if not referral:
        return None
    return Referral(
        source_type=text(referral, "source_type"),
        source_id=text(referral, "source_id"),
        source_url=text(referral, "source_url"),
        headline=text(referral, "headline"),
        body=text(referral, "body"),
        media_type=text(referral, "media_type"),
        media_url=text(referral, "image_url") or text(referral, "video_url"),
        click_id=text(referral, "ctwa_clid"),
        ref=text(referral, "ref"),
    )
