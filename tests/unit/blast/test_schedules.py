"""A campaign starts at a time: what EventBridge Scheduler is given, and what happens when it fires,
fires late, twice, or not for this campaign any more."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shared.job_queue import MAX_RECEIVES
from shared.json_types import JsonObject
from shared.store.campaigns import DRAFT, PREPARING, RUNNING, SCHEDULED, CampaignStateError
from tests.builders import sqs_record
from tests.unit.blast.campaign_desk import DEAD, GROUP, JOBS, ROLE, Desk

AT = "2030-01-01T09:00"


@pytest.fixture
def path(desk: Desk) -> str:
    """Of a draft."""
    desk.world.add_contacts(1)
    quiet = {"begin": "21:00", "end": "08:00"}
    return f"campaigns/{desk.draft(time_zone='Asia/Jakarta', quiet_hours=quiet)['id']}"


def scheduled(desk: Desk, path: str, at: str = AT) -> JsonObject:
    """What the scheduler holds for it, the newest."""
    known = {one["Name"] for one in desk.schedules()}
    told = desk.ok("POST", f"{path}/start", {"at": at})
    assert (told["status"], told["starts_at"]) == (SCHEDULED, at)
    (new,) = [one for one in desk.schedules() if one["Name"] not in known]
    return new


def fires(desk: Desk, schedule: JsonObject) -> str:
    """The queue has what the schedule's target says; answers what the campaign is then."""
    body = schedule["Target"]["Input"]
    desk.world.work.run(sqs_record(body))
    return str(desk.ok("GET", f"campaigns/{json.loads(body)['id']}")["status"])


def test_what_the_scheduler_is_given(desk: Desk, path: str) -> None:
    made = scheduled(desk, path)
    assert made["ScheduleExpression"] == "at(2030-01-01T09:00:00)"
    assert made["ScheduleExpressionTimezone"] == "Asia/Jakarta"
    assert made["FlexibleTimeWindow"] == {"Mode": "OFF"}
    assert made["ActionAfterCompletion"] == "DELETE"
    assert (made["GroupName"], made["State"]) == (GROUP, "ENABLED")
    target = made["Target"]
    assert (target["Arn"], target["RoleArn"]) == (JOBS, ROLE)
    assert target["DeadLetterConfig"] == {"Arn": DEAD}


def test_a_start_that_fails_each_time_makes_it_a_draft_that_says_so(
    desk: Desk, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise RuntimeError

    made = scheduled(desk, path)
    monkeypatch.setattr("blast.jobs.fire", failing)
    for receive in range(1, MAX_RECEIVES + 1):
        assert desk.ok("GET", path)["status"] == SCHEDULED
        with pytest.raises(RuntimeError):
            desk.world.work.run(sqs_record(made["Target"]["Input"], receives=receive))
    draft = desk.ok("GET", path)
    assert (draft["status"], draft["starts_at"], draft["reason"]["code"]) == (DRAFT, None, "ours")


@pytest.mark.parametrize(
    ("zone", "at", "why"),
    [
        ("Asia/Jakarta", "2020-01-01T09:00", "time-is-past"),
        ("Asia/Jakarta", "2030-01-01T22:00", "time-is-quiet"),
        ("Asia/Jakarta", "2030-01-01T07:59", "time-is-quiet"),
        ("Asia/Jakarta", "2030-02-30T09:00", "no-such-time"),
        ("Asia/Jakarta", "2030-02-03T25:00", "no-such-time"),
        ("Europe/Berlin", "2030-03-31T02:30", "no-such-time"),  # the clocks go from two to three
    ],
)
def test_times_at_which_it_would_not_start(
    desk: Desk, path: str, zone: str, at: str, why: str
) -> None:
    change: JsonObject = {"time_zone": zone}
    if zone == "Europe/Berlin":
        change["clear"] = ["quiet_hours"]
    desk.ok("PATCH", path, change, revision=1)
    assert desk.kind("POST", f"{path}/start", {"at": at}) == why
    assert desk.ok("GET", path)["status"] == DRAFT
    assert desk.schedules() == []


def test_an_hour_that_comes_twice_is_taken(desk: Desk, path: str) -> None:
    desk.ok("PATCH", path, {"time_zone": "Europe/Berlin", "clear": ["quiet_hours"]}, revision=1)
    assert (
        scheduled(desk, path, "2030-10-27T02:30")["ScheduleExpressionTimezone"] == "Europe/Berlin"
    )


def test_it_starts_when_it_fires_and_once(desk: Desk, path: str) -> None:
    made = scheduled(desk, path)
    assert fires(desk, made) == PREPARING
    desk.world.do_jobs()
    assert desk.ok("GET", path)["status"] == RUNNING
    assert fires(desk, made) == RUNNING
    assert not desk.world.sqs.sent.get("jobs")


def test_one_that_was_taken_back_starts_nothing(desk: Desk, path: str) -> None:
    made = scheduled(desk, path)
    told = desk.ok("POST", f"{path}/cancel")
    assert (told["status"], told["starts_at"]) == (DRAFT, None)
    assert fires(desk, made) == DRAFT


@pytest.mark.parametrize("again", ["2030-02-01T09:00", AT])
def test_one_that_was_put_elsewhere_starts_at_the_new_time_only(
    desk: Desk, path: str, again: str
) -> None:
    first = scheduled(desk, path)
    desk.ok("POST", f"{path}/cancel")
    second = scheduled(desk, path, again)
    assert fires(desk, first) == SCHEDULED
    assert fires(desk, second) == PREPARING


def test_another_name_or_weight_does_not_stop_it(desk: Desk, path: str) -> None:
    made = scheduled(desk, path)
    desk.ok("PATCH", path, {"name": "Harvest", "weight": 3}, revision=1)
    assert fires(desk, made) == PREPARING


def test_an_edit_meanwhile_is_not_scheduled_unseen(
    desk: Desk, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody changes the draft between the check of it and its start."""
    campaigns, id_ = desk.world.campaigns, path.partition("/")[2]

    def edited(*_: Any) -> None:
        before = campaigns.get(id_)
        campaigns.change(before, "Other", before.plan, 1, desk.world.clock())

    monkeypatch.setattr("blast.running._check", edited)
    for body in ({"at": AT}, {}):
        assert desk.kind("POST", f"{path}/start", body) == "campaign-state"
        assert desk.ok("GET", path)["status"] == DRAFT
    for left in desk.schedules():
        assert fires(desk, left) == DRAFT


def test_no_crash_leaves_it_waiting_for_nothing(
    desk: Desk, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever dies before the campaign is scheduled leaves a schedule that starts nothing."""
    move = type(desk.world.campaigns).move

    def dies(self: Any, id_: str, come_from: Any, to: str, **known: Any) -> None:
        if to == SCHEDULED:
            raise CampaignStateError(id_)
        move(self, id_, come_from, to, **known)

    monkeypatch.setattr(type(desk.world.campaigns), "move", dies)
    assert desk.call("POST", f"{path}/start", {"at": AT})[0] == 409
    (left,) = desk.schedules()
    assert fires(desk, left) == DRAFT


def test_what_was_scheduled_before_schedules_had_names_starts(desk: Desk, path: str) -> None:
    id_ = path.partition("/")[2]
    desk.world.campaigns.move(id_, (DRAFT,), SCHEDULED, starts_at=AT)
    body = {"v": 1, "work": "start", "tenant": desk.world.tenant.id, "id": id_}
    target = {"Input": json.dumps({**body, "token": f"{AT}-1"})}
    assert fires(desk, {"Target": target}) == PREPARING
