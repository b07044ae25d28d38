"""Templates are checked before Meta is asked; what it made of them is kept, found and shown."""

from __future__ import annotations

import copy
import json
from typing import Any

import boto3
import pytest

from shared.json_types import JsonObject
from shared.permissions import permissions_of
from shared.store.templates import Template, Templates
from shared.templates import limits
from shared.tenancy import Tenant
from tests.fake_graph import APP_ID, WABA_ID, refusal
from tests.template_drafts import INVOICE, LOGIN_CODE, ORDER_UPDATE
from tests.unit.channels_api.conftest import Desk, kind
from tests.unit.channels_api.test_connecting import SIGNUP

CREATE = f"POST {WABA_ID}/message_templates"
DELETE = f"DELETE {WABA_ID}/message_templates"
ID = f"{WABA_ID}.order_update.en_US"
MADE = {"id": "600", "status": "PENDING", "category": "UTILITY"}
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
PDF = b"%PDF-1.7 a sample"


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """With one number connected."""
    desk.ask("POST", "channels/embedded-signup", SIGNUP)
    desk.meta.asked.clear()
    desk.meta.answers[CREATE] = MADE
    return desk


def store(desk: Desk) -> Templates:
    return Templates(Tenant("ws_tests"), "workspaces", desk.dynamodb)


def have(desk: Desk, status: str, **more: Any) -> Template:
    made = Template(
        **{
            "waba_id": WABA_ID,
            "name": "order_update",
            "language": "en_US",
            "meta_id": "600",
            "category": "UTILITY",
            "status": status,
            "components": ORDER_UPDATE["components"],
            **more,
        }
    )
    store(desk).synced(made, started=1, now=1)
    return made


def fields(answer: tuple[int, JsonObject]) -> list[str]:
    return [one["field"] for one in answer[1].get("errors", [])]


def test_a_connected_number_brings_its_templates(shop: Desk) -> None:
    assert [json.loads(one["MessageBody"]) for one in shop.sqs.sent["syncs"]] == [
        {"v": 1, "tenant": "ws_tests", "waba_id": WABA_ID}
    ]
    (account,) = shop.ask("GET", "templates")[1]["accounts"]
    assert (account["waba_id"], account["syncing"], account["synced_at"]) == (WABA_ID, True, None)
    assert shop.ask("POST", "templates/sync") == (202, {"accounts": 1})


def test_a_template_is_handed_in_and_kept(shop: Desk) -> None:
    code, made = shop.ask("POST", "templates", ORDER_UPDATE)
    assert (code, made["id"], made["status"]) == (201, ID, "PENDING")
    assert shop.meta.body_of(CREATE) == ORDER_UPDATE
    code, again = shop.ask("GET", f"templates/{ID}")
    assert (code, again) == (200, made)
    assert again["wants"]["body"] == ["1", "2"]
    assert [one["kind"] for one in again["wants"]["buttons"]] == [
        "quick_reply",
        "url",
        "phone_number",
    ]
    assert again["preview"]["body"] == "Hi Ana, your total is EUR 7.99. Thank you."


def test_what_meta_would_refuse_is_told_before_it_is_asked(shop: Desk) -> None:
    draft = copy.deepcopy(ORDER_UPDATE)
    draft["components"][1]["text"] = "{{1}}, your total is {{2}}. Thank you."
    answer = shop.ask("POST", "templates", draft)
    assert (kind(answer), fields(answer)) == ((400, "invalid-input"), ["components.1.text"])
    code, checked = shop.ask("POST", "templates/check", draft)
    assert (code, checked["preview"]) == (200, None)
    assert [one["field"] for one in checked["errors"]] == ["components.1.text"]
    assert shop.ask("POST", "templates/check", ORDER_UPDATE)[1]["errors"] == []
    assert shop.meta.asked == []


@pytest.mark.parametrize(
    ("subcode", "field"),
    [
        (2388024, "name"),
        (2388019, "name"),
        (2388047, "components.0.text"),
        (2388072, "components.1.text"),
        (2388293, "components.1.text"),
        (2388299, "components.1.text"),
        (2388073, "components.2.text"),
    ],
)
def test_what_meta_refuses_is_told_by_its_field(shop: Desk, subcode: int, field: str) -> None:
    words = "Meta's own words."
    shop.meta.answers[CREATE] = refusal(100, error_subcode=subcode, error_user_msg=words)
    answer = shop.ask("POST", "templates", ORDER_UPDATE)
    assert (kind(answer), fields(answer)) == ((422, "meta-refused"), [field])
    assert words in answer[1]["detail"]
    assert list(store(shop).all()) == []


