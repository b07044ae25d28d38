"""Documents: files, pairs of questions and answers, web pages. What is in them is read in the
background."""

from __future__ import annotations

import json
from typing import Final, NoReturn, TypeVar

from rag import place
from rag.app import api, told
from rag.kinds import ENDINGS, FAQ, MOST_BYTES, WEB_PAGE, Kind, kind_of
from rag.shapes import (
    DocumentChange,
    DocumentPage,
    DocumentShown,
    NewDocument,
    NewFaq,
    NewWebPage,
    Pair,
    Replacement,
    StartedDocument,
    UploadForm,
)
from rag.storage import taken
from rag.versions import start, uploaded
from shared.api import Cursor, Limit, ProblemError
from shared.api.problems import INVALID_INPUT
from shared.clock import now_ms
from shared.contacts.ids import contact_id_at
from shared.field_error import FieldError
from shared.ids import new_id
from shared.permissions import Permission
from shared.store.documents import Document, DocumentChangedError, Documents
from shared.store.tenant_files import FileMissingError
from shared.store.transactions import Write
from shared.tenancy import Tenant
from shared.usage.meters import STORAGE_BYTES

T = TypeVar("T")
_ALL: Final = "/v1/knowledge-bases/{knowledge_base_id}/documents"
_ONE: Final = f"{_ALL}/{{document_id}}"
_JSON: Final = "application/json"


@api.endpoint("GET", _ALL, permission=Permission.READ_KNOWLEDGE)
def list_documents(
    knowledge_base_id: str, limit: Limit = 50, cursor: Cursor = None
) -> DocumentPage:
    """List the documents of a knowledge base, newest first."""
    tenant = api.caller.workspace
    place.bases(tenant).get(knowledge_base_id)
    found, next_cursor = place.documents(tenant, knowledge_base_id).page(limit, cursor)
    items = [_shown(_with_its_file(one)) for one in found]
    return DocumentPage(items=items, next_cursor=next_cursor)


@api.endpoint("POST", _ALL, permission=Permission.EDIT_KNOWLEDGE, status=201)
def create_document(knowledge_base_id: str, body: NewDocument) -> StartedDocument:
    """Add a file. Post it as a form to `upload.url`: first all `upload.fields`, then `file`. Then
    ask for the document until it is ready."""
    kind = _kind(body.file_name)
    _check_storage()
    made = _new(knowledge_base_id, body.file_name, kind.id)
    return _started(_create(made))


@api.endpoint(
    "POST",
    "/v1/knowledge-bases/{knowledge_base_id}/faqs",
    permission=Permission.EDIT_KNOWLEDGE,
    status=201,
)
def create_faq(knowledge_base_id: str, body: NewFaq) -> StartedDocument:
    """Add questions with their answers."""
    _check_storage()
    made = _create(_new(knowledge_base_id, body.name, FAQ))
    _write_pairs(made, body.pairs)
    return _started(uploaded(place, api.caller.workspace, made, now_ms()))


@api.endpoint(
    "POST",
    "/v1/knowledge-bases/{knowledge_base_id}/web-pages",
    permission=Permission.EDIT_KNOWLEDGE,
    status=201,
)
def create_web_page(knowledge_base_id: str, body: NewWebPage) -> StartedDocument:
    """Add a page of the public web. It is fetched once; index it again to have it fetched anew."""
    tenant = api.caller.workspace
    made = _create(_new(knowledge_base_id, body.name or body.url[:200], WEB_PAGE, url=body.url))
    return _started(start(place, tenant, made, now_ms()))


@api.endpoint("GET", _ONE, permission=Permission.READ_KNOWLEDGE)
def get_document(knowledge_base_id: str, document_id: str) -> DocumentShown:
    """Get a document: how far it is, and why it failed if it did; its revision as ETag."""
    tenant = api.caller.workspace
    return _told(_with_its_file(place.documents(tenant, knowledge_base_id).get(document_id)))


@api.endpoint("PATCH", _ONE, permission=Permission.EDIT_KNOWLEDGE, if_match=True)
def change_document(
    knowledge_base_id: str, document_id: str, body: DocumentChange
) -> DocumentShown:
    """Rename a document, or have it left out of answers without deleting it (`is_enabled`). A new
    name is in citations when the document is indexed again."""
    documents = place.documents(api.caller.workspace, knowledge_base_id)
    before = documents.get(document_id)
    if before.revision != api.revision:
        raise DocumentChangedError(document_id)
    known = body.model_dump(exclude_none=True)
    change = told("document.changed", document_id, now_ms(), **known)
    return _told(documents.change(before, change, **known))


@api.endpoint("DELETE", _ONE, permission=Permission.EDIT_KNOWLEDGE, status=204)
def delete_document(knowledge_base_id: str, document_id: str) -> None:
    """Delete a document. Nothing is answered from it from now on; its file and its passages in the
    index go within minutes."""
    tenant, now = api.caller.workspace, now_ms()
    documents = place.documents(tenant, knowledge_base_id)
    gone = documents.get(document_id)
    freed = place.storage_grown(tenant, -taken(gone), now)
    documents.delete(gone, told("document.deleted", document_id, now, name=gone.name), *freed)


