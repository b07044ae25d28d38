"""What may be asked of the data: a copy of it, and that a contact be forgotten."""

from __future__ import annotations

from typing import Any, Final

from account.app import api
from account.eraser import erasure_entry
from account.exporter import export_entry
from account.place import dynamodb, settings
from account.privacy_shapes import ErasureShape, ExportShape
from account.stores.contacts import person_of
from account.stores.conversations import with_identities
from account.stores.place import to_json
from shared.aws import client
from shared.clock import now_ms
from shared.permissions import Permission
from shared.queues import Entry, send_all
from shared.store.contacts import Contacts
from shared.store.erasures import Erasure, Erasures
from shared.store.exports import DONE, Export, ExportNotFoundError, Exports, object_key
from shared.tenancy import Tenant
from shared.tenant_session import client_for

_LINK_SECONDS: Final = 600


@api.endpoint("POST", "/v1/workspace/exports", permission=Permission.EXPORT_WORKSPACE, status=202)
def export_workspace() -> ExportShape:
    """Export all of the workspace's data, in the background.

    The zip holds a file of JSON lines per kind of record. It is kept for seven days.
    """
    return _asked(None)


@api.endpoint(
    "GET", "/v1/workspace/exports/{data_export_id}", permission=Permission.EXPORT_WORKSPACE
)
def get_workspace_export(data_export_id: str) -> ExportShape:
    """How far an export is; once it is done, a link to it that works for ten minutes."""
    return _shown(data_export_id, None)


@api.endpoint(
    "POST",
    "/v1/contacts/{contact_id}/export",
    permission=Permission.ERASE_CONTACTS,
    status=202,
)
def export_contact(contact_id: str) -> ExportShape:
    """Export all that there is of one contact, in the background."""
    return _asked(_contacts().get(contact_id).id)


@api.endpoint(
    "GET",
    "/v1/contacts/{contact_id}/exports/{contact_export_id}",
    permission=Permission.ERASE_CONTACTS,
)
def get_contact_export(contact_id: str, contact_export_id: str) -> ExportShape:
    """How far a contact's export is; once it is done, a link to it that works for ten minutes."""
    return _shown(contact_export_id, contact_id)


@api.endpoint(
    "DELETE", "/v1/contacts/{contact_id}", permission=Permission.ERASE_CONTACTS, status=202
)
def erase_contact(contact_id: str) -> ErasureShape:
    """Forget a contact: record, notes, conversations with all their messages, and every copy.

    It happens in the background, within a minute or two, and cannot be taken back. Somebody who
    writes afterwards is a new contact.
    """
    tenant, now = api.caller.workspace, now_ms()
    reached = dynamodb(tenant)
    person = person_of(tenant, _contacts().get(contact_id))
    person = with_identities(reached, settings().conversations_table, person)
    erasure = Erasure(person.contact_id, to_json(person), api.actor, now)
    Erasures(tenant, settings().workspaces_table, reached).request(erasure)
    _queue(settings().erasures_queue_url, erasure_entry(tenant, person.contact_id))
    return ErasureShape(contact_id=person.contact_id, requested_at=now)


def _asked(contact_id: str | None) -> ExportShape:
    tenant = api.caller.workspace
    made = _exports(tenant).create(contact_id, by=api.actor, at=now_ms())
    _queue(settings().exports_queue_url, export_entry(tenant, made.id))
    return _shape(tenant, made)


def _shown(export_id: str, contact_id: str | None) -> ExportShape:
    tenant = api.caller.workspace
    export = _exports(tenant).get(export_id, now_ms())
    if export.contact_id != contact_id:
        raise ExportNotFoundError(export_id)
    return _shape(tenant, export)


def _shape(tenant: Tenant, export: Export) -> ExportShape:
    return ExportShape(
        id=export.id,
        status=export.status,
        done=export.done,
        url=_link(tenant, export.id) if export.status == DONE else None,
        reason=export.reason,
        created_at=export.created_at,
        expires_at=export.expires_at * 1000,
    )


def _link(tenant: Tenant, export_id: str) -> str:
    place: dict[str, Any] = {
        "Bucket": settings().files_bucket,
        "Key": object_key(tenant, export_id),
    }
    s3 = client_for(tenant, "s3")
    return str(s3.generate_presigned_url("get_object", Params=place, ExpiresIn=_LINK_SECONDS))


def _queue(url: str, entry: Entry) -> None:
    send_all(client("sqs"), url, [entry])


def _contacts() -> Contacts:
    tenant = api.caller.workspace
    return Contacts(tenant, settings().contacts_table, dynamodb(tenant))


def _exports(tenant: Tenant) -> Exports:
    return Exports(tenant, settings().workspaces_table, dynamodb(tenant))
