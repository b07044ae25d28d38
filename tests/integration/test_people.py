"""The journeys of people, against the whole running stack."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jwt
import pytest
from botocore.exceptions import ClientError

from local.stack import LocalStack
from shared.ids import digest
from tests.visitor import Visitor, call, one_time_code, some_address


def newcomer(stack: LocalStack, name: str) -> Visitor:
    """Signed up, confirmed and signed in, in no workspace yet."""
    visitor = Visitor(stack, some_address(name))
    visitor.sign_up()
    visitor.confirm()
    visitor.sign_in()
    return visitor


def owner(stack: LocalStack, name: str = "ana") -> Visitor:
    visitor = newcomer(stack, name)
    visitor.ok("POST", "workspaces", {"name": f"Toko {name}"})
    return visitor


def joined(stack: LocalStack, host: Visitor, role: str, name: str = "budi") -> Visitor:
    visitor = newcomer(stack, name)
    host.ok("POST", "invites", {"email": visitor.email, "role": role})
    visitor.ok("POST", "invites/accept", {"token": visitor.mailed_invitation()})
    return visitor


def user_id(visitor: Visitor) -> str:
    return str(visitor.ok("GET", "me")["user"]["id"])


def problem(answer: Any) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].removeprefix("urn:kabar:problem:")


def next_second() -> None:
    """Sessions end by whole seconds."""
    time.sleep(1.1 - time.time() % 1)


def test_from_sign_up_to_the_first_call(stack: LocalStack) -> None:
    ana = Visitor(stack, some_address("ana"))
    ana.sign_up()
    with pytest.raises(ClientError, match="UserNotConfirmed"):
        ana.sign_in()
    ana.confirm()
    ana.sign_in()
    me = ana.ok("GET", "me")
    assert me["user"]["email"] == ana.email
    assert (me["workspace"], me["role"], me["workspaces"], me["permissions"]) == (
        None,
        None,
        [],
        [],
    )
    assert problem(ana.call("GET", "conversations"))[0] == 403

    made = ana.ok("POST", "workspaces", {"name": "Toko Ana"})
    me = ana.ok("GET", "me")
    assert me["workspace"]["name"] == "Toko Ana"
    assert me["workspaces"] == [{"id": made["id"], "name": "Toko Ana", "role": "owner"}]
    assert "members:manage" in me["permissions"]
    assert ana.ok("GET", "conversations")["items"] == []


def test_tokens_carry_what_the_membership_table_says(stack: LocalStack) -> None:
    ana = owner(stack)
    ana.sign_in()
    claims = jwt.decode(ana.token, options={"verify_signature": False})
    assert claims["workspace_id"] == ana.ok("GET", "me")["workspace"]["id"]
    assert claims["role"] == "owner"
    assert "members:manage" in claims["permissions"]


def test_invited_accepted_promoted_removed(stack: LocalStack) -> None:
    ana = owner(stack)
    budi = newcomer(stack, "budi")
    sent = ana.ok("POST", "invites", {"email": budi.email.upper(), "role": "agent"})
    assert sent["mail_sent"] is True
    assert sent["email"] == budi.email
    assert [one["id"] for one in ana.ok("GET", "invites")["items"]] == [sent["id"]]
    token = budi.mailed_invitation()

    stranger = newcomer(stack, "citra")
    refused = stranger.call("POST", "invites/accept", {"token": token})
    assert problem(refused) == (403, "invite-for-another")

    accepted = budi.ok("POST", "invites/accept", {"token": token})
    assert accepted["role"] == "agent"
    again = budi.call("POST", "invites/accept", {"token": token})
    assert problem(again) == (404, "invite-not-found")
    assert ana.ok("GET", "invites")["items"] == []
    assert problem(budi.call("GET", "audit")) == (403, "forbidden")

    id_ = user_id(budi)
    ana.ok("PATCH", f"members/{id_}", {"role": "admin"})
    assert budi.ok("GET", "me")["role"] == "admin"
    assert budi.ok("GET", "audit")["items"]

    next_second()
    ana.ok("DELETE", f"members/{id_}")
    assert budi.call("GET", "me").status_code == 403
    with pytest.raises(ClientError, match="NotAuthorized"):
        budi.refresh()
    budi.sign_in()
    assert budi.ok("GET", "me")["workspace"] is None

    told = [entry["action"] for entry in ana.ok("GET", "audit")["items"]][::-1]
    assert told == [
        "workspace.created",
        "invite.created",
        "invite.accepted",
        "member.role_changed",
        "member.removed",
    ]


def test_a_revoked_invitation_opens_nothing(stack: LocalStack) -> None:
    ana = owner(stack)
    budi = newcomer(stack, "budi")
    sent = ana.ok("POST", "invites", {"email": budi.email, "role": "agent"})
    ana.ok("DELETE", f"invites/{sent['id']}")
    refused = budi.call("POST", "invites/accept", {"token": budi.mailed_invitation()})
    assert problem(refused) == (404, "invite-not-found")
    assert problem(ana.call("DELETE", f"invites/{sent['id']}")) == (404, "invite-not-found")


def test_owners_are_made_and_unmade_by_owners(stack: LocalStack) -> None:
    ana = owner(stack)
    budi = joined(stack, ana, "admin")
    anas, budis = user_id(ana), user_id(budi)
    assert problem(budi.call("PATCH", f"members/{anas}", {"role": "viewer"})) == (
        403,
        "only-owners",
    )
    assert problem(budi.call("PATCH", f"members/{budis}", {"role": "owner"})) == (
        403,
        "only-owners",
    )
    assert problem(budi.call("DELETE", f"members/{anas}")) == (403, "only-owners")
    invite = {"email": some_address("dewi"), "role": "owner"}
    assert problem(budi.call("POST", "invites", invite)) == (403, "only-owners")


def test_the_last_owner_cannot_leave(stack: LocalStack) -> None:
    ana = owner(stack)
    assert problem(ana.call("POST", "workspace/leave")) == (409, "last-owner")
    assert problem(ana.call("DELETE", f"members/{user_id(ana)}")) == (409, "last-owner")


def test_of_two_owners_leaving_at_once_one_stays(stack: LocalStack) -> None:
    for _ in range(3):
        ana = owner(stack)
        budi = joined(stack, ana, "owner")
        with ThreadPoolExecutor(2) as both:
            answers = list(both.map(lambda who: who.call("POST", "workspace/leave"), (ana, budi)))
        codes = sorted(answer.status_code for answer in answers)
        assert codes == [204, 409], [answer.text for answer in answers]
        stayed = ana if answers[0].status_code == 409 else budi
        (member,) = stayed.ok("GET", "members")["items"]
        assert (member["email"], member["role"]) == (stayed.email, "owner")


def test_a_reset_ends_the_sessions_before_it(stack: LocalStack) -> None:
    ana = owner(stack)
    ana.ask_for_reset()
    next_second()
    ana.reset()
    assert ana.call("GET", "me").status_code == 403
    with pytest.raises(ClientError, match="NotAuthorized"):
        ana.refresh()
    ana.sign_in()
    assert ana.ok("GET", "me")["role"] == "owner"


def test_a_second_factor_is_asked_for_once_it_is_enrolled(stack: LocalStack) -> None:
    ana = newcomer(stack, "ana")
    secret = ana.enrol_second_factor()
    challenge = ana.sign_in()
    assert challenge["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    with pytest.raises(ClientError, match="CodeMismatch"):
        ana.answer_second_factor(challenge, "000000")
    ana.answer_second_factor(ana.sign_in(), one_time_code(secret))
    assert ana.ok("GET", "me")["user"]["email"] == ana.email


def test_an_api_key_is_shown_once_and_works_until_it_is_revoked(stack: LocalStack) -> None:
    ana = owner(stack)
    asked = {"name": "CRM", "scopes": ["conversations:read"], "expires_in_days": 30}
    made = ana.ok("POST", "api-keys", asked)
    key = made["key"]
    (listed,) = ana.ok("GET", "api-keys")["items"]
    assert "key" not in listed
    assert key.startswith(listed["prefix"])

    me = call(stack, key, "GET", "me").json()
    assert (me["user"], me["role"], me["permissions"]) == (None, "program", ["conversations:read"])
    assert call(stack, key, "GET", "conversations").status_code == 200
    assert problem(call(stack, key, "GET", "audit")) == (403, "forbidden")
    assert problem(call(stack, key, "POST", "workspaces", {"name": "X"})) == (403, "people-only")

    ana.ok("DELETE", f"api-keys/{made['id']}")
    assert call(stack, key, "GET", "me").status_code == 403


def test_a_key_is_kept_nowhere_for_a_repeated_request(stack: LocalStack) -> None:
    ana = owner(stack)
    asked = {"name": "CRM", "scopes": ["conversations:read"], "expires_in_days": 30}
    made = ana.call("POST", "api-keys", asked, Idempotency_Key="once").json()
    again = ana.call("POST", "api-keys", asked, Idempotency_Key="once")
    assert made["key"] not in again.text
    assert len(ana.ok("GET", "api-keys")["items"]) == 1
    for table in ("Requests", "Workspaces", "Directory"):
        items = stack.aws("dynamodb").scan(TableName=stack.outputs[f"{table}TableName"])["Items"]
        assert made["key"] not in str(items)


def test_an_api_key_expires(stack: LocalStack) -> None:
    ana = owner(stack)
    asked = {"name": "CRM", "scopes": ["conversations:read"], "expires_in_days": 1}
    key = ana.ok("POST", "api-keys", asked)["key"]
    directory = stack.outputs["DirectoryTableName"]
    stack.aws("dynamodb").update_item(
        TableName=directory,
        Key={"pk": {"S": f"KEY#{digest(key)}"}, "sk": {"S": "KEY"}},
        UpdateExpression="SET expires_at = :past",
        ExpressionAttributeValues={":past": {"N": str(int(time.time()))}},
    )
    assert call(stack, key, "GET", "me").status_code == 403


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"scopes": ["members:manage"]}, "scopes.0"),
        ({"scopes": []}, "scopes"),
        ({"expires_in_days": 0}, "expires_in_days"),
        ({"name": " "}, "name"),
        ({"more": 1}, "more"),
    ],
)
def test_what_no_key_may_be_is_named(
    stack: LocalStack, changed: dict[str, Any], field: str
) -> None:
    ana = owner(stack)
    asked = {"name": "CRM", "scopes": ["conversations:read"], "expires_in_days": 1, **changed}
    answer = ana.call("POST", "api-keys", asked)
    assert problem(answer) == (400, "invalid-input")
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_switch_counts_for_the_token_in_hand(stack: LocalStack) -> None:
    ana = owner(stack)
    first = ana.ok("GET", "me")["workspace"]["id"]
    second = ana.ok("POST", "workspaces", {"name": "Warung Ana"})["id"]
    assert ana.ok("GET", "me")["workspace"]["id"] == second
    ana.ok("POST", f"workspaces/{first}/switch")
    me = ana.ok("GET", "me")
    assert me["workspace"]["id"] == first
    assert {one["id"] for one in me["workspaces"]} == {first, second}
    others = owner(stack, "budi").ok("GET", "me")["workspace"]["id"]
    refused = ana.call("POST", f"workspaces/{others}/switch")
    assert problem(refused) == (404, "workspace-not-found")


def test_two_renames_of_the_same_revision(stack: LocalStack) -> None:
    ana = owner(stack)
    tag = ana.call("GET", "workspace").headers["etag"]
    renamed = ana.call("PATCH", "workspace", {"name": "Baru"}, If_Match=tag)
    assert renamed.json()["name"] == "Baru"
    late = ana.call("PATCH", "workspace", {"name": "Lama"}, If_Match=tag)
    assert problem(late) == (412, "changed-meanwhile")
    assert problem(ana.call("PATCH", "workspace", {"name": "X"}))[0] == 428
    again = ana.call("PATCH", "workspace", {"name": "Lagi"}, If_Match=renamed.headers["etag"])
    assert again.json()["name"] == "Lagi"
    assert ana.ok("GET", "me")["workspaces"][0]["name"] == "Lagi"


def test_a_deletion_can_be_taken_back_until_it_happens(stack: LocalStack) -> None:
    ana = owner(stack)
    budi = joined(stack, ana, "admin")
    assert problem(budi.call("DELETE", "workspace")) == (403, "forbidden")
    deleted = ana.ok("DELETE", "workspace")
    assert deleted["delete_after"] > time.time() * 1000 + 13 * 24 * 3600 * 1000
    assert problem(ana.call("DELETE", "workspace")) == (409, "deletion-state")
    assert budi.ok("GET", "me")["workspace"]["delete_after"] == deleted["delete_after"]
    assert ana.ok("POST", "workspace/restore")["delete_after"] is None
    assert problem(ana.call("POST", "workspace/restore")) == (409, "deletion-state")
    told = [entry["action"] for entry in ana.ok("GET", "audit")["items"]]
    assert told[:2] == ["workspace.restored", "workspace.deletion_scheduled"]


def test_the_audit_log_comes_in_pages(stack: LocalStack) -> None:
    ana = owner(stack)
    for number in range(3):
        ana.ok("POST", "invites", {"email": some_address(f"p{number}"), "role": "viewer"})
    first = ana.ok("GET", "audit?limit=2")
    second = ana.ok("GET", f"audit?limit=2&cursor={first['next_cursor']}")
    ids = [entry["id"] for entry in first["items"] + second["items"]]
    assert len(set(ids)) == 4
    assert problem(ana.call("GET", "audit?cursor=nonsense")) == (400, "invalid-cursor")
