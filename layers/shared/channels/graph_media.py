"""Files on Meta's side: looked up and downloaded with the token of their number.

The token goes to Meta's own hosts and to none else: neither where an answer names another one, nor
where a redirect leads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, Protocol
from urllib.parse import urljoin, urlsplit

import urllib3

from shared.channels.graph import Graph, GraphUnreachableError, read_graph_answer
from shared.json_types import JsonObject

META_HOSTS: Final = frozenset({"graph.facebook.com", "lookaside.fbsbx.com"})
_TIMEOUT: Final = urllib3.Timeout(connect=3, read=20)
_CHUNK_BYTES: Final = 256 * 1024
_MOST_REDIRECTS: Final = 3
_LINK_EXPIRED: Final = frozenset({401, 403, 404, 410})
_NOTHING_LEFT: Final = 416  # asked for what is behind the end
# Meta's edge has been seen to answer clients that it does not know with a page.
_USER_AGENT: Final = "curl/8"
_BOUNDARY: Final = "kabar-file-8e1f5c0a"


class LinkExpiredError(Exception):
    """The address lives no longer, or never did: look it up again."""


class TransferBrokenError(Exception):
    """The connection ended or the server failed; what was read so far is good."""


class ForeignHostError(Exception):
    """The file is said to be at a host that is not Meta's."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a file can be read for five minutes. `size` 0 and empty texts where Meta is silent."""

    url: str
    mime_type: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A file for Meta, from where `content` stands; `size` in bytes; `name` of safe signs."""

    content: BinaryIO
    mime_type: str
    size: int
    name: str


@dataclass(frozen=True, slots=True)
class Reading:
    """`start` is where the chunks begin: where it was asked for, or 0 from a server that cannot
    begin in the middle."""

    start: int
    chunks: Iterator[bytes]


class MediaSource(Protocol):
    def look_up(self, media_id: str, token: str) -> Found:
        """Raises GraphError or GraphUnreachableError."""
        ...

    def read(self, url: str, token: str, start: int) -> Reading:
        """Raises LinkExpiredError, TransferBrokenError (the chunks too) or ForeignHostError."""
        ...


class MediaTarget(Protocol):
    def upload(self, number: str, token: str, file: Outgoing) -> str:
        """Meta's id of the file from now on. Raises GraphError or GraphUnreachableError."""
        ...


class GraphMedia:
    """`base_url` without a version, for example the value of GRAPH_API_URL: its host is one of
    Meta's, by configuration."""

    def __init__(self, base_url: str, version: str, http: Any = None) -> None:
        self._base_url = base_url.rstrip("/")
        self._version = version
        self._http = http or urllib3.PoolManager(timeout=_TIMEOUT, retries=False)
        self._graph = Graph(base_url, version)

    def look_up(self, media_id: str, token: str) -> Found:
        told = self._graph.get(media_id, token)
        return Found(
            url=_text(told, "url"),
            mime_type=_text(told, "mime_type"),
            sha256=_text(told, "sha256"),
            size=_size(told.get("file_size")),
        )

    def read(self, url: str, token: str, start: int) -> Reading:
        answer = self._open(url, token, start)
        if answer.status in _LINK_EXPIRED:
            answer.release_conn()
            raise LinkExpiredError
        if answer.status == _NOTHING_LEFT:
            answer.release_conn()
            return Reading(start, iter(()))
        if answer.status not in (200, 206):
            answer.release_conn()
            raise TransferBrokenError(f"HTTP {answer.status}")
        return Reading(start if answer.status == 206 else 0, _chunks(answer))

    def upload(self, number: str, token: str, file: Outgoing) -> str:
        head, tail = _form(file)
        try:
            answer = self._http.request(
                "POST",
                f"{self._base_url}/{self._version}/{number}/media",
                body=_parts(head, file.content, tail),
                headers={
                    "Authorization": f"Bearer {token}",
                    "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
                    "Content-Length": str(len(head) + file.size + len(tail)),
                },
                redirect=False,
            )
        except urllib3.exceptions.HTTPError as error:
            raise GraphUnreachableError(type(error).__name__) from None
        id_ = read_graph_answer(answer.status, answer.data).get("id")
        if not isinstance(id_, str) or not id_:
            raise GraphUnreachableError("the answer to an upload names no id")
        return id_

    def _open(self, url: str, token: str, start: int) -> Any:
        for _ in range(_MOST_REDIRECTS + 1):
            if not self._is_metas(url):
                raise ForeignHostError
            headers = {"Authorization": f"Bearer {token}", "User-Agent": _USER_AGENT}
            if start:
                headers["Range"] = f"bytes={start}-"
            try:
                answer = self._http.request(
                    "GET", url, headers=headers, redirect=False, preload_content=False
                )
            except urllib3.exceptions.HTTPError as error:
                # Its text may hold the address, and the address a secret.
                raise TransferBrokenError(type(error).__name__) from None
            if not 300 <= answer.status < 400:
                return answer
            answer.release_conn()
            url = urljoin(url, answer.headers.get("Location", ""))
        raise TransferBrokenError("too many redirects")

    def _is_metas(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            is_plain = parts.username is None and parts.port in (None, 443)
        except ValueError:
            return False
        if f"{parts.scheme}://{parts.netloc}" == self._base_url:
            return True
        return parts.scheme == "https" and is_plain and parts.hostname in META_HOSTS


def _chunks(answer: Any) -> Iterator[bytes]:
    try:
        yield from answer.stream(_CHUNK_BYTES, decode_content=False)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise TransferBrokenError(type(error).__name__) from None
    finally:
        answer.close()


def _form(file: Outgoing) -> tuple[bytes, bytes]:
    """What stands before the file's bytes in a form, and after them."""
    fields = {"messaging_product": "whatsapp", "type": file.mime_type}
    head = "".join(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'
        for field, value in fields.items()
    )
    head += (
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n'
        f"Content-Type: {file.mime_type}\r\n\r\n"
    )
    return head.encode(), f"\r\n--{_BOUNDARY}--\r\n".encode()


def _parts(head: bytes, file: BinaryIO, tail: bytes) -> Iterator[bytes]:
    yield head
    while chunk := file.read(_CHUNK_BYTES):
        yield chunk
    yield tail


def _text(told: JsonObject, name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def _size(value: object) -> int:
    """Meta has been seen to write it as text."""
    return int(value) if isinstance(value, int | str) and str(value).isdigit() else 0
