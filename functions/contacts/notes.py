"""Notes that people leave on a contact."""

from __future__ import annotations

from contacts import place
from contacts.app import api, told
from contacts.shapes import NewNote, NotePage, NoteShown
from shared.api import Cursor, Limit
from shared.clock import now_ms
from shared.permissions import Permission
from shared.store.contact_sides import Note, note_id_at
from shared.store.transactions import commit


@api.endpoint("GET", "/v1/contacts/{contact_id}/notes", permission=Permission.READ_CONTACTS)
def list_notes(contact_id: str, limit: Limit = 50, cursor: Cursor = None) -> NotePage:
    """List a contact's notes, newest first."""
    tenant = api.caller.workspace
    record = place.contacts(tenant).get(contact_id)
    found, next_cursor = place.sides(tenant, record.id).notes(limit, cursor)
    return NotePage(items=[_shown(note) for note in found], next_cursor=next_cursor)


@api.endpoint(
    "POST", "/v1/contacts/{contact_id}/notes", permission=Permission.EDIT_CONTACTS, status=201
)
def add_note(contact_id: str, body: NewNote) -> NoteShown:
    """Leave a note."""
    tenant, now = api.caller.workspace, now_ms()
    record = place.contacts(tenant).get(contact_id)
    note = Note(note_id_at(now), body.text, api.actor.name, now)
    entry = told("contact.noted", record.id, now, note=note.id)
    commit(place.dynamodb(tenant), place.sides(tenant, record.id).note(note, beside=entry))
    return _shown(note)


@api.endpoint(
    "DELETE",
    "/v1/contacts/{contact_id}/notes/{note_id}",
    permission=Permission.EDIT_CONTACTS,
    status=204,
)
def delete_note(contact_id: str, note_id: str) -> None:
    """Delete a note."""
    tenant, now = api.caller.workspace, now_ms()
    record = place.contacts(tenant).get(contact_id)
    entry = told("contact.note_deleted", record.id, now, note=note_id)
    commit(place.dynamodb(tenant), [place.sides(tenant, record.id).without_note(note_id), entry])


def _shown(note: Note) -> NoteShown:
    return NoteShown(id=note.id, text=note.text, by=note.author, at=note.at)
