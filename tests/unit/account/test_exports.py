"""Copies of a workspace's data and of one contact's: whole, readable, and nobody else's."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator

import pytest
from moto import mock_aws

from account.exporter import Exporter, export_entry
from shared.contacts.fields import FieldDefinition
from shared.json_types import JsonObject
from shared.segments.filters import parse, to_json
from shared.store import keys
from shared.store.contact_fields import ContactFields
from shared.store.exports import DONE, FAILED, KEPT_SECONDS, ExportNotFoundError
from shared.store.segments import Segments
from shared.store.transactions import Write
from tests.builders import sqs_record
from tests.house import TENANT
from tests.unit.account.privacy_world import ANA, BUDI, BY, NAMES, NOTED, SAID, PrivateHouse
from tests.unit.flow.faults import Calls, Killed, Watched

ELSEWHERE: JsonObject = {"TableName": NAMES.requests_table, "Item": keys.key("beside", "it")}


@pytest.fixture
def house() -> Iterator[PrivateHouse]:
    with mock_aws():
        yield PrivateHouse()


def read(zipped: bytes) -> dict[str, list[JsonObject]]:
    """Records by file."""
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        return {
            name.removesuffix(".jsonl"): [
                json.loads(line) for line in archive.read(name).decode().splitlines()
            ]
            for name in archive.namelist()
        }


def test_a_workspaces_export_holds_everything(house: PrivateHouse) -> None:
    house.leave_traces()
    size = FieldDefinition("size", "Ukuran", "choice", ("S", "M"), 1)
    ContactFields(TENANT, NAMES.contacts_table, house.dynamodb).create(size, [])
    vips = parse({"match": "all", "conditions": [{"on": "tag", "op": "has", "value": "vip"}]})
    segments = Segments(TENANT, NAMES.contacts_table, house.dynamodb)
    segments.create("VIPs", vips, 1, lambda _: Write({"Put": ELSEWHERE}))
    found = read(house.export(None))
    assert [(one["name"], one["filter"]) for one in found["segments"]] == [("VIPs", to_json(vips))]
    assert [(one["key"], one["choices"]) for one in found["contact_fields"]] == [
        ("size", ["S", "M"])
    ]
    assert {"contacts", "notes", "conversations", "messages", "deliveries", "kept"} <= set(found)
    assert [ANA["name"] in one["body"] for one in found["dead_letters"]] == [True, False]
    assert {"flows", "flow_versions", "webhooks", "audit"} <= set(found)
    texts = [one["message"]["text"]["body"] for one in found["messages"]]
    assert texts.count(SAID) == 2
    assert "halo dari Budi" in texts
    assert sorted(one["name"] for one in found["contacts"]) == [ANA["name"], BUDI["name"]]
    assert [one["text"] for one in found["notes"]] == [NOTED]
    assert {"from": ANA["wa_id"], "profile": ANA["name"], "type": "hologram"} in [
        one["body"] for one in found["kept"]
    ]
    assert "sealed" not in str(found["webhooks"])


def test_a_contacts_export_holds_theirs_alone(house: PrivateHouse) -> None:
    contact_id = house.leave_traces()
    found = read(house.export(contact_id))
    assert [one["id"] for one in found["contacts"]] == [contact_id]
    assert [one["text"] for one in found["notes"]] == [NOTED]
    assert {
        one["message"]["text"]["body"] for one in found["messages"] if one["direction"] == "in"
    } == {SAID}
    assert not any(word in str(found) for word in BUDI.values())
    assert [(one["number"], one["mime_type"]) for one in found["files"]] == [(1, "image/png")]
    assert not {"flows", "audit", "members"} & set(found)


def test_how_far_it_is_is_told_and_old_ones_are_gone(house: PrivateHouse) -> None:
    house.leave_traces()
    made = house.exports.create(None, by=BY, at=house.clock())
    assert house.exports.get(made.id, house.clock()).status == "waiting"
    exporter = Exporter(NAMES, house.dynamodb, house.s3_client, house.clock)
    record = sqs_record(export_entry(TENANT, made.id).body)
    exporter.run(record)
    exporter.run(record)
    done = house.exports.get(made.id, house.clock())
    assert (done.status, done.done > 10) == (DONE, True)
    house.clock.advance(KEPT_SECONDS + 1)
    with pytest.raises(ExportNotFoundError):
        house.exports.get(made.id, house.clock())


def test_one_that_died_is_made_again_and_one_that_cannot_be_made_says_so(
    house: PrivateHouse,
) -> None:
    house.leave_traces()
    made = house.exports.create(None, by=BY, at=house.clock())
    body = export_entry(TENANT, made.id).body
    calls = Calls(always_kill="query")
    dying = Exporter(NAMES, Watched(house.dynamodb, calls), house.s3_client, house.clock)
    with pytest.raises(Killed):
        dying.run(sqs_record(body))
    calls.always_kill = None
    broken = Exporter(NAMES, house.dynamodb, None, house.clock)
    with pytest.raises(AttributeError):
        broken.run(sqs_record(body, receives=2))
    Exporter(NAMES, house.dynamodb, house.s3_client, house.clock).run(sqs_record(body))
    assert house.exports.get(made.id, house.clock()).status == DONE

    other = house.exports.create(None, by=BY, at=house.clock())
    with pytest.raises(AttributeError):
        broken.run(sqs_record(export_entry(TENANT, other.id).body, receives=3))
    failed = house.exports.get(other.id, house.clock())
    assert failed.status == FAILED
    assert failed.reason
