"""Deliveries, directory, workspaces, things kept, sealed secrets."""

from __future__ import annotations

import ast
import json
from itertools import count, permutations
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from hypothesis import given, settings
from hypothesis import strategies as st
from moto import mock_aws
from moto.dynamodb.parsing.reserved_keywords import ReservedKeywords

from shared.delivery import RANK
from shared.sealed import Sealer
from shared.store.cursors import InvalidCursorError, encode
from shared.store.deliveries import Deliveries
from shared.store.directory import Directory, Number
from shared.store.inspection import Inspection, Kept
from shared.tenancy import Tenant

_tenants = count(1)
CONTACT = "abcdefghijklmnopqrstuvwx"
PLACE = ("200300", CONTACT, 1)


def tenant() -> Tenant:
    return Tenant(f"rest_{next(_tenants)}")


def deliveries(dynamodb: Any) -> Deliveries:
    return Deliveries(tenant(), "conversations", dynamodb)


def state(store: Deliveries) -> str:
    return store.claim(*PLACE, now=0, silent_before=-1).delivery.state


def test_only_one_claim_is_taken(dynamodb: Any) -> None:
    store = deliveries(dynamodb)
    assert store.claim(*PLACE, now=10, silent_before=0).taken
    again = store.claim(*PLACE, now=11, silent_before=0)
    assert (again.taken, again.delivery.since, again.delivery.attempts) == (False, 10, 1)


@pytest.mark.parametrize(("silent_before", "taken"), [(9, False), (10, False), (11, True)])
def test_a_claim_falls_only_after_the_window(
    silent_before: int, taken: bool, dynamodb: Any
) -> None:
    store = deliveries(dynamodb)
    store.claim(*PLACE, now=10, silent_before=0)
    store.unsettled(*PLACE, reason="timeout")
    claim = store.claim(*PLACE, now=99, silent_before=silent_before)
    assert claim.taken is taken
    assert claim.delivery.attempts == 1 + taken


@pytest.mark.parametrize("name", ["sent", "failed", "delivered", "read", "played"])
def test_what_a_status_has_settled_is_never_claimed_or_marked(name: str, dynamodb: Any) -> None:
    store = deliveries(dynamodb)
    store.claim(*PLACE, now=10, silent_before=0)
    assert store.receipt(*PLACE, name, {"reason": "x"})
    store.unsettled(*PLACE, reason="late")
    store.will_retry(*PLACE, reason="late")
    store.sent(*PLACE, wamid="late")
    assert not store.claim(*PLACE, now=10**9, silent_before=10**9).taken
    assert state(store) == name


def test_a_status_of_a_message_never_claimed_creates_nothing(dynamodb: Any) -> None:
    store = deliveries(dynamodb)
    assert not store.receipt(*PLACE, "read", {})
    assert store.claim(*PLACE, now=1, silent_before=0).taken


@pytest.mark.parametrize("order", list(permutations(["sent", "failed", "delivered", "read"])))
def test_statuses_in_any_order_end_in_the_furthest(order: tuple[str, ...], dynamodb: Any) -> None:
    store = deliveries(dynamodb)
    store.claim(*PLACE, now=1, silent_before=0)
    ranks = []
    for name in order:
        store.receipt(*PLACE, name, {})
        ranks.append(RANK[state(store)])
    assert state(store) == "read"
    assert ranks == sorted(ranks), "a state went down"


@pytest.mark.parametrize("name", ["sent", "delivered", "read"])
def test_only_a_failed_message_is_reopened(name: str, dynamodb: Any) -> None:
    store = deliveries(dynamodb)
    store.claim(*PLACE, now=1, silent_before=0)
    store.receipt(*PLACE, name, {})
    store.reopen(*PLACE)
    assert state(store) == name


def test_deliveries_of_another_tenant_are_another_message(dynamodb: Any) -> None:
    store, other = deliveries(dynamodb), deliveries(dynamodb)
    store.claim(*PLACE, now=1, silent_before=0)
    assert not other.receipt(*PLACE, "read", {})
    other.reopen(*PLACE)
    assert state(store) == "claimed"


def test_the_directory_gives_back_what_was_put(dynamodb: Any) -> None:
    directory = Directory("directory", dynamodb)
    number = Number("555", "ws_a", "+1", "Toko 😀", "apa", b"\x00\xff")
    directory.put_number(number)
    assert directory.number("555") == number
    assert directory.number("556") is None
    assert directory.api_key("cd" * 32) is None
    assert directory.person("user-2").memberships == ()
    assert directory.number("555#NUMBER") is None


def kept(at: int = 5, **body: Any) -> Kept:
    return Kept("unknown_field", "calls", at, body)


