"""The keys of the table of requests: what was asked for, how fast, and what came of it.

| table | pk | sk | what |
|---|---|---|---|
| requests | <holder>#IDEMPOTENCY | <principal>#<key> | what a request was answered |
| requests | <holder>#RATE#<principal>, <holder>#RATE | <window> | how many requests there were |
| requests | <tenant>#SENDS | <request id> | whom a program sent to |
| requests | <tenant>#PACE#<channel> | NUMBER, or a contact | how fast is being sent |
| requests | <tenant>#SENT#<channel> | <WhatsApp's id> | which message of ours it is |

The holder is a tenant, or PERSON#<user id> for a person who is in no workspace yet.
"""

from __future__ import annotations

from shared.tenancy import Tenant


def idempotency(holder: str) -> str:
    return f"{holder}#IDEMPOTENCY"


def answer(principal: str, request_key: str) -> str:
    return f"{principal}#{request_key}"


def rate(holder: str, principal: str | None) -> str:
    return f"{holder}#RATE#{principal}" if principal else f"{holder}#RATE"


def sends(tenant: Tenant) -> str:
    return f"{tenant.id}#SENDS"


def pace(tenant: Tenant, channel: str) -> str:
    return f"{tenant.id}#PACE#{channel}"


def sent(tenant: Tenant, channel: str) -> str:
    return f"{tenant.id}#SENT#{channel}"
