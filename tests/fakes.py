"""Stand-ins with behaviour: a queue that remembers and refuses, a bucket, a clock, Meta."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from shared.channels.cloud_api import Accepted, Answer, MarkReadError
from shared.clock import Clock
from shared.json_types import JsonObject

DEDUPLICATION_MS = 300_000


@dataclass
class FakeSqs:
    """`sent` by queue URL. FIFO deduplication within a group, as SQS does for five minutes (by
    `clock`; without one until `forget_duplicates`). `refuse` names entries (by their place in all
    that was asked) to be reported as failed."""

    sent: dict[str, list[JsonObject]] = field(default_factory=lambda: defaultdict(list))
    visibility: list[tuple[str, int]] = field(default_factory=list)
    calls: int = 0
    refuse: set[int] = field(default_factory=set)
    asked: int = 0
    clock: Clock | None = None
    _seen: dict[tuple[str, str | None, str], int] = field(default_factory=dict)

    def send_message_batch(self, QueueUrl: str, Entries: list[JsonObject]) -> JsonObject:
        self.calls += 1
        failed = []
        for entry in Entries:
            place, self.asked = self.asked, self.asked + 1
            if place in self.refuse:
                failed.append({"Id": entry["Id"], "Code": "InternalError", "SenderFault": False})
                continue
            dedup = entry.get("MessageDeduplicationId")
            if dedup is not None and self._is_duplicate(
                QueueUrl, entry.get("MessageGroupId"), dedup
            ):
                continue
            self.sent[QueueUrl].append(entry)
        return {"Failed": failed}

    def change_message_visibility(
        self,
        QueueUrl: str,
        ReceiptHandle: str,
        VisibilityTimeout: int,
    ) -> None:
        self.visibility.append((ReceiptHandle, VisibilityTimeout))

    def _is_duplicate(self, queue_url: str, group: str | None, dedup: str) -> bool:
        now = self.clock() if self.clock else 0
        key = (queue_url, group, dedup)
        if key in self._seen and now - self._seen[key] < DEDUPLICATION_MS:
            return True
        self._seen[key] = now
        return False

    def forget_duplicates(self) -> None:
        """As after five minutes."""
        self._seen.clear()


@dataclass
class FakeS3:
    objects: dict[str, bytes] = field(default_factory=dict)

    def put_object(self, Bucket: str, Key: str, Body: bytes, **_: Any) -> None:
        self.objects[Key] = Body

    def get_object(self, Bucket: str, Key: str) -> JsonObject:
        return {"Body": BytesIO(self.objects[Key])}


@dataclass
class FakeClock:
    ms: int = 1_795_430_400_000

    def __call__(self) -> int:
        return self.ms

    def advance(self, seconds: float) -> None:
        self.ms += round(seconds * 1000)


@dataclass
class FakeCloudApi:
    """Answers from a script, then accepts. `accepted` is what Meta really took, in order."""

    script: list[Answer] = field(default_factory=list)
    accepted: list[JsonObject] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    refuse_read: bool = False

    def send(self, phone_number_id: str, token: str, payload: JsonObject) -> Answer:
        if self.script:
            answer = self.script.pop(0)
            if isinstance(answer, Accepted):
                self.accepted.append(payload)
            return answer
        self.accepted.append(payload)
        return Accepted(f"wamid.{len(self.accepted)}")

    def mark_read(self, phone_number_id: str, token: str, wamid: str, typing: bool) -> None:
        if self.refuse_read:
            raise MarkReadError("HTTP 500")
        self.read.append(wamid)
