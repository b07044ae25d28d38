"""Everything that can speak against a message that is well formed, in Meta's order of looking."""

from collections.abc import Iterator
from typing import Any

from local.graph import error_table
from local.graph.customers import Customer
from local.graph.graph_errors import GraphError
from local.graph.media_shelf import MediaShelf
from local.graph.message_request import SendRequest
from local.graph.templates.book import Template, TemplateBook
from local.graph.templates.sending import template_of
from local.graph.traffic import Traffic

MEDIA = frozenset({"image", "video", "audio", "document", "sticker"})
UNITED_STATES = ("1", 11)


def admit(
    request: SendRequest,
    customer: Customer | None,
    *,
    media: MediaShelf,
    templates: TemplateBook,
    traffic: Traffic,
) -> Template | None:
    """The template that the message names, if it names one. Raises the first refusal."""
    for kind, media_id in media_in(request.type, request.content):
        media.check_sendable(kind, media_id)
    template = template_of(request.content, templates) if request.type == "template" else None
    if template is not None:
        _check_recipient(request, customer, template)
    traffic.let_pass(
        person_of(request, customer), known=customer is not None, is_template=template is not None
    )
    return template


def person_of(request: SendRequest, customer: Customer | None) -> str:
    if customer is not None:
        return customer.user_id
    return request.recipient.phone or request.recipient.user_id or ""


def failure_of(request: SendRequest, template: Template | None) -> int | None:
    """The code with which Meta fails afterwards what it has accepted: no marketing reaches numbers
    of the United States (section 6.4)."""
    phone = request.recipient.phone or ""
    prefix, length = UNITED_STATES
    withheld = phone.startswith(prefix) and len(phone) == length
    if template is not None and template.category == "MARKETING" and withheld:
        return error_table.MARKETING_WITHHELD
    return None


def media_in(kind: str, content: Any) -> Iterator[tuple[str, str]]:
    """Every medium that is named by its id, however deep."""
    if kind in MEDIA and isinstance(content, dict):
        if content.get("id"):
            yield kind, str(content["id"])
    elif isinstance(content, dict):
        for name, inner in content.items():
            yield from media_in(name, inner)
    elif isinstance(content, list):
        for inner in content:
            yield from media_in(kind, inner)


def _check_recipient(request: SendRequest, customer: Customer | None, template: Template) -> None:
    if template.category == "AUTHENTICATION" and request.recipient.user_id:
        raise GraphError(error_table.NEEDS_A_NUMBER)
    stopped = customer is not None and customer.marketing_stopped
    if template.category == "MARKETING" and stopped:
        raise GraphError(error_table.MARKETING_STOPPED)
