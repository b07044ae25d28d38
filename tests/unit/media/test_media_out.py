"""A file is looked at once, uploaded once per number, and renewed when Meta has forgotten it."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from gateway.media_out import Outgoings
from shared.channels.cloud_api import Accepted, Refused
from shared.channels.errors import Action
from shared.channels.graph import GraphError, GraphUnreachableError
from shared.channels.graph_media import Outgoing
from shared.fifo_batch import NotYetError
from shared.json_types import JsonObject
from shared.media.attachments import Attachments, CannotAttachError, NumberHeldError
from shared.media.library import Library
from shared.store.directory import Number
from shared.store.media_copies import LIVES_MS, Copies
from shared.store.media_files import MediaFile, MediaFiles, file_path, new_media_id, upload_path
from shared.store.tenant_files import TenantFiles
from shared.store.usage import Usage
from shared.tenancy import Tenant
from shared.usage.meters import STORAGE_BYTES
from shared.usage.months import month_of
from tests.fakes import FakeClock
from tests.unit.media.sample_files import PNG, SAMPLES

NUMBER = "200300"
_tenants = count(1)


class FakeTarget:
    """Meta's side: `refuses` first, then takes."""

    def __init__(self) -> None:
        self.uploads: list[tuple[str, bytes, str, str]] = []
        self.refuses: list[Exception] = []

    def upload(self, number: str, token: str, file: Outgoing) -> str:
        assert token == "EAA"
        if self.refuses:
            raise self.refuses.pop(0)
        data = file.content.read()
        assert len(data) == file.size
        self.uploads.append((number, data, file.mime_type, file.name))
        return f"70{len(self.uploads)}"


class World:
    def __init__(self, aws: tuple[Any, Any]) -> None:
        self.dynamodb, self.s3 = aws
        self.clock = FakeClock()
        self.tenant = Tenant(f"out_{next(_tenants)}")
        self.target = FakeTarget()
        records = MediaFiles(self.tenant, "workspaces", "usage", self.dynamodb)
        self.library = Library(records, TenantFiles(self.tenant, "media", self.s3))
        self.asked: list[tuple[str, str]] = []

    @property
    def copies(self) -> Copies:
        return Copies(self.tenant, "workspaces", self.dynamodb)

    def announced(self, mime_type: str = "image/png") -> str:
        media_id = new_media_id(self.clock())
        self.library.records.create(MediaFile(media_id, "menu.png", mime_type, self.clock()))
        return media_id

    def uploaded(self, data: bytes = PNG, mime_type: str = "image/png") -> str:
        """As by the form."""
        media_id = self.announced(mime_type)
        self.post(media_id, data)
        return media_id

    def post(self, media_id: str, data: bytes) -> None:
        key = f"{self.tenant.id}/{upload_path(media_id)}"
        self.s3.put_object(Bucket="media", Key=key, Body=data)

    def sender(self) -> Attachments:
        """A function of its own, which has seen nothing yet."""

        def ask(tenant: Tenant, channel: str, media_id: str) -> None:
            self.asked.append((channel, media_id))

        return Attachments(lambda _: self.copies, ask, self.clock)

    def number(self, number: str = NUMBER) -> Number:
        return Number(number, self.tenant.id, "+62", "Toko", "flow", b"")

    def work(self, receives: int = 1) -> None:
        """What was asked for is brought to Meta."""
        bringing = Outgoings(self.target, self.copies, self.library, self.clock)
        for channel, media_id in self.asked:
            bringing.bring(media_id, channel, "EAA", receives)
        self.asked.clear()


@pytest.fixture
def world(aws: tuple[Any, Any]) -> World:
    return World(aws)


def image(media_id: str) -> JsonObject:
    return {"type": "image", "image": {"id": media_id}}


# What was uploaded.


