"""The beginnings of real files, and the smallest whole ones."""

from __future__ import annotations

from typing import Final

PNG: Final = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 40
SAMPLES: Final = {
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + b"\0" * 50,
    "image/png": PNG,
    "image/webp": b"RIFF\x24\0\0\0WEBPVP8 " + b"\0" * 40,
    "video/mp4": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0" * 40,
    "video/3gpp": b"\0\0\0\x1cftyp3gp4\0\0\2\0isom3gp4" + b"\0" * 40,
    "audio/ogg": b"OggS\0\2" + b"\0" * 20 + b"\1\x13OpusHead\1\1" + b"\0" * 40,
    "audio/amr": b"#!AMR\n" + b"\x3c" * 40,
    "audio/mpeg": b"ID3\3\0" + b"\0" * 40,
    "audio/aac": b"\xff\xf1\x50\x80" + b"\0" * 40,
    "application/pdf": b"%PDF-1.7\n" + b"\0" * 40,
    "text/plain": "Halo, apa kabar? 👋".encode(),
}
MOVING_STICKER: Final = b"RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\x02" + b"\0" * 40
