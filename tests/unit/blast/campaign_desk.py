"""A workspace's campaigns through the handler of their API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from blast import api, place
from shared.json_types import JsonObject
from shared.store.audit import AuditLog
from tests.api_events import api_event, authorized
from tests.unit.blast.campaign_world import NAME, TEMPLATE, CampaignWorld

GROUP = "starts"
JOBS = "arn:aws:sqs:ap-southeast-1:123456789012:jobs"
DEAD = "arn:aws:sqs:ap-southeast-1:123456789012:dead"
ROLE = "arn:aws:iam::123456789012:role/schedules"
CONTEXT = SimpleNamespace(
    function_name="campaigns",
    memory_limit_in_mb=512,
    invoked_function_arn="arn",
    aws_request_id="1",
)


class Desk:
    """A workspace's campaigns as its API shows them; `scheduler` is moto's, which checks what it is
    given by the service's own model and fires nothing."""

    def __init__(self, world: CampaignWorld) -> None:
        self.world = world
        self.scheduler: Any = boto3.client("scheduler", region_name="ap-southeast-1")
        with suppress(self.scheduler.exceptions.ConflictException):
            self.scheduler.create_schedule_group(Name=GROUP)

    def schedules(self) -> list[JsonObject]:
        """Of this workspace, oldest first."""
        found = self.scheduler.list_schedules(GroupName=GROUP)["Schedules"]
        whole = [self.scheduler.get_schedule(GroupName=GROUP, Name=one["Name"]) for one in found]
        own = [one for one in whole if self.world.tenant.id in one["Target"]["Input"]]
        return sorted(own, key=lambda one: str(one["Name"]))

    def call(
        self,
        method: str,
        path: str,
        body: JsonObject | None = None,
        *,
        revision: int | None = None,
        **query: str,
    ) -> tuple[int, JsonObject]:
        event = api_event(
            method,
            f"/v1/{path}",
            body=body,
            query=query,
            headers={"if-match": f'"{revision}"'} if revision else {},
            caller=authorized(workspace_id=self.world.tenant.id),
        )
        answer = api.handler(event, CONTEXT)
        return answer["statusCode"], json.loads(answer["body"] or "{}")

    def ok(self, method: str, path: str, body: JsonObject | None = None, **more: Any) -> JsonObject:
        status, answer = self.call(method, path, body, **more)
        assert status < 300, answer
        return answer

    def kind(self, method: str, path: str, body: JsonObject | None = None, **more: Any) -> str:
        _, answer = self.call(method, path, body, **more)
        return str(answer["type"]).rpartition(":")[2]

    def draft(self, **more: Any) -> JsonObject:
        body = {
            "name": "Sale",
            "channel_id": self.world.channel,
            "message": TEMPLATE,
            "variables": {"name": NAME},
            "audience": {"everybody": True},
            **more,
        }
        return self.ok("POST", "campaigns", body)

    def upload(self, content: bytes) -> JsonObject:
        """A file of people that was read, as the API shows it."""
        world = self.world
        made = self.ok("POST", "campaign-uploads", {"file_name": "people.csv"})
        assert self.ok("GET", f"campaign-uploads/{made['id']}")["status"] == "waiting"
        key = f"{world.tenant.id}/campaign-uploads/{made['id']}/source.csv"
        world.s3.put_object(Bucket="files", Key=key, Body=content)
        self.ok("GET", f"campaign-uploads/{made['id']}")
        world.do_jobs()
        return self.ok("GET", f"campaign-uploads/{made['id']}")

    def audit(self) -> list[str]:
        log = AuditLog(self.world.tenant, "workspaces", self.world.dynamodb)
        return [change.action for _, change in reversed(log.newest(100, None)[0])]


def desk_over(world: CampaignWorld, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    for name, text in {
        "REQUESTS_TABLE": "requests",
        "DATA_ROLE_ARN": "arn:aws:iam::123456789012:role/data",
        "CAMPAIGNS_TABLE": "campaigns",
        "CONTACTS_TABLE": "contacts",
        "CONVERSATIONS_TABLE": "conversations",
        "WORKSPACES_TABLE": "workspaces",
        "DIRECTORY_TABLE": "directory",
        "USAGE_TABLE": "usage",
        "FILES_BUCKET": "files",
        "CAMPAIGN_JOBS_QUEUE_URL": "jobs",
        "CAMPAIGN_JOBS_QUEUE_ARN": JOBS,
        "CAMPAIGN_JOBS_DLQ_ARN": DEAD,
        "CAMPAIGN_PACES_QUEUE_URL": "paces",
        "INBOUND_QUEUE_URL": "inbound",
        "SCHEDULE_GROUP": GROUP,
        "SCHEDULE_ROLE_ARN": ROLE,
        "UNSETTLED_WINDOW_SECONDS": "300",
    }.items():
        monkeypatch.setenv(name, text)
    place.settings.cache_clear()
    s3: Any = boto3.client("s3", region_name="ap-southeast-1")
    if not s3.list_buckets()["Buckets"]:
        where = {"LocationConstraint": "ap-southeast-1"}
        s3.create_bucket(Bucket="files", CreateBucketConfiguration=where)
    made = Desk(world)
    clients: dict[str, Any] = {"sqs": world.sqs, "scheduler": made.scheduler}
    monkeypatch.setattr(place, "client", clients.__getitem__)
    monkeypatch.setattr(place, "now_ms", world.clock)
    for module in ("ahead", "drafts", "reports", "running", "uploads"):
        monkeypatch.setattr(f"blast.{module}.now_ms", world.clock)
    world.use_s3(s3)
    yield made
    place.settings.cache_clear()
