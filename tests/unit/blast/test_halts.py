"""Every reason for which a campaign stands still reads well, whatever its values hold."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.campaigns.halts import WORDS, Halt
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
