"""Files of the workspace's in messages: found wherever they may stand, checked, and replaced."""

from __future__ import annotations

import pytest

from shared.channels.messages import validate
from shared.json_types import JsonObject
from shared.media.references import Reference, problems, references, with_metas_ids
from shared.store.media_files import MediaFile

MENU = "media_00menu"
FILM = "media_00film"
IN_IMAGE: JsonObject = {"type": "image", "image": {"id": MENU, "caption": "Menu"}}
IN_HEADER: JsonObject = {
    "type": "interactive",
    "interactive": {
        "type": "button",
        "header": {"type": "image", "image": {"id": MENU}},
        "body": {"text": "?"},
        "action": {"buttons": [{"type": "reply", "reply": {"id": MENU, "title": "Ya"}}]},
    },
}
IN_TEMPLATE: JsonObject = {
    "type": "template",
    "template": {
        "name": "menu",
        "language": {"code": "id"},
        "components": [
            {"type": "header", "parameters": [{"type": "video", "video": {"id": FILM}}]},
            {"type": "body", "parameters": [{"type": "text", "text": MENU}]},
        ],
    },
}
PLACES = {
    "image.id": (IN_IMAGE, "image", MENU),
    "interactive.header.image.id": (IN_HEADER, "image", MENU),
    "template.components.0.parameters.0.video.id": (IN_TEMPLATE, "video", FILM),
}


@pytest.mark.parametrize("path", PLACES)
def test_files_are_found_and_replaced_where_messages_name_them(path: str) -> None:
    message, kind, media_id = PLACES[path]
    assert validate(message) == []
    assert references(message) == [Reference(path, kind, media_id)]
    sent = with_metas_ids(message, {media_id: "700"})
    assert references(sent) == []
    assert validate(sent) == []
    assert str(sent).count("'700'") == 1
    assert references(message) == [Reference(path, kind, media_id)]


@pytest.mark.parametrize(
    "message",
    [
        {"type": "text", "text": {"body": MENU}},
        {"type": "image", "image": {"id": "700"}},
        {"type": "image", "image": {"link": "https://kabar.test/a.png"}},
        {"type": "image", "image": MENU},
        {},
    ],
)
def test_what_is_no_file_of_ours_stays(message: JsonObject) -> None:
    assert references(message) == []
    assert with_metas_ids(message, {}) == message


READY = MediaFile(MENU, "menu.png", "image/png", 1, "ready", size=1000)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (None, "names no file of this workspace"),
        (MediaFile(MENU, "m", "image/png", 1), "has not been uploaded yet"),
        (MediaFile(MENU, "m", "image/png", 1, "refused", "It has 9 bytes."), "It has 9 bytes."),
        (MediaFile(MENU, "m", "video/mp4", 1, "ready", size=9), "cannot be sent as image"),
        (MediaFile(MENU, "m", "image/png", 1, "ready", size=6_000_000), "5,242,880 are allowed"),
    ],
)
def test_what_stands_against_a_file_names_its_field(file: MediaFile | None, words: str) -> None:
    (error,) = problems(IN_HEADER, lambda _: file)
    assert error.field == "interactive.header.image.id"
    assert words in error.message


def test_a_good_file_is_looked_up_once() -> None:
    asked = []

    def find(media_id: str) -> MediaFile:
        asked.append(media_id)
        return READY

    cards = [{"image": {"id": MENU}}, {"image": {"id": MENU}}]
    assert problems({"cards": cards}, find) == []
    assert asked == [MENU]


def test_a_sticker_that_moves_may_be_larger() -> None:
    message = {"type": "sticker", "sticker": {"id": MENU}}
    still = MediaFile(MENU, "s", "image/webp", 1, "ready", size=200_000)
    moving = MediaFile(MENU, "s", "image/webp", 1, "ready", size=200_000, animated=True)
    assert [one.field for one in problems(message, lambda _: still)] == ["sticker.id"]
    assert problems(message, lambda _: moving) == []
