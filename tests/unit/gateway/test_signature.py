"""Promise 1: no byte-level change to a body passes the signature check; every valid body does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import gateway.webhook
from gateway.signature import is_signed
from tests.builders import (
    APP_SECRET,
    http_post,
    meta_bytes,
    signature,
    text_message,
    value,
    webhook_body,
)
from tests.unit.gateway.gateway_parts import Stage

TEXTS = st.text(max_size=40) | st.sampled_from(
    ["👨‍👩‍👧‍👦 ok", "/<@%", "\u0000", "é\u00ad\u2028", "\\u0041", '"}', "\x7f", "😀" * 5]
)
SPACES = st.sampled_from([None, (", ", ": "), (" ,\n", "\t:\r\n "), (",", ":")])


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """A webhook body in the ways that JSON may be written."""
    message = text_message(draw(TEXTS), id_="wamid." + draw(st.text("abcXYZ09=", max_size=9)))
    raw = json.dumps(
        webhook_body(value(messages=[message])),
        ensure_ascii=draw(st.booleans()),
        separators=draw(SPACES),
        indent=draw(st.sampled_from([None, 1])),
    )
    spaced = draw(st.sampled_from(["", " ", "\n\r\t"])) + raw + draw(st.sampled_from(["", "\n"]))
    bom = draw(st.sampled_from([b"", b"\xef\xbb\xbf"]))
    return bom + spaced.replace("/", draw(st.sampled_from(["/", "\\/"]))).encode()


@st.composite
def changed(draw: st.DrawFn) -> tuple[bytes, bytes]:
    raw = draw(bodies())
    place = draw(st.integers(0, len(raw) - 1))
    byte = draw(st.integers(0, 255))
    other = draw(
        st.sampled_from(
            [
                raw[:place] + bytes([raw[place] ^ (1 << (byte % 8))]) + raw[place + 1 :],
                raw[:place] + bytes([byte]) + raw[place:],
                raw[:place] + raw[place + 1 :],
                raw[:place],
                raw + bytes([byte]),
                raw * 2,
            ]
        )
    )
    return raw, other


@settings(max_examples=150, deadline=None)
@given(bodies(), st.booleans())
@example(b'{"object":"\\ud83d\\ude00 \\u0000 /<@%"}', False)
@example(b"\xef\xbb\xbf{}", True)
def test_every_valid_body_passes(raw: bytes, base64: bool) -> None:
    assert Stage().webhook.receive(http_post(raw, base64=base64))["statusCode"] == 200


@settings(max_examples=300, deadline=None)
@given(changed(), st.booleans())
def test_no_changed_body_passes(pair: tuple[bytes, bytes], base64: bool) -> None:
    raw, other = pair
    assume(raw != other)
    stage = Stage()
    event = http_post(other, base64=True, sign=False)
    event["headers"]["x-hub-signature-256"] = signature(raw)
    assert stage.webhook.receive(event)["statusCode"] == 401
    assert stage.sqs.calls == 0
    assert not is_signed(other, signature(raw), [APP_SECRET, "another"])


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda raw: json.dumps(json.loads(raw), ensure_ascii=False, separators=(",", ":")).encode(),
        lambda raw: json.dumps(json.loads(raw)).encode(),
        lambda raw: json.dumps(json.loads(raw), sort_keys=True, separators=(",", ":")).encode(),
        lambda raw: raw.replace(b"\\ud83d\\ude00", "😀".encode()),
        lambda raw: raw.replace(b"\\ud83d", b"\\uD83D"),
        lambda raw: raw.replace(b"/", b"\\/"),
        lambda raw: raw + b"\n",
        lambda raw: raw.strip(b"}"),
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.decode().encode("utf-16"),
        lambda raw: b"",
    ],
)
def test_the_same_json_written_otherwise_does_not_pass(rewrite: Any) -> None:
    raw = meta_bytes(webhook_body(value(messages=[text_message("😀 a/b")])))
    other = rewrite(raw)
    assert other != raw
    event = http_post(other, base64=True, sign=False)
    event["headers"]["x-hub-signature-256"] = signature(raw)
    assert Stage().webhook.receive(event)["statusCode"] == 401


GOOD = signature(b"{}")
HEADERS = [
    None,
    "",
    "sha256=",
    "sha256",
    GOOD.removeprefix("sha256="),
    GOOD.replace("sha256", "sha1"),
    GOOD.replace("sha256", "SHA256"),
    "sha256=" + GOOD.removeprefix("sha256=").upper(),
    GOOD[:-1],
    GOOD + "0",
    GOOD + " ",
    " " + GOOD,
    GOOD + "," + GOOD,
    "sha256= " + GOOD.removeprefix("sha256="),
    "sha256=é" + GOOD[8:],
    "sha256=\ud800",
    "sha256=" + "\u0660" * 64,
    "sha256=" + "0" * 64,
    signature(b"{} "),
    signature(b"{}", "another secret"),
    signature(b"{}", ""),
]


class Untouchable:
    """Stands where the parser stands; any use of it is reading an unsigned body."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"an unsigned body was read ({name})")


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("base64", [False, True])
def test_a_wrong_header_is_401_and_nothing_is_read(
    header: str | None, base64: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage()
    event = http_post(b"{}", base64=base64, sign=False)
    if header is not None:
        event["headers"]["x-hub-signature-256"] = header
    webhook = stage.webhook
    webhook.secrets.get()
    with monkeypatch.context() as patch:
        patch.setattr(gateway.webhook, "json", Untouchable())
        answer = webhook.receive(event)
    assert answer["statusCode"] == 401
    assert stage.sqs.calls == 0
    assert stage.s3.objects == {}


@pytest.mark.parametrize("body", ["not base64!", "e30", "e30=\n", "{}", "é", "\ud800"])
def test_a_body_that_is_not_the_base64_it_claims_to_be_is_401(body: str) -> None:
    event = http_post(b"{}", base64=True)
    event["body"] = body
    assert Stage().webhook.receive(event)["statusCode"] == 401


def test_a_missing_body_is_an_empty_one() -> None:
    event = http_post(b"{}")
    del event["body"]
    assert Stage().webhook.receive(event)["statusCode"] == 401


@pytest.mark.parametrize("secret", ["old secret", "new secret"])
def test_both_secrets_pass_while_one_replaces_the_other(secret: str) -> None:
    stage = Stage(stored={"app_secrets": ["new secret", "old secret"], "verify_token": "v"})
    assert stage.webhook.receive(http_post(b"{}", secret=secret))["statusCode"] == 200
    assert stage.webhook.receive(http_post(b"{}", secret="third"))["statusCode"] == 401


@pytest.mark.parametrize("secrets", [[], [""], ["", ""]])
def test_nothing_passes_before_a_secret_is_set(secrets: list[str]) -> None:
    stage = Stage(stored={"app_secrets": secrets, "verify_token": "v"})
    for forged in ("", "x"):
        assert stage.webhook.receive(http_post(b"{}", secret=forged))["statusCode"] == 401
