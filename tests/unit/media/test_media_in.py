"""A message's file: kept once under its tenant, told beside its line, its failures in words."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from gateway.media_in import MOST_TRIES, Incoming
from shared.channels.graph import GraphError, GraphUnreachableError
from shared.conversation import Contact
from shared.fifo_batch import NotYetError
from shared.json_types import JsonObject
from shared.store.conversations import Conversations, LogLine, Summary
from shared.store.received_files import ReceivedFile, ReceivedFiles, received_path
from shared.store.tenant_files import TenantFiles
from shared.store.usage import Usage
from shared.tenancy import Tenant
from shared.usage.meters import STORAGE_BYTES
from shared.usage.months import month_of
from tests.unit.media.fake_source import MEDIA_ID, FakeSource
from tests.unit.media.sample_files import PNG

AT = 1_795_430_400_000
PLACE = ("200300", "ana", 1)
IMAGE: JsonObject = {"type": "image", "image": {"id": MEDIA_ID, "mime_type": "image/jpeg"}}
_tenants = count(1)


class World:
    def __init__(self, aws: tuple[Any, Any], message: JsonObject | None = IMAGE) -> None:
        dynamodb, self.s3 = aws
        self.tenant = Tenant(f"media_{next(_tenants)}")
        self.source = FakeSource(PNG)
        self.received = ReceivedFiles(self.tenant, "conversations", "usage", dynamodb)
        self.usage = Usage(self.tenant, "usage", dynamodb)
        self.store = Conversations(self.tenant, "conversations", dynamodb)
        if message:
            last = {"text": "", "direction": "in", "type": "image"}
            summary = Summary("200300", Contact("ana"), 1, AT, last)
            self.store.record(summary, [LogLine(1, "in", AT, "wamid.1", message)])

    def bring(self, receives: int = 1, files: TenantFiles | None = None) -> None:
        files = files or TenantFiles(self.tenant, "media", self.s3)
        Incoming(self.source, self.received, files).bring(PLACE, "EAA", receives)

    def file(self) -> ReceivedFile | None:
        return self.store.messages("200300", "ana", 10, None)[0][0].file

    def objects(self) -> dict[str, bytes]:
        listed = self.s3.list_objects_v2(Bucket="media", Prefix=f"{self.tenant.id}/")
        return {
            one["Key"]: self.s3.get_object(Bucket="media", Key=one["Key"])["Body"].read()
            for one in listed.get("Contents", ())
        }

    def stored_bytes(self) -> int:
        return self.usage.used(STORAGE_BYTES, month_of(AT))


def test_a_file_is_kept_under_its_tenant_and_told_beside_its_message(aws: Any) -> None:
    world = World(aws)
    world.bring()
    key = f"{world.tenant.id}/{received_path(*PLACE)}"
    assert world.objects() == {key: PNG}
    assert world.s3.head_object(Bucket="media", Key=key)["ContentType"] == "image/png"
    file = world.file()
    assert file is not None
    assert (file.state, file.mime_type, file.size) == ("stored", "image/png", len(PNG))
    assert world.stored_bytes() == len(PNG)


def test_what_comes_again_is_neither_fetched_nor_counted_again(aws: Any) -> None:
    world = World(aws)
    for _ in range(3):
        world.bring()
    assert world.source.look_ups == 1
    assert world.stored_bytes() == len(PNG)


def test_two_at_once_count_it_once(aws: Any) -> None:
    world = World(aws)
    world.bring()
    world.received.stored(*PLACE, ReceivedFile("stored", mime_type="image/png", size=99), AT)
    file = world.file()
    assert file is not None
    assert file.size == len(PNG)
    assert world.stored_bytes() == len(PNG)


def test_a_death_after_the_bytes_leaves_work_and_no_double(aws: Any) -> None:
    class Dying(TenantFiles):
        def upload(self, path: str, local_path: str, content_type: str) -> None:
            super().upload(path, local_path, content_type)
            raise KeyboardInterrupt

    world = World(aws)
    with pytest.raises(KeyboardInterrupt):
        world.bring(files=Dying(world.tenant, "media", world.s3))
    assert world.file() is None
    world.bring(receives=2)
    assert len(world.objects()) == 1
    assert world.stored_bytes() == len(PNG)


def test_a_file_that_a_browser_could_run_is_kept_as_bytes(aws: Any) -> None:
    world = World(aws)
    world.source = FakeSource(b"%PDF-1.7 <script>")
    world.bring()
    key = next(iter(world.objects()))
    kept = world.s3.head_object(Bucket="media", Key=key)["ContentType"]
    assert kept == "application/octet-stream"
    file = world.file()
    assert file is not None
    assert file.mime_type == "application/pdf"


def test_what_meta_does_not_hand_over_is_tried_again_with_growing_waits(aws: Any) -> None:
    world = World(aws)
    world.source.refuses = [GraphUnreachableError("down") for _ in range(3)]
    waits = []
    for receives in (1, 2, 3):
        with pytest.raises(NotYetError) as later:
            world.bring(receives)
        waits.append(later.value.seconds)
        file = world.file()
        assert file is not None
        assert file.state == "waiting"
        assert "WhatsApp does not hand the file over" in file.reason
    assert waits == [5, 15, 45]
    world.bring(4)
    file = world.file()
    assert file is not None
    assert (file.state, file.reason) == ("stored", "")


def test_the_last_try_fails_with_words_and_goes_to_the_dead_letters(aws: Any) -> None:
    world = World(aws)
    world.source.refuses = [GraphUnreachableError("down")]
    with pytest.raises(GraphUnreachableError):
        world.bring(MOST_TRIES)
    file = world.file()
    assert file is not None
    assert file.state == "failed"
    # Redriven from there, it is tried again.
    world.bring(1)
    file = world.file()
    assert file is not None
    assert file.state == "stored"


def test_what_meta_refuses_is_given_up_soon_and_quietly(aws: Any) -> None:
    world = World(aws)
    world.source.refuses = [GraphError(400, 100, 33, "no such object") for _ in range(3)]
    for receives in (1, 2):
        with pytest.raises(NotYetError):
            world.bring(receives)
    world.bring(3)
    file = world.file()
    assert file is not None
    assert file.state == "failed"
    assert "no such object" in file.reason


def test_a_file_that_is_too_large_is_not_asked_for_again(aws: Any) -> None:
    world = World(aws)
    world.source = FakeSource(PNG, size=101 * 1024 * 1024)
    world.bring()
    file = world.file()
    assert file is not None
    assert (file.state, file.reason) == ("failed", "The file has more than 100 MB.")
    assert world.objects() == {}


def test_a_message_that_is_not_logged_yet_is_waited_for_and_then_forgotten(aws: Any) -> None:
    world = World(aws, None)
    with pytest.raises(NotYetError):
        world.bring(1)
    world.bring(6)
    assert (world.source.look_ups, world.objects()) == (0, {})


def test_what_is_forgotten_while_it_is_fetched_leaves_no_file(aws: Any) -> None:
    world = World(aws)

    class Forgetting(FakeSource):
        def look_up(self, media_id: str, token: str) -> Any:
            key = {
                "pk": {"S": f"{world.tenant.id}#C#200300#ana"},
                "sk": {"S": "M#0000000001"},
            }
            aws[0].delete_item(TableName="conversations", Key=key)
            return super().look_up(media_id, token)

    world.source = Forgetting(PNG)
    world.bring()
    assert world.objects() == {}
    assert world.received.get(*PLACE) is None
    assert world.stored_bytes() == 0


def test_a_message_without_a_file_is_no_work(aws: Any) -> None:
    world = World(aws, {"type": "text", "text": {"body": "Halo"}})
    world.bring()
    assert world.source.look_ups == 0