@api.endpoint("POST", f"{_ONE}/replace", permission=Permission.EDIT_KNOWLEDGE)
def replace_document(
    knowledge_base_id: str, document_id: str, body: Replacement
) -> StartedDocument:
    """Replace what a document is made from. Until the new version is ready, answers come from the
    old one."""
    tenant, now = api.caller.workspace, now_ms()
    documents = place.documents(tenant, knowledge_base_id)
    before = documents.get(document_id)
    if before.kind == WEB_PAGE:
        url = _needed("url", body.url)
        after = documents.change(before, _replaced(before, now), url=url)
        return _started(start(place, tenant, after, now))
    _check_storage()
    known = {"upload": _path(knowledge_base_id, document_id)}
    if before.kind != FAQ:
        name = _needed("file_name", body.file_name)
        if _kind(name).id != before.kind:
            _refuse("file_name", f"must be a file of the same kind ({before.kind})")
        return _started(documents.change(before, _replaced(before, now), **known))
    pairs = _needed("pairs", body.pairs)
    after = documents.change(before, _replaced(before, now), **known)
    _write_pairs(after, pairs)
    return _started(uploaded(place, tenant, after, now))


@api.endpoint("POST", f"{_ONE}/index", permission=Permission.EDIT_KNOWLEDGE)
def index_document(knowledge_base_id: str, document_id: str) -> DocumentShown:
    """Read a document again and index it anew, as after a failure. Until that is ready, answers
    come from what is there."""
    tenant, now = api.caller.workspace, now_ms()
    found = place.documents(tenant, knowledge_base_id).get(document_id)
    begun = _with_its_file(found)
    if begun is not found:
        return _told(begun)
    if not (found.source or found.url):
        raise FileMissingError(document_id)
    return _told(start(place, tenant, found, now))


def _with_its_file(document: Document) -> Document:
    """The document; begun to be read when the file that it waits for has come: whoever looks next
    goes on where a page was closed on the way."""
    tenant = api.caller.workspace
    if document.upload and place.files(tenant).is_there(document.upload):
        return uploaded(place, tenant, document, now_ms())
    return document


def _check_storage() -> None:
    """Raises LimitReachedError when what the plan allows is used up."""
    tenant = api.caller.workspace
    place.limits(tenant).check(tenant, STORAGE_BYTES)


def _new(knowledge_base_id: str, name: str, kind: str, url: str = "") -> Document:
    now = now_ms()
    id_ = contact_id_at(now)
    upload = "" if url else _path(knowledge_base_id, id_)
    return Document(id_, knowledge_base_id, name, kind, now, now, upload=upload, url=url)


def _create(made: Document) -> Document:
    detail = {"name": made.name, "knowledge_base": made.knowledge_base_id}
    _documents(made).create(made, told("document.created", made.id, made.created_at, **detail))
    return made


def _path(knowledge_base_id: str, document_id: str) -> str:
    """Each upload has a name of its own: the form of an old one reaches nothing that counts."""
    return f"{knowledge_base_id}/{document_id}/{new_id()}"


def _write_pairs(document: Document, pairs: list[Pair]) -> None:
    content = json.dumps([[pair.question, pair.answer] for pair in pairs])
    place.files(api.caller.workspace).write(document.upload, content.encode(), _JSON)


def _replaced(document: Document, at: int) -> Write:
    return told("document.replaced", document.id, at, name=document.name)


def _kind(file_name: str) -> Kind:
    found = kind_of(file_name)
    if found is None:
        _refuse("file_name", f"must end with one of {', '.join(ENDINGS)}")
    return found


def _documents(document: Document) -> Documents:
    return place.documents(api.caller.workspace, document.knowledge_base_id)


def _started(document: Document) -> StartedDocument:
    waits = bool(document.upload) and document.kind in MOST_BYTES
    upload = _form(api.caller.workspace, document) if waits else None
    api.tell_revision(document.revision)
    return StartedDocument(**_shown(document).model_dump(), upload=upload)


def _form(tenant: Tenant, document: Document) -> UploadForm:
    form = place.files(tenant).upload_form(document.upload, MOST_BYTES[document.kind])
    return UploadForm(url=form["url"], fields=form["fields"])


def _told(document: Document) -> DocumentShown:
    api.tell_revision(document.revision)
    return _shown(document)


def _shown(document: Document) -> DocumentShown:
    return DocumentShown(
        id=document.id,
        knowledge_base_id=document.knowledge_base_id,
        name=document.name,
        kind=document.kind,
        state=document.state,
        reason=document.reason or None,
        warning=document.warning or None,
        progress=document.progress,
        version=document.version,
        is_enabled=document.is_enabled,
        is_answering=document.is_enabled and document.version > 0,
        size=document.size,
        pages=document.pages,
        scanned_pages=list(document.scanned_pages),
        chunks=document.chunks,
        url=document.url or None,
        revision=document.revision,
        created_at=document.created_at,
        updated_at=document.updated_at,
    )


def _needed(field: str, value: T | None) -> T:
    if value is None:
        _refuse(field, "is needed for a document of this kind")
    return value


def _refuse(field: str, words: str) -> NoReturn:
    raise ProblemError(INVALID_INPUT, errors=[FieldError(field, words)])