def test_a_file_waits_for_its_bytes_and_is_looked_at_once(world: World) -> None:
    media_id = world.announced()
    waiting = world.library.find(media_id)
    assert waiting is not None
    assert waiting.state == "waiting"
    world.post(media_id, PNG)
    ready = world.library.find(media_id)
    assert ready is not None
    assert (ready.state, ready.mime_type, ready.size) == ("ready", "image/png", len(PNG))
    # Other bytes, posted with the same form, change nothing.
    world.post(media_id, SAMPLES["image/jpeg"])
    assert world.library.find(media_id) == ready
    assert world.library.objects.read(file_path(media_id)) == PNG


def test_a_file_counts_as_storage_while_it_is_there(world: World) -> None:
    def stored() -> int:
        usage = Usage(world.tenant, "usage", world.dynamodb)
        return usage.used(STORAGE_BYTES, month_of(world.clock()))

    media_id = world.uploaded()
    for _ in range(2):
        world.library.find(media_id)
    assert stored() == len(PNG)
    world.library.delete(media_id, world.clock())
    assert stored() == 0
    assert world.library.find(media_id) is None
    assert not world.library.objects.is_there(file_path(media_id))


def test_a_death_in_the_middle_of_looking_loses_nothing(world: World) -> None:
    media_id = world.uploaded()

    class Dying(MediaFiles):
        def looked_at(self, file: MediaFile) -> None:
            raise KeyboardInterrupt

    dying = Library(
        Dying(world.tenant, "workspaces", "usage", world.dynamodb), world.library.objects
    )
    with pytest.raises(KeyboardInterrupt):
        dying.find(media_id)
    file = world.library.find(media_id)
    assert file is not None
    assert file.state == "ready"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html><script>alert(1)</script>", "its bytes are application/octet-stream"),
        (SAMPLES["image/webp"] + bytes(512_000), "for image/webp, 512,000 are allowed"),
    ],
)
def test_bytes_that_cannot_be_sent_are_refused_in_words(
    world: World, data: bytes, words: str
) -> None:
    file = world.library.find(world.uploaded(data))
    assert file is not None
    assert file.state == "refused"
    assert words in file.reason


# To Meta.


def test_two_people_cost_one_upload(world: World) -> None:
    media_id, sender = world.uploaded(), world.sender()
    for _ in range(2):
        with pytest.raises(NotYetError) as later:
            sender.attach(world.number(), image(media_id), 1)
    assert later.value.seconds == 1
    with pytest.raises(NotYetError):
        world.sender().attach(world.number(), image(media_id), 1)
    assert world.asked == [(NUMBER, media_id)]
    world.work()
    for one in (sender, sender, world.sender()):
        assert one.attach(world.number(), image(media_id), 2) == image("701")
    assert world.target.uploads == [(NUMBER, PNG, "image/png", "menu.png")]


def test_each_number_has_a_copy_of_its_own(world: World) -> None:
    media_id = world.uploaded()
    for number in (NUMBER, "999"):
        with pytest.raises(NotYetError):
            world.sender().attach(world.number(number), image(media_id), 1)
        world.work()
    assert [one[0] for one in world.target.uploads] == [NUMBER, "999"]
    assert world.sender().attach(world.number("999"), image(media_id), 1) == image("702")


def test_work_that_comes_twice_uploads_once(world: World) -> None:
    media_id = world.uploaded()
    world.asked = [(NUMBER, media_id)] * 3
    world.work()
    assert len(world.target.uploads) == 1


def test_a_worker_that_died_is_followed_by_another(world: World) -> None:
    media_id = world.uploaded()
    assert world.copies.begin(media_id, NUMBER, world.clock())
    assert not world.copies.begin(media_id, NUMBER, world.clock())
    world.clock.advance(131)
    with pytest.raises(NotYetError):
        world.sender().attach(world.number(), image(media_id), 1)
    world.work()
    assert len(world.target.uploads) == 1


def test_before_metas_id_expires_there_is_a_new_one(world: World) -> None:
    media_id = world.uploaded()
    world.asked = [(NUMBER, media_id)]
    world.work()
    world.clock.advance(LIVES_MS / 1000)
    with pytest.raises(NotYetError):
        world.sender().attach(world.number(), image(media_id), 1)
    world.work()
    assert world.sender().attach(world.number(), image(media_id), 1) == image("702")


FORGOTTEN = Refused(Action.PERMANENT, "no such media", code=100)


