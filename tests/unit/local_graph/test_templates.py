"""Templates: made, reviewed, listed, edited, deleted, sent. Sections 2.7, 3.5, 5.1 and 5.2."""

import copy
from typing import Any

import pytest

from tests.template_drafts import ORDER_UPDATE
from tests.unit.local_graph.graph_builders import CITRA_ID, text_body
from tests.unit.local_graph.graph_clock import ACCOUNT, Stage, on_stage

GIVEN: list[dict[str, Any]] = [
    {"type": "header", "parameters": [{"type": "text", "text": "1001"}]},
    {
        "type": "body",
        "parameters": [{"type": "text", "text": "Ana"}, {"type": "text", "text": "EUR 7.99"}],
    },
    {
        "type": "button",
        "sub_type": "quick_reply",
        "index": "0",
        "parameters": [{"type": "payload", "payload": "help:1001"}],
    },
    {
        "type": "button",
        "sub_type": "url",
        "index": "1",
        "parameters": [{"type": "text", "text": "1001"}],
    },
]


async def create(stage: Stage, **changes: Any) -> Any:
    body = {**copy.deepcopy(ORDER_UPDATE), **changes}
    return await stage.call("POST", f"{ACCOUNT}/message_templates", json=body)


async def approved(stage: Stage, name: str, **changes: Any) -> str:
    answer = await create(stage, name=name, **changes)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


def template_body(name: str, *, given: Any = None, **changes: Any) -> dict[str, Any]:
    components = GIVEN if given is None else given
    content = {"name": name, "language": {"code": "en_US"}, "components": components}
    return {"type": "template", "text": None, "template": content, **changes}


def test_a_template_is_pending_until_its_review_is_told() -> None:
    async def scenario(stage: Stage) -> None:
        answer = (await create(stage)).json()
        assert answer["status"] == "PENDING"
        (told,) = stage.told("message_template_status_update")
        assert (told["event"], told["message_template_id"]) == ("APPROVED", int(answer["id"]))
        read = (await stage.call("GET", f"/v25.0/{answer['id']}")).json()
        assert (read["status"], read["components"]) == ("APPROVED", ORDER_UPDATE["components"])

    on_stage(scenario)


def test_reviews_and_changes_follow_the_script() -> None:
    async def scenario(stage: Stage) -> None:
        verdict = {"event": "REJECTED", "reason": "INVALID_FORMAT", "recommendation": "More words."}
        await stage.call("POST", "/_admin/reviews", json=verdict)
        template_id = await approved(stage, "order_update")
        (told,) = stage.told("message_template_status_update")
        assert told["rejection_info"]["recommendation"] == "More words."
        assert await stage.send(**template_body("order_update")) == 132001
        for event, code in (("PAUSED", 132015), ("DISABLED", 132016), ("APPROVED", 0)):
            await stage.call(
                "POST", "/_admin/reviews", json={"template_id": template_id, "event": event}
            )
            assert await stage.send(**template_body("order_update")) == code
        change = {"template_id": template_id, "quality": "RED", "category": "MARKETING"}
        await stage.call("POST", "/_admin/templates", json=change)
        (quality,) = stage.told("message_template_quality_update")
        (category,) = stage.told("template_category_update")
        assert (quality["previous_quality_score"], quality["new_quality_score"]) == (
            "UNKNOWN",
            "RED",
        )
        assert (category["previous_category"], category["new_category"]) == ("UTILITY", "MARKETING")

    on_stage(scenario)


def changed(path: str, value: Any) -> dict[str, Any]:
    template: Any = copy.deepcopy(ORDER_UPDATE)
    *way, last = path.split(".")
    place = template
    for part in way:
        place = place[int(part)] if part.isdigit() else place[part]
    place[last] = value
    return {"components": template["components"], **{k: template[k] for k in ("name", "category")}}


