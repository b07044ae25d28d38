"""Tags, segments and new contacts start flows, whoever changes the contact."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from flow.contact_news import ContactNews, Settings
from flow.starting import of_phone
from shared.contacts.ids import contact_id_at
from shared.contacts.record import ContactRecord
from shared.json_types import JsonObject
from shared.lanes import Identity
from shared.queues import send_all
from shared.segments.filters import parse
from shared.starts import StartRequest, from_body, start_entry
from shared.store.audit import Actor, Change, entry
from shared.store.contact_items import record_item
from shared.store.contacts import Contacts
from shared.store.segments import Segments
from tests.published import publish
from tests.unit.flow.lane_world import World, customer
from tests.unit.flow.test_conversations import ask, flow, lane, text
from tests.unit.flow.whole_lane import Lane

VIP: JsonObject = {"type": "tag_added", "tag": "vip"}
NEW: JsonObject = {"type": "new_contact"}


@dataclass
class News:
    """A workspace whose live flows have these triggers, and what its contacts come to."""

    dynamodb: Any
    triggers: list[JsonObject]
    world: World = field(init=False)
    id: str = field(default_factory=lambda: contact_id_at(1))

    def __post_init__(self) -> None:
        self.world = World(self.dynamodb, flow(text("t", "hi"), triggers=self.triggers))
        settings = Settings("workspaces", "contacts", "starts")
        self.news = ContactNews(settings, self.dynamodb, self.world.sqs, self.world.clock)

    def record(self, revision: int = 1, **parts: Any) -> ContactRecord:
        return ContactRecord(self.id, revision, updated_at=5, **parts)

    def becomes(self, new: ContactRecord, old: ContactRecord | None = None) -> list[StartRequest]:
        """What is asked for when the table tells that a record became another."""
        self.world.sqs.sent.pop("starts", None)
        self.news.run([changed(self.world, new, old)])
        sent = self.world.sqs.sent.get("starts", [])
        return [from_body(json.loads(entry["MessageBody"])) for entry in sent]


def changed(world: World, new: ContactRecord, old: ContactRecord | None) -> JsonObject:
    """As the table's stream tells it."""
    image = record_item(world.tenant, new)
    change: JsonObject = {"Keys": {"pk": image["pk"], "sk": image["sk"]}, "NewImage": image}
    if old is not None:
        change["OldImage"] = record_item(world.tenant, old)
    return {"dynamodb": change}


def told(requests: list[StartRequest]) -> list[tuple[str, Mapping[str, Any]]]:
    return [(one.trigger, one.values) for one in requests]


def test_a_tag_that_is_new_starts_and_one_that_was_there_does_not(dynamodb: Any) -> None:
    news = News(dynamodb, [VIP])
    (request,) = news.becomes(news.record(2, tags=("vip", "old")), news.record(1, tags=("old",)))
    assert (request.trigger, request.values) == ("tag_added", {"tag": "vip"})
    assert (request.contact_id, request.flow) == (news.id, None)
    assert news.becomes(news.record(3, tags=("vip",)), news.record(2, tags=("vip", "old"))) == []
    assert news.becomes(news.record(4, tags=("vip", "x")), news.record(3, tags=("vip",))) == []


def test_told_again_it_is_the_same_start(dynamodb: Any) -> None:
    news = News(dynamodb, [VIP])
    new, old = news.record(2, tags=("vip",)), news.record(1)
    assert news.becomes(new, old) == news.becomes(new, old)


def test_who_is_new_by_import_or_program_starts_and_who_wrote_does_not(dynamodb: Any) -> None:
    news = News(dynamodb, [NEW, VIP])
    assert told(news.becomes(news.record(tags=("vip",)))) == [
        ("new_contact", {}),
        ("tag_added", {"tag": "vip"}),
    ]
    assert news.becomes(news.record(conversations=("55.abc",))) == []


def test_being_seen_is_no_change(dynamodb: Any) -> None:
    news = News(dynamodb, [VIP])
    assert news.becomes(news.record(tags=("vip",)), news.record(tags=())) == []


def test_what_no_flow_waits_for_is_not_asked_for(dynamodb: Any) -> None:
    news = News(dynamodb, [{"type": "any_message"}])
    assert news.becomes(news.record(tags=("vip",))) == []


def test_a_segment_is_entered_once(dynamodb: Any) -> None:
    news = News(dynamodb, [])
    store = Segments(news.world.tenant, "contacts", dynamodb)
    filter_ = parse({"conditions": [{"on": "language", "op": "is", "value": "id"}]})
    made = Change(Actor("ana", "Ana"), "segment.created", "s", 1)
    tenant = news.world.tenant
    segment = store.create("Bahasa", filter_, 1, lambda _: entry(tenant, "workspaces", made))
    trigger = {"type": "segment_entered", "segment_id": segment.id}
    publish(news.world.flows, "other", flow(text("t", "hi"), triggers=[trigger]))
    entered = news.becomes(news.record(2, language="id"), news.record(1))
    assert told(entered) == [("segment_entered", {"segment_id": segment.id})]
    assert (
        news.becomes(news.record(3, language="id", name="A"), news.record(2, language="id")) == []
    )
    assert told(news.becomes(news.record(1, language="id"))) == told(entered)


