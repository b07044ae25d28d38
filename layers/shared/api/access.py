"""Who may call a route."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from shared.api.problems import FORBIDDEN, NO_WORKSPACE, PEOPLE_ONLY, ProblemError
from shared.caller import Caller
from shared.permissions import Permission


@dataclass(frozen=True, slots=True)
class NoPermission:
    """A route for everybody who is signed in, in a workspace or not, and why it needs no
    permission. `programs` opens it to API keys as well."""

    why: str
    programs: bool = False


Access: TypeAlias = Permission | NoPermission


def check(access: Access, caller: Caller) -> None:
    """Raises ProblemError when the caller may not."""
    if isinstance(access, NoPermission):
        if caller.user_id is None and not access.programs:
            raise ProblemError(PEOPLE_ONLY)
        return
    if caller.tenant is None:
        raise ProblemError(NO_WORKSPACE)
    if access not in caller.permissions:
        raise ProblemError(FORBIDDEN, f"This needs the permission {access.value}.")
