"""Where a workspace is: flows reckon in its zone, speak its language, read numbers as its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flow.engine.calendar import DAYS
from shared.json_types import JsonObject
from shared.store.audit import Actor
from shared.store.lifecycle import Lifecycle
from shared.store.tables import Tables
from tests.unit.flow.lane_world import World, customer
from tests.unit.flow.test_conversations import ask, flow, node, text
from tests.unit.flow.whole_lane import Lane

ANA = Actor("ana", "ana@kabar.test")
PLACE = {"time_zone": "Asia/Jakarta", "language": "id", "country_code": "62"}


def _lane(dynamodb: Any, definition: JsonObject, **place: str) -> Lane:
    world = World(dynamodb, definition)
    tables = Tables("workspaces", "directory", "usage")
    lifecycle = Lifecycle(world.tenant, tables, dynamodb)
    lifecycle.create("Toko", by=ANA, at=1)
    lifecycle.change(place, 1, by=ANA, at=2)
    return Lane(world, customer())


def test_a_number_without_its_country_is_one_of_the_workspace(dynamodb: Any) -> None:
    asked = flow(ask("p", "Your number?", answer={"kind": "phone"}), text("t", "{{vars.p}}"))
    assert _lane(dynamodb, asked, **PLACE).says("hi", "0812-3456-7890").sent()[-1] == (
        "+6281234567890"
    )


def test_its_language_is_spoken_to_whom_none_is_known_of(dynamodb: Any) -> None:
    hello = text("t", "")
    hello["data"]["content"]["text"] = {"en": "Hello", "id": "Halo"}
    assert _lane(dynamodb, flow(hello), **PLACE).says("hi").sent() == ["Halo"]
    assert _lane(dynamodb, flow(hello)).says("hi").sent() == ["Hello"]


def test_its_zone_tells_whether_it_is_open(dynamodb: Any) -> None:
    one = _lane(dynamodb, _open_at_nine(), **PLACE)
    world = one.world
    there = datetime.fromtimestamp(world.clock() / 1000, UTC).astimezone(ZoneInfo("Asia/Jakarta"))
    nine = there.replace(hour=9, minute=30)
    world.clock.advance((nine.timestamp() * 1000 - world.clock()) / 1000 + 86_400)
    assert one.says("hi").sent() == ["Open"]
    assert _lane_at(dynamodb, world.clock()).says("hi").sent() == ["Closed"]


def test_a_zone_that_is_told_counts_from_the_next_minute(dynamodb: Any) -> None:
    one = _lane(dynamodb, flow(text("t", "{{workspace.time_zone}} {{workspace.name}}")))
    assert one.says("hi").sent() == [" Toko"]
    tables = Tables("workspaces", "directory", "usage")
    Lifecycle(one.world.tenant, tables, dynamodb).change(PLACE, 2, by=ANA, at=3)
    assert one.later(61, step=61).says("hi").sent()[-1] == "Asia/Jakarta Toko"


def _open_at_nine() -> JsonObject:
    week = {day: [{"from": "09:00", "to": "10:00"}] for day in DAYS}
    hours = node("h", "hours", week=week)
    edges = [("h", "open", "o"), ("h", "closed", "c")]
    closing = text("c", "Closed")
    drawn: JsonObject = flow(hours, text("o", "Open"), node("end", "end"), closing, edges=edges)
    return drawn


def _lane_at(dynamodb: Any, now: int) -> Lane:
    """A workspace that has not told where it is: its clock is UTC."""
    one = _lane(dynamodb, _open_at_nine())
    one.world.clock.advance((now - one.world.clock()) / 1000)
    return one
