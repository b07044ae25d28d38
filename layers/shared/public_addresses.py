"""Which addresses may be called for a tenant: those of the public internet, and what the platform's
operator has allowed by name.

A name is resolved once and the connection goes to the address that was checked, so a name that
answers differently the second time gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

PORTS: Final = {"http": 80, "https": 443}

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
# All that is assigned to the public internet; outside are old forms that still lead inside, such
# as site-local and IPv4-compatible addresses.
_GLOBAL_UNICAST: Final = ipaddress.IPv6Network("2000::/3")


class PublicAddressError(ValueError):
    """The address is not one that may be called: not HTTP(S), or not on the public internet."""


class UnreachableError(RuntimeError):
    """The address did not answer as HTTP does."""


Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """An HTTP address, taken apart. `host` as URLs name it, without brackets; `target` is the path
    with its query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def host_header(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == PORTS[self.scheme] else f"{name}:{self.port}"


def place(url: str) -> Place:
    """Raises PublicAddressError for what is no HTTP address, before anything is looked up."""
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError as error:
        raise PublicAddressError("The address is malformed") from error
    if split.scheme not in PORTS or not split.hostname:
        raise PublicAddressError("Only http and https addresses can be called")
    if split.username is not None:
        raise PublicAddressError("An address with a user name cannot be called")
    target = (split.path or "/") + (f"?{split.query}" if split.query else "")
    return Place(split.scheme, split.hostname, port or PORTS[split.scheme], target)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, through the system's resolver."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def callable_address(
    host: str, port: int, resolve: Resolve = resolve, private_hosts: Set[str] = frozenset()
) -> str:
    """An address of the host that may be called. Raises PublicAddressError if any is not public: a
    name that leads to both kinds is a trick. `private_hosts` are those that the operator allows all
    the same, as "host:port"."""
    try:
        addresses = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"{host} has no address") from error
    allowed = f"{host}:{port}" in private_hosts
    for address in addresses:
        if not (allowed or is_public(address)):
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