BODY = "components.1"
REFUSED = [
    (changed("name", "Order"), 131009),
    (changed("category", "NEWS"), 131009),
    ({"components": []}, 131009),
    ({"components": [{"type": "FOOTER", "text": "f"}]}, 2388072),
    (changed(f"{BODY}.text", "{{1}} and {{2}} come soon, be ready"), 2388299),
    (changed(f"{BODY}.text", "Come soon, be ready {{1}} or {{2}}"), 2388299),
    (changed(f"{BODY}.text", "Hi {{1}}{{2}} how are you all today"), 2388072),
    (changed(f"{BODY}.text", "Hi {{1}} how are you {{3}} all today"), 2388072),
    (changed(f"{BODY}.text", "Hi {{1}} a {{2}} b"), 2388293),
    (changed(f"{BODY}.text", "x" * 1025), 2388040),
    (changed(f"{BODY}.example", None), 2388072),
    (changed("components.0.text", "Order {{1}} of {{2}}"), 2388047),
    (changed("components.0.text", "x" * 61), 2388047),
    (changed("components.2.text", "By {{1}}"), 2388073),
    (changed("components.3.buttons", [{"type": "QUICK_REPLY"}]), 100),
    (changed("components.3.buttons", [{"type": "QUICK_REPLY", "text": "x" * 26}]), 100),
    (
        changed(
            "components.3.buttons",
            [
                {"type": "QUICK_REPLY", "text": "a"},
                {"type": "PHONE_NUMBER", "text": "b", "phone_number": "+1"},
                {"type": "QUICK_REPLY", "text": "c"},
            ],
        ),
        100,
    ),
    (
        changed(
            "components.3.buttons",
            [{"type": "URL", "text": "a", "url": "https://a.example/{{1}}/b", "example": ["x"]}],
        ),
        100,
    ),
    ({"message_send_ttl_seconds": 5}, 100),
    ({"parameter_format": "NAMED"}, 100),
]


@pytest.mark.parametrize(("change", "code"), REFUSED)
def test_a_template_that_breaks_a_rule_is_refused(change: dict[str, Any], code: int) -> None:
    async def scenario(stage: Stage) -> None:
        answer = await create(stage, **change)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, code), answer.text

    on_stage(scenario)


def test_lists_are_filtered_paged_and_of_the_fields_asked_for() -> None:
    async def scenario(stage: Stage) -> None:
        for number in range(5):
            await approved(stage, f"order_{number}")
        await approved(stage, "promo", category="MARKETING")
        path = f"{ACCOUNT}/message_templates"
        query = {"limit": "2", "fields": "name,status", "category": "UTILITY"}
        names: list[str] = []
        page = (await stage.call("GET", path, params=query)).json()
        while True:
            assert {tuple(sorted(one)) for one in page["data"]} == {("id", "name", "status")}
            names += [one["name"] for one in page["data"]]
            if "next" not in page["paging"]:
                break
            after = page["paging"]["cursors"]["after"]
            page = (await stage.call("GET", path, params={**query, "after": after})).json()
        assert names == [f"order_{number}" for number in range(5)]
        assert (await stage.call("GET", "/v25.0/404/message_templates")).status_code == 400

    on_stage(scenario)


def test_an_approved_template_is_edited_once_a_day_and_keeps_its_category() -> None:
    async def scenario(stage: Stage) -> None:
        path = f"/v25.0/{await approved(stage, 'order_update')}"
        kept = {"category": "MARKETING"}
        assert (await stage.call("POST", path, json=kept)).json()["error"]["code"] == 100
        edit = {"components": ORDER_UPDATE["components"][1:]}
        assert (await stage.call("POST", path, json=edit)).json() == {"success": True}
        assert (await stage.call("POST", path, json=edit)).json()["error"]["code"] == 100
        stage.later(24 * 3600)
        assert (await stage.call("POST", path, json=edit)).status_code == 200

    on_stage(scenario)


