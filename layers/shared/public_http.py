"""HTTP to addresses that tenants name: public ones only, checked where the connection is made and
again at every redirect."""

from __future__ import annotations

import time
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urljoin

import urllib3
from urllib3.util import Timeout

from shared.public_addresses import (
    Place,
    PublicAddressError,
    Resolve,
    UnreachableError,
    callable_address,
    place,
    resolve,
)

MAX_ANSWER_BYTES: Final = 1_000_000
MAX_REDIRECTS: Final = 3
_PIECE_BYTES = 65_536
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_KEEP_THE_METHOD: Final = frozenset({307, 308})
# What another origin may see of headers that were meant for the first one.
_FOR_EVERY_ORIGIN: Final = frozenset({"accept", "accept-language", "content-type", "user-agent"})


@dataclass(frozen=True, slots=True)
class Response:
    """`body` holds at most MAX_ANSWER_BYTES; `content_type` is the header as it came."""

    status: int
    body: bytes
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    url: str
    headers: Mapping[str, str]
    body: str | None


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: str | None,
    timeout_seconds: float,
    resolve: Resolve = resolve,
    private_hosts: Set[str] = frozenset(),
    max_redirects: int = MAX_REDIRECTS,
) -> Response:
    """Call a tenant's address. `timeout_seconds` is for all of it; `private_hosts` as
    `callable_address` takes them. A redirect beyond `max_redirects` is the answer.

    Raises PublicAddressError, UnreachableError or TimeoutError.
    """
    ends_at = time.monotonic() + timeout_seconds
    asked = _Request(method, url, headers, body)
    while True:
        there = place(asked.url)
        address = callable_address(there.host, there.port, resolve, private_hosts)
        left = ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError(f"{there.host} did not answer in {timeout_seconds} s")
        try:
            answer, location = _once(asked, there, address, left, ends_at)
        except urllib3.exceptions.TimeoutError as error:
            raise TimeoutError(f"{there.host} did not answer in {timeout_seconds} s") from error
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            raise UnreachableError(
                f"{there.host} did not answer ({type(error).__name__})"
            ) from error
        if location is None or max_redirects == 0:
            return answer
        asked = _redirected(asked, there, answer.status, location)
        max_redirects -= 1


def _once(
    asked: _Request, there: Place, address: str, seconds: float, ends_at: float
) -> tuple[Response, str | None]:
    """The answer, and where it redirects to."""
    timeout = Timeout(total=seconds)
    pool = (
        urllib3.HTTPSConnectionPool(
            address,
            there.port,
            timeout=timeout,
            server_hostname=there.host,
            assert_hostname=there.host,
        )
        if there.scheme == "https"
        else urllib3.HTTPConnectionPool(address, there.port, timeout=timeout)
    )
    own = {name: value for name, value in asked.headers.items() if name.lower() != "host"}
    try:
        answer = pool.urlopen(
            asked.method,
            there.target,
            body=asked.body.encode() if asked.body is not None else None,
            headers={**own, "Host": there.host_header},
            redirect=False,
            retries=False,
            preload_content=False,
        )
        location = answer.headers.get("Location") if answer.status in _REDIRECTS else None
        content_type = answer.headers.get("Content-Type", "")
        return Response(answer.status, _read(answer, ends_at), content_type), location
    finally:
        pool.close()


def _redirected(asked: _Request, there: Place, status: int, location: str) -> _Request:
    """The request that a redirect asks for. Secrets in headers stay with the origin they were
    meant for, and what was encrypted stays so."""
    try:
        url = urljoin(asked.url, location)
    except ValueError as error:
        raise PublicAddressError("The redirect leads to a malformed address") from error
    target = place(url)
    if there.scheme == "https" and target.scheme == "http":
        raise PublicAddressError("The redirect leads from https to http")
    headers = asked.headers
    if target.origin != there.origin:
        headers = {
            name: value for name, value in headers.items() if name.lower() in _FOR_EVERY_ORIGIN
        }
    if status in _KEEP_THE_METHOD or asked.method in ("GET", "HEAD"):
        return replace(asked, url=url, headers=headers)
    return _Request("GET", url, headers, None)


def _read(answer: urllib3.BaseHTTPResponse, ends_at: float) -> bytes:
    """In pieces, since a time limit of sockets is one of each read: a server that drips must not
    hold us for longer than was said."""
    data = b""
    while len(data) < MAX_ANSWER_BYTES:
        if time.monotonic() > ends_at:
            raise urllib3.exceptions.TimeoutError
        piece = answer.read1(min(_PIECE_BYTES, MAX_ANSWER_BYTES - len(data)))
        if not piece:
            break
        data += piece
    return data
