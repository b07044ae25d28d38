"""What a file is, is said by its bytes; and what WhatsApp takes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.media.bytes_type import UNKNOWN, is_animated, type_of
from shared.media.kinds import KINDS, LARGEST, SHOWN, UPLOADED, refusal
from shared.media.names import file_name
from tests.unit.media.sample_files import MOVING_STICKER, SAMPLES

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
VORBIS = b"OggS\0\2" + b"\0" * 20 + b"\1\x1e\x01vorbis" + b"\0" * 40
ZIP = b"PK\3\4" + b"\0" * 40
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 40


@pytest.mark.parametrize(("mime_type", "head"), SAMPLES.items())
def test_every_type_of_whatsapps_is_known_by_its_bytes(mime_type: str, head: bytes) -> None:
    assert type_of(head, mime_type) == mime_type


@pytest.mark.parametrize(("mime_type", "head"), SAMPLES.items())
def test_what_is_said_of_other_bytes_does_not_count(mime_type: str, head: bytes) -> None:
    lie = "image/png" if mime_type != "image/png" else "image/jpeg"
    assert type_of(head, lie) != lie


@pytest.mark.parametrize(
    ("head", "said", "is_"),
    [
        (SAMPLES["video/mp4"], "audio/mp4", "audio/mp4"),
        (SAMPLES["audio/ogg"], "audio/ogg; codecs=opus", "audio/ogg"),
        (VORBIS, "audio/ogg", "application/ogg"),
        (ZIP, DOCX, DOCX),
        (ZIP, "application/zip", "application/zip"),
        (OLD_OFFICE, "application/vnd.ms-excel", "application/vnd.ms-excel"),
        (b"<html><script>", "image/png", UNKNOWN),
        (b"MZ\0\0", "text/plain", "application/x-msdownload"),
        (b"ab\0cd", "text/plain", UNKNOWN),
        (b"", "image/png", UNKNOWN),
    ],
)
def test_the_senders_word_counts_where_bytes_cannot_tell(head: bytes, said: str, is_: str) -> None:
    assert type_of(head, said) == is_


@given(st.binary(max_size=200), st.text(max_size=40))
def test_anything_has_a_type(head: bytes, said: str) -> None:
    assert "/" in type_of(head, said)


def test_text_may_be_cut_in_the_middle_of_a_character() -> None:
    cut = "kabar 👋".encode()[:-1]
    assert type_of(cut, "text/plain") == "text/plain"


def test_a_sticker_that_moves_is_known() -> None:
    assert is_animated(MOVING_STICKER)
    assert not is_animated(SAMPLES["image/webp"])
    assert not is_animated(b"")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_takes_its_types_up_to_its_size(kind: str) -> None:
    takes = KINDS[kind]
    for mime_type in takes.types:
        assert refusal(kind, mime_type, takes.largest, animated=True) is None
        assert "are allowed" in str(refusal(kind, mime_type, takes.largest + 1, animated=True))
        assert UPLOADED[mime_type] >= takes.largest
    assert "cannot be sent as" in str(refusal(kind, "application/zip", 1))


def test_a_still_sticker_must_be_small() -> None:
    assert refusal("sticker", "image/webp", 100 * 1024) is None
    assert "102,400 are allowed" in str(refusal("sticker", "image/webp", 100 * 1024 + 1))


def test_a_browser_shows_nothing_that_could_be_a_page() -> None:
    assert not any(part in shown for shown in SHOWN for part in ("text", "svg", "pdf", "xml"))
    assert max(UPLOADED.values()) == LARGEST


@pytest.mark.parametrize(
    ("written", "mime_type", "name"),
    [
        ("invoice-1001.pdf", "application/pdf", "invoice-1001.pdf"),
        ("../../etc/passwd.pdf", "application/pdf", "passwd.pdf"),
        ("C:\\Users\\a\\nota.pdf", "application/pdf", "nota.pdf"),
        ('a"; x=\r\nSet-Cookie: b.pdf', "application/pdf", "a_ x_Set-Cookie_ b.pdf"),
        ("", "image/jpeg", "image-7.jpg"),
        ("...", "audio/ogg", "image-7.ogg"),
        ("struk", "image/png", "struk.png"),
        ("", "application/octet-stream", "image-7.bin"),
    ],
)
def test_names_are_made_safe(written: str, mime_type: str, name: str) -> None:
    assert file_name(written, mime_type, otherwise="image-7") == name


@given(st.text())
def test_no_name_breaks_out_of_a_header(written: str) -> None:
    name = file_name(written, "application/pdf", otherwise="file")
    assert name.isascii()
    assert name.isprintable()
    assert not set('"\\/;') & set(name)
    assert 0 < len(name) <= 104
