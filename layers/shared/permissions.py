"""Who may do what: one table for people's roles. The scopes of API keys are permissions too."""

from __future__ import annotations

from enum import Enum
from typing import Final


class Permission(Enum):
    """Each value is "resource:verb", as tokens and API keys carry it."""

    READ_CONVERSATIONS = "conversations:read"
    REPLY = "conversations:reply"
    SEND_MESSAGES = "messages:send"
    READ_CONTACTS = "contacts:read"
    EDIT_CONTACTS = "contacts:edit"
    IMPORT_CONTACTS = "contacts:import"
    ERASE_CONTACTS = "contacts:erase"
    READ_FLOWS = "flows:read"
    EDIT_FLOWS = "flows:edit"
    PUBLISH_FLOWS = "flows:publish"
    START_FLOWS = "flows:start"
    READ_INSPECTION = "inspection:read"
    READ_WORKSPACE = "workspace:read"
    UPDATE_WORKSPACE = "workspace:update"
    DELETE_WORKSPACE = "workspace:delete"
    EXPORT_WORKSPACE = "workspace:export"
    READ_MEMBERS = "members:read"
    MANAGE_MEMBERS = "members:manage"
    MANAGE_OWNERS = "owners:manage"
    MANAGE_TEAMS = "teams:manage"
    MANAGE_INVITES = "invites:manage"
    MANAGE_API_KEYS = "api_keys:manage"
    READ_AUDIT = "audit:read"
    MANAGE_WEBHOOKS = "webhooks:manage"
    READ_CHANNELS = "channels:read"
    MANAGE_CHANNELS = "channels:manage"
    READ_TEMPLATES = "templates:read"
    MANAGE_TEMPLATES = "templates:manage"
    READ_DEAD_LETTERS = "dead_letters:read"
    REDRIVE_DEAD_LETTERS = "dead_letters:redrive"
    READ_USAGE = "usage:read"
    READ_KNOWLEDGE = "knowledge:read"
    EDIT_KNOWLEDGE = "knowledge:edit"
    READ_CAMPAIGNS = "campaigns:read"
    EDIT_CAMPAIGNS = "campaigns:edit"
    SEND_CAMPAIGNS = "campaigns:send"


class Role(Enum):
    OWNER = "owner"
    ADMIN = "admin"
    EDITOR = "editor"
    AGENT = "agent"
    VIEWER = "viewer"


_P = Permission
_ADMINS: Final = (Role.OWNER, Role.ADMIN)
_EDITORS: Final = (*_ADMINS, Role.EDITOR)
_EVERYBODY: Final = tuple(Role)

WHO_MAY: Final[dict[Permission, tuple[Role, ...]]] = {
    _P.READ_CONVERSATIONS: _EVERYBODY,
    _P.REPLY: (*_EDITORS, Role.AGENT),
    _P.SEND_MESSAGES: (*_EDITORS, Role.AGENT),
    _P.READ_CONTACTS: _EVERYBODY,
    _P.EDIT_CONTACTS: (*_EDITORS, Role.AGENT),
    _P.IMPORT_CONTACTS: _EDITORS,
    _P.ERASE_CONTACTS: _ADMINS,
    _P.READ_FLOWS: _EVERYBODY,
    _P.EDIT_FLOWS: _EDITORS,
    _P.PUBLISH_FLOWS: _EDITORS,
    _P.START_FLOWS: (*_EDITORS, Role.AGENT),
    _P.READ_INSPECTION: _EDITORS,
    _P.READ_WORKSPACE: _EVERYBODY,
    _P.UPDATE_WORKSPACE: _ADMINS,
    _P.DELETE_WORKSPACE: (Role.OWNER,),
    _P.EXPORT_WORKSPACE: (Role.OWNER,),
    _P.READ_MEMBERS: _EVERYBODY,
    _P.MANAGE_MEMBERS: _ADMINS,
    _P.MANAGE_OWNERS: (Role.OWNER,),
    _P.MANAGE_TEAMS: _ADMINS,
    _P.MANAGE_INVITES: _ADMINS,
    _P.MANAGE_API_KEYS: _ADMINS,
    _P.READ_AUDIT: _ADMINS,
    _P.MANAGE_WEBHOOKS: _ADMINS,
    _P.READ_CHANNELS: _EVERYBODY,
    _P.MANAGE_CHANNELS: _ADMINS,
    _P.READ_TEMPLATES: _EVERYBODY,
    _P.MANAGE_TEMPLATES: _EDITORS,
    _P.READ_DEAD_LETTERS: _ADMINS,
    _P.REDRIVE_DEAD_LETTERS: _ADMINS,
    _P.READ_USAGE: _ADMINS,
    _P.READ_KNOWLEDGE: _EVERYBODY,
    _P.EDIT_KNOWLEDGE: _EDITORS,
    _P.READ_CAMPAIGNS: _EVERYBODY,
    _P.EDIT_CAMPAIGNS: _EDITORS,
    _P.SEND_CAMPAIGNS: _EDITORS,
}

API_KEY_SCOPES: Final = frozenset(
    {
        _P.READ_CONVERSATIONS,
        _P.REPLY,
        _P.SEND_MESSAGES,
        _P.READ_CONTACTS,
        _P.EDIT_CONTACTS,
        _P.IMPORT_CONTACTS,
        _P.ERASE_CONTACTS,
        _P.EXPORT_WORKSPACE,
        _P.READ_FLOWS,
        _P.EDIT_FLOWS,
        _P.PUBLISH_FLOWS,
        _P.START_FLOWS,
        _P.READ_INSPECTION,
        _P.READ_WORKSPACE,
        _P.READ_MEMBERS,
        _P.READ_AUDIT,
        _P.MANAGE_WEBHOOKS,
        _P.READ_CHANNELS,
        _P.READ_TEMPLATES,
        _P.MANAGE_TEMPLATES,
        _P.READ_DEAD_LETTERS,
        _P.REDRIVE_DEAD_LETTERS,
        _P.READ_USAGE,
        _P.READ_KNOWLEDGE,
        _P.EDIT_KNOWLEDGE,
        _P.READ_CAMPAIGNS,
        _P.EDIT_CAMPAIGNS,
        _P.SEND_CAMPAIGNS,
    }
)
"""What a program may be allowed. People and keys are managed by people."""


def permissions_of(role: str) -> frozenset[Permission]:
    """Of a role's name; nothing for a name that is no role."""
    return frozenset(
        permission for permission, roles in WHO_MAY.items() if role in {one.value for one in roles}
    )
