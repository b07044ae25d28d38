"""The contacts API through its handler: what is asked, what is answered, what is refused."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import boto3
import pytest

from contacts import api, place
from contacts.app import api as contacts_api
from shared.json_types import JsonObject
from shared.permissions import Permission
from shared.store.audit import AuditLog
from shared.tenancy import Tenant
from tests.api_events import api_event, authorized
from tests.fakes import FakeSqs
from tests.unit.contacts.people_world import CHANNEL, People

CONTEXT = SimpleNamespace(
    function_name="contacts",
    memory_limit_in_mb=512,
    invoked_function_arn="arn",
    aws_request_id="1",
)
_serial = itertools.count(1)


@dataclass
class Shop:
    """A workspace as its API shows it."""

    dynamodb: Any
    sqs: FakeSqs
    workspace_id: str = field(default_factory=lambda: f"ws_shop_{next(_serial)}")

    def call(
        self,
        method: str,
        path: str,
        body: JsonObject | None = None,
        *,
        revision: int | None = None,
        **query: str,
    ) -> tuple[int, JsonObject]:
        headers = {"if-match": f'"{revision}"'} if revision else {}
        event = api_event(
            method,
            f"/v1/{path}",
            body=body,
            query=query,
            headers=headers,
            caller=authorized(workspace_id=self.workspace_id),
        )
        answer = api.handler(event, CONTEXT)
        return answer["statusCode"], json.loads(answer["body"] or "{}")

    def ok(self, method: str, path: str, body: JsonObject | None = None, **more: Any) -> JsonObject:
        status, answer = self.call(method, path, body, **more)
        assert status < 300, answer
        return answer

    def kind(
        self, method: str, path: str, body: JsonObject | None = None, **more: Any
    ) -> tuple[int, str]:
        status, answer = self.call(method, path, body, **more)
        return status, str(answer["type"]).rpartition(":")[2]

    def names(self, **query: str) -> list[str]:
        status, page = self.call("GET", "contacts", **query)  # type: ignore[arg-type]
        assert status == 200, page
        return [one["name"] for one in page["items"]]

    def audit(self) -> list[str]:
        log = AuditLog(Tenant(self.workspace_id), "workspaces", self.dynamodb)
        return [change.action for _, change in reversed(log.newest(100, None)[0])]


@pytest.fixture
def shop(dynamodb: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    for name, text in {
        "REQUESTS_TABLE": "requests",
        "DATA_ROLE_ARN": "arn:aws:iam::123456789012:role/data",
        "CONTACTS_TABLE": "contacts",
        "WORKSPACES_TABLE": "workspaces",
        "CONTACTS_QUEUE_URL": "contacts-queue",
        "CONTACT_JOBS_QUEUE_URL": "jobs",
        "FILES_BUCKET": "files",
    }.items():
        monkeypatch.setenv(name, text)
    place.settings.cache_clear()
    s3: Any = boto3.client("s3", region_name="ap-southeast-1")
    if not s3.list_buckets()["Buckets"]:
        where = {"LocationConstraint": "ap-southeast-1"}
        s3.create_bucket(Bucket="files", CreateBucketConfiguration=where)
    sqs = FakeSqs()
    monkeypatch.setattr(place, "client", lambda _: sqs)
    monkeypatch.setattr("contacts.standing.client", lambda _: sqs)
    yield Shop(dynamodb, sqs)
    place.settings.cache_clear()


def test_a_contact_is_added_seen_and_changed(shop: Shop) -> None:
    made = shop.ok(
        "POST",
        "contacts",
        {"name": "Ana", "phone": "+62 812-1000-0001", "tags": ["vip", "vip"], "email": "A@b.co"},
    )
    assert (made["phone"], made["tags"], made["email"]) == ("+6281210000001", ["vip"], "a@b.co")
    assert shop.ok("GET", f"contacts/{made['id']}") == made
    path = f"contacts/{made['id']}"
    changed = shop.ok("PATCH", path, {"name": "Ani", "email": None}, revision=1)
    assert (changed["name"], changed["email"], changed["revision"]) == ("Ani", None, 2)
    assert shop.kind("PATCH", path, {"name": "Old"}, revision=1) == (412, "changed-meanwhile")
    assert shop.ok("PATCH", path, {"name": "Ani"}, revision=2)["revision"] == 2
    assert shop.audit() == ["contact.created", "contact.updated"]


def test_a_number_belongs_to_one_contact(shop: Shop) -> None:
    ana = shop.ok("POST", "contacts", {"name": "Ana", "phone": "+6281210000001"})
    budi = shop.ok("POST", "contacts", {"name": "Budi"})
    taken = {"phone": "+6281210000001"}
    assert shop.kind("POST", "contacts", taken) == (409, "contact-exists")
    assert shop.kind("PATCH", f"contacts/{budi['id']}", taken, revision=1) == (
        409,
        "contact-exists",
    )
    shop.ok("PATCH", f"contacts/{ana['id']}", {"phone": None}, revision=1)
    shop.ok("PATCH", f"contacts/{budi['id']}", taken, revision=1)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"phone": "0812"}, "phone"),
        ({"name": "Ana", "email": "nowhere"}, "email"),
        ({"name": "Ana", "fields": {"shoe": 1}}, "fields.shoe"),
        ({"name": "A\u0000"}, "name"),
        ({"name": "Ana", "tags": [""]}, "tags.0"),
        ({"name": "Ana", "surname": "W"}, "surname"),
    ],
)
def test_bad_input_names_its_field(shop: Shop, body: JsonObject, field: str) -> None:
    status, answer = shop.call("POST", "contacts", body)
    assert status == 400
    assert field in [one["field"] for one in answer["errors"]]


def test_contacts_are_listed_newest_first_in_pages(shop: Shop) -> None:
    for number in range(7):
        shop.ok("POST", "contacts", {"name": f"P{number}"})
    seen: list[str] = []
    cursor: dict[str, Any] = {}
    while True:
        page = shop.ok("GET", "contacts", limit="3", **cursor)
        seen += [one["name"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert sorted(seen) == [f"P{number}" for number in range(7)]
    assert len(seen) == 7


def test_contacts_are_found_by_how_words_numbers_and_addresses_begin(shop: Shop) -> None:
    shop.ok("POST", "contacts", {"name": "Siti Nurhaliza", "phone": "+6281210000001"})
    shop.ok("POST", "contacts", {"name": "Budi Sitorus", "email": "budi@toko.id"})
    shop.ok("POST", "contacts", {"name": "José Sitompul Situmorang"})
    assert sorted(shop.names(search="sit")) == [
        "Budi Sitorus",
        "José Sitompul Situmorang",
        "Siti Nurhaliza",
    ]
    assert shop.names(search="nur siti") == ["Siti Nurhaliza"]
    assert shop.names(search="jose") == ["José Sitompul Situmorang"]
    assert shop.names(search="+62 812-1000") == ["Siti Nurhaliza"]
    assert shop.names(search="0812-1000") == ["Siti Nurhaliza"]
    assert shop.names(search="0812 1000 0001") == ["Siti Nurhaliza"]
    assert shop.names(search="0813") == []
    assert shop.names(search="BUDI@t") == ["Budi Sitorus"]
    assert shop.names(search="haliza") == []
    assert shop.names(search="…") == []
    first = shop.ok("GET", "contacts", search="sit", limit="2")
    rest = shop.ok("GET", "contacts", search="sit", limit="2", cursor=first["next_cursor"])
    assert len({one["id"] for one in first["items"] + rest["items"]}) == 3


def test_a_changed_name_is_found_and_the_old_one_is_not(shop: Shop) -> None:
    made = shop.ok("POST", "contacts", {"name": "Ana"})
    shop.ok("PATCH", f"contacts/{made['id']}", {"name": "Wati"}, revision=1)
    assert (shop.names(search="ana"), shop.names(search="wat")) == ([], ["Wati"])


def test_lists_are_narrowed_by_tag_standing_and_segment(shop: Shop) -> None:
    ana = shop.ok("POST", "contacts", {"name": "Ana", "tags": ["vip"]})
    shop.ok("POST", "contacts", {"name": "Budi"})
    opted = {"kind": "marketing", "state": "in", "source": "form"}
    shop.ok("POST", f"contacts/{ana['id']}/opt-ins", opted)
    shop.ok("POST", f"contacts/{ana['id']}/block")
    segment = {
        "name": "VIPs",
        "filter": {"match": "all", "conditions": [{"on": "tag", "op": "has", "value": "vip"}]},
    }
    made = shop.ok("POST", "segments", segment)
    for query in (
        {"tag": "vip"},
        {"blocked": "true"},
        {"opt_in": "marketing:in"},
        {"segment_id": made["id"]},
        {"search": "an", "tag": "vip"},
    ):
        assert shop.names(**query) == ["Ana"], query
    assert shop.names(opt_in="marketing:unknown") == ["Budi"]
    assert shop.ok("POST", "segments/count", {"filter": segment["filter"]}) == {
        "count": 1,
        "exact": True,
    }


def test_a_segment_is_kept_and_wrong_ones_are_named(shop: Shop) -> None:
    filter_ = {"match": "any", "conditions": [{"on": "blocked", "op": "is", "value": True}]}
    made = shop.ok("POST", "segments", {"name": "Blocked", "filter": filter_})
    path = f"segments/{made['id']}"
    assert shop.ok("GET", path) == made
    assert shop.ok("PATCH", path, {"name": "Out"}, revision=1)["name"] == "Out"
    assert shop.kind("PATCH", path, {"name": "Out"}, revision=1) == (412, "changed-meanwhile")
    assert [one["id"] for one in shop.ok("GET", "segments")["items"]] == [made["id"]]
    wrong = {"match": "all", "conditions": [{"on": "last_seen", "op": "within_days", "value": 0}]}
    status, answer = shop.call("POST", "segments/count", {"filter": wrong})
    assert status == 400
    assert answer["errors"][0]["field"] == "filter.conditions.0.value"
    shop.ok("DELETE", path)
    assert shop.kind("GET", path) == (404, "segment-not-found")


def test_fields_have_types(shop: Shop) -> None:
    shop.ok("POST", "contact-fields", {"key": "points", "name": "Points", "type": "number"})
    size = {"key": "size", "name": "Size", "type": "choice", "choices": ["S", "M"]}
    shop.ok("POST", "contact-fields", size)
    assert shop.kind("POST", "contact-fields", size) == (409, "field-exists")
    assert shop.kind("POST", "contact-fields", {**size, "key": "b", "choices": []})[0] == 400
    ana = shop.ok("POST", "contacts", {"name": "Ana", "fields": {"points": 3, "size": "m"}})
    assert ana["fields"] == {"points": 3, "size": "M"}
    path = f"contacts/{ana['id']}"
    assert shop.kind("PATCH", path, {"fields": {"points": "x"}}, revision=1)[0] == 400
    cleared = shop.ok("PATCH", path, {"fields": {"points": None}}, revision=1)
    assert cleared["fields"] == {"size": "M"}
    longer = {"choices": ["S", "M", "L"]}
    assert shop.ok("PATCH", "contact-fields/size", longer, revision=1)["revision"] == 2
    renamed = {"name": "Ukuran"}
    assert shop.kind("PATCH", "contact-fields/size", renamed, revision=1) == (
        412,
        "changed-meanwhile",
    )
    shop.ok("DELETE", "contact-fields/points")
    assert [one["key"] for one in shop.ok("GET", "contact-fields")["items"]] == ["size"]
    assert shop.kind("DELETE", "contact-fields/points") == (404, "field-not-found")


def test_notes_and_agreements_are_kept(shop: Shop) -> None:
    ana = shop.ok("POST", "contacts", {"name": "Ana"})
    path = f"contacts/{ana['id']}"
    note = shop.ok("POST", f"{path}/notes", {"text": "Likes tea"})
    assert shop.ok("GET", f"{path}/notes")["items"] == [note]
    shop.ok("DELETE", f"{path}/notes/{note['id']}")
    assert shop.kind("DELETE", f"{path}/notes/{note['id']}") == (404, "note-not-found")
    for state in ("in", "out"):
        opted = {"kind": "marketing", "state": state, "source": "form"}
        shown = shop.ok("POST", f"{path}/opt-ins", opted)
        assert shown["opt_ins"]["marketing"]["state"] == state
    history = shop.ok("GET", f"{path}/opt-ins")["items"]
    assert {line["state"] for line in history} <= {"in", "out"}
    assert history[0]["state"] == "out"


def test_tags_that_were_used_are_listed(shop: Shop) -> None:
    shop.ok("POST", "contacts", {"name": "Ana", "tags": ["vip", "b#c"]})
    assert shop.ok("GET", "contact-tags")["items"] == [{"tag": "b#c"}, {"tag": "vip"}]


def test_two_become_one(shop: Shop) -> None:
    fields = {"phone": "+6281210000001", "tags": ["a"]}
    ana = shop.ok("POST", "contacts", {"name": "Ana", **fields})
    ani = shop.ok("POST", "contacts", {"name": "Ani", "email": "ani@b.co", "tags": ["b"]})
    shop.ok("POST", f"contacts/{ani['id']}/notes", {"text": "Likes tea"})
    both = shop.ok("POST", f"contacts/{ana['id']}/merge", {"other_id": ani["id"]})
    assert (both["name"], both["email"], both["tags"]) == ("Ana", "ani@b.co", ["a", "b"])
    assert shop.ok("GET", f"contacts/{ani['id']}")["id"] == ana["id"]
    assert shop.names() == ["Ana"]
    again = shop.kind("POST", f"contacts/{ana['id']}/merge", {"other_id": ani["id"]})
    assert again == (409, "same-contact")
    (sent,) = shop.sqs.sent["contacts-queue"]
    people = People(shop.dynamodb)
    record = {**_record(sent["MessageBody"]), "messageId": "1", "receiptHandle": "1"}
    people.changes.run(record)
    assert shop.ok("GET", f"contacts/{ana['id']}/notes")["items"][0]["text"] == "Likes tea"


def test_a_conversation_is_told_of_an_edit(shop: Shop) -> None:
    people = People(shop.dynamodb)
    shop.workspace_id = people.tenant.id
    people.work(people.entry(people.seen("Ana"), wa_id="6281210000009"))
    (ana,) = people.everybody()
    shop.ok("POST", f"contacts/{ana.id}/block")
    (sent,) = shop.sqs.sent["contacts-queue"]
    people.changes.run({**_record(sent["MessageBody"]), "messageId": "1", "receiptHandle": "1"})
    assert people.told()[-1]["blocked"] is True
    assert shop.ok("GET", f"contacts/{ana.id}")["conversations"] == [f"{CHANNEL}.lane"]


def test_an_import_is_begun_mapped_and_checked(shop: Shop) -> None:
    made = shop.ok("POST", "contact-imports", {"file_name": "people.csv"})
    fields = made["upload"]["fields"]
    assert fields["key"].startswith(f"{shop.workspace_id}/imports/")
    path = f"contact-imports/{made['id']}"
    assert shop.ok("GET", path)["status"] == "waiting"
    assert shop.kind("POST", f"{path}/start", {"mapping": {}}) == (409, "import-state")
    boto3.client("s3").put_object(Bucket="files", Key=fields["key"], Body=b"Name,Phone\nA,0812\n")
    assert shop.ok("GET", path)["status"] == "reading"
    assert [json.loads(one["MessageBody"])["work"] for one in shop.sqs.sent["jobs"]] == ["read"]
    preview = {"columns": ["Name"], "rows": [], "suggested": {}}
    jobs = place.jobs(Tenant(shop.workspace_id), "IMPORT")
    dialect = {"columns": ["Name", "Phone"]}
    jobs.move(made["id"], ("reading",), "ready", preview=preview, dialect=dialect, total=1)
    for mapping, named in (
        ({"Name": "name"}, "mapping"),
        ({"Phone": "phone", "Shoe": "name"}, "mapping.Shoe"),
        ({"Phone": "phone", "Name": "field:shoe"}, "mapping.Name"),
        ({"Phone": "phone", "Name": "phone"}, "mapping"),
    ):
        status, answer = shop.call("POST", f"{path}/start", {"mapping": mapping})
        assert status == 400
        assert named in [one["field"] for one in answer["errors"]]
    chosen = {"Phone": "phone", "Name": None}
    assert shop.ok("POST", f"{path}/start", {"mapping": chosen})["status"] == "running"
    assert shop.kind("GET", f"{path}/report") == (409, "report-not-ready")
    assert shop.ok("POST", f"{path}/cancel")["status"] == "cancelled"
    assert shop.ok("GET", "contact-imports")["items"][0]["id"] == made["id"]


def test_every_route_is_closed_to_who_may_not(shop: Shop) -> None:
    for endpoint in contacts_api.endpoints:
        path = endpoint.path.replace("{", "").replace("}", "")
        caller = authorized(permissions=[Permission.READ_WORKSPACE])
        event = api_event(endpoint.method, path, body={}, caller=caller)
        assert api.handler(event, CONTEXT)["statusCode"] == 403


def _record(body: str) -> JsonObject:
    return {"body": body, "attributes": {"ApproximateReceiveCount": "1", "MessageGroupId": "g"}}
