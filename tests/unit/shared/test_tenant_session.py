"""Sessions that reach one tenant's data."""

from __future__ import annotations

import fnmatch
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from shared.store import keys, request_keys
from shared.tenancy import Tenant
from shared.tenant_session import (
    ACTIONS,
    OBJECT_ACTIONS,
    Sessions,
    keys_of,
    keys_of_person,
    objects_of,
    policy,
)
from tests.fakes import FakeClock

OURS = Tenant("ws_ours")
ids = st.from_regex(r"[a-z0-9_]{3,40}", fullmatch=True)


class FakeSts:
    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []

    def assume_role(self, **request: Any) -> dict[str, Any]:
        self.asked.append(request)
        names = ("AccessKeyId", "SecretAccessKey", "SessionToken")
        return {"Credentials": {name: f"{name}{len(self.asked)}" for name in names}}


@pytest.fixture
def sts() -> FakeSts:
    return FakeSts()


def test_the_policy_allows_exact_actions_under_the_tenants_leading_keys() -> None:
    (statement,) = policy(keys_of(OURS))["Statement"]
    assert statement["Effect"] == "Allow"
    assert statement["Action"] == list(ACTIONS)
    assert not any("*" in action or "Scan" in action or "PartiQL" in action for action in ACTIONS)
    assert statement["Condition"] == {
        "ForAllValues:StringLike": {
            "dynamodb:LeadingKeys": [
                "ws_ours",
                "ws_ours#*",
                "TENANT#ws_ours",
                "USER#*",
                "KEY#*",
                "INVITE#*",
                "NUMBER#*",
                "WABA#*",
                "DELETIONS",
            ]
        }
    }


def test_objects_are_reached_below_the_tenants_prefix_only() -> None:
    patterns = objects_of(OURS, "files", "media")
    _, objects = policy(keys_of(OURS), patterns)["Statement"]
    assert objects["Resource"] == [
        "arn:aws:s3:::files/ws_ours/*",
        "arn:aws:s3:::media/ws_ours/*",
    ]
    theirs = "arn:aws:s3:::files/ws_theirs/ws_ours/source.csv"
    assert not any(fnmatch.fnmatchcase(theirs, pattern) for pattern in objects["Resource"])
    assert objects_of(OURS, "", "") == []
    assert objects["Action"] == list(OBJECT_ACTIONS)
    assert not any("*" in action or "List" in action for action in OBJECT_ACTIONS)


def allowed(tenant: Tenant, key: str) -> bool:
    """As IAM reads StringLike; `?` and `[` are in no key of ours."""
    return any(fnmatch.fnmatchcase(key, pattern) for pattern in keys_of(tenant))


@given(ours=ids, theirs=ids)
def test_no_key_of_another_tenant_fits(ours: str, theirs: str) -> None:
    other = Tenant(theirs)
    their_keys = [
        theirs,
        keys.flow(other, "f"),
        keys.conversation(other, "1", "c"),
        keys.inbox(other),
        keys.kept(other),
        request_keys.idempotency(theirs),
        request_keys.rate(theirs, None),
        keys.tenant_record(theirs),
    ]
    assert [allowed(Tenant(ours), key) for key in their_keys] == [ours == theirs] * len(their_keys)


def test_nothing_of_the_platform_or_of_people_without_a_workspace_fits() -> None:
    assert not allowed(OURS, keys.kept(None))
    assert not allowed(OURS, request_keys.rate("PERSON#u", "USER#u"))


def test_a_person_reaches_only_what_is_remembered_of_them() -> None:
    (pattern,) = keys_of_person("u-1")
    assert fnmatch.fnmatchcase(request_keys.rate("PERSON#u-1", "USER#u-1"), pattern)
    assert not fnmatch.fnmatchcase(request_keys.rate("PERSON#u-11", "USER#u-11"), pattern)
    assert not fnmatch.fnmatchcase(OURS.id, pattern)


def test_the_role_is_assumed_once_per_tenant_until_shortly_before_the_end(sts: FakeSts) -> None:
    clock = FakeClock()
    sessions = Sessions("arn:role", sts, clock, ("files",))
    with mock_aws():
        first = sessions.of_tenant(OURS, "dynamodb")
        assert sessions.of_tenant(OURS, "dynamodb") is first
        other = sessions.of_tenant(Tenant("ws_other"), "dynamodb")
        assert other is not first
        clock.advance(3600 - 300)
        assert sessions.of_tenant(OURS, "dynamodb") is not first
    assert [request["RoleSessionName"] for request in sts.asked] == [
        "ws_ours",
        "ws_other",
        "ws_ours",
    ]
    assert all(request["RoleArn"] == "arn:role" for request in sts.asked)
    assert json.loads(sts.asked[1]["Policy"]) == policy(
        keys_of(Tenant("ws_other")), ["arn:aws:s3:::files/ws_other/*"]
    )


def test_the_longest_policy_fits_into_a_session() -> None:
    longest = "x" * 40
    objects = objects_of(Tenant(longest), "b" * 63, "c" * 63)
    text = json.dumps(policy(keys_of(Tenant(longest)), objects), separators=(",", ":"))
    assert len(text) <= 2048


def test_clients_carry_the_sessions_credentials(sts: FakeSts) -> None:
    client = Sessions("arn:role", sts).of_tenant(OURS, "dynamodb")
    credentials = client._request_signer._credentials
    assert credentials.access_key == "AccessKeyId1"
    assert credentials.token == "SessionToken1"
