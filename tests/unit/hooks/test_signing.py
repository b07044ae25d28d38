"""Signatures are those of the Standard Webhooks specification: its own library accepts them."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from hooks.signing import headers, new_secret

AN_HOUR_AFTER_1970 = "3600"
JSON = st.dictionaries(st.text(max_size=20), st.text(max_size=40), max_size=4)


@given(JSON)
def test_the_specification_s_own_library_accepts_what_we_sign(data: dict[str, str]) -> None:
    secret, body = new_secret(), json.dumps(data)
    signed = headers("evt_1", int(time.time()), body, [secret])
    assert Webhook(secret).verify(body, signed) == data


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("webhook-id", "evt_2"),
        ("webhook-timestamp", AN_HOUR_AFTER_1970),
        ("webhook-signature", "v1,"),
    ],
)
def test_any_other_header_is_refused(name: str, value: str) -> None:
    secret = new_secret()
    signed = headers("evt_1", int(time.time()), "{}", [secret]) | {name: value}
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify("{}", signed)


def test_while_a_secret_is_replaced_both_are_good() -> None:
    old, new, other = new_secret(), new_secret(), new_secret()
    signed = headers("evt_1", int(time.time()), "{}", [new, old])
    for secret in (old, new):
        assert Webhook(secret).verify("{}", signed) == {}
    with pytest.raises(WebhookVerificationError):
        Webhook(other).verify("{}", signed)
