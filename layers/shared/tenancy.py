"""The tenant: the one value without which no tenant's data can be addressed."""

from __future__ import annotations

import re
from dataclasses import dataclass

# '#' separates the parts of a key, so an id that held one could name another tenant's keys.
_ID = re.compile(r"[a-z0-9_]{3,40}")


class InvalidTenantIdError(ValueError):
    """The text is not a tenant id (3 to 40 of a-z, 0-9 and underscore)."""


@dataclass(frozen=True, slots=True)
class Tenant:
    """A workspace as the stores see it. Obtained from a verified source only: a number's
    directory record, or the claims that the authorizer passed on."""

    id: str

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise InvalidTenantIdError(self.id)
