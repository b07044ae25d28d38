"""A dead letter is filed once, under whom it is of, with why it died; and under nobody else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shared.channels.attribution import find
from shared.json_types import JsonObject
from shared.last_words import BEHIND, LastWords, Words, raised
from shared.queues import encode
from shared.store.cursors import InvalidCursorError
from shared.store.dead_letters import Letter, LetterNotFoundError, Selection
from tests.builders import text_message, value, webhook_body
from tests.unit.letters.letters_world import OURS, THEIRS, LettersWorld

ACTION = {"v": 1, "tenant": OURS.id, "channel": "111", "contact": "abc", "kind": "http"}


def test_it_is_filed_with_what_is_known_of_it(world: LettersWorld) -> None:
    world.dies("actions", {**ACTION, "campaign": "c1"}, receives=6, group=OURS.id)
    (letter,) = world.listed()
    assert (letter.queue, letter.receives, letter.group) == ("actions", 5, OURS.id)
    assert (letter.about.channel, letter.about.contact) == ("111", "abc")
    assert letter.about.campaign == "c1"
    assert letter.sent_at == letter.filed_at == world.clock()
    assert json.loads(world.letters().body(letter.id))["kind"] == "http"
    assert world.listed(THEIRS) == world.listed(None) == []


def test_what_comes_twice_is_filed_once(world: LettersWorld) -> None:
    record = world.dies("actions", ACTION)
    world.clock.advance(60)
    world.filer.run(record)
    assert len(world.listed()) == 1


@pytest.mark.parametrize(
    ("queue", "body", "holder"),
    [
        ("actions", {"tenant": THEIRS.id}, THEIRS),
        ("starts", {"tenant_id": OURS.id}, OURS),
        ("campaign_paces", {"v": 1, "channel": "222"}, THEIRS),
        ("campaign_paces", {"v": 1, "channel": "999"}, None),
        ("template_syncs", {}, None),
        ("actions", {"tenant": "no#tenant"}, None),
        ("actions", "not JSON", None),
        ("actions", "[1]", None),
        ("actions", "null", None),
        ("account_events", {"channel": "111", "waba_id": None}, OURS),
        ("account_events", {"channel": None, "waba_id": "waba222"}, THEIRS),
        ("account_events", {"channel": None, "waba_id": None}, None),
        ("account_events", {}, None),
        ("inbound", {"channel": "111", "contact": "a", "events": []}, OURS),
        ("inbound", {"channel": "111", "contact": "a", "webhook": {"odd": 1}}, None),
        ("inbound", {"channel": "111"}, None),
        ("receipts", {"at": 1, "statuses": 5, "kept": []}, None),
    ],
)
def test_whose_it_is(world: LettersWorld, queue: str, body: JsonObject | str, holder: Any) -> None:
    world.dies(queue, body)
    found = {one: len(world.listed(one)) for one in (OURS, THEIRS, None)}
    assert found == {OURS: 0, THEIRS: 0, None: 0} | {holder: 1}


def test_an_event_that_names_its_tenant_is_theirs_whoever_has_the_number(
    world: LettersWorld,
) -> None:
    event = {"id": "e", "kind": "start", "at": 1, "body": {"tenant": THEIRS.id}, "sender": None}
    world.dies("inbound", {"channel": "111", "contact": "a", "events": [event]})
    assert (len(world.listed()), len(world.listed(THEIRS))) == (0, 1)


def test_a_webhook_of_several_tenants_shows_each_its_own(world: LettersWorld) -> None:
    """Meta's body travels verbatim to every lane it concerns."""
    webhook = webhook_body(
        value(messages=[text_message("rahasia kami", id_="a")], phone_number_id="111"),
        value(messages=[text_message("rahasia mereka", id_="b")], phone_number_id="222"),
    )
    for n, found in enumerate(find(webhook).messages):
        place = {"channel": found.channel, "contact": found.contact}
        world.dies("inbound", {"v": 1, **place, "at": 5, "webhook": webhook}, f"m{n}")
    for tenant, own, foreign in (
        (OURS, "rahasia kami", "rahasia mereka"),
        (THEIRS, "rahasia mereka", "rahasia kami"),
    ):
        (letter,) = world.listed(tenant)
        body = world.letters(tenant).body(letter.id)
        assert own in body
        assert foreign not in body


