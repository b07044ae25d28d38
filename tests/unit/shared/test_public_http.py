"""Promise 7: HTTP to public addresses only, checked where the connection is made."""

from __future__ import annotations

import itertools
import socket
from io import BytesIO
from typing import Any

import pytest
import urllib3

from shared import public_http
from shared.public_addresses import (
    PublicAddressError,
    Resolve,
    UnreachableError,
    callable_address,
    is_public,
)
from shared.public_http import request

PRIVATE = [
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1"),
    *("172.31.255.255", "192.168.1.1", "169.254.169.254", "169.254.170.2", "100.64.0.1"),
    *("192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1"),
    *("239.255.255.255", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::1%lo", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "fec0::1"),
    *("ff02::1", "ff0e::1", "2001:db8::1", "100::1", "4000::1", "5f00::1"),
    *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:a00:1", "::127.0.0.1", "::a00:1"),
    *("::ffff:0:7f00:1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2002:a00:1::1"),
    *("64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b::10.0.0.1", "64:ff9b:1::a00:1"),
    "2001:0:4136:e378:8000:63bf:" + "80ff:fffe",  # teredo; the client is 127.0.0.1
    "2001:0:4136:e378:8000:63bf:5601:5601",  # teredo; the client is 169.254.169.254
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_refused(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(PublicAddressError):
        callable_address("host", 80, lambda host, port: [address])


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_is_allowed(address: str) -> None:
    assert is_public(address)
    assert callable_address("host", 80, lambda host, port: [address]) == address


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_private_answer_among_public_ones_is_a_trick(place: int) -> None:
    answers = ["1.1.1.1", "2606:4700::1"]
    answers.insert(place, "10.0.0.1")
    with pytest.raises(PublicAddressError):
        callable_address("host", 80, lambda host, port: answers)


def test_a_name_without_addresses_is_unreachable() -> None:
    def failing(host: str, port: int) -> list[str]:
        raise socket.gaierror

    def unencodable(host: str, port: int) -> list[str]:
        raise UnicodeError

    def empty(host: str, port: int) -> list[str]:
        return []

    resolvers: list[Resolve] = [failing, unencodable, empty]
    for resolver in resolvers:
        with pytest.raises(UnreachableError):
            callable_address("host", 80, resolver)


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "LOCALHOST", "localhost.", "2130706433", "0x7f000001", "0177.0.0.1"),
        *("127.1", "127.0.0.1.nip.example", "0", "[::1]", "[::ffff:7f00:1]"),
    ],
)
def test_other_spellings_of_this_machine_are_judged_by_what_they_resolve_to(host: str) -> None:
    asked: list[str] = []

    def resolver(name: str, port: int) -> list[str]:
        asked.append(name)
        return ["::1" if ":" in name else "127.0.0.1"]

    with pytest.raises(PublicAddressError):
        call(f"http://{host}/", resolver)
    assert asked == [host.strip("[]").lower()]


@pytest.mark.parametrize(
    "host",
    [
        *("2130706433", "0x7f000001", "017700000001", "0177.0.0.1", "0x7f.0.0.1", "127.1", "0"),
        *("2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518", "10.1", "3232235777"),
        *("[::1]", "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[64:ff9b::7f00:1]", "[fd00::1]"),
    ],
)
def test_no_spelling_of_a_number_leads_inside(host: str) -> None:
    """Numbers need no name server: the system itself reads decimal, octal, hexadecimal and short
    forms of them."""

    def as_the_system_reads(name: str, port: int) -> list[str]:
        return [name if ":" in name else socket.inet_ntoa(socket.inet_aton(name))]

    with pytest.raises(PublicAddressError, match="not on the public internet"):
        call(f"http://{host}/", as_the_system_reads)


@pytest.mark.parametrize(
    "url",
    [
        *("", "x", "//host/", "ftp://host/", "file:///etc/passwd", "gopher://host/"),
        *("http://", "http:///path", "http://user@host/", "http://user:pw@host/"),
        *("http://@host/", "http://host:99999/", "http://host:x/", "http://[::1/", "https://"),
        *("HTTP//host", "http://1.1.1.1\\@host/", "data:text/plain,x", "javascript:1"),
        "unix:///var/run/docker.sock",
    ],
)
def test_other_addresses_are_refused_before_any_look_up(url: str) -> None:
    def no_look_up(host: str, port: int) -> list[str]:
        raise AssertionError(f"looked up {host}")

    with pytest.raises(PublicAddressError):
        call(url, no_look_up)