def test_a_segment_that_is_gone_starts_nothing(dynamodb: Any) -> None:
    news = News(dynamodb, [{"type": "segment_entered", "segment_id": "gone"}])
    assert news.becomes(news.record(language="id")) == []


def test_numbers_that_a_trigger_names_are_written_from(dynamodb: Any) -> None:
    news = News(dynamodb, [{**VIP, "channels": ["77"]}, {**VIP, "channels": ["77"]}])
    (request,) = news.becomes(news.record(2, tags=("vip",)), news.record(1))
    assert request.channel == "77"


# The whole way: from the contact's record to its lane.


def known(one: Lane, **parts: Any) -> ContactRecord:
    """The lane's person, in the contacts."""
    store = Contacts(one.world.tenant, "contacts", one.world.dynamodb)
    identity = Identity("wa_id", str(one.who.wa_id))
    record = ContactRecord("", phone=f"+{one.who.wa_id}", identities=(identity,), **parts)
    return store.create(record, 1)


def tagged(one: Lane, record: ContactRecord, tag: str) -> Lane:
    world = one.world
    settings = Settings("workspaces", "contacts", "starts")
    news = ContactNews(settings, world.dynamodb, world.sqs, world.clock)
    store = Contacts(world.tenant, "contacts", world.dynamodb)
    old = store.get(record.id)
    new = store.change(record.id, lambda now: replace(now, tags=(*now.tags, tag)), 2)
    news.run([changed(world, new, old)])
    return one.settle()


def test_a_tag_starts_a_flow_where_the_contact_writes(dynamodb: Any) -> None:
    offer = flow(text("a", "For you, {{vars.trigger.tag}}"), triggers=[VIP])
    one = lane(dynamodb, flow(text("x", "Bye")), offer=offer).says("halo")
    record = known(one, conversations=(f"{one.world.channel}.{one.contact}",))
    assert tagged(one, record, "vip").sent() == ["Bye", "For you, vip"]


def test_a_contact_who_never_wrote_is_written_to_by_number(dynamodb: Any) -> None:
    one = lane(dynamodb, flow(text("x", "x")), offer=flow(text("a", "Welcome")))
    record = known(one)
    one.starts("s", flow="offer", contact_id=record.id)
    one.contact = of_phone(one.world.channel, str(record.phone)).contact
    assert one.sent() == ["Welcome"]


@pytest.mark.parametrize("parts", [{"blocked": True}, {"phone": None}])
def test_who_is_blocked_or_has_no_number_is_left_alone(
    dynamodb: Any, parts: dict[str, Any]
) -> None:
    one = lane(dynamodb, flow(text("x", "x")), offer=flow(text("a", "Welcome")))
    record = known(one)
    store = Contacts(one.world.tenant, "contacts", dynamodb)
    store.change(record.id, lambda now: replace(now, **parts), 2)
    one.starts("s", flow="offer", contact_id=record.id)
    one.starts("s2", flow="offer", contact_id="nobody")
    assert "outbound" not in one.world.sqs.sent


def test_flows_whose_tags_start_one_another_end(dynamodb: Any) -> None:
    """Each start comes of the one before: no contact has said anything since."""
    ping = flow(text("a", "ping"), triggers=[VIP])
    one = lane(dynamodb, flow(text("x", "Bye")), ping=ping).says("halo")
    request = StartRequest(
        id="again",
        tenant_id=one.world.tenant.id,
        channel=one.world.channel,
        trigger="tag_added",
        at=1,
        conversation=one.contact,
        values={"tag": "vip"},
    )

    def start(number: int) -> Lane:
        send_all(one.world.sqs, "starts", [start_entry(replace(request, id=f"n{number}"))])
        return one.settle()

    for number in range(25):
        start(number)
    assert one.sent().count("ping") == 20
    assert one.conversation.outbox[-1].effects[0] == {"kind": "stopped", "code": "start_loop"}
    one.world.clock.advance(3601)
    assert start(25).sent().count("ping") == 21


def test_another_flow_starts_one_for_a_contact_by_id(dynamodb: Any) -> None:
    world_flow = flow(
        {"id": "s", "type": "start_flow", "data": {"flow": "offer", "contact": "{{message.text}}"}}
    )
    one = lane(dynamodb, world_flow, offer=flow(ask("q", "Yes?")))
    other = Lane(one.world, customer())
    record = known(other)
    one.says(record.id)
    other.contact = of_phone(one.world.channel, str(record.phone)).contact
    assert other.sent() == ["Yes?"]
    assert one.sent() == []
