"""Per-tenant secrets, encrypted by KMS with the tenant in the encryption context.

Text sealed for one tenant cannot be opened as another's: KMS refuses a different context.
"""

from __future__ import annotations

from typing import Any

from shared.tenancy import Tenant


class Sealer:
    def __init__(self, kms: Any, key_arn: str) -> None:
        self._kms = kms
        self._key_arn = key_arn

    def seal(self, tenant: Tenant, secret: str) -> bytes:
        """Encrypt a secret of at most 4,096 bytes."""
        answer = self._kms.encrypt(
            KeyId=self._key_arn, Plaintext=secret.encode(), EncryptionContext=_context(tenant)
        )
        return bytes(answer["CiphertextBlob"])

    def open(self, tenant: Tenant, sealed: bytes) -> str:
        answer = self._kms.decrypt(
            KeyId=self._key_arn, CiphertextBlob=sealed, EncryptionContext=_context(tenant)
        )
        return str(answer["Plaintext"].decode())


def _context(tenant: Tenant) -> dict[str, str]:
    return {"tenant": tenant.id}
