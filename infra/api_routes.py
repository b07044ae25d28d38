"""The routes of the API by context, as the front door knows them.

They are written out rather than caught by one pattern per context: API Gateway then refuses what
nobody declared before a function runs, and its logs and metrics name the route. A test compares the
list with the routes that the code declares.
"""

from __future__ import annotations

from typing import Final

GATEWAY: Final = (
    "GET /v1/conversations",
    "GET /v1/conversations/{conversation_id}",
    "GET /v1/conversations/{conversation_id}/messages",
    "GET /v1/conversations/{conversation_id}/media/{message_id}",
    "GET /v1/inspection",
    "POST /v1/messages",
    "GET /v1/messages/{sent_id}",
    "GET /v1/media",
    "POST /v1/media",
    "GET /v1/media/{media_id}",
    "DELETE /v1/media/{media_id}",
)
ACCOUNT: Final = (
    "GET /v1/me",
    "POST /v1/workspaces",
    "POST /v1/workspaces/{workspace_id}/switch",
    "GET /v1/workspace",
    "PATCH /v1/workspace",
    "DELETE /v1/workspace",
    "POST /v1/workspace/restore",
    "POST /v1/workspace/leave",
    "GET /v1/members",
    "PATCH /v1/members/{user_id}",
    "DELETE /v1/members/{user_id}",
    "GET /v1/invites",
    "POST /v1/invites",
    "POST /v1/invites/accept",
    "DELETE /v1/invites/{invite_id}",
    "GET /v1/api-keys",
    "POST /v1/api-keys",
    "DELETE /v1/api-keys/{key_id}",
    "GET /v1/audit",
    "GET /v1/usage",
    "GET /v1/usage/history",
    "POST /v1/workspace/exports",
    "GET /v1/workspace/exports/{data_export_id}",
    "POST /v1/contacts/{contact_id}/export",
    "GET /v1/contacts/{contact_id}/exports/{contact_export_id}",
    "DELETE /v1/contacts/{contact_id}",
)
FLOWS: Final = (
    "GET /v1/flows",
    "POST /v1/flows",
    "POST /v1/flows/import",
    "GET /v1/flows/{flow_id}",
    "PATCH /v1/flows/{flow_id}",
    "DELETE /v1/flows/{flow_id}",
    "PUT /v1/flows/{flow_id}/draft",
    "POST /v1/flows/{flow_id}/check",
    "POST /v1/flows/{flow_id}/publish",
    "GET /v1/flows/{flow_id}/export",
    "GET /v1/flows/{flow_id}/versions",
    "GET /v1/flows/{flow_id}/versions/{version}",
    "GET /v1/flows/{flow_id}/versions/{version}/diff",
    "POST /v1/flows/{flow_id}/versions/{version}/restore",
    "POST /v1/flows/{flow_id}/start",
    "GET /v1/flows/{flow_id}/activity",
    "GET /v1/flows/{flow_id}/runs",
    "POST /v1/flows/simulate",
    "GET /v1/flow-gallery",
    "POST /v1/flow-gallery/{name}/install",
    "POST /v1/conversations/{conversation_id}/takeover",
    "POST /v1/conversations/{conversation_id}/hand-back",
    "POST /v1/conversations/{conversation_id}/messages",
)
HOOKS: Final = (
    "GET /v1/webhooks",
    "POST /v1/webhooks",
    "GET /v1/webhooks/{webhook_id}",
    "PATCH /v1/webhooks/{webhook_id}",
    "DELETE /v1/webhooks/{webhook_id}",
    "POST /v1/webhooks/{webhook_id}/secret",
    "POST /v1/webhooks/{webhook_id}/ping",
    "POST /v1/webhooks/{webhook_id}/replay",
    "GET /v1/webhooks/{webhook_id}/deliveries",
    "GET /v1/webhooks/{webhook_id}/deliveries/{delivery_id}",
    "POST /v1/webhooks/{webhook_id}/deliveries/{delivery_id}/replay",
)
CHANNELS: Final = (
    "GET /v1/channels",
    "POST /v1/channels/embedded-signup",
    "POST /v1/channels/own-app",
    "POST /v1/channels/linked-phone",
    "GET /v1/channels/{channel_id}",
    "PATCH /v1/channels/{channel_id}",
    "DELETE /v1/channels/{channel_id}",
    "DELETE /v1/channels/{channel_id}/warning",
    "POST /v1/channels/{channel_id}/verify",
    "GET /v1/channels/{channel_id}/connection",
    "GET /v1/templates",
    "POST /v1/templates",
    "POST /v1/templates/check",
    "POST /v1/templates/sync",
    "POST /v1/template-samples",
    "GET /v1/templates/{template_id}",
    "PATCH /v1/templates/{template_id}",
    "DELETE /v1/templates/{template_id}",
)
CONTACTS: Final = (
    "GET /v1/contacts",
    "POST /v1/contacts",
    "GET /v1/contacts/{contact_id}",
    "PATCH /v1/contacts/{contact_id}",
    "POST /v1/contacts/{contact_id}/merge",
    "POST /v1/contacts/{contact_id}/block",
    "POST /v1/contacts/{contact_id}/unblock",
    "GET /v1/contacts/{contact_id}/opt-ins",
    "POST /v1/contacts/{contact_id}/opt-ins",
    "GET /v1/contacts/{contact_id}/notes",
    "POST /v1/contacts/{contact_id}/notes",
    "DELETE /v1/contacts/{contact_id}/notes/{note_id}",
    "GET /v1/contact-tags",
    "GET /v1/contact-fields",
    "POST /v1/contact-fields",
    "PATCH /v1/contact-fields/{key}",
    "DELETE /v1/contact-fields/{key}",
    "GET /v1/segments",
    "POST /v1/segments",
    "POST /v1/segments/count",
    "GET /v1/segments/{segment_id}",
    "PATCH /v1/segments/{segment_id}",
    "DELETE /v1/segments/{segment_id}",
    "GET /v1/contact-imports",
    "POST /v1/contact-imports",
    "GET /v1/contact-imports/{import_id}",
    "POST /v1/contact-imports/{import_id}/start",
    "POST /v1/contact-imports/{import_id}/cancel",
    "GET /v1/contact-imports/{import_id}/report",
    "POST /v1/contact-exports",
    "GET /v1/contact-exports/{export_id}",
)
# The API's description, for everybody.
DESCRIPTION: Final = ("GET /v1/openapi.json", "GET /v1/docs")
# What no other route takes, so that it is answered as every other problem is.
REST: Final = tuple(
    f"{method} /v1/{{proxy+}}" for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
)
BY_HANDLER: Final = {
    "gateway.api.handler": GATEWAY,
    "account.api.handler": ACCOUNT,
    "channels.api.handler": CHANNELS,
    "flow.api.handler": FLOWS,
    "hooks.api.handler": HOOKS,
    "contacts.api.handler": CONTACTS,
}
