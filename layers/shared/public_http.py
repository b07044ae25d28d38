"""HTTP to addresses that tenants name: public ones only, checked where the connection is made.

A name is resolved once and the connection goes to the address that was checked, so a name that
answers differently the second time gains nothing. Redirects are not followed.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import urllib3
from urllib3.util import Timeout

MAX_ANSWER_BYTES = 1_000_000
_PIECE_BYTES = 65_536
_PORTS = {"http": 80, "https": 443}


class PublicAddressError(ValueError):
    """The address is not one that may be called: not HTTP(S), or not on the public internet."""


class UnreachableError(RuntimeError):
    """The address did not answer as HTTP does."""


@dataclass(frozen=True, slots=True)
class Response:
    """`body` holds at most MAX_ANSWER_BYTES."""

    status: int
    body: bytes


Resolve = Callable[[str, int], list[str]]


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, through the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def public_address(host: str, port: int, resolve: Resolve = resolve) -> str:
    """An address of the host that may be called. Raises PublicAddressError if any is not public:
    a name that leads to both kinds is a trick."""
    try:
        addresses = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"{host} has no address") from error
    for address in addresses:
        if not is_public(address):
            raise PublicAddressError(f"{host} is not on the public internet")
    if not addresses:
        raise UnreachableError(f"{host} has no address")
    return addresses[0]


def is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo or (None, None))[1]
        if inner is not None:
            parsed = inner
        elif parsed in _NAT64:
            parsed = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        elif parsed not in _GLOBAL_UNICAST:
            return False
    return parsed.is_global and not parsed.is_multicast


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# All that is assigned to the public internet; outside are old forms that still lead inside, such
# as site-local and IPv4-compatible addresses.
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: str | None,
    timeout_seconds: float,
    resolve: Resolve = resolve,
) -> Response:
    """Call a tenant's address. Raises PublicAddressError, UnreachableError or TimeoutError."""
    scheme, host, port, target = _parts(url)
    address = public_address(host, port, resolve)
    timeout = Timeout(total=timeout_seconds)
    pool = (
        urllib3.HTTPSConnectionPool(
            address, port, timeout=timeout, server_hostname=host, assert_hostname=host
        )
        if scheme == "https"
        else urllib3.HTTPConnectionPool(address, port, timeout=timeout)
    )
    own_headers = {name: value for name, value in headers.items() if name.lower() != "host"}
    name = f"[{host}]" if ":" in host else host
    default_port = port == _PORTS[scheme]
    ends_at = time.monotonic() + timeout_seconds
    try:
        answer = pool.urlopen(
            method,
            target,
            body=body.encode() if body is not None else None,
            headers={**own_headers, "Host": name if default_port else f"{name}:{port}"},
            redirect=False,
            retries=False,
            preload_content=False,
        )
        return Response(answer.status, _read(answer, ends_at))
    except urllib3.exceptions.TimeoutError as error:
        raise TimeoutError(f"{host} did not answer in {timeout_seconds} s") from error
    except (urllib3.exceptions.HTTPError, ValueError) as error:
        raise UnreachableError(f"{host} did not answer ({type(error).__name__})") from error
    finally:
        pool.close()


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


def _parts(url: str) -> tuple[str, str, int, str]:
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError as error:
        raise PublicAddressError("The address is malformed") from error
    if split.scheme not in _PORTS or not split.hostname:
        raise PublicAddressError("Only http and https addresses can be called")
    if split.username is not None:
        raise PublicAddressError("An address with a user name cannot be called")
    target = (split.path or "/") + (f"?{split.query}" if split.query else "")
    return split.scheme, split.hostname, port or _PORTS[split.scheme], target