def test_a_deleted_name_rests_and_cannot_be_sent() -> None:
    async def scenario(stage: Stage) -> None:
        await approved(stage, "order_update")
        assert (await create(stage)).json()["error"]["error_subcode"] == 2388024
        path = f"{ACCOUNT}/message_templates"
        for params, status in (
            ({}, 400),
            ({"name": "other"}, 400),
            ({"name": "order_update"}, 200),
        ):
            assert (await stage.call("DELETE", path, params=params)).status_code == status
        assert await stage.send(**template_body("order_update")) == 132001
        assert (await create(stage)).status_code == 400
        stage.later(30 * 24 * 3600)
        assert (await create(stage)).status_code == 200

    on_stage(scenario)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (GIVEN, 0),
        (GIVEN[1:], 132000),
        ([GIVEN[0], {"type": "body", "parameters": GIVEN[1]["parameters"][:1]}], 132000),
        (GIVEN[:3], 131008),
        ([*GIVEN, {**GIVEN[2], "index": "3"}], 132000),
    ],
)
def test_parameters_must_fit_the_template(given: list[dict[str, Any]], code: int) -> None:
    async def scenario(stage: Stage) -> None:
        await approved(stage, "order_update")
        assert await stage.send(**template_body("order_update", given=given)) == code

    on_stage(scenario)


def test_language_media_names_and_codes_are_checked() -> None:
    async def scenario(stage: Stage) -> None:
        await approved(stage, "order_update")
        body = template_body("order_update")
        body["template"] = {**body["template"], "language": {"code": "en"}}
        assert await stage.send(**body) == 132001
        header = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["4::E"]}}
        await approved(stage, "picture", components=[header, {"type": "BODY", "text": "Look here"}])
        assert await stage.send(**template_body("picture", given=[GIVEN[0]])) == 132012
        named = {
            "type": "BODY",
            "text": "Hi {{first_name}}, how are you?",
            "example": {"body_text_named_params": [{"param_name": "first_name", "example": "A"}]},
        }
        await approved(stage, "named", components=[named], parameter_format="NAMED")
        parameter = {"type": "text", "text": "Ana", "parameter_name": "name"}
        given = [{"type": "body", "parameters": [parameter]}]
        assert await stage.send(**template_body("named", given=given)) == 132018

    on_stage(scenario)


def test_a_login_code_needs_a_number() -> None:
    async def scenario(stage: Stage) -> None:
        otp = {"type": "BUTTONS", "buttons": [{"type": "OTP", "otp_type": "COPY_CODE"}]}
        body = {"type": "BODY", "add_security_recommendation": True}
        await approved(stage, "login_code", category="AUTHENTICATION", components=[body, otp])
        code = [{"type": "text", "text": "482913"}]
        given = [
            {"type": "body", "parameters": code},
            {"type": "button", "sub_type": "url", "index": "0", "parameters": code},
        ]
        assert await stage.send(**template_body("login_code", given=given)) == 0
        hidden = template_body("login_code", given=given, to=None, recipient=CITRA_ID)
        assert await stage.send(**hidden) == 131062

    on_stage(scenario)


def test_the_phone_shows_the_words_and_its_buttons_can_be_tapped() -> None:
    async def scenario(stage: Stage) -> None:
        await approved(stage, "order_update")
        assert await stage.send(**template_body("order_update")) == 0
        items = (await stage.call("GET", "/phone/api/customers/ana/messages")).json()["items"]
        assert items[0]["text"].splitlines() == [
            "Order 1001",
            "Hi Ana, your total is EUR 7.99. Thank you.",
            "Example Ltd",
        ]
        (choice,) = items[0]["content"]["choices"]
        await stage.says(tap={"message_id": items[0]["id"], "id": choice["id"]})
        (said,) = [one for value in stage.told("messages") for one in value.get("messages", ())]
        assert said["button"] == {"payload": "help:1001", "text": "Help"}
        assert said["context"]["id"] == items[0]["id"]
        assert text_body()["type"] == "text"

    on_stage(scenario)
