"""What stands against a call, as the API says it: status, stable name and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shared.api import ProblemKind
from shared.api.problems import CHANGED_MEANWHILE
from shared.contacts.record import TooManyError
from shared.store.contact_fields import (
    FieldChangedError,
    FieldExistsError,
    FieldNotFoundError,
    TooManyFieldsError,
)
from shared.store.contact_items import ContactChangedError, IdentityTakenError
from shared.store.contact_merges import SameContactError
from shared.store.contact_sides import NoteNotFoundError
from shared.store.contacts import ContactNotFoundError
from shared.store.imports import JobNotFoundError, JobStateError
from shared.store.segments import SegmentChangedError, SegmentNotFoundError
from shared.store.tenant_files import FileMissingError
from shared.store.transactions import BusyError

REFUSALS: Final[Mapping[type[Exception], ProblemKind]] = {
    ContactNotFoundError: ProblemKind(404, "contact-not-found", "There is no such contact."),
    NoteNotFoundError: ProblemKind(404, "note-not-found", "The contact has no such note."),
    FieldNotFoundError: ProblemKind(404, "field-not-found", "There is no such custom field."),
    IdentityTakenError: ProblemKind(
        409, "contact-exists", "phone: another contact has this number. Merge the two instead."
    ),
    FieldExistsError: ProblemKind(409, "field-exists", "key: there is such a field already."),
    TooManyFieldsError: ProblemKind(
        409, "too-many-fields", "A workspace has at most 100 custom fields. Delete one first."
    ),
    SameContactError: ProblemKind(
        409, "same-contact", "other_id: the two are one contact already."
    ),
    TooManyError: ProblemKind(
        409, "contact-full", "A contact cannot hold that many tags, fields or numbers."
    ),
    BusyError: ProblemKind(409, "busy", "Others are changing the same thing right now. Try again."),
    ContactChangedError: CHANGED_MEANWHILE,
    FieldChangedError: CHANGED_MEANWHILE,
    SegmentNotFoundError: ProblemKind(404, "segment-not-found", "There is no such segment."),
    SegmentChangedError: CHANGED_MEANWHILE,
    JobNotFoundError: ProblemKind(404, "job-not-found", "There is no such import or export."),
    JobStateError: ProblemKind(
        409, "import-state", "The import is not in a state that allows this. Ask for it first."
    ),
    FileMissingError: ProblemKind(404, "file-not-found", "The file is no longer there."),
}
