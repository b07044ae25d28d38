"""One line of the route table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from shared.api.access import Access

_PARAMETER: Final = re.compile(r"\{(\w+)\}")
_LONGEST_PARAMETER: Final = 200
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
    """Whether a request's path is one of this pattern's; ids have a sensible length."""
    regex = _PARAMETER.sub(rf"[^/]{{1,{_LONGEST_PARAMETER}}}", pattern)
    return re.fullmatch(regex, path) is not None
