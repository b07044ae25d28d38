"""What stands against a call, as the API says it: status, stable name and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from shared.api import ProblemKind
from shared.store.channels import ChannelNotFoundError
from shared.store.media_files import MediaNotFoundError
from shared.store.sends import MessageNotFoundError
from shared.store.transactions import BusyError

CONVERSATION_NOT_FOUND: Final = ProblemKind(
    404, "conversation-not-found", "There is no such conversation."
)
NO_FILE: Final = ProblemKind(404, "file-not-found", "The message has no file.")
FILE_NOT_THERE_YET: Final = ProblemKind(
    409, "file-not-there-yet", "The file is being fetched from WhatsApp: ask again in a moment."
)
MESSAGE_INVALID: Final = ProblemKind(
    400, "message-invalid", "WhatsApp would not take this message: see errors."
)
CHANNEL_UNCLEAR: Final = ProblemKind(
    400, "channel-unclear", "channel_id: say from which of the workspace's channels to send."
)
NOT_IN_BULK: Final = ProblemKind(
    400,
    "not-in-bulk",
    "recipients: a linked phone writes to one person a request. WhatsApp bans phones that send "
    "in bulk.",
)
FILE_LOST: Final = ProblemKind(410, "file-lost", "The file could not be fetched from WhatsApp.")
REFUSALS: Final[Mapping[type[Exception], ProblemKind]] = {
    ChannelNotFoundError: ProblemKind(
        404, "channel-not-found", "channel_id: the workspace has no such channel."
    ),
    MessageNotFoundError: ProblemKind(
        404, "message-not-found", "No such message was asked for in the last thirty days."
    ),
    BusyError: ProblemKind(409, "busy", "Too much is going on right now. Try again in a moment."),
    MediaNotFoundError: ProblemKind(404, "media-not-found", "There is no such file."),
}
