"""What cannot be processed holds its own lane only, and what cannot run is left to people."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest

from shared.conversation import REMEMBERED_IDS
from shared.events import HTTP_ANSWERED, MAX_HOPS, Event, LaneEvents
from shared.fifo_batch import run_in_order
from shared.json_types import JsonObject
from shared.store import keys
from shared.store.conversations import ConversationChangedError
from shared.store.inspection import Inspection
from tests.builders import lane_record, sqs_record
from tests.unit.flow.engine.flow_parts import chain, edge, flow, http, message, question
from tests.unit.flow.lane_world import FLOW, World, customer


def _failed(world: World, records: list[JsonObject]) -> list[str]:
    answer = run_in_order(records, world.worker.run, world.sqs, "inbound")
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


@pytest.mark.parametrize(
    "body",
    ["{", "{}", "[]", "null", '"text"', '{"parked": "overflow/none"}', '{"channel": "1"}'],
)
def test_a_poisoned_record_holds_its_lane_and_no_other(dynamodb: Any, body: str) -> None:
    world, ana, budi = World(dynamodb), customer("Ana"), customer("Budi")
    hers, his, hers_later = world.says(ana, "a"), world.says(budi, "b"), world.says(ana, "c")
    records = [
        sqs_record(body, id_="poison", group=f"{hers.channel}#{hers.contact}"),
        lane_record(hers, id_="hers"),
        lane_record(his, id_="his"),
        lane_record(hers_later, id_="hers_later"),
    ]
    assert _failed(world, records) == ["poison", "hers", "hers_later"]
    world.check(his.contact, [his.events[0].id], budi.name)
    assert world.log(hers.contact) == []
    assert {handle for handle, _ in world.sqs.visibility} == {
        "handle-poison",
        "handle-hers",
        "handle-hers_later",
    }
    assert _failed(world, records[1:]) == []
    world.check(hers.contact, [hers.events[0].id, hers_later.events[0].id], ana.name)


def test_a_poisoned_record_comes_back_soon(dynamodb: Any) -> None:
    world = World(dynamodb)
    for receives in (1, 2, 3, 4, 5):
        run_in_order([sqs_record("{", receives=receives)], world.worker.run, world.sqs, "inbound")
    assert [seconds for _, seconds in world.sqs.visibility] == [2, 4, 8, 16, 30]


def test_an_unknown_number_is_kept_for_people(dynamodb: Any) -> None:
    world, who = World(dynamodb), customer()
    batch = world.says(who, "halo")
    stray = LaneEvents("999000999", batch.contact, batch.events)
    assert world.deliver(stray)
    kept, _ = Inspection(None, "inspection", dynamodb).newest(50, None)
    mine = [one for _, one in kept if one.body["phone_number_id"] == "999000999"]
    assert [one.body["message"] for one in mine] == [batch.events[0].body]
    assert not world.sqs.sent


def _store_version(world: World, version: int, definition: str) -> None:
    world.dynamodb.update_item(
        TableName="workspaces",
        Key=keys.key(keys.flow(world.tenant, FLOW), keys.flow_version(version)),
        UpdateExpression="SET #definition = :definition",
        ExpressionAttributeNames={"#definition": "definition"},
        ExpressionAttributeValues={":definition": {"B": zlib.compress(definition.encode())}},
    )


@pytest.mark.parametrize(
    "definition",
    [
        "{}",
        "[]",
        "null",
        json.dumps(flow([message("a")], [edge("a", "b")])),
        json.dumps({**chain(message("a")), "schema": 2}),
        json.dumps({**chain(message("a")), "start": "b"}),
    ],
)
def test_an_unusable_flow_leaves_the_message_to_people(dynamodb: Any, definition: str) -> None:
    world, who = World(dynamodb), customer()
    _store_version(world, 1, definition)
    batch = world.says(who, "halo", "anybody?")
    assert world.deliver(batch)
    assert [line.message["text"]["body"] for line in world.log(batch.contact)] == [
        "halo",
        "anybody?",
    ]
    assert world.sqs.sent.keys() == {"contacts"}, "who wrote is known, and nothing is sent"
    assert world.conversation(batch.contact).session is None


def test_a_missing_version_leaves_the_message_and_the_session_as_they_are(dynamodb: Any) -> None:
    world, who = World(dynamodb), customer()
    first = world.says(who, "halo")
    assert world.deliver(first)
    session = world.conversation(first.contact).session
    dynamodb.delete_item(
        TableName="workspaces",
        Key=keys.key(keys.flow(world.tenant, FLOW), keys.flow_version(1)),
    )
    world.worker = world.new_worker()
    assert world.deliver(world.says(who, "baik"))
    assert world.conversation(first.contact).session == session
    assert [line.direction for line in world.log(first.contact)] == ["in", "out", "in"]


def test_a_number_without_a_flow_keeps_its_messages(dynamodb: Any) -> None:
    world, who = World(dynamodb), customer()
    dynamodb.delete_item(TableName="workspaces", Key=keys.key(world.tenant.id, keys.LIVE_FLOWS))
    assert world.deliver(batch := world.says(who, "halo"))
    assert [line.direction for line in world.log(batch.contact)] == ["in"]
    assert world.sqs.sent.keys() == {"contacts"}, "who wrote is known, and nothing is sent"


def test_a_second_writer_is_noticed_and_nothing_is_lost(dynamodb: Any) -> None:
    world, who = World(dynamodb), customer()
    first = world.says(who, "halo")
    assert world.deliver(first)
    mine, theirs = world.says(who, "mine"), world.says(who, "theirs")
    other = world.new_worker()
    commit = world.watched.__getattr__("put_item")

    def late(**arguments: Any) -> Any:
        del world.watched.__dict__["put_item"]
        other.run(lane_record(theirs))
        return commit(**arguments)

    world.watched.__dict__["put_item"] = late
    with pytest.raises(ConversationChangedError):
        world.worker.run(lane_record(mine))
    world.deliver_until_done(mine)
    ids = [batch.events[0].id for batch in (first, theirs, mine)]
    world.check(first.contact, ids, who.name)


def test_the_first_two_writers_of_a_conversation(dynamodb: Any) -> None:
    world, who = World(dynamodb), customer(bsuid=False)
    mine, theirs = world.says(who, "mine"), world.says(who, "theirs")
    other = world.new_worker()
    query = world.watched.__getattr__("query")

    def late(**arguments: Any) -> Any:
        del world.watched.__dict__["query"]
        answer = query(**arguments)
        other.run(lane_record(theirs))
        return answer

    world.watched.__dict__["query"] = late
    with pytest.raises(ConversationChangedError):
        world.worker.run(lane_record(mine))
    world.deliver_until_done(mine)
    world.check(mine.contact, [theirs.events[0].id, mine.events[0].id], who.name)


def _ping_pong() -> JsonObject:
    return flow([http("call")], [edge("call", "call", "success")])


def _answer(world: World, contact: str, *, hops: int) -> LaneEvents:
    session = world.conversation(contact).session
    assert session is not None
    correlation = session["waiting"]["correlation"]
    body = {"correlation": correlation, "outcome": "success", "status": 200, "body": None}
    event = Event(f"http:{correlation}", HTTP_ANSWERED, world.clock(), body, hops=hops)
    return LaneEvents(world.channel, contact, (event,))


def test_flow_and_actions_call_each_other_so_often_and_no_more(dynamodb: Any) -> None:
    world, who = World(dynamodb, _ping_pong()), customer()
    batch = world.says(who, "halo")
    assert world.deliver(batch)
    rounds = 0
    while world.conversation(batch.contact).session is not None:
        hops = world.handed("actions", batch.contact)[-1]["hops"]
        assert world.deliver(_answer(world, batch.contact, hops=hops))
        rounds += 1
        assert rounds <= MAX_HOPS + 1
    assert rounds == MAX_HOPS + 1
    assert len(world.handed("actions", batch.contact)) == MAX_HOPS + 1
    outbox = world.conversation(batch.contact).outbox
    assert outbox[-1].effects[0] == {"kind": "stopped", "code": "too_many_hops"}
    assert world.deliver(world.says(who, "again"))
    assert world.conversation(batch.contact).session is not None


def test_an_answer_nobody_waits_for_changes_nothing_that_shows(dynamodb: Any) -> None:
    asking = chain(http("call"), question("ask"), message("end"))
    world, who = World(dynamodb, asking), customer()
    batch = world.says(who, "halo")
    assert world.deliver(batch)
    answer = _answer(world, batch.contact, hops=1)
    assert world.deliver(answer)
    before = (world.conversation(batch.contact).session, world.log(batch.contact))
    again = LaneEvents(
        world.channel,
        batch.contact,
        (Event("http:other", HTTP_ANSWERED, world.clock(), answer.events[0].body, hops=1),),
    )
    assert world.deliver(answer)
    assert world.deliver(again)
    assert (world.conversation(batch.contact).session, world.log(batch.contact)) == before
    assert len(world.handed("outbound", batch.contact)) == 2


def test_a_record_of_a_thousand_messages(dynamodb: Any) -> None:
    """As Meta sends them after an outage. An item holds 400 kB; moto refuses more, as AWS does."""
    talkative = chain(*(message(f"m{i}", "x" * 300) for i in range(4)))
    world, who = World(dynamodb, talkative), customer()
    batch = world.says(who, *(f"line {i}" for i in range(400)))
    assert world.deliver(batch)
    world.check(batch.contact, [event.id for event in batch.events], who.name)


def test_the_longest_answers_fit_into_a_commit(dynamodb: Any) -> None:
    """A character may take six bytes of JSON: the limit of output ends the session before the
    item outgrows what DynamoDB takes."""
    long = chain(*(message(f"m{i}", "{{message.text}}") for i in range(30)))
    world, who = World(dynamodb, long), customer()
    batch = world.says(who, *["字" * 4096] * 3)
    assert world.deliver(batch)
    handed = world.handed("outbound", batch.contact)
    assert len([body for body in handed if body["kind"] == "send"]) == 3 * 8
    outbox = world.conversation(batch.contact).outbox
    assert outbox[-1].effects[-2] == {"kind": "stopped", "code": "too_much_output"}


def test_a_batch_commits_in_parts_and_still_knows_its_own_duplicates(dynamodb: Any) -> None:
    world, who = World(dynamodb), customer()
    said = world.says(who, *(f"line {i}" for i in range(REMEMBERED_IDS * 3)))
    doubled = LaneEvents(said.channel, said.contact, (*said.events, *said.events))
    assert world.deliver(doubled)
    world.check(said.contact, [event.id for event in said.events], who.name)