def test_things_are_kept_once_and_newest_first(dynamodb: Any) -> None:
    store = Inspection(tenant(), "inspection", dynamodb)
    for n in [3, 1, 2, 3, 3]:
        store.keep(kept(n, n=n))
    found: list[Kept] = []
    cursor = None
    while True:
        page, cursor = store.newest(2, cursor)
        found += [one for _, one in page]
        if cursor is None:
            break
    assert found == [kept(n, n=n) for n in (3, 2, 1)]


def test_kept_things_expire(dynamodb: Any) -> None:
    owner = tenant()
    Inspection(owner, "inspection", dynamodb).keep(kept(1_000_000_000_000))
    (item,) = dynamodb.query(
        TableName="inspection",
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": f"{owner.id}#KEPT"}},
    )["Items"]
    assert int(item["expires_at"]["N"]) == 1_000_000_000 + 30 * 86_400


def test_kept_things_are_seen_by_their_tenant_only(dynamodb: Any) -> None:
    mine, other = (Inspection(tenant(), "inspection", dynamodb) for _ in range(2))
    platform = Inspection(None, "inspection", dynamodb)
    for n in range(3):
        mine.keep(kept(n))
    _, cursor = mine.newest(1, None)
    assert other.newest(50, cursor)[0] == []
    assert all(one.body != {} for _, one in platform.newest(50, None)[0])


@pytest.mark.parametrize("text", ['"' * 3_000_000, "\\" * 400_000, "é" * 200_000, "\x00" * 99_999])
@pytest.mark.parametrize("where", ["body", "field"])
def test_nothing_is_too_large_to_be_kept(text: str, where: str, dynamodb: Any) -> None:
    store = Inspection(tenant(), "inspection", dynamodb)
    large = kept(x=text) if where == "body" else Kept("r", text, 5, {})
    store.keep(large)
    assert len(store.newest(5, None)[0]) == 1


CURSORS = ["x", encode(""), encode("a"), encode("0" * 13 + "#zz"), encode("a", "b"), "[" * 99]


@pytest.mark.parametrize("cursor", CURSORS)
def test_a_foreign_inspection_cursor_is_refused(cursor: str, dynamodb: Any) -> None:
    with pytest.raises(InvalidCursorError):
        Inspection(tenant(), "inspection", dynamodb).newest(5, cursor)


@settings(max_examples=200)
@given(st.text(max_size=30) | st.lists(st.none() | st.text(max_size=3), max_size=4))
def test_no_cursor_raises_anything_else(made: Any) -> None:
    from base64 import urlsafe_b64encode

    from shared.store.cursors import NAME, NUMBER, decode

    encoded = urlsafe_b64encode(json.dumps(made).encode()).decode()
    for text in (encoded, str(made)):
        try:
            decode(text, NAME, NUMBER)
        except InvalidCursorError:
            continue


def test_a_cursor_of_endless_nesting_is_refused() -> None:
    from base64 import urlsafe_b64encode

    from shared.store.cursors import NAME, decode

    with pytest.raises(InvalidCursorError):
        decode(urlsafe_b64encode(b"[" * 100_000).decode(), NAME)


def test_secrets_open_for_their_tenant_only() -> None:
    with mock_aws():
        kms = boto3.client("kms")
        sealer = Sealer(kms, kms.create_key()["KeyMetadata"]["Arn"])
        sealed = sealer.seal(Tenant("ws_a"), "EAAG-secret")
        assert b"EAAG-secret" not in sealed
        assert sealer.open(Tenant("ws_a"), sealed) == "EAAG-secret"
        with pytest.raises(ClientError):
            sealer.open(Tenant("ws_b"), sealed)
        with pytest.raises(ClientError):
            sealer.open(Tenant("ws_a"), sealed[:-1] + bytes([sealed[-1] ^ 1]))


def expressions() -> list[tuple[str, str]]:
    """Every expression of every repository, wherever its text stands."""
    found = []
    for file in sorted((Path(__file__).parents[3] / "layers" / "shared" / "store").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if " = :" in node.value or "attribute_not_exists" in node.value:
                found.append((file.name, node.value))
    return found


def test_no_expression_names_a_reserved_word() -> None:
    """DynamoDB refuses those; an emulator may not."""
    reserved = set(ReservedKeywords.get_reserved_keywords())
    grammar = {"SET", "ADD", "AND", "OR", "IN", "BETWEEN"}
    assert len(expressions()) > 5
    for file, expression in expressions():
        words = expression.replace("(", " ").replace(")", " ").replace(",", " ").split()
        plain = [word for word in words if word.isidentifier() and word not in grammar]
        assert not {w for w in plain if w.upper() in reserved}, (file, expression)
