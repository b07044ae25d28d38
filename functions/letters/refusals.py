"""What stands against a call, as the API says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shared.api import ProblemKind
from shared.store.dead_letters import LetterNotFoundError
from shared.store.letter_jobs import LetterJobNotFoundError

REFUSALS: Final[Mapping[type[Exception], ProblemKind]] = {
    LetterNotFoundError: ProblemKind(
        404, "dead-letter-not-found", "The letter was put back, dropped, or never there."
    ),
    LetterJobNotFoundError: ProblemKind(
        404, "dead-letter-job-not-found", "There is no such job, or it is too long ago."
    ),
}
