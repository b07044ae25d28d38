"""Files of linked phones: those that customers send, and ours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO

import pytest

from gateway.fetching import fetch
from shared.channels.baileys.files import LinkedFiles
from shared.channels.baileys.service import ServiceUnreachableError
from shared.channels.graph_media import TransferBrokenError
from shared.json_types import JsonObject
from shared.media.kinds import LARGEST_OVER_LINKED_PHONES
from shared.store.media_files import WAITING
from tests.unit.gateway.linked_world import Case


@pytest.mark.parametrize(
    ("mime_type", "kind", "more", "told"),
    [
        ("image/png", "image", {"caption": "Menu"}, {"caption": "Menu"}),
        ("video/mp4", "video", {}, {}),
        ("audio/ogg", "audio", {"voice": True}, {"ptt": True}),
        ("application/pdf", "document", {"filename": "menu.pdf"}, {"fileName": "menu.pdf"}),
    ],
)
def test_a_file_is_sent_as_its_bytes(
    opened: Case, mime_type: str, kind: str, more: JsonObject, told: JsonObject
) -> None:
    named = {"id": opened.has_file(mime_type), **more}
    opened.sends(message={"type": kind, kind: named})
    (sent,) = opened.service.sent.values()
    assert sent == {
        "phone": opened.phone,
        "jid": "62899@s.whatsapp.net",
        kind: "aGVsbG8=",
        "mimetype": mime_type,
        **told,
    }
    assert opened.state() == "sent"


def test_buttons_below_a_picture_go_as_its_caption(opened: Case) -> None:
    picture = {"type": "image", "image": {"id": opened.has_file("image/png")}}
    button = {"type": "reply", "reply": {"id": "tea", "title": "Tea"}}
    content = {"type": "button", "header": picture, "body": {"text": "Drink?"}}
    offered = {**content, "action": {"buttons": [button]}}
    opened.sends(message={"type": "interactive", "interactive": offered})
    (sent,) = opened.service.sent.values()
    assert (sent["image"], sent["caption"]) == ("aGVsbG8=", "Drink?\n\n1. Tea")


def test_a_file_that_cannot_be_sent_fails_its_message_with_words(opened: Case) -> None:
    large = opened.has_file("application/pdf", size=LARGEST_OVER_LINKED_PHONES + 1)
    waiting = opened.has_file("image/png", state=WAITING)
    wrong = (
        (large, "16,777,217 bytes"),
        (waiting, "never uploaded"),
        ("media_none", "not there"),
        ("700000000000001", "kept by Meta"),
    )
    for seq, (id_, words) in enumerate(wrong, start=1):
        opened.sends(seq, {"type": "document", "document": {"id": id_}})
        letter = json.loads(opened.sqs.sent["dead"][-1]["MessageBody"])
        assert (opened.state(seq), words in letter["reason"]) == ("failed", True), letter
    assert opened.service.sent == {}


@dataclass
class Shelf:
    """A service that fails so often, and then has the file."""

    failures: int
    bytes_: bytes = b"\x89PNG\r\n\x1a\n" + bytes(64)

    def file(self, message_id: str) -> bytes:
        assert message_id == "3EB0"
        if self.failures:
            self.failures -= 1
            raise ServiceUnreachableError("ReadTimeoutError")
        return self.bytes_


def test_a_file_is_fetched_by_its_messages_id_in_spite_of_breaks() -> None:
    into = BytesIO()
    fetched = fetch(LinkedFiles(Shelf(2)), "3EB0", "", into)  # type: ignore[arg-type]
    assert (fetched.mime_type, into.getvalue()) == ("image/png", Shelf(0).bytes_)


def test_a_file_that_never_comes_is_told() -> None:
    with pytest.raises(TransferBrokenError):
        fetch(LinkedFiles(Shelf(9)), "3EB0", "", BytesIO())  # type: ignore[arg-type]
