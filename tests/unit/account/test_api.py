"""The account API through its handler: what is asked, what is answered, what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from moto import mock_aws

from account import api, invites, place, workspaces
from shared.json_types import JsonObject
from shared.mail import MailNotSentError, Message
from shared.permissions import Permission, permissions_of
from tests.api_events import api_event, authorized
from tests.builders import create_table
from tests.office import ANA, BUDI, TABLES, Office

CONTEXT = SimpleNamespace(
    function_name="account",
    memory_limit_in_mb=512,
    invoked_function_arn="arn",
    aws_request_id="1",
)


class FakeMail:
    """`letters` are those that were taken."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.refuses = False

    def send(self, message: Message) -> None:
        if self.refuses:
            raise MailNotSentError("MessageRejected")
        self.letters.append(message)


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> FakeMail:
    fake = FakeMail()
    monkeypatch.setattr(invites, "mail", lambda: fake)
    return fake


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    for name, text in {
        "REQUESTS_TABLE": "requests",
        "DATA_ROLE_ARN": "arn:aws:iam::123456789012:role/data",
        "WORKSPACES_TABLE": TABLES.workspaces,
        "DIRECTORY_TABLE": TABLES.directory,
        "USAGE_TABLE": TABLES.usage,
        "CONTACTS_TABLE": "contacts",
        "CONVERSATIONS_TABLE": "conversations",
        "FILES_BUCKET": "files",
        "ERASURES_QUEUE_URL": "erasures",
        "EXPORTS_QUEUE_URL": "exports",
        "USER_POOL_ID": "pool",
        "MAIL_SENDER": "kabar@kabar.test",
        "DASHBOARD_URL": "https://dashboard.invalid",
    }.items():
        monkeypatch.setenv(name, text)
    place.settings.cache_clear()
    with mock_aws():
        made = Office()
        create_table(made.dynamodb, "requests")
        yield made
    place.settings.cache_clear()


def ask(
    method: str,
    path: str,
    body: JsonObject | None = None,
    query: dict[str, str] | None = None,
    **caller: Any,
) -> tuple[int, JsonObject]:
    who = authorized(**{"user_id": ANA.id, **caller})
    event = api_event(method, f"/v1/{path}", body=body, query=query, caller=who)
    answer = api.handler(event, CONTEXT)
    return answer["statusCode"], json.loads(answer["body"] or "{}")


def kind(answer: tuple[int, JsonObject]) -> tuple[int, str]:
    return answer[0], str(answer[1]["type"]).rpartition(":")[2]


def test_a_person_sees_themselves_and_their_workspaces(office: Office) -> None:
    code, me = ask("GET", "me")
    assert code == 200
    assert me["user"]["id"] == ANA.id
    assert me["workspace"]["name"] == "Toko"
    assert me["workspaces"] == [{"id": office.tenant.id, "name": "Toko", "role": "owner"}]


def test_a_person_without_a_workspace_sees_none(office: Office) -> None:
    code, me = ask("GET", "me", workspace_id="", role="", permissions=(), user_id=BUDI.id)
    assert code == 200
    assert (me["workspace"], me["role"], me["workspaces"]) == (None, None, [])


def test_a_person_may_be_in_many_workspaces_but_not_in_any_number(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspaces, "MOST_WORKSPACES", 2)
    assert ask("POST", "workspaces", {"name": "Kedua"})[0] == 201
    refused = ask("POST", "workspaces", {"name": "Ketiga"})
    assert kind(refused) == (409, "too-many-workspaces")


def test_an_invitation_is_mailed_with_a_link(office: Office, mail: FakeMail) -> None:
    code, sent = ask("POST", "invites", {"email": " Budi@Kabar.Test ", "role": "agent"})
    assert (code, sent["email"], sent["mail_sent"]) == (201, BUDI.name, True)
    (letter,) = mail.letters
    assert letter.to == BUDI.name
    assert "https://dashboard.invalid/invite?token=" in letter.text


def test_an_invitation_stands_when_its_letter_was_refused(office: Office, mail: FakeMail) -> None:
    mail.refuses = True
    code, sent = ask("POST", "invites", {"email": BUDI.name, "role": "agent"})
    assert (code, sent["mail_sent"]) == (201, False)
    assert len(ask("GET", "invites")[1]["items"]) == 1


def test_a_member_is_not_invited_again(office: Office, mail: FakeMail) -> None:
    refused = ask("POST", "invites", {"email": ANA.name, "role": "agent"})
    assert kind(refused) == (409, "already-member")
    assert mail.letters == []


def test_an_admin_invites_no_owner(office: Office, mail: FakeMail) -> None:
    body = {"email": BUDI.name, "role": "owner"}
    refused = ask("POST", "invites", body, permissions=permissions_of("admin"), role="admin")
    assert kind(refused) == (403, "only-owners")


@pytest.mark.parametrize("email", ["", "x", "a@b", "a b@c.test", "é@b.test"])
def test_what_is_no_address_is_named(office: Office, mail: FakeMail, email: str) -> None:
    code, body = ask("POST", "invites", {"email": email, "role": "agent"})
    assert code == 400
    assert [error["field"] for error in body["errors"]] == ["email"]


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\nb", "a\x00b", "a\u2028b"])
def test_a_name_is_a_line_of_sensible_length(office: Office, name: str) -> None:
    code, body = ask("POST", "workspaces", {"name": name})
    assert code == 400
    assert [error["field"] for error in body["errors"]] == ["name"]


def test_a_key_allows_no_more_than_its_maker_may(office: Office) -> None:
    maker = (Permission.MANAGE_API_KEYS, Permission.READ_CONVERSATIONS)
    asked = {"name": "CRM", "scopes": ["audit:read"], "expires_in_days": 1}
    refused = ask("POST", "api-keys", asked, permissions=maker)
    assert kind(refused) == (403, "scope-not-yours")


def test_a_program_leaves_no_workspace_and_makes_none(office: Office) -> None:
    program: dict[str, Any] = {"user_id": "", "key_id": "key", "role": "program"}
    assert kind(ask("POST", "workspace/leave", **program)) == (403, "people-only")
    assert kind(ask("POST", "workspaces", {"name": "X"}, **program)) == (403, "people-only")
    assert ask("GET", "me", **program)[1]["user"] is None


def test_a_workspace_that_is_gone_is_a_problem(office: Office) -> None:
    assert kind(ask("GET", "me", workspace_id="ws_gone")) == (404, "workspace-not-found")


@pytest.mark.parametrize("token", ["x", "\ud800", "é" * 200])
def test_a_made_up_token_leads_nowhere(office: Office, token: str) -> None:
    code, _ = ask("POST", "invites/accept", {"token": token}, user_id=BUDI.id)
    assert code in (400, 404)
