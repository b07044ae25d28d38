"""On the running stack: a number is connected, and a template is made, judged by Meta, and sent."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest

from local import demo
from local.stack import LocalStack
from shared.json_types import JsonObject
from shared.sealed import Sealer
from shared.store.directory import Directory
from shared.tenancy import Tenant
from tests.api_side import demo_token
from tests.meta_side import Meta
from tests.people import newcomer
from tests.running import eventually
from tests.template_drafts import INVOICE, ORDER_UPDATE, sample_send

PDF = b"%PDF-1.7 a sample"


class Owner:
    """The demo's owner at the API."""

    def __init__(self, stack: LocalStack) -> None:
        self._url = stack.addresses.api_url
        token = {"Authorization": f"Bearer {demo_token(stack)}"}
        self._http = httpx.Client(headers=token, timeout=60, trust_env=False)

    def close(self) -> None:
        self._http.close()

    def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self._http.request(method, f"{self._url}/v1/{path}", json=body)

    def ok(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.ask(method, path, body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def status(self, template_id: str) -> JsonObject:
        found: JsonObject = self.ok("GET", f"templates/{template_id}")
        return found


@pytest.fixture(scope="module")
def owner(stack: LocalStack) -> Iterator[Owner]:
    with closing(Owner(stack)) as asking:
        yield asking


def named(draft: JsonObject) -> JsonObject:
    return {**draft, "name": f"{draft['name']}_{uuid.uuid4().hex[:10]}"}


def test_a_number_is_connected_by_an_app_of_ones_own(stack: LocalStack, owner: Owner) -> None:
    tenant = Tenant(demo.WORKSPACE_ID)
    directory = Directory(stack.outputs["DirectoryTableName"], stack.aws("dynamodb"))
    number = directory.number(demo.PHONE_NUMBER_ID)
    assert number is not None
    sealer = Sealer(stack.aws("kms"), stack.outputs["SecretsKeyArn"])
    app = {
        "app_id": demo.META_APP_ID,
        "app_secret": stack.addresses.app_secret,
        "access_token": sealer.open(tenant, number.sealed_token),
        "waba_id": demo.WABA_ID,
        "phone_number_id": demo.PHONE_NUMBER_ID,
    }
    refused = owner.ask("POST", "channels/own-app", {**app, "access_token": "EAA-guessed"})
    assert refused.status_code == 422
    made = owner.ok("POST", "channels/own-app", app)
    assert (made["channel"]["state"], made["channel"]["flow_id"]) == ("connected", demo.FLOW_ID)
    query = {
        "hub.mode": "subscribe",
        "hub.verify_token": made["verify_token"],
        "hub.challenge": "12345",
    }
    own = f"{stack.addresses.webhook_url}/{demo.PHONE_NUMBER_ID}"
    answer = httpx.get(own, params=query, timeout=60, trust_env=False)
    assert answer.text == "12345"
    owner.ok("POST", f"channels/{demo.PHONE_NUMBER_ID}/verify", {})


def test_a_template_is_approved_and_sent(meta: Meta, owner: Owner) -> None:
    draft = named(ORDER_UPDATE)
    made = owner.ok("POST", "templates", draft)
    assert made["status"] == "PENDING"
    eventually(lambda: owner.status(made["id"])["status"], lambda status: status == "APPROVED")

    person = newcomer()
    meta.hears(person, "Halo")
    eventually(lambda: meta.texts(person), lambda texts: len(texts) >= 1)
    conversations = owner.ok("GET", "conversations")["items"]
    (one,) = [each for each in conversations if each["contact"]["name"] == person.name]
    owner.ok("POST", f"conversations/{one['id']}/messages", {"message": sample_send(draft)})

    def sent() -> list[JsonObject]:
        return [each for each in meta.accepted(person) if each["payload"]["type"] == "template"]

    (message,) = eventually(sent, lambda found: len(found) == 1)
    assert message["payload"]["template"]["name"] == draft["name"]


def test_a_rejection_comes_with_its_reason_and_a_mended_one_is_approved(
    meta: Meta, owner: Owner
) -> None:
    meta.judges_next(
        event="REJECTED", reason="INVALID_FORMAT", recommendation="Put words between them."
    )
    draft = named(ORDER_UPDATE)
    made = owner.ok("POST", "templates", draft)
    seen = eventually(lambda: owner.status(made["id"]), lambda one: one["status"] == "REJECTED")
    assert seen["reason"] == "INVALID_FORMAT"
    assert "Put words between them." in seen["details"]
    owner.ok("PATCH", f"templates/{made['id']}", {"components": draft["components"][1:]})
    eventually(lambda: owner.status(made["id"])["status"], lambda status: status == "APPROVED")
    owner.ok("DELETE", f"templates/{made['id']}")
    assert owner.ask("GET", f"templates/{made['id']}").status_code == 404


def test_a_sample_goes_from_the_browser_to_meta(owner: Owner) -> None:
    upload = owner.ok("POST", "template-samples")
    posted = httpx.post(
        upload["url"], data=upload["fields"], files={"file": ("a.pdf", PDF)}, trust_env=False
    )
    assert posted.is_success, posted.text
    draft = named(INVOICE)
    header = {**draft["components"][0], "example": {"header_handle": [upload["handle"]]}}
    made = owner.ok("POST", "templates", {**draft, "components": [header, draft["components"][1]]})
    assert made["components"][0]["example"]["header_handle"][0].startswith("4::")


def test_what_meta_has_is_brought_in(stack: LocalStack, meta: Meta, owner: Owner) -> None:
    draft = named(ORDER_UPDATE)
    account = f"{stack.addresses.graph_url}/v25.0/{demo.WABA_ID}/message_templates"
    directory = Directory(stack.outputs["DirectoryTableName"], stack.aws("dynamodb"))
    number = directory.number(demo.PHONE_NUMBER_ID)
    assert number is not None
    sealer = Sealer(stack.aws("kms"), stack.outputs["SecretsKeyArn"])
    token = sealer.open(number.tenant, number.sealed_token)
    headers = {"Authorization": f"Bearer {token}"}
    httpx.post(account, json=draft, headers=headers, trust_env=False).raise_for_status()
    owner.ok("POST", "templates/sync")

    def listed() -> list[str]:
        query = f"templates?search={draft['name']}"
        return [one["status"] for one in owner.ok("GET", query)["items"]]

    eventually(listed, lambda found: found == ["APPROVED"])
