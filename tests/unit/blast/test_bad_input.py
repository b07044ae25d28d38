"""What is wrong with a campaign is told by its field, whatever it is: nothing breaks, and what was
there stays."""

from __future__ import annotations

from typing import Any

import pytest

from shared.json_types import JsonObject
from shared.store.campaigns import DRAFT
from tests.unit.blast.campaign_desk import Desk

_IDS = [f"{number:064d}" for number in range(1000)]
_EVERY_ID: JsonObject = {
    "segment_ids": _IDS,
    "contact_ids": _IDS,
    "exclude": {"segment_ids": _IDS, "contact_ids": _IDS, "campaign_ids": _IDS},
}


def path_of(desk: Desk, **draft: Any) -> str:
    return f"campaigns/{desk.draft(**draft)['id']}"


@pytest.mark.parametrize(
    "template",
    [None, "sale", {}, {"name": "sale"}, {"name": "sale", "language": "id"}, {"name": 1}],
)
def test_a_draft_with_half_a_template_says_what_is_missing(desk: Desk, template: object) -> None:
    desk.world.add_contacts(2)
    path = path_of(desk, message={"type": "template", "template": template})
    assert desk.ok("POST", f"{path}/estimate")["people"] == 2
    previews = desk.ok("POST", f"{path}/preview", {})["items"]
    assert [(one["message"], "template" in one["reason"]) for one in previews] == [(None, True)] * 2
    (tested,) = desk.ok("POST", f"{path}/test", {"phones": ["+6281211112222"]})["items"]
    assert (tested["conversation_id"], "template" in tested["reason"]) == (None, True)
    status, told = desk.call("POST", f"{path}/start", {})
    assert status == 409
    assert all(one["field"].startswith("message.template") for one in told["errors"])
    assert desk.ok("GET", path)["status"] == DRAFT


@pytest.mark.parametrize(
    "more",
    [{"message": {"type": "text", "text": {"body": "x" * 500_000}}}, {"audience": _EVERY_ID}],
)
def test_one_that_is_too_large_to_be_kept_is_refused(desk: Desk, more: JsonObject) -> None:
    whole = {"name": "Sale", "channel_id": desk.world.channel, "message": {"type": "text"}, **more}
    status, told = desk.call("POST", "campaigns", whole)
    assert (status, "message, variables, audience" in told["detail"]) == (413, True)
    path = path_of(desk)
    before = desk.ok("GET", path)
    assert desk.kind("PATCH", path, more, revision=1) == "campaign-too-large"
    assert desk.ok("GET", path) == before


@pytest.mark.parametrize("name", ["", "password", "identities", "__class__"])
def test_contacts_have_some_parts_only(desk: Desk, name: str) -> None:
    desk.world.add_contacts(1)
    path = path_of(desk, variables={"name": {"source": "contact", "name": name}})
    (shown,) = desk.ok("POST", f"{path}/preview", {})["items"]
    assert shown["message"] is None
    _, told = desk.call("POST", f"{path}/start", {})
    assert [one["field"] for one in told["errors"]] == ["variables.name.name"]


@pytest.mark.parametrize("class_", ["nonsense", "opted_out"])
def test_what_may_not_be_tried_again_is_told(desk: Desk, class_: str) -> None:
    desk.world.add_contacts(1)
    path = path_of(desk)
    desk.ok("POST", f"{path}/start", {})
    desk.world.do_jobs()
    status, told = desk.call("POST", f"{path}/retry", {"classes": ["template", class_]})
    assert (status, [one["field"] for one in told["errors"]]) == (400, ["classes.1"])
    assert desk.ok("POST", f"{path}/retry", {"classes": ["template"]}) == {"recipients": 0}
