"""What happens beside messages: calls, and what somebody wishes to be sent."""

from __future__ import annotations

from shared.channels.found import Found
from shared.channels.persons import objects
from shared.events import CALL, PREFERENCE
from shared.json_types import JsonObject

_BUSINESS_INITIATED = "BUSINESS_INITIATED"
_NOT_RECORDED = ("session", "from", "from_user_id", "to", "to_user_id", "timestamp")


def find_calls(found: Found, channel: str, value: JsonObject) -> bool:
    """Each step of a call becomes what can be logged: {"type": "call", "call": {…}}."""
    calls, is_whole = objects(value.get("calls"))
    for call in calls:
        side = "to" if call.get("direction") == _BUSINESS_INITIATED else "from"
        person = (call.get(side), call.get(f"{side}_user_id"))
        _record(found, channel, call, person, value.get("contacts"))
    statuses, are_whole = objects(value.get("statuses"))
    for status in statuses:
        person = (status.get("recipient_id"), status.get("recipient_user_id"))
        step = {"event": status.get("status"), "direction": _BUSINESS_INITIATED, **status}
        _record(found, channel, step, person, value.get("contacts"))
    return bool(calls or statuses) and is_whole and are_whole


def find_preferences(found: Found, channel: str, value: JsonObject) -> bool:
    """Who stopped or resumed a kind of message. They carry no id: content and time are one."""
    preferences, is_whole = objects(value.get("user_preferences"))
    for one in preferences:
        content = {name: str(one.get(name, "")) for name in ("category", "value", "detail")}
        about = f"{one.get('user_id') or one.get('wa_id')}:{content['category']}"
        event_id = f"preference:{about}:{content['value']}:{one.get('timestamp')}"
        found.address(
            channel,
            {
                "id": event_id,
                "timestamp": one.get("timestamp"),
                "type": "preference",
                "preference": content,
            },
            value.get("contacts"),
            phone=one.get("wa_id"),
            user_id=one.get("user_id"),
            kind=PREFERENCE,
            field_name="user_preferences",
        )
    return bool(preferences) and is_whole


def _record(
    found: Found, channel: str, call: JsonObject, person: tuple[object, object], contacts: object
) -> None:
    event_id = f"{call['id']}:{call.get('event')}" if call.get("id") else None
    step = {name: one for name, one in call.items() if name not in _NOT_RECORDED}
    found.address(
        channel,
        {"id": event_id, "timestamp": call.get("timestamp"), "type": "call", "call": step},
        contacts,
        phone=person[0],
        user_id=person[1],
        kind=CALL,
        field_name="calls",
    )
