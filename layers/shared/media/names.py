"""Names of files as they are offered for download: what customers write is no name of ours."""

from __future__ import annotations

import mimetypes
import re
from typing import Final

_OTHER: Final = re.compile(r"[^A-Za-z0-9._() -]+")
_LONGEST: Final = 100
_ENDINGS: Final = {"audio/ogg": ".ogg", "audio/amr": ".amr", "image/webp": ".webp"}


def file_name(written: str, mime_type: str, *, otherwise: str) -> str:
    """Letters, digits and few signs, with an ending; `otherwise` where nothing is left of it."""
    last = written.replace("\\", "/").rpartition("/")[2]
    name = _OTHER.sub("_", last).strip(" ._")[-_LONGEST:]
    if name and "." in name:
        return name
    ending = _ENDINGS.get(mime_type) or mimetypes.guess_extension(mime_type) or ""
    return (name or otherwise) + ending
