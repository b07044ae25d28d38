"""Promise 7 at every redirect: the next address is checked as the first was, and learns less."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pytest
import urllib3

from shared.json_types import JsonObject
from shared.public_addresses import PublicAddressError
from shared.public_http import MAX_REDIRECTS, Response, request

NAMES = {
    "shop.example": "1.1.1.1",
    "other.example": "8.8.8.8",
    "inside.example": "10.0.0.7",
    "169.254.169.254": "169.254.169.254",
    "2130706433": "127.0.0.1",
}


@dataclass
class Internet:
    """Answers by address; `asked` is what reached a server, as (address, port, options)."""

    answers: dict[str, tuple[int, str | None]]
    asked: list[tuple[str, int, str, str, JsonObject]] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> list[str]:
        self.looked_up.append(host)
        return [NAMES[host]]

    def pool(self, address: str, port: int, **_: Any) -> _Pool:
        return _Pool(self, address, port)


@dataclass
class _Pool:
    internet: Internet
    address: str
    port: int

    def urlopen(self, method: str, target: str, **options: Any) -> Any:
        self.internet.asked.append((self.address, self.port, method, target, options))
        host = options["headers"]["Host"]
        status, location = self.internet.answers.get(f"{host}{target}", (200, None))
        headers = {"Location": location} if location is not None else {}
        return urllib3.HTTPResponse(BytesIO(b"ok"), headers, status, preload_content=False)

    def close(self) -> None:
        pass


@pytest.fixture
def internet(monkeypatch: pytest.MonkeyPatch) -> Internet:
    made = Internet({})
    monkeypatch.setattr(urllib3, "HTTPConnectionPool", made.pool)
    monkeypatch.setattr(urllib3, "HTTPSConnectionPool", made.pool)
    return made


def call(internet: Internet, url: str, method: str = "GET", **extra: Any) -> Response:
    arguments = {"headers": {}, "body": None, "timeout_seconds": 5.0} | extra
    return request(method, url, resolve=internet.resolve, **arguments)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_to_a_public_address(internet: Internet, status: int) -> None:
    internet.answers = {"shop.example/a": (status, "https://other.example/b?c=d")}
    assert call(internet, "https://shop.example/a").status == 200
    assert [(one[0], one[3]) for one in internet.asked] == [
        ("1.1.1.1", "/a"),
        ("8.8.8.8", "/b?c=d"),
    ]


def test_a_redirect_may_be_relative(internet: Internet) -> None:
    internet.answers = {"shop.example/a/b": (302, "../c")}
    call(internet, "https://shop.example/a/b")
    assert internet.asked[-1][3] == "/c"


@pytest.mark.parametrize(
    "location",
    [
        *("https://inside.example/", "https://169.254.169.254/latest/meta-data/"),
        *("https://2130706433/", "ftp://other.example/", "file:///etc/passwd"),
        *("https://user@other.example/", "https://[::1/", "https://other.example:99999/"),
        "http://other.example/",  # what was encrypted must stay so
    ],
)
def test_a_redirect_to_anything_else_is_refused(internet: Internet, location: str) -> None:
    internet.answers = {"shop.example/": (302, location)}
    with pytest.raises(PublicAddressError):
        call(internet, "https://shop.example/")
    assert [one[0] for one in internet.asked] == ["1.1.1.1"]


def test_every_redirect_looks_the_name_up_and_checks_it_anew(internet: Internet) -> None:
    """A name that was public at first and is not any more at the second hop is refused."""
    internet.answers = {"shop.example/": (302, "/again")}
    answers = iter([["1.1.1.1"], ["127.0.0.1"]])
    with pytest.raises(PublicAddressError):
        request(
            "GET",
            "http://shop.example/",
            headers={},
            body=None,
            timeout_seconds=5,
            resolve=lambda host, port: next(answers),
        )
    assert len(internet.asked) == 1


def test_a_circle_ends_and_its_last_redirect_is_the_answer(internet: Internet) -> None:
    internet.answers = {"shop.example/": (302, "/")}
    assert call(internet, "http://shop.example/").status == 302
    assert len(internet.asked) == 1 + MAX_REDIRECTS


def test_another_origin_learns_no_secret(internet: Internet) -> None:
    internet.answers = {
        "shop.example/": (307, "/same"),
        "shop.example/same": (307, "https://other.example/"),
    }
    headers = {"Authorization": "Bearer x", "X-Api-Key": "y", "Accept": "application/json"}
    call(internet, "https://shop.example/", headers=headers)
    sent = [set(one[4]["headers"]) - {"Host"} for one in internet.asked]
    assert sent == [set(headers), set(headers), {"Accept"}]


@pytest.mark.parametrize(("status", "method"), [(303, "GET"), (302, "GET"), (308, "POST")])
def test_a_body_follows_only_where_the_method_does(
    internet: Internet, status: int, method: str
) -> None:
    internet.answers = {"shop.example/": (status, "/next")}
    call(internet, "https://shop.example/", method="POST", body="{}")
    _, _, used, _, options = internet.asked[-1]
    assert used == method
    assert options["body"] == (b"{}" if method == "POST" else None)


def test_what_the_operator_allows_is_called_and_nothing_beside_it(internet: Internet) -> None:
    allowed = frozenset({"inside.example:8080"})
    assert call(internet, "http://inside.example:8080/", private_hosts=allowed).status == 200
    for url in ("http://inside.example/", "http://inside.example:8081/", "http://2130706433:8080/"):
        with pytest.raises(PublicAddressError):
            call(internet, url, private_hosts=allowed)
