"""A campaign on the running stack: from a file through the API to the stand-in for Meta, whose
statuses come back into the report. Answers are lost, a worker dies, everybody is sent to once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from benchmarks.blast_trial import busiest
from local.stack import LocalStack
from shared.json_types import JsonObject
from tests import campaign_side
from tests.api_side import Api, demo_token
from tests.approved import approved_template
from tests.campaign_side import Campaign
from tests.deployed import DELIVERER, Deployed
from tests.integration.power_cut import power_cut
from tests.meta_side import Meta
from tests.running import eventually

PEOPLE: Final = 200
PER_SECOND: Final = 20
_PHONES: Final = [f"628139000{n:04d}" for n in range(2000, 2000 + PEOPLE)]
_FAULTS: Final[list[JsonObject]] = [
    {"mode": "ok", "times": 20},
    {"mode": "drop_answer", "times": 2},
    {"mode": "ok", "times": 20},
    {"mode": "error", "http_status": 500, "times": 1},
    {"mode": "ok", "times": 10},
    {"mode": "error", "code": 130429, "times": 1},
]
_JAKARTA: Final = ZoneInfo("Asia/Jakarta")
_EARLY: Final = f"62813900{1:06d}"
_AHEAD: Final = timedelta(seconds=130)


@pytest.fixture(scope="module")
def scheduled(stack: LocalStack) -> Iterator[tuple[datetime, Campaign]]:
    """A campaign to one person, one or two minutes ahead: meanwhile others are tested."""
    at = (datetime.now(_JAKARTA) + _AHEAD).replace(second=0, microsecond=0)
    addresses = stack.addresses
    with Meta(addresses) as meta, Api(addresses.api_url, demo_token(stack)) as api:
        yield at, campaign_side.start(api, meta, [_EARLY], at=f"{at:%Y-%m-%dT%H:%M}")


@pytest.mark.usefixtures("scheduled")
def test_everybody_is_sent_to_once_and_counted(
    stack: LocalStack, deployed: Deployed, meta: Meta, api: Api
) -> None:
    with campaign_side.throughput(stack, meta.number, PER_SECOND):
        with deployed.paused(DELIVERER):
            campaign = campaign_side.start(api, meta, _PHONES)
            chunks = deployed.environment(DELIVERER)["CAMPAIGN_CHUNKS_QUEUE_URL"]
            dies = eventually(lambda: deployed.receive(chunks, most=1, hidden_for=30))
            power_cut(deployed, DELIVERER, "in_the_middle_of_a_chunk", dies)
            assert len(campaign.accepted()) >= 5
        meta.misbehaves(*_FAULTS)

        def report() -> JsonObject:
            time.sleep(1)  # a look adds up every block: more would only keep the workers from it
            return campaign.report()

        def is_told(seen: JsonObject) -> bool:
            outcomes = seen.get("outcomes", {})
            reached: int = outcomes.get("delivered", 0) + outcomes.get("read", 0)
            return reached == PEOPLE

        seen = eventually(report, is_told, seconds=240)
    assert meta.faults_left() == []
    assert seen["people"] == PEOPLE
    assert seen["funnel"]["sent"] == PEOPLE
    assert campaign.sent_to() == Counter(_PHONES)
    times = [at * 1000 for at in campaign.requests()]
    assert busiest(times, within=10_000_000) <= 10 * PER_SECOND  # a busy machine bunches a few
    page = api.get(f"campaigns/{campaign.id}/recipients", limit=1).raise_for_status().json()
    conversation = page["items"][0]["conversation_id"]

    def logged() -> list[str]:
        answer = api.get(f"conversations/{conversation}/messages")
        return [one["kind"] for one in answer.json().get("items", [])]

    eventually(logged, lambda kinds: kinds == ["campaign_sent"])


def test_it_is_scheduled_and_taken_back(meta: Meta, api: Api) -> None:
    template = {"name": approved_template(api)["name"], "language": {"code": "id"}}
    values = [{"type": "text", "text": "Kakak"}]
    message = {**template, "components": [{"type": "body", "parameters": values}]}
    draft = {
        "name": template["name"],
        "channel_id": meta.number,
        "message": {"type": "template", "template": message},
        "audience": {"everybody": True},
        "time_zone": "Asia/Jakarta",
    }
    path = f"campaigns/{campaign_side.posted(api, 'campaigns', draft)['id']}"
    at = f"{datetime.now(_JAKARTA) + timedelta(days=30):%Y-%m-%dT%H:%M}"
    planned = campaign_side.posted(api, f"{path}/start", {"at": at})
    assert (planned["status"], planned["starts_at"]) == ("scheduled", at)
    assert campaign_side.posted(api, f"{path}/cancel", {})["status"] == "draft"


def test_it_starts_at_its_time(scheduled: tuple[datetime, Campaign]) -> None:
    at, campaign = scheduled
    left = (at - datetime.now(_JAKARTA)).total_seconds()
    sends = eventually(campaign.sends, seconds=max(0.0, left) + 90)
    assert {one["body"]["to"] for one in sends} == {_EARLY}
    assert datetime.fromtimestamp(sends[0]["at"] / 1000, _JAKARTA) >= at
