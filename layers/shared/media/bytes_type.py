"""What a file is by its bytes. What its sender says counts only where bytes cannot tell."""

from __future__ import annotations

from typing import Final

import filetype

from shared.media.kinds import DOCUMENTS, bare

HEAD_BYTES: Final = 8192
"""How much of a file's beginning is enough."""
UNKNOWN: Final = "application/octet-stream"

_MP4: Final = frozenset({"video/mp4", "audio/mp4", "video/3gpp", "audio/x-m4a", "video/x-m4v"})
_OLD_OFFICE: Final = frozenset(type_ for type_ in DOCUMENTS if ".ms-" in type_ or "msword" in type_)
_NEW_OFFICE: Final = frozenset(type_ for type_ in DOCUMENTS if "openxml" in type_)
_SAME_BYTES: Final = (_MP4, _OLD_OFFICE, _NEW_OFFICE | {"application/zip"})
"""Types that share a container: of these, the sender's word is taken."""
_PLAIN: Final = "text/plain"
_OGG: Final = "audio/ogg"
_OTHER_OGG: Final = "application/ogg"
_OPUS: Final = b"OpusHead"
_FIRST_OGG_PAGE: Final = 512  # bytes, more than the first page's header and codec take
_COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def type_of(head: bytes, said: str) -> str:
    """The bare MIME type of a file that begins with `head` and is said to be `said`."""
    claimed = bare(said)
    found = filetype.guess_mime(head) or _of_old_office(head)
    if found is None:
        return _PLAIN if claimed == _PLAIN and _is_text(head) else UNKNOWN
    if any(claimed in family and found in family for family in _SAME_BYTES):
        return claimed
    if found == _OGG and _OPUS not in head[:_FIRST_OGG_PAGE]:
        return _OTHER_OGG  # WhatsApp takes no other sound in such a file
    return str(found)


def is_animated(head: bytes) -> bool:
    """Whether a WebP file says that it moves."""
    return head[12:16] == b"VP8X" and len(head) > 20 and bool(head[20] & 0x02)


def _of_old_office(head: bytes) -> str | None:
    return "application/msword" if head.startswith(_COMPOUND_FILE) else None


def _is_text(head: bytes) -> bool:
    """UTF-8, maybe cut in the middle of a character."""
    try:
        head.decode()
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:
            return False
    return b"\0" not in head
