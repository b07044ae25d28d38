"""Bytes on the wire: section 1.3."""

import hashlib
import hmac
import json
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from local.graph.signature import serialise, signature_headers

texts = st.text()
bodies = st.dictionaries(
    texts,
    st.recursive(
        texts | st.integers() | st.booleans() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
        max_leaves=5,
    ),
)


@given(bodies)
def test_what_is_serialised_parses_back(body: dict[str, Any]) -> None:
    assert json.loads(serialise(body)) == body


@given(bodies)
def test_escapes_are_lower_case_and_complete(body: dict[str, Any]) -> None:
    text = serialise(body).decode("ascii")
    assert not set("<@%") & set(text)
    assert re.search(r"(?<!\\)/", text) is None
    without_backslashes = text.replace("\\\\", "")
    for digits in re.findall(r"\\u(.{4})", without_backslashes):
        assert digits == digits.lower()


def test_accents_emoji_and_slashes_are_escaped() -> None:
    assert serialise({"t": "ä/👍<@%"}) == rb'{"t":"\u00e4\/\ud83d\udc4d\u003c\u0040\u0025"}'


def test_the_signature_is_over_the_escaped_bytes() -> None:
    body = serialise({"t": "ä"})
    expected = hmac.new(b"secret", body, hashlib.sha256).hexdigest()
    assert signature_headers("secret", body)["X-Hub-Signature-256"] == f"sha256={expected}"
