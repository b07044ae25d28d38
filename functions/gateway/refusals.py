"""What stands against a call, as the API says it: status, stable name and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shared.api import ProblemKind
from shared.store.media_files import MediaNotFoundError

CONVERSATION_NOT_FOUND: Final = ProblemKind(
    404, "conversation-not-found", "There is no such conversation."
)
NO_FILE: Final = ProblemKind(404, "file-not-found", "The message has no file.")
FILE_NOT_THERE_YET: Final = ProblemKind(
    409, "file-not-there-yet", "The file is being fetched from WhatsApp: ask again in a moment."
)
FILE_LOST: Final = ProblemKind(410, "file-lost", "The file could not be fetched from WhatsApp.")
REFUSALS: Final[Mapping[type[Exception], ProblemKind]] = {
    MediaNotFoundError: ProblemKind(404, "media-not-found", "There is no such file."),
}
