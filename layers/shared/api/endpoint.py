"""One line of the route table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from shared.api.access import Access

_PARAMETER: Final = re.compile(r"\{(\w+)\}")
# Every id of ours is such: ASCII, nothing that cannot be seen, of a sensible length.
_ID: Final = r"[!-.0-~]{1,200}"
WITH_BODY: Final = frozenset({"POST", "PUT", "PATCH"})


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`path` is written as "/v1/members/{user_id}"."""

    method: str
    path: str
    access: Access
    status: int = 200
    if_match: bool = False
    """A change of what two people may edit: the caller says which version they have read."""
    secret_answer: bool = False
    """The answer is shown once and never kept, not even for a repeated request."""

    @property
    def key(self) -> str:
        """As API Gateway names it: "GET /v1/members"."""
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> list[str]:
        return _PARAMETER.findall(self.path)

    @property
    def rule(self) -> str:
        """The path as Powertools writes it."""
        return _PARAMETER.sub(r"<\1>", self.path)

    def fits(self, path: str) -> bool:
        return fits(self.path, path)


def fits(pattern: str, path: str) -> bool:
    """Whether a request's path is one of this pattern's."""
    return re.fullmatch(_PARAMETER.sub(lambda _: _ID, pattern), path) is not None
