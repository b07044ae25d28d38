"""ETags: the revision of a thing that two people may edit, in quotes."""

from __future__ import annotations

import re
from typing import Final

from shared.api.problems import CHANGED_MEANWHILE, IF_MATCH_MISSING, ProblemError

_ETAG: Final = re.compile(r'\s*"([1-9][0-9]{0,14})"\s*')


def etag(revision: int) -> str:
    return f'"{revision}"'


def revision_of(if_match: str | None) -> int:
    """The revision that a caller has read. Raises ProblemError: 428 without the header, 412 for one
    that was never given out."""
    if not if_match:
        raise ProblemError(IF_MATCH_MISSING)
    known = _ETAG.fullmatch(if_match)
    if known is None:
        raise ProblemError(CHANGED_MEANWHILE)
    return int(known[1])