def test_an_id_that_meta_refuses_leads_to_a_new_upload_and_not_for_ever(world: World) -> None:
    media_id, sender = world.uploaded(), world.sender()
    world.asked = [(NUMBER, media_id)]
    world.work()
    message, number = image(media_id), world.number()
    assert sender.attach(number, message, 1) == image("701")
    world.clock.advance(3600)
    assert sender.renewed(number, message, FORGOTTEN, sent=image("701"), attempts=1)
    with pytest.raises(NotYetError):
        sender.attach(number, message, 1)
    world.work()
    assert sender.attach(number, message, 1) == image("702")
    world.clock.advance(3600)
    sent = image("702")
    assert not sender.renewed(number, message, FORGOTTEN, sent=sent, attempts=3)
    assert not sender.renewed(number, message, Accepted("wamid.1"), sent=sent, attempts=1)
    other = Refused(Action.PERMANENT, "not on WhatsApp", code=131026)
    assert not sender.renewed(number, message, other, sent=sent, attempts=1)
    text = {"type": "text", "text": {"body": "x"}}
    assert not sender.renewed(number, text, FORGOTTEN, sent=text, attempts=1)
    assert sender.attach(number, message, 1) == sent


def test_an_id_that_meta_has_just_given_is_not_why_it_refuses(world: World) -> None:
    media_id, sender = world.uploaded(), world.sender()
    world.asked = [(NUMBER, media_id)]
    world.work()
    message, number = image(media_id), world.number()
    assert not sender.renewed(number, message, FORGOTTEN, sent=image("701"), attempts=1)
    assert sender.attach(number, message, 1) == image("701")


def test_whoever_was_sent_an_older_id_does_not_take_away_the_newer_one(world: World) -> None:
    media_id, sender = world.uploaded(), world.sender()
    world.asked = [(NUMBER, media_id)]
    world.work()
    world.clock.advance(3600)
    message, number = image(media_id), world.number()
    assert sender.renewed(number, message, FORGOTTEN, sent=image("older"), attempts=1)
    assert sender.attach(number, message, 1) == image("701")


def test_what_passes_is_tried_again_and_then_told(world: World) -> None:
    media_id = world.uploaded()
    world.target.refuses = [GraphUnreachableError("down") for _ in range(2)]
    world.asked = [(NUMBER, media_id)]
    with pytest.raises(NotYetError) as later:
        world.work(receives=3)
    assert later.value.seconds == 8
    world.asked = [(NUMBER, media_id)]
    world.work(receives=6)
    with pytest.raises(CannotAttachError, match="did not take the file"):
        world.sender().attach(world.number(), image(media_id), 1)
    # After a while somebody may ask again.
    world.clock.advance(301)
    with pytest.raises(NotYetError):
        world.sender().attach(world.number(), image(media_id), 1)
    world.work()
    assert world.sender().attach(world.number(), image(media_id), 1) == image("701")


def test_a_dead_token_holds_the_number_instead_of_failing_messages(world: World) -> None:
    media_id = world.uploaded()
    world.target.refuses = [GraphError(401, 190, None, "expired")]
    world.asked = [(NUMBER, media_id)]
    world.work()
    with pytest.raises(NumberHeldError):
        world.sender().attach(world.number(), image(media_id), 1)


def test_a_file_that_is_gone_or_was_never_uploaded_fails_in_words(world: World) -> None:
    gone, never = world.uploaded(), world.announced()
    world.library.delete(gone, world.clock())
    world.asked = [(NUMBER, gone), (NUMBER, never)]
    world.work()
    with pytest.raises(CannotAttachError, match="not there any more"):
        world.sender().attach(world.number(), image(gone), 1)
    with pytest.raises(CannotAttachError, match="never uploaded"):
        world.sender().attach(world.number(), image(never), 1)


def test_messages_without_files_cost_nothing(world: World) -> None:
    text = {"type": "text", "text": {"body": "Halo"}}
    sender = Attachments(lambda _: pytest.fail("asked"), lambda *_: None, world.clock)
    assert sender.attach(world.number(), text, 1) is text
