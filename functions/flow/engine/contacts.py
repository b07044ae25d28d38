"""The contact as a flow sees it, and what a change makes of it."""

from __future__ import annotations

from shared.json_types import JsonObject


def changed(contact: JsonObject, change: JsonObject) -> JsonObject:
    """The scope after a change of UpdateContact. A note and an unknown change leave it as it is."""
    match change:
        case {"op": "add_tag", "tag": tag}:
            return {**contact, "tags": list(dict.fromkeys([*contact.get("tags", ()), tag]))}
        case {"op": "remove_tag", "tag": tag}:
            return {**contact, "tags": [one for one in contact.get("tags", ()) if one != tag]}
        case {"op": "set_field", "field": field, "value": value}:
            return {**contact, "fields": {**contact.get("fields", {}), field: value}}
        case {"op": "opt", "kind": kind, "state": state}:
            return {**contact, "opt_ins": {**contact.get("opt_ins", {}), kind: state}}
        case {"op": "set_language", "language": language}:
            return {**contact, "language": language}
    return contact
