"""Meta's side of a transfer: links that expire, connections that break."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from shared.channels.graph_media import Found, LinkExpiredError, Reading, TransferBrokenError

MEDIA_ID = "700000000000001"


@dataclass
class FakeSource:
    """`faults` are met by one reading each: "expired", "broken" (after a half of what is left),
    "restart" (the server begins anew), or nothing."""

    data: bytes
    mime_type: str = "image/png"
    sha256: str | None = None
    size: int | None = None
    faults: list[str] = field(default_factory=list)
    refuses: list[Exception] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    look_ups: int = 0

    def look_up(self, media_id: str, token: str) -> Found:
        assert (media_id, token) == (MEDIA_ID, "EAA")
        self.look_ups += 1
        if self.refuses:
            raise self.refuses.pop(0)
        known = hashlib.sha256(self.data).hexdigest() if self.sha256 is None else self.sha256
        size = len(self.data) if self.size is None else self.size
        return Found(f"https://lookaside.fbsbx.com/{self.look_ups}", self.mime_type, known, size)

    def read(self, url: str, token: str, start: int) -> Reading:
        assert url.endswith(f"/{self.look_ups}"), "an old link is used"
        assert token == "EAA"
        self.starts.append(start)
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "expired":
            raise LinkExpiredError
        if fault == "restart":
            start = 0
        return Reading(start, self._chunks(start, fault))

    def _chunks(self, start: int, fault: str) -> Iterator[bytes]:
        rest = self.data[start:]
        yield rest[: len(rest) // 2]
        if fault == "broken":
            raise TransferBrokenError("reset")
        yield rest[len(rest) // 2 :]