def test_metas_own_limit_is_told_as_such(shop: Desk) -> None:
    shop.meta.answers[CREATE] = refusal(80008)
    assert kind(shop.ask("POST", "templates", ORDER_UPDATE)) == (429, "meta-busy")


def test_a_hundred_are_taken_in_an_hour(shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CREATIONS_AN_HOUR", 1)
    assert shop.ask("POST", "templates", ORDER_UPDATE)[0] == 201
    answer = shop.ask("POST", "templates", {**ORDER_UPDATE, "name": "another"})
    assert kind(answer) == (429, "too-many-templates")
    assert shop.meta.calls() == [CREATE]


def test_silence_is_cleared_up_by_a_comparison(shop: Desk) -> None:
    shop.sqs.sent.clear()
    shop.meta.answers[CREATE] = "down"
    assert kind(shop.ask("POST", "templates", ORDER_UPDATE)) == (502, "meta-unreachable")
    assert len(shop.sqs.sent["syncs"]) == 1


def with_sample(shop: Desk, draft: JsonObject, content: bytes) -> JsonObject:
    _, upload = shop.ask("POST", "template-samples")
    boto3.client("s3").put_object(Bucket="files", Key=upload["fields"]["key"], Body=content)
    changed = copy.deepcopy(draft)
    changed["components"][0]["example"]["header_handle"] = [upload["handle"]]
    return changed


def test_a_sample_is_brought_to_meta(shop: Desk) -> None:
    shop.meta.answers[f"POST {APP_ID}/uploads"] = {"id": "upload:abc"}
    shop.meta.answers["POST upload:abc"] = {"h": "4::handle"}
    assert shop.ask("POST", "templates", with_sample(shop, INVOICE, PDF))[0] == 201
    begun = shop.meta.asked[0]
    assert begun.query == {"file_length": str(len(PDF)), "file_type": "application/pdf"}
    header = shop.meta.body_of(CREATE)["components"][0]
    assert header["example"]["header_handle"] == ["4::handle"]


@pytest.mark.parametrize("content", [PNG, b"plain", b""])
def test_a_sample_is_judged_by_its_bytes(shop: Desk, content: bytes) -> None:
    answer = shop.ask("POST", "templates", with_sample(shop, INVOICE, content))
    assert fields(answer) == ["components.0.example.header_handle"]
    assert shop.meta.asked == []


@pytest.mark.parametrize("handle", ["sample:nobodys", "sample:../../other", "sample:"])
def test_a_sample_that_was_not_uploaded_is_named(shop: Desk, handle: str) -> None:
    draft = copy.deepcopy(INVOICE)
    draft["components"][0]["example"]["header_handle"] = [handle]
    answer = shop.ask("POST", "templates", draft)
    assert (answer[0], fields(answer)) == (400, ["components.0.example.header_handle"])


def test_a_rejected_template_is_edited_and_reviewed_again(shop: Desk) -> None:
    have(shop, "REJECTED", reason="INVALID_FORMAT", details="Because.")
    components = copy.deepcopy(ORDER_UPDATE["components"])
    components[2]["text"] = "Another"
    code, edited = shop.ask("PATCH", f"templates/{ID}", {"components": components})
    assert (code, edited["status"], edited["reason"]) == (200, "PENDING", "")
    assert shop.meta.body_of("POST 600")["components"] == components


def test_an_approved_one_is_edited_once_a_day_and_keeps_its_category(shop: Desk) -> None:
    have(shop, "APPROVED")
    answer = shop.ask("PATCH", f"templates/{ID}", {"category": "MARKETING"})
    assert (answer[0], fields(answer)) == (400, ["category"])
    components = ORDER_UPDATE["components"][1:]
    assert shop.ask("PATCH", f"templates/{ID}", {"components": components})[0] == 200
    assert "category" not in shop.meta.body_of("POST 600")
    edited = store(shop).get(ID)
    have(shop, "APPROVED", edited_at=edited.edited_at, name="again")
    answer = shop.ask("PATCH", f"templates/{WABA_ID}.again.en_US", {"components": components})
    assert kind(answer) == (409, "template-edited-too-often")


@pytest.mark.parametrize("status", ["PENDING", "DISABLED", "IN_APPEAL"])
def test_others_cannot_be_edited(shop: Desk, status: str) -> None:
    have(shop, status)
    answer = shop.ask("PATCH", f"templates/{ID}", {})
    assert kind(answer) == (409, "template-not-editable")


def test_a_paused_template_goes_on(shop: Desk) -> None:
    have(shop, "PAUSED", details="FIRST_PAUSE")
    code, told = shop.ask("POST", f"templates/{ID}/unpause")
    assert (code, told["status"], told["details"]) == (200, "APPROVED", "")
    assert shop.meta.calls() == ["POST 600/unpause"]
    assert kind(shop.ask("POST", f"templates/{ID}/unpause")) == (409, "template-not-paused")
    assert len(shop.meta.asked) == 1


def test_a_template_that_meta_keeps_paused_stays_so(shop: Desk) -> None:
    have(shop, "PAUSED")
    shop.meta.answers["POST 600/unpause"] = refusal(100)
    assert kind(shop.ask("POST", f"templates/{ID}/unpause")) == (422, "meta-refused")
    assert store(shop).get(ID).status == "PAUSED"


def test_a_template_is_deleted_in_one_language(shop: Desk) -> None:
    have(shop, "APPROVED")
    have(shop, "APPROVED", language="id", meta_id="601")
    assert shop.ask("DELETE", f"templates/{ID}")[0] == 204
    assert shop.meta.asked[0].query == {"hsm_id": "600", "name": "order_update"}
    assert [one.language for one in store(shop).all()] == ["id"]
    assert kind(shop.ask("DELETE", f"templates/{ID}")) == (404, "template-not-found")


def test_one_that_meta_has_no_more_can_be_deleted(shop: Desk) -> None:
    have(shop, "APPROVED")
    shop.meta.answers[DELETE] = refusal(100)
    assert shop.ask("DELETE", f"templates/{ID}")[0] == 204
    have(shop, "APPROVED")
    shop.meta.answers[DELETE] = refusal(200, 403)
    assert kind(shop.ask("DELETE", f"templates/{ID}")) == (422, "meta-refused")
    assert len(list(store(shop).all())) == 1


def test_templates_are_found(shop: Desk) -> None:
    have(shop, "APPROVED")
    have(shop, "PENDING", name="invoice", language="id", components=INVOICE["components"])
    have(shop, "REJECTED", name="login", category="AUTHENTICATION", components=[])

    def found(query: str) -> list[str]:
        return [one["name"] for one in shop.ask("GET", f"templates?{query}")[1]["items"]]

    assert found("") == ["invoice", "login", "order_update"]
    assert found("status=pending") == ["invoice"]
    assert found("category=AUTHENTICATION") == ["login"]
    assert found("language=en_US") == ["login", "order_update"]
    assert found("search=ATTACHED") == ["invoice"]
    assert found("search=track") == ["order_update"]
    assert found("waba_id=1") == []
    seen, cursor = [], ""
    for _ in range(3):
        page = shop.ask("GET", f"templates?limit=1{cursor}")[1]
        seen += [one["name"] for one in page["items"]]
        cursor = f"&cursor={page['next_cursor']}"
    assert (seen, page["next_cursor"]) == (["invoice", "login", "order_update"], None)


def test_an_account_is_named_where_there_is_none(shop: Desk) -> None:
    answer = shop.ask("POST", "templates", {**LOGIN_CODE, "waba_id": "1"})
    assert kind(answer) == (409, "account-not-connected")


def test_viewers_read_and_agents_do_not_write(shop: Desk) -> None:
    have(shop, "APPROVED")
    viewer, agent = permissions_of("viewer"), permissions_of("agent")
    assert shop.ask("GET", f"templates/{ID}", permissions=viewer)[0] == 200
    assert shop.ask("POST", "templates", ORDER_UPDATE, permissions=agent)[0] == 403
