"""The ports of a local stack, and whether they are free."""

from __future__ import annotations

import random
import socket
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from local.failures import BadPortError, PortBusyError

_LOOPBACK = "127.0.0.1"
# Below those that systems give to connections: a port that was free would be taken by one of the
# many that are made before its server starts.
_CHOSEN_FROM = range(20_000, 32_000)
_TRIES = 100


@dataclass(frozen=True)
class Ports:
    """0 means: whatever is free."""

    aws: int = 4566
    graph: int = 4600
    dashboard: int = 4700
    shop: int = 4800
    baileys: int = 4900
    bedrock: int = 5000
    collection: int = 5100


@dataclass(frozen=True)
class _Meaning:
    purpose: str
    variable: str


_MEANINGS = {
    "aws": _Meaning("local AWS", "KABAR_AWS_PORT"),
    "graph": _Meaning("stand-in for Meta", "KABAR_GRAPH_PORT"),
    "dashboard": _Meaning("dashboard", "KABAR_DASHBOARD_PORT"),
    "shop": _Meaning("shop's own server", "KABAR_SHOP_PORT"),
    "baileys": _Meaning("stand-in for linked phones", "KABAR_BAILEYS_PORT"),
    "bedrock": _Meaning("stand-in for Bedrock", "KABAR_BEDROCK_PORT"),
    "collection": _Meaning("stand-in for the vector collection", "KABAR_COLLECTION_PORT"),
}

ANY_FREE = Ports(aws=0, graph=0, dashboard=0, shop=0, baileys=0, bedrock=0, collection=0)


def ports_from(environ: Mapping[str, str]) -> Ports:
    return Ports(
        **{
            field.name: _number(environ, _MEANINGS[field.name].variable, int(str(field.default)))
            for field in fields(Ports)
        }
    )


def settle(ports: Ports) -> Ports:
    """The same ports, proven free, with a free one in place of every 0."""
    free = filter(_is_free, random.sample(_CHOSEN_FROM, _TRIES))
    return Ports(
        **{
            name: _proven(name, port) if port else next(free)
            for name, port in asdict(ports).items()
        }
    )


def _number(environ: Mapping[str, str], variable: str, default: int) -> int:
    text = environ.get(variable) or str(default)
    if not (text.isascii() and text.isdigit() and int(text) <= 65535):
        raise BadPortError(variable, text)
    return int(text)


def _proven(name: str, port: int) -> int:
    if not _is_free(port):
        meaning = _MEANINGS[name]
        raise PortBusyError(meaning.purpose, port, meaning.variable)
    return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do: a port whose last connections are still winding down counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_LOOPBACK, port))
        except OSError:
            return False
    return True