def test_receipts_of_several_tenants_are_cut(world: LettersWorld) -> None:
    statuses = [[channel, {"id": f"w{channel}"}] for channel in ("111", "222", "111", "999")]
    world.dies("receipts", {"v": 1, "at": 7, "statuses": statuses, "kept": []})
    for tenant, ids in ((OURS, ["w111", "w111"]), (THEIRS, ["w222"]), (None, ["w999"])):
        (letter,) = world.listed(tenant)
        body = json.loads(world.letters(tenant).body(letter.id))
        assert [status["id"] for _, status in body["statuses"]] == ids
        assert body["at"] == 7


def reason(world: LettersWorld, body: JsonObject, **more: Any) -> Letter:
    world.dies("actions", {**ACTION, **body}, **more)
    (letter,) = world.listed()
    return letter


def test_the_reason_is_what_its_worker_said_last(world: LettersWorld) -> None:
    words = Words("raised", "FlowNotFoundError", "There is no such flow")
    LastWords("dead_letters", world.dynamodb, world.clock).note("m1", words)
    letter = reason(world, {"reason": "an older one"})
    assert (letter.cause, letter.error) == ("raised", "FlowNotFoundError")
    assert letter.reason == "There is no such flow"


def test_who_never_had_a_turn_is_told_so(world: LettersWorld) -> None:
    LastWords("dead_letters", world.dynamodb, world.clock).note("m1", Words(BEHIND))
    letter = reason(world, {})
    assert letter.cause == "behind"
    assert "earlier message" in letter.reason


def test_a_body_that_says_why(world: LettersWorld) -> None:
    letter = reason(world, {"reason": "The number is no longer connected."})
    assert (letter.cause, letter.reason) == ("refused", "The number is no longer connected.")


def test_what_a_schedule_could_not_hand_over(world: LettersWorld) -> None:
    attributes = {"ERROR_CODE": {"stringValue": "AccessDenied"}}
    letter = reason(world, {}, messageAttributes=attributes)
    assert (letter.cause, letter.error) == ("undelivered", "AccessDenied")


def test_silence_is_said_in_words(world: LettersWorld) -> None:
    letter = reason(world, {})
    assert (letter.cause, letter.error) == ("silent", "")
    assert "without a word" in letter.reason


def test_what_travelled_by_reference_is_kept_whole(world: LettersWorld) -> None:
    large = {**ACTION, "text": "kata " * 60_000}
    world.s3.objects["overflow/1"] = encode(large).encode()
    world.dies("actions", encode({"parked": "overflow/1"}))
    (letter,) = world.listed()
    assert letter.parts > 1
    assert json.loads(world.letters().body(letter.id)) == large


def test_what_was_done_after_all_is_no_letter(world: LettersWorld) -> None:
    world.s3.objects["overflow/1"] = b"{}"
    world.dies("actions", encode({"parked": "overflow/1"}))
    assert world.listed() == world.listed(None) == []


def test_a_reference_to_nothing_is_the_platforms(world: LettersWorld) -> None:
    world.dies("actions", encode({"parked": "overflow/gone"}))
    assert len(world.listed(None)) == 1


def test_pages_go_from_new_to_old_and_selections_hold(world: LettersWorld) -> None:
    for n in range(7):
        queue = "actions" if n % 2 else "outbound"
        world.dies(queue, {**ACTION, "campaign": f"c{n}"}, f"m{n}")
        world.clock.advance(1)
    letters, found, cursor = world.letters(), [], None
    while True:
        page, cursor = letters.newest(2, cursor, Selection(queue="outbound"))
        found += [letter.about.campaign for letter in page]
        if cursor is None:
            break
    assert found == ["c6", "c4", "c2", "c0"]
    assert [one.about.campaign for one in world.listed(campaign="c3")] == ["c3"]
    assert world.listed(cause="raised") == []
    with pytest.raises(InvalidCursorError):
        letters.newest(2, "nonsense", Selection())
    with pytest.raises(LetterNotFoundError):
        letters.get("0000000000001-x")


def test_letters_are_kept_a_fortnight(world: LettersWorld) -> None:
    world.dies("actions", ACTION)
    items = world.dynamodb.scan(TableName="dead_letters")["Items"]
    assert len(items) == 2
    until = world.clock() // 1000 + 14 * 24 * 3600
    assert {int(item["expires_at"]["N"]) for item in items} == {until}


def test_an_exception_is_told_by_its_class_never_by_what_it_says() -> None:
    class SpecialError(Exception):
        """The order is written
        wrongly.

        More."""

    words = raised(SpecialError("kata rahasia Ana"))
    assert words == Words("raised", "SpecialError", "The order is written wrongly.")
    assert "rahasia" not in str(raised(KeyError("kata rahasia Ana")))