def call(url: str, resolver: Resolve, **extra: Any) -> public_http.Response:
    arguments = {"headers": {}, "body": None, "timeout_seconds": 1.0} | extra
    return request("GET", url, resolve=resolver, **arguments)


class Pool:
    """Stands for a connection pool; remembers where it would have connected."""

    made: list[Pool] = []  # noqa: RUF012
    status = 200
    data = b"ok"
    error: Exception | None = None

    def __init__(self, host: str, port: int, **options: Any) -> None:
        self.host, self.port, self.options = host, port, options
        self.calls: list[tuple[str, str, dict[str, Any]]] = []
        self.closed = False
        Pool.made.append(self)

    def urlopen(self, method: str, target: str, **options: Any) -> Any:
        self.calls.append((method, target, options))
        if Pool.error is not None:
            raise Pool.error
        return urllib3.HTTPResponse(BytesIO(Pool.data), {}, Pool.status, preload_content=False)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def pools(monkeypatch: pytest.MonkeyPatch) -> list[Pool]:
    monkeypatch.setattr(urllib3, "HTTPConnectionPool", Pool)
    monkeypatch.setattr(urllib3, "HTTPSConnectionPool", Pool)
    monkeypatch.setattr(Pool, "made", [])
    for name, value in (("status", 200), ("data", b"ok"), ("error", None)):
        monkeypatch.setattr(Pool, name, value)
    return Pool.made


def test_the_connection_goes_to_the_address_that_was_checked(pools: list[Pool]) -> None:
    """A name that answers differently the second time gains nothing: it is asked once."""
    answers = iter([["1.1.1.1"], ["127.0.0.1"]])
    call("https://api.example/a/b?c=d#e", lambda host, port: next(answers))
    (pool,) = pools
    assert (pool.host, pool.port) == ("1.1.1.1", 443)
    assert pool.options["server_hostname"] == pool.options["assert_hostname"] == "api.example"
    ((_, target, options),) = pool.calls
    assert target == "/a/b?c=d"
    assert options["headers"]["Host"] == "api.example"
    assert next(answers) == ["127.0.0.1"], "looked up a second time"
    assert pool.closed


def test_a_tenant_cannot_name_another_host_in_a_header(pools: list[Pool]) -> None:
    headers = {"HOST": "169.254.169.254", "X-A": "b"}
    call("http://host:8080/", lambda host, port: ["1.1.1.1"], headers=headers)
    assert pools[0].calls[0][2]["headers"] == {"X-A": "b", "Host": "host:8080"}


def test_a_literal_address_is_named_in_brackets(pools: list[Pool]) -> None:
    call("http://[2606:4700::1]:81/", lambda host, port: [host])
    assert pools[0].calls[0][2]["headers"]["Host"] == "[2606:4700::1]:81"


def test_an_endless_answer_is_cut(pools: list[Pool]) -> None:
    Pool.data = b"x" * 3_000_000
    answer = call("http://host/", lambda host, port: ["1.1.1.1"])
    assert len(answer.body) == public_http.MAX_ANSWER_BYTES


def test_an_answer_that_drips_does_not_hold_us(
    pools: list[Pool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every piece comes in time, the whole does not."""
    ticks = itertools.count(0.0, 0.4)
    monkeypatch.setattr("shared.public_http.time.monotonic", lambda: next(ticks))
    monkeypatch.setattr(public_http, "_PIECE_BYTES", 1)
    Pool.data = b"drip" * 10
    with pytest.raises(TimeoutError, match=r"1\.0 s"):
        call("http://host/", lambda host, port: ["1.1.1.1"])
    assert pools[0].closed


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (urllib3.exceptions.ReadTimeoutError(None, "", ""), TimeoutError),  # type: ignore[arg-type]
        (urllib3.exceptions.ConnectTimeoutError(), TimeoutError),
        (urllib3.exceptions.ProtocolError(), UnreachableError),
        (urllib3.exceptions.SSLError(), UnreachableError),
        (ValueError("Invalid header"), UnreachableError),
        (UnicodeEncodeError("latin-1", "é", 0, 1, ""), UnreachableError),
    ],
)
def test_failures_have_two_names(
    error: Exception, expected: type[Exception], pools: list[Pool]
) -> None:
    Pool.error = error
    with pytest.raises(expected):
        call("http://host/", lambda host, port: ["1.1.1.1"])
    assert pools[0].closed
