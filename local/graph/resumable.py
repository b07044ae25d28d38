"""Files that are handed over in pieces, for the samples of templates (section 4)."""

import base64
import random
from dataclasses import dataclass, field

from local.graph.graph_errors import GraphError, unknown_object

TYPES = frozenset({"application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4"})


@dataclass
class Upload:
    id: str
    file_type: str
    length: int
    data: bytearray = field(default_factory=bytearray)


class ResumableUploads:
    def __init__(self, randomness: random.Random) -> None:
        self._randomness = randomness
        self._uploads: dict[str, Upload] = {}
        self.handles: set[str] = set()

    def begin(self, file_type: str, length: int) -> Upload:
        if file_type not in TYPES:
            raise GraphError(100, f"Param file_type must be one of {', '.join(sorted(TYPES))}.")
        if length < 1:
            raise GraphError(100, "Param file_length must be positive.")
        name = base64.urlsafe_b64encode(self._randomness.randbytes(18)).decode()
        upload = Upload(f"upload:{name}", file_type, length)
        self._uploads[upload.id] = upload
        return upload

    def get(self, upload_id: str) -> Upload:
        try:
            return self._uploads[upload_id]
        except KeyError:
            raise unknown_object(upload_id, "post") from None

    def append(self, upload: Upload, offset: int, data: bytes) -> str | None:
        """The file's handle once it is whole."""
        if offset != len(upload.data):
            raise GraphError(100, f"The upload goes on at {len(upload.data)}, not at {offset}.")
        upload.data += data
        if len(upload.data) < upload.length:
            return None
        handle = "4::" + base64.b64encode(self._randomness.randbytes(24)).decode()
        self.handles.add(handle)
        return handle
