"""What a workspace calls things: the tags it has used, and its custom fields."""

from __future__ import annotations

from contacts import place
from contacts.app import api, told
from contacts.vocabulary_shapes import (
    ChangedField,
    FieldPage,
    FieldShown,
    NewField,
    TagPage,
    TagShown,
)
from shared.api import Cursor, Limit, ProblemError
from shared.api.problems import INVALID_INPUT
from shared.clock import now_ms
from shared.contacts.fields import FieldDefinition
from shared.field_error import FieldError
from shared.permissions import Permission
from shared.store.contact_fields import FieldChangedError, FieldNotFoundError


@api.endpoint("GET", "/v1/contact-tags", permission=Permission.READ_CONTACTS)
def list_tags(limit: Limit = 50, cursor: Cursor = None) -> TagPage:
    """List the tags that contacts have had, in the order of letters."""
    found, next_cursor = place.fields(api.caller.workspace).tags(limit, cursor)
    return TagPage(items=[TagShown(tag=tag) for tag in found], next_cursor=next_cursor)


@api.endpoint("GET", "/v1/contact-fields", permission=Permission.READ_CONTACTS)
def list_fields() -> FieldPage:
    """List the custom fields."""
    found = place.fields(api.caller.workspace).all()
    return FieldPage(items=[_shown(one) for one in found.values()], next_cursor=None)


@api.endpoint("POST", "/v1/contact-fields", permission=Permission.EDIT_CONTACTS, status=201)
def create_field(body: NewField) -> FieldShown:
    """Define a custom field."""
    now = now_ms()
    choices = tuple(dict.fromkeys(body.choices))
    _check_choices(body.type, choices)
    definition = FieldDefinition(body.key, body.name, body.type, choices, now)
    entry = told("contact_field.created", body.key, now, type=body.type)
    place.fields(api.caller.workspace).create(definition, [entry])
    return _shown(definition)


@api.endpoint(
    "PATCH", "/v1/contact-fields/{key}", permission=Permission.EDIT_CONTACTS, if_match=True
)
def change_field(key: str, body: ChangedField) -> FieldShown:
    """Rename a custom field or change its choices. Its type stays: values would no longer fit."""
    fields, now = place.fields(api.caller.workspace), now_ms()
    known = fields.all().get(key)
    if known is None:
        raise FieldNotFoundError(key)
    if known.revision != api.revision:
        raise FieldChangedError(key)
    choices = None if body.choices is None else tuple(dict.fromkeys(body.choices))
    if choices is not None:
        _check_choices(known.type, choices)
    entry = told("contact_field.updated", key, now)
    after = fields.change(known, body.name, choices, [entry])
    api.tell_revision(after.revision)
    return _shown(after)


@api.endpoint("DELETE", "/v1/contact-fields/{key}", permission=Permission.EDIT_CONTACTS, status=204)
def delete_field(key: str) -> None:
    """Delete a custom field. What contacts hold under its key stays with them."""
    entry = told("contact_field.deleted", key, now_ms())
    place.fields(api.caller.workspace).remove(key, [entry])


def _check_choices(type_: str, choices: tuple[str, ...]) -> None:
    if (type_ == "choice") != bool(choices):
        message = "A field of type choice needs choices, others have none"
        raise ProblemError(INVALID_INPUT, errors=[FieldError("choices", message)])


def _shown(definition: FieldDefinition) -> FieldShown:
    return FieldShown(
        key=definition.key,
        name=definition.name,
        type=definition.type,
        choices=list(definition.choices),
        created_at=definition.created_at,
        revision=definition.revision,
    )
