"""Every reason for which a campaign stands still reads well, whatever its values hold."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.campaigns.halts import WORDS, Halt
from shared.store import campaign_keys, keys
from shared.store.campaigns import RUNNING
from tests.unit.blast.campaign_world import CampaignWorld


def places(words: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(words) if name]


@given(st.sampled_from(sorted(WORDS)), st.text() | st.integers())
def test_what_a_value_holds_is_said_as_it_is(code: str, value: str | int) -> None:
    halt = Halt(code, dict.fromkeys(places(WORDS[code]), value))
    literal = [text for text, *_ in string.Formatter().parse(WORDS[code])]
    assert halt.words.count(str(value)) >= len(places(WORDS[code]))
    assert all(text in halt.words for text in literal)


@pytest.mark.parametrize("code", sorted(WORDS))
def test_it_is_kept_with_the_campaign(code: str, world: CampaignWorld) -> None:
    halt = Halt(code, dict.fromkeys(places(WORDS[code]), "{odd} \u2028 7"))
    world.add_contacts(1)
    id_ = world.start()
    world.campaigns.move(id_, (RUNNING,), RUNNING, reason=halt)
    assert world.campaigns.get(id_).reason == halt
    world.campaigns.move(id_, (RUNNING,), RUNNING, reason=None)
    assert world.campaigns.get(id_).reason is None


def test_what_was_written_before_reasons_had_codes_is_told_as_it_stands(
    world: CampaignWorld,
) -> None:
    world.add_contacts(1)
    id_ = world.start()
    world.dynamodb.update_item(
        TableName="campaigns",
        Key=keys.key(campaign_keys.campaigns(world.tenant), id_),
        UpdateExpression="SET reason = :reason",
        ExpressionAttributeValues={":reason": {"S": "Ana paused it."}},
    )
    found = world.campaigns.get(id_).reason
    assert found is not None
    assert found.words == "Ana paused it."


def test_a_code_of_a_newer_version_says_what_it_can() -> None:
    assert Halt("new", {"details": "Too late."}).words == "Too late."
    assert Halt("newer").words
