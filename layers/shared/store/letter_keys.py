"""The keys of dead letters.

| table | pk | sk | what |
|---|---|---|---|
| dead_letters | <tenant>#LETTERS or PLATFORM#LETTERS | <sent at>-<message id> | a dead letter |
| dead_letters | <holder>#LETTER#<letter id> | BODY#<n> | a part of its body |
| dead_letters | <holder>#ANSWERED | <letter id> | a letter that was put back or dropped |
| dead_letters | <tenant>#LETTER_JOBS | <job id> | letters that are being put back or dropped |
| dead_letters | WORDS#<message id> | WORDS | why its worker failed the last time |

The holder is a tenant, or PLATFORM for what nobody's number explains.
"""

from __future__ import annotations

from typing import Final

from shared.tenancy import Tenant

WORDS: Final = "WORDS"
_PLATFORM: Final = "PLATFORM"
_BODY: Final = "BODY#"


def letters(tenant: Tenant | None) -> str:
    return f"{_holder(tenant)}#LETTERS"


def body(tenant: Tenant | None, letter_id: str) -> str:
    return f"{_holder(tenant)}#LETTER#{letter_id}"


def body_part(number: int) -> str:
    return f"{_BODY}{number:03d}"


def answered(tenant: Tenant | None) -> str:
    return f"{_holder(tenant)}#ANSWERED"


def jobs(tenant: Tenant) -> str:
    return f"{tenant.id}#LETTER_JOBS"


def words(message_id: str) -> str:
    return f"{WORDS}#{message_id}"


def _holder(tenant: Tenant | None) -> str:
    return tenant.id if tenant else _PLATFORM
