"""A conversation in progress stays on the version that it started with."""

from __future__ import annotations

from typing import Any

from shared.json_types import JsonObject
from tests.published import publish
from tests.unit.flow.engine.flow_parts import chain, message, question
from tests.unit.flow.lane_world import FLOW, Customer, World, customer

VERSION_SECONDS = 16  # a warm worker may go on with what was live so long ago


def _version(name: str) -> JsonObject:
    return chain(
        question("ask", "a", f"{name}: first?"),
        question("more", "b", f"{name}: second?"),
        message("end", f"{name}: {{{{a}}}} {{{{b}}}}"),
    )


def _reply(world: World, who: Customer, text: str) -> str:
    batch = world.says(who, text)
    assert world.deliver(batch)
    return str(world.handed("outbound", batch.contact)[-1]["message"]["text"]["body"])


def test_publishing_changes_no_conversation_in_progress(dynamodb: Any) -> None:
    world, ana, budi = World(dynamodb, _version("old")), customer("Ana"), customer("Budi")
    assert _reply(world, ana, "halo") == "old: first?"
    publish(world.flows, FLOW, _version("new"))
    world.clock.advance(VERSION_SECONDS)
    assert _reply(world, ana, "1") == "old: second?"
    assert _reply(world, budi, "halo") == "new: first?"
    publish(world.flows, FLOW, chain(message("only", "newest")))
    world.clock.advance(VERSION_SECONDS)
    world.worker = world.new_worker()
    assert _reply(world, ana, "2") == "old: 1 2"
    assert _reply(world, budi, "3") == "new: second?"
    assert _reply(world, ana, "halo again") == "newest"


def test_a_broken_version_breaks_no_conversation_in_progress(dynamodb: Any) -> None:
    world, ana = World(dynamodb, _version("old")), customer()
    assert _reply(world, ana, "halo") == "old: first?"
    publish(world.flows, FLOW, {"schema": 1})
    world.clock.advance(VERSION_SECONDS)
    assert _reply(world, ana, "1") == "old: second?"
    assert _reply(world, ana, "2") == "old: 1 2"


def test_one_record_over_the_end_of_a_session_takes_the_live_version(dynamodb: Any) -> None:
    world, ana = World(dynamodb, _version("old")), customer()
    assert _reply(world, ana, "halo") == "old: first?"
    publish(world.flows, FLOW, _version("new"))
    world.clock.advance(VERSION_SECONDS)
    batch = world.says(ana, "1", "2", "halo")
    assert world.deliver(batch)
    sent = [
        body["message"]["text"]["body"]
        for body in world.handed("outbound", batch.contact)
        if body["kind"] == "send"
    ]
    assert sent == ["old: first?", "old: second?", "old: 1 2", "new: first?"]


def test_a_warm_worker_follows_a_new_version_soon(dynamodb: Any) -> None:
    world = World(dynamodb, chain(message("only", "old")))
    assert _reply(world, customer(), "halo") == "old"
    publish(world.flows, FLOW, chain(message("only", "new")))
    world.clock.advance(VERSION_SECONDS)
    assert _reply(world, customer(), "halo") == "new"
