"""Media by id: what was uploaded, and what customers sent (section 4)."""

import hashlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from local.graph.graph_errors import GraphError, unknown_object
from local.graph.json_types import JsonObject

URL_LIVES_SECONDS = 300
UPLOADED_LIVES_SECONDS = 30 * 24 * 3600
RECEIVED_LIVES_SECONDS = 7 * 24 * 3600
FIRST_ID = 700_000_000_000_000
MB = 1024 * 1024
UPLOAD_REFUSED = 131053

_OFFICE = "application/vnd.openxmlformats-officedocument"
LARGEST: Mapping[str, int] = MappingProxyType(
    {
        "image/jpeg": 5 * MB,
        "image/png": 5 * MB,
        **dict.fromkeys(
            ("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"), 16 * MB
        ),
        **dict.fromkeys(("video/mp4", "video/3gpp"), 16 * MB),
        **dict.fromkeys(
            (
                "text/plain",
                "application/pdf",
                "application/msword",
                "application/vnd.ms-excel",
                "application/vnd.ms-powerpoint",
                f"{_OFFICE}.wordprocessingml.document",
                f"{_OFFICE}.spreadsheetml.sheet",
                f"{_OFFICE}.presentationml.presentation",
            ),
            100 * MB,
        ),
        "image/webp": 500 * 1024,
    }
)
KINDS: Mapping[str, str] = MappingProxyType(
    {"image/jpeg": "image", "image/png": "image", "image/webp": "sticker"}
)


@dataclass(frozen=True)
class StoredMedia:
    id: str
    mime_type: str
    data: bytes
    expires_at: float

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def kind(self) -> str:
        """Of the message that it can be sent in."""
        bare = bare_type(self.mime_type)
        if bare in KINDS:
            return KINDS[bare]
        family = bare.partition("/")[0]
        return family if family in ("audio", "video") else "document"


def bare_type(mime_type: str) -> str:
    """Without parameters such as codecs."""
    return mime_type.partition(";")[0].strip().lower()


class MediaShelf:
    def __init__(self, now_seconds: Callable[[], float], randomness: random.Random) -> None:
        self._now = now_seconds
        self._randomness = randomness
        self._media: dict[str, StoredMedia] = {}
        self._links: dict[str, tuple[str, float]] = {}
        self._count = 0

    def upload(self, mime_type: str, data: bytes) -> StoredMedia:
        largest = LARGEST.get(bare_type(mime_type))
        if largest is None:
            raise GraphError(
                100,
                "Param file must be a file with one of the following types: "
                f"{', '.join(LARGEST)}. Received file of type '{mime_type}'.",
            )
        if not data or len(data) > largest:
            raise GraphError(
                UPLOAD_REFUSED, f"A file of type {mime_type} has 1 to {largest} bytes."
            )
        if bare_type(mime_type) == "audio/ogg" and b"OpusHead" not in data[:512]:
            raise GraphError(UPLOAD_REFUSED, "A file of type audio/ogg holds Opus.")
        return self._put(mime_type, data, UPLOADED_LIVES_SECONDS)

    def receive(self, mime_type: str, data: bytes) -> StoredMedia:
        """What a customer sends."""
        return self._put(mime_type, data, RECEIVED_LIVES_SECONDS)

    def get(self, media_id: str) -> StoredMedia:
        media = self._media.get(media_id)
        if media is None or media.expires_at <= self._now():
            raise unknown_object(media_id, "get")
        return media

    def has(self, media_id: str) -> bool:
        return media_id in self._media

    def check_sendable(self, kind: str, media_id: str) -> None:
        media = self._media.get(media_id)
        if media is None or media.expires_at <= self._now():
            raise GraphError(
                100,
                f"Param {kind}['id'] is not a valid whatsapp business account media attachment ID",
            )
        if kind not in {media.kind, "document"}:
            raise GraphError(131053, f"Media of type {media.mime_type} cannot be sent as {kind}.")

    def delete(self, media_id: str) -> None:
        self.get(media_id)
        del self._media[media_id]

    def link(self, media: StoredMedia) -> str:
        """The end of an address that lives five minutes."""
        expires_at = self._now() + URL_LIVES_SECONDS
        secret = self._randomness.randbytes(16).hex()
        self._links[secret] = (media.id, expires_at)
        return f"?mid={media.id}&ext={int(expires_at)}&hash={secret}"

    def by_link(self, media_id: str, secret: str) -> StoredMedia | None:
        """None when the link is unknown or has expired."""
        found, expires_at = self._links.get(secret, ("", 0.0))
        if found != media_id or expires_at <= self._now():
            return None
        media = self._media.get(media_id)
        return media if media and media.expires_at > self._now() else None

    def described(self, media: StoredMedia, url: str) -> JsonObject:
        return {
            "messaging_product": "whatsapp",
            "url": url,
            "mime_type": media.mime_type,
            "sha256": media.sha256,
            "file_size": len(media.data),
            "id": media.id,
        }

    def _put(self, mime_type: str, data: bytes, lives_seconds: float) -> StoredMedia:
        self._count += 1
        media = StoredMedia(
            str(FIRST_ID + self._count), mime_type, data, self._now() + lives_seconds
        )
        self._media[media.id] = media
        return media
