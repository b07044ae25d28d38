"""Flows started by programs and people, for contacts that they name."""

from __future__ import annotations

from flow.app import api
from flow.drafts import store
from flow.lanes_in import place_of
from flow.place import contacts, conversations, queue, settings
from flow.refusals import NOT_PUBLISHED
from flow.shapes import Started, StartOfFlow, ToStart
from shared.api import ProblemError
from shared.clock import now_ms
from shared.permissions import Permission
from shared.queues import send_all
from shared.starts import StartRequest, start_entry


@api.endpoint("POST", "/v1/flows/{flow_id}/start", permission=Permission.START_FLOWS, status=202)
def start_flow(flow_id: str, body: StartOfFlow) -> Started:
    """Start a flow for up to a hundred contacts.

    Each is a contact, a conversation, or a number with the channel to write from. A conversation
    that a person has, or in which another flow runs, is left alone unless the flow (or `interrupt`)
    says otherwise.
    """
    if store().get(flow_id).live_version is None:
        raise ProblemError(NOT_PUBLISHED)
    id_, at = api.request_id, now_ms()
    requests = [
        _request(flow_id, body, who, f"{id_}:{number}", at)
        for number, who in enumerate(body.contacts)
    ]
    known = [request for request in requests if request is not None]
    there = contacts(api.caller.workspace).many(
        request.contact_id for request in known if request.contact_id is not None
    )
    known = [one for one in known if one.contact_id is None or one.contact_id in there]
    send_all(queue(), settings().starts_queue_url, [start_entry(request) for request in known])
    return Started(id=id_, started=len(known), unknown=len(requests) - len(known))


def _request(
    flow_id: str, body: StartOfFlow, who: ToStart, id_: str, at: int
) -> StartRequest | None:
    """None when there is no such conversation here: a channel of others is nothing to start on."""
    tenant = api.caller.workspace
    channel, contact = who.channel, None
    if who.conversation_id is not None:
        channel, contact = place_of(who.conversation_id)
        if conversations(tenant).summary(channel, contact) is None:
            return None
    return StartRequest(
        id=id_,
        tenant_id=tenant.id,
        channel=channel or "",
        trigger="api",
        at=at,
        flow=flow_id,
        contact_id=who.contact_id,
        phone=who.phone,
        conversation=contact,
        parameters={**body.parameters, **who.parameters},
        interrupt=body.interrupt,
    )
